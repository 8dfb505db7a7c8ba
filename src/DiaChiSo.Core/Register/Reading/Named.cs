namespace DiaChiSo.Core.Register.Reading;

/// <summary>A village as an official list names it.</summary>
/// <param name="Former">The commune until 30/6/2025 in which it lay.</param>
/// <param name="Kind">"Thôn", "Bản", "Đội".</param>
/// <param name="Name">As people say it: "Từ Ngài 1"; with its kind where the rest is a number: "Đội 5".</param>
public sealed record KnownVillage(UnitKey Former, string Kind, string Name)
{
    private static readonly Lazy<IReadOnlyList<KnownVillage>> FromThisAssembly = new(() =>
        [.. CoreData.Rows("Register.Data.villages.csv").Select(row => new KnownVillage(new(UnitSystem.Until2025, row["former_code"]), row["kind"], row["name"]))]);

    /// <summary>The villages that are known: a part of those of four former communes. There is no complete list (domain.md §8).</summary>
    public static IReadOnlyList<KnownVillage> Shipped => FromThisAssembly.Value;

    /// <summary>Its name inside a line: "Từ Ngài 1", but "đội 5".</summary>
    public string InLine => IsNumbered ? char.ToLowerInvariant(Name[0]) + Name[1..] : Name;

    /// <summary>"Đội 5" could be anywhere, "Từ Ngài 1" hardly.</summary>
    internal bool IsNumbered => Name.StartsWith(Kind, StringComparison.Ordinal);
}

/// <summary>How near to the served communes a name lies.</summary>
internal enum Reach
{
    Served,
    Province,
    Country,
}

/// <summary>One spelling of a commune, a province, a former district or a village.</summary>
internal sealed class Named(string spelling, int[] words, bool isAlias, Reach reach)
{
    private string[]? tones;

    public AdministrativeUnit? Commune { get; init; }
    public HigherUnit? Higher { get; init; }
    public KnownVillage? Village { get; init; }

    /// <summary>Its syllables in the vocabulary.</summary>
    public int[] Words => words;

    /// <summary>Another spelling, a former name or an abbreviation.</summary>
    public bool IsAlias => isAlias;

    public Reach Reach => reach;

    public bool IsUnit => Village is null;

    /// <summary>The tone key of each syllable.</summary>
    public string[] Tones => tones ??= VietnameseText.ToneKey(spelling).Split(' ');
}
