using System.IO.Compression;

namespace DiaChiSo.Core.Register.Import;

/// <summary>
/// Looks an XLSX over before any library opens it. The sizes that a ZIP says of itself are not believed: the parts that will be read are
/// unpacked once and counted.
/// </summary>
internal static class ZipCheck
{
    private const int MostParts = 2_000;
    private const int MostSheets = 100;
    private const long Small = 2 << 20;
    private const long MostStrings = 256 << 20;
    private const long MostOfAll = 1_500L << 20;

    // Deflate packs nothing a person typed so tightly: a table of 190,000 rows has been seen at about 15 to 1.
    private const int TightestPacking = 250;
    private const long WhereTightnessCounts = 16 << 20;

    /// <exception cref="HandOverFault">It is not what an office program writes.</exception>
    /// <exception cref="InvalidDataException">It is no ZIP.</exception>
    public static void Pass(Stream file, string name)
    {
        if (CountOfParts(file) > MostParts)
        {
            throw new HandOverFault($"{name}: it has more than {MostParts} parts, which no hand-over file has; save the one sheet that is wanted as a file of its own.");
        }
        file.Position = 0;
        using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        if (zip.Entries.Count(IsSheet) > MostSheets)
        {
            throw new HandOverFault($"{name}: it has more than {MostSheets} sheets; save the ones that are wanted as files of their own.");
        }
        var (all, buffer) = (0L, new byte[1 << 16]);
        foreach (var part in zip.Entries.Where(part => part.FullName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || part.FullName.EndsWith(".rels", StringComparison.OrdinalIgnoreCase)))
        {
            all += Unpacked(part, buffer, Math.Min(MostOf(part), MostOfAll - all), name);
        }
    }

    private static bool IsSheet(ZipArchiveEntry part) => part.FullName.Contains("worksheets/sheet", StringComparison.OrdinalIgnoreCase);

    private static long MostOf(ZipArchiveEntry part) =>
        IsSheet(part) ? MostOfAll
        : part.FullName.EndsWith("sharedStrings.xml", StringComparison.OrdinalIgnoreCase) ? MostStrings
        : part.FullName.EndsWith("styles.xml", StringComparison.OrdinalIgnoreCase) ? Small * 8
        : Small;

    private static long Unpacked(ZipArchiveEntry part, byte[] buffer, long most, string name)
    {
        using var stream = part.Open();
        var count = 0L;
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            count += read;
            if (count > most || (count > WhereTightnessCounts && count / TightestPacking > part.CompressedLength))
            {
                throw new HandOverFault($"{name}: it unpacks to far more than it is, which no hand-over file does; it is damaged, or made to do harm.");
            }
        }
        return count;
    }

    // From the end record (APPNOTE 4.3.16), so that a million parts are not first read into memory.
    private static int CountOfParts(Stream file)
    {
        var tail = new byte[(int)Math.Min(file.Length, 22 + ushort.MaxValue)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        var at = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        return at >= 0 && at + 12 <= tail.Length ? BitConverter.ToUInt16(tail, at + 10) : throw new InvalidDataException();
    }
}
