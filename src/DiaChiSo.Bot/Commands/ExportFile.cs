using System.Runtime.InteropServices;

namespace DiaChiSo.Bot.Commands;

/// <summary>A file with people's data, on this machine's own disk: its owner's only, whole or not there, and there for good when <see cref="Write"/> returns.</summary>
internal sealed class ExportFile
{
    private readonly string path;

    /// <exception cref="CommandFault">It cannot be written there, or something is there already.</exception>
    public ExportFile(string path)
    {
        this.path = path;
        if (!path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
        {
            throw new CommandFault("export: the name of a CSV file is wanted, for example export xuat-1.csv.");
        }
        if (Directory.Exists(path) || !Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw new CommandFault($"{Name}: there is no such folder; name a file in one of your own, for example xuat-1.csv.");
        }
        if (HandOverFiles.IsOnNetwork(path))
        {
            // domain.md §2, step 2: data files are never sent over a network in any form.
            throw new CommandFault($"{Name}: this lies on a network drive; write to this machine's own disk, or to a USB stick.");
        }
        if (File.Exists(path))
        {
            throw new CommandFault($"{Name}: this file is there already, and nothing is written over it. If no export of `export list` has its SHA-256 it was cut off before it counted, and may be deleted.");
        }
    }

    private string Name => Path.GetFileName(path);

    /// <summary>Beside it first, all of it on the disk, then by its name.</summary>
    /// <exception cref="CommandFault">The disk is full, or the stick was pulled out.</exception>
    public void Write(byte[] content)
    {
        var part = path + ".part";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }
            using (var file = new FileStream(part, options))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }
            File.Move(part, path, overwrite: false);
            FlushFolder(Path.GetDirectoryName(path)!);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            TryDelete(part);
            throw new CommandFault($"{Name}: it could not be written to its end (is the disk full, the stick still there?). Nothing was exported.");
        }
    }

    private static void TryDelete(string part)
    {
        try
        {
            File.Delete(part);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The next one writes over it.
        }
    }

    // A new name is on the disk when its folder is.
    private static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows() || Open(folder, 0) is not (>= 0 and var handle))
        {
            return;
        }
        _ = Fsync(handle);
        _ = Close(handle);
    }

    [DllImport("libc", EntryPoint = "open", CharSet = CharSet.Ansi)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Fsync(int handle);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
}
