using DiaChiSo.Core.Register.Import;

namespace DiaChiSo.Bot.Commands;

/// <summary>Opens a hand-over file by what is in it, whatever it is called.</summary>
internal static class HandOverFiles
{
    /// <exception cref="CommandFault">It is not there, or not on this machine's own disk.</exception>
    public static HandOver Open(string path, DateOnly? date)
    {
        var name = Path.GetFileName(path);
        if (!File.Exists(path))
        {
            throw new CommandFault($"{name}: there is no such file here.");
        }
        if (IsOnNetwork(path))
        {
            // domain.md §2, step 2: data files are never sent over a network in any form.
            throw new CommandFault($"{name}: it lies on a network drive; copy it by USB stick to this machine's own disk first.");
        }
        var day = date ?? HandOver.DayOf(path);
        return Kind(path, name) switch
        {
            "xlsx" => new ReadInChild(path, "xlsx", "sheet") { Date = day },
            "pdf" => new ReadInChild(path, "pdf", "page") { Date = day },
            _ => new CsvRows(path) { Date = day },
        };
    }

    private static string Kind(string path, string name)
    {
        Span<byte> beginning = stackalloc byte[1024];
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            beginning = beginning[..file.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFault($"{name}: it cannot be read; is it open in another program, or not yours?");
        }
        if (beginning.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
        {
            throw new CommandFault($"{name}: an old Excel file, or one with a password; save it as XLSX without a password.");
        }
        return beginning.StartsWith("PK"u8) ? "xlsx" : beginning.IndexOf("%PDF-"u8) >= 0 ? "pdf" : "csv";
    }

    public static bool IsOnNetwork(string path) =>
        path.StartsWith(@"\\", StringComparison.Ordinal)
        || DriveInfo.GetDrives().Where(drive => path.StartsWith(drive.Name, StringComparison.OrdinalIgnoreCase)).MaxBy(drive => drive.Name.Length) is { DriveType: DriveType.Network };
}
