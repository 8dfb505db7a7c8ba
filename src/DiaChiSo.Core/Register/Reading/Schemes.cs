using System.Text.RegularExpressions;

namespace DiaChiSo.Core.Register.Reading;

/// <summary>What is done with the numbers of a scheme.</summary>
public enum SchemeKind
{
    /// <summary>Mã địa chỉ số: ten figures, looked up in the register.</summary>
    Code,

    /// <summary>Vpostcode: five figures of a postal code and seven letters of a Plus Code.</summary>
    Vpostcode,

    /// <summary>A Plus Code.</summary>
    PlusCode,

    /// <summary>Known by name, and no address: a tax code.</summary>
    Other,
}

/// <summary>One family of numbers that people send.</summary>
public sealed class Scheme
{
    public SchemeKind Kind { get; set; } = SchemeKind.Other;

    /// <summary>What a number of it looks like, in capitals and without spaces, dots and dashes; a regular expression.</summary>
    public string Pattern { get; set; } = "";

    /// <summary>Words that stand before one: "mst".</summary>
    public string[] Labels { get; set; } = [];

    /// <summary>Whether one is only seen behind such a word, because its figures could be anything.</summary>
    public bool NeedsLabel { get; set; }

    /// <summary>False: as if it were not in the table.</summary>
    public bool IsOn { get; set; } = true;
}

/// <summary>
/// The section "Schemes" of the settings: which families of numbers are known (domain.md §3: a table, not one regular expression), and
/// which links are ours.
/// </summary>
public sealed class Schemes
{
    private const RegexOptions Safe = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private Known[]? known;

    /// <summary>By name, in the order of recognition.</summary>
    public Dictionary<string, Scheme> Table { get; set; } = new()
    {
        ["ndas10"] = new() { Kind = SchemeKind.Code, Pattern = "[0-9]{10}", Labels = ["ndas", "mã địa chỉ số", "địa chỉ số", "mã số nhà", "mã"] },
        ["vpostcode"] = new() { Kind = SchemeKind.Vpostcode, Pattern = "[0-9]{5}[2-9CFGHJMPQRVWX]{7}", Labels = ["vpostcode", "vmap"] },
        ["pluscode"] = new() { Kind = SchemeKind.PlusCode, Pattern = @"[02-9CFGHJMPQRVWX]{4,8}\+[2-9CFGHJMPQRVWX]{0,7}", Labels = ["plus code", "pluscode"] },
        ["tax"] = new() { Pattern = "[0-9]{10}([0-9]{3})?", Labels = ["mst", "mã số thuế"], NeedsLabel = true },
        ["location12"] = new() { Pattern = "[0-9]{12}", Labels = ["mã định danh địa điểm"], NeedsLabel = true },
    };

    /// <summary>Where the links of plates and papers begin. What the printed QR holds is not documented (domain.md §3).</summary>
    public string[] LinkBases { get; set; } = ["https://diachiso.gov.vn/", "https://ndas.vn/"];

    /// <summary>Null when the settings are right; otherwise one line that names the setting and what is wanted.</summary>
    public string? Fault()
    {
        foreach (var (name, scheme) in Table)
        {
            try
            {
                _ = new Regex(scheme.Pattern, Safe);
            }
            catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
            {
                return $"Schemes:Table:{name}:Pattern is no regular expression (without look-around), for example [0-9]{{10}}.";
            }
            if (scheme.Pattern.Length == 0 || (scheme.NeedsLabel && scheme.Labels.Length == 0))
            {
                return $"Schemes:Table:{name} needs a Pattern, and Labels where NeedsLabel is true.";
            }
        }
        return LinkBases.FirstOrDefault(link => !Uri.TryCreate(link, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) is { } wrong
            ? $"Schemes:LinkBases: {wrong} is no link, for example https://diachiso.gov.vn/."
            : null;
    }

    /// <summary>Whether a link begins as those of plates and papers do; other links are read too, and never opened.</summary>
    public bool IsOurs(string link) => Array.Exists(LinkBases, own =>
        link.StartsWith(own, StringComparison.OrdinalIgnoreCase) || link.StartsWith(own[(own.IndexOf("//", StringComparison.Ordinal) + 2)..], StringComparison.OrdinalIgnoreCase));

    /// <summary>The name of the first scheme of this kind; null where it is switched off.</summary>
    internal string? NameOf(SchemeKind kind) => Ready.FirstOrDefault(one => one.Scheme.Kind == kind)?.Name;

    /// <summary>Whether this kind is known and the number looks as it says.</summary>
    internal string? NameOf(SchemeKind kind, string compact) => Ready.FirstOrDefault(one => one.Scheme.Kind == kind && one.Pattern.IsMatch(compact))?.Name;

    /// <summary>The scheme whose label stands in the words and whose pattern the number fits.</summary>
    internal (string Name, SchemeKind Kind)? Labelled(string words, string compact) =>
        Ready.FirstOrDefault(one => one.IsLabelled(words) && one.Pattern.IsMatch(compact)) is { } found ? (found.Name, found.Scheme.Kind) : null;

    /// <summary>Whether the words say that an address code follows, whatever it looks like.</summary>
    internal bool SaysCode(string words) => Array.Exists(Ready, one => one.Scheme.Kind == SchemeKind.Code && one.IsLabelled(words));

    private Known[] Ready => known ??= [.. Table.Where(entry => entry.Value.IsOn)
        .Select(entry => new Known(entry.Key, entry.Value, new Regex($"^({entry.Value.Pattern})$", Safe), [.. entry.Value.Labels.Select(label => VietnameseText.Words(label))]))
        .OrderByDescending(one => one.Scheme.NeedsLabel)];

    private sealed record Known(string Name, Scheme Scheme, Regex Pattern, string[] Labels)
    {
        // A label of one word must begin the text: "mã" stands in many a sentence. "NDAS3260612345" needs no space.
        public bool IsLabelled(string words) => Array.Exists(Labels, label =>
            (words.StartsWith(label, StringComparison.Ordinal) && (words.Length == label.Length || !char.IsLetter(words[label.Length]))) || (label.Contains(' ') && $" {words} ".Contains($" {label} ", StringComparison.Ordinal)));
    }
}
