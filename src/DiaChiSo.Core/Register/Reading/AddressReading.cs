namespace DiaChiSo.Core.Register.Reading;

/// <summary>How much of an address the words hold.</summary>
public enum AddressVerdict
{
    /// <summary>The words name no place.</summary>
    None,

    /// <summary>A village, street, house or landmark, and no unit that is known.</summary>
    Address,

    /// <summary>One unit: a commune, or a province or former district where nothing smaller is named.</summary>
    Unit,

    /// <summary>Several units fit, and choosing is for the person (domain.md §5: never across communes by score).</summary>
    Ambiguous,

    /// <summary>A place in another province than the served communes'.</summary>
    OutOfArea,
}

/// <summary>One unit that the words may mean.</summary>
/// <param name="Commune">Of the old or the new list; null where it is a province or a former district.</param>
/// <param name="Village">Where a village was named that several communes have.</param>
public sealed record UnitChoice(AdministrativeUnit? Commune, HigherUnit? Higher, KnownVillage? Village)
{
    /// <summary>"Xã Sam Mứn", "Huyện Điện Biên".</summary>
    public string FullName => Commune?.FullName ?? Higher!.FullName;
}

/// <summary>What a person's words say of a place. The words themselves are kept by who asked.</summary>
public sealed record AddressReading(AddressVerdict Verdict)
{
    public static readonly AddressReading Nothing = new(AddressVerdict.None);

    /// <summary>The commune until 30/6/2025 that is named, or in which the named village lies; null where only today's is.</summary>
    public AdministrativeUnit? Former { get; init; }

    /// <summary>Today's commune; null where no commune is certain.</summary>
    public AdministrativeUnit? Present { get; init; }

    /// <summary>The province or former district, where nothing smaller is named.</summary>
    public HigherUnit? Higher { get; init; }

    /// <summary>For <see cref="AddressVerdict.Ambiguous"/>: best first; of a divided commune, those of today that it went into.</summary>
    public IReadOnlyList<UnitChoice> Candidates { get; init; } = [];

    /// <summary>Every commune that the words may name, old and new entries both.</summary>
    public IReadOnlyList<AdministrativeUnit> Communes { get; init; } = [];

    /// <summary>The unit was found by a likeness (sound, slip, a district that does not fit) and should be read back.</summary>
    public bool IsGuess { get; init; }

    /// <summary>"Từ Ngài 1", "tổ 3".</summary>
    public string? Village { get; init; }

    /// <summary>As typed: "12/34/5A".</summary>
    public string? House { get; init; }

    /// <summary>With its kind: "đường Thắng Lợi".</summary>
    public string? Street { get; init; }

    /// <summary>"gần chợ".</summary>
    public string? Landmark { get; init; }

    /// <summary>Words are left that are none of these parts: perhaps the name of a place ("trạm y tế Mường Báng").</summary>
    public bool HasMoreWords { get; init; }

    /// <summary>Nothing below the unit is named, so as an address it says too little.</summary>
    public bool IsUnitOnly => (Verdict is AddressVerdict.Unit || Candidates.Count > 0) && !HasMoreWords
        && House is null && Street is null && Village is null && Landmark is null && Candidates.All(choice => choice.Village is null);
}
