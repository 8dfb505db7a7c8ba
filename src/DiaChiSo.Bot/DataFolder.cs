using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Bot;

/// <summary>Where everything is kept: the database, the keys beside it and not in it, and mails that wait to be picked up. Only its owner may look in.</summary>
public sealed class DataFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnerOnly | UnixFileMode.UserExecute;

    public const string DatabaseName = "diachiso.db";

    private DataFolder(string path)
    {
        Path = path;
        Secrets = Secrets.InFolder(path);
    }

    public string Path { get; }
    public Secrets Secrets { get; }
    public string Database => System.IO.Path.Combine(Path, DatabaseName);
    public string Mail => System.IO.Path.Combine(Path, "mail");

    /// <summary>Opens the folder, and makes it on the first run (folders 0700, files 0600).</summary>
    /// <exception cref="SettingFault">It cannot be made or written to.</exception>
    public static DataFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            CloseToOthers();
            if (!Directory.Exists(full))
            {
                MakeFolder(full);
            }
            var folder = new DataFolder(full);
            MakeFolder(folder.Mail);
            // The write-ahead log takes the database's own mode.
            foreach (var file in Directory.EnumerateFiles(System.IO.Path.Combine(full, "keys")).Append(folder.Database))
            {
                MakeFile(file);
            }
            return folder;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SettingFault($"Data:Folder: {full} cannot be made or written to; name a folder of your own, for example data.");
        }
    }

    /// <summary>One serving program in a folder: two would answer the same chats twice. Held until disposed; the terminal needs none.</summary>
    /// <exception cref="SettingFault">Another one is running.</exception>
    public IDisposable Claim()
    {
        try
        {
            return new FileStream(System.IO.Path.Combine(Path, "serving.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new SettingFault($"Data:Folder: another DiaChiSo.Bot serves from {Path}; stop it first, or name another folder, for example --Data:Folder=data2.");
        }
    }

    /// <summary>That the keys fit the database is found out at the start, and not in the middle of somebody's answer.</summary>
    /// <exception cref="SettingFault">They do not.</exception>
    public async Task CheckKeys(BotDb db, CancellationToken ct)
    {
        // As bytes: what cannot be opened would otherwise be told to the log, at length, before it is told here.
        var kept = await db.Database.SqlQueryRaw<byte[]>("SELECT State AS Value FROM Conversations ORDER BY Id DESC LIMIT 1").ToListAsync(ct);
        try
        {
            kept.ForEach(state => Secrets.Open(state));
        }
        catch (CryptographicException)
        {
            throw new SettingFault($"Data:Folder: the keys in {Path}/keys do not open the database beside them; put back the keys that were saved together with it.");
        }
    }

    private static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }
        Directory.CreateDirectory(path, OwnersFolder);
        File.SetUnixFileMode(path, OwnersFolder);
    }

    private static void MakeFile(string path)
    {
        if (!File.Exists(path))
        {
            using var made = new FileStream(path, FileMode.CreateNew);
        }
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }
    }

    // What is made later (the write-ahead log, a new key) is born with the right mode, so that there is no moment in which others can read it.
    private static void CloseToOthers()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = Umask(0x3F);
        }
    }

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint Umask(uint mask);
}
