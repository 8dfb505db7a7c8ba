namespace DiaChiSo.Core.Register.Import;

/// <summary>What an import finds about rows, addresses and requests.</summary>
public enum FindingKind
{
    /// <summary>An address that the register does not have.</summary>
    New,

    /// <summary>A field that the file says otherwise.</summary>
    Changed,

    /// <summary>A local correction that is older than the hand-over and gives way.</summary>
    Overwritten,

    /// <summary>A local correction that is not older than the hand-over and stays.</summary>
    Kept,

    /// <summary>A row that is not taken.</summary>
    Refused,

    /// <summary>A request that the file answers.</summary>
    Answered,

    /// <summary>A request that may be meant, but not for certain: its reviewer decides.</summary>
    NotMatched,

    /// <summary>Something exported that the file shows to have arrived.</summary>
    Acknowledged,

    /// <summary>Something exported earlier of a commune of the file, that the file does not show.</summary>
    NotArrived,

    /// <summary>By undoing: an address that was changed since and is left as it is.</summary>
    Left,
}

/// <summary>One line of the report. No personal data: names of homes and people stand as "(sealed)".</summary>
/// <param name="Where">File and row.</param>
public sealed record Finding(FindingKind Kind, string File, string Where, string Code, string Field, string Old, string New, string Note);

/// <summary>Counts, and the first few of each kind; all of them go to the report, where the operator wants one.</summary>
public sealed class ImportFindings(TextWriter? report)
{
    /// <summary>So many of each kind are shown.</summary>
    public const int Shown = 10;

    internal const string Private = "(sealed)";

    private static readonly int Kinds = Enum.GetValues<FindingKind>().Length;

    private readonly List<Finding>[] first = [.. Enumerable.Range(0, Kinds).Select(_ => new List<Finding>())];
    private bool isReportBegun;

    /// <summary>Rows that were read, whatever came of them.</summary>
    public long Rows { get; internal set; }
    public long New { get; internal set; }

    /// <summary>Addresses of which at least one field changes.</summary>
    public long Changed { get; internal set; }
    public long Unchanged { get; internal set; }

    /// <summary>Rows that say once more what a row before them said.</summary>
    public long Repeated { get; internal set; }

    public long Refused => Count(FindingKind.Refused);
    public long Kept => Count(FindingKind.Kept);
    public long Overwritten => Count(FindingKind.Overwritten);
    public long Answered => Count(FindingKind.Answered);

    /// <summary>Changed fields, by name.</summary>
    public SortedDictionary<string, long> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>What the operator should know beside the counts.</summary>
    public List<string> Notes { get; } = [];

    private readonly long[] counts = new long[Kinds];

    public long Count(FindingKind kind) => counts[(int)kind];

    public IReadOnlyList<Finding> First(FindingKind kind) => first[(int)kind];

    internal void Add(FindingKind kind, in RowPlace place, AddressCode? code = null, string field = "", string? old = null, string? value = null, string note = "")
    {
        counts[(int)kind]++;
        if (report is null && first[(int)kind].Count == Shown)
        {
            return;
        }
        Add(new Finding(kind, place.File?.Name ?? "", place.File is null ? "" : place.ToString(), code?.ToString() ?? "", field, old ?? "", value ?? "", note));
    }

    private void Add(Finding finding)
    {
        var shown = first[(int)finding.Kind];
        if (shown.Count < Shown)
        {
            shown.Add(finding);
        }
        if (report is null)
        {
            return;
        }
        if (!isReportBegun)
        {
            isReportBegun = true;
            report.Write("kind,file,where,code,field,old,new,note\r\n");
        }
        report.Write(string.Join(',', ((string[])[finding.Kind.ToString(), finding.File, finding.Where, finding.Code, finding.Field, finding.Old, finding.New, finding.Note]).Select(Cell)));
        report.Write("\r\n");
    }

    // A table program must not take a cell that came out of somebody's file for a formula.
    private static string Cell(string text)
    {
        var safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' ? "'" + text : text;
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
