namespace DiaChiSo.Core.Register.Import;

/// <summary>One row of a hand-over file as it stands there, cells from left to right.</summary>
/// <param name="Section">Rises where a new header may come: a sheet, another layout of a PDF.</param>
/// <param name="Page">PDF page or number of the sheet, from 1; 0 where a file has none.</param>
/// <param name="Row">From 1, as a person counts: the line of a sheet, the entry of a page.</param>
public readonly record struct RawRow(int Section, int Page, long Row, string[] Cells);

/// <summary>A file cannot be read at all: one sentence for the operator that says why and what would do. Never holds a cell of the file.</summary>
public sealed class HandOverFault(string sentence) : Exception(sentence);

/// <summary>
/// A file that the post office handed over, on local disk (domain.md §2: never over a network). Rows are streamed: a country has more than fit
/// into memory.
/// </summary>
public abstract class HandOver(string path)
{
    /// <summary>A row has no more cells, a cell no more letters than this; what has more is no hand-over file.</summary>
    public const int MostCells = 100;

    /// <inheritdoc cref="MostCells"/>
    public const int LongestCell = 4_000;

    /// <summary>Where it lies.</summary>
    public string Path { get; } = path;

    /// <summary>Its name, for messages on the operator's own screen; never kept.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>"csv", "xlsx", "pdf".</summary>
    public abstract string Kind { get; }

    /// <summary>What a page of it is called to the operator: "sheet", "page"; empty: it has none.</summary>
    public virtual string PageWord => "";

    /// <summary>The day of the hand-over: the file's own, by the clock of Vietnam, unless the operator says another one.</summary>
    public DateOnly Date { get; init; } = DayOf(path);

    /// <summary>How much of it was read, 0 to 1. Read from another thread.</summary>
    public double Done { get; protected set; }

    /// <summary>Lower-case hexadecimal digits; known when all rows were read.</summary>
    public string Sha256 { get; protected set; } = "";

    /// <summary>The rows, read once.</summary>
    /// <exception cref="HandOverFault">It cannot be read.</exception>
    public abstract IEnumerable<RawRow> Rows(CancellationToken ct);

    /// <summary>The day on which a file was written, by the clock of Vietnam.</summary>
    public static DateOnly DayOf(string path) =>
        DateOnly.FromDateTime(new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero).ToOffset(TimeSpan.FromHours(7)).DateTime);
}
