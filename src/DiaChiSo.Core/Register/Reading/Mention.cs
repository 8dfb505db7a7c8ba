namespace DiaChiSo.Core.Register.Reading;

/// <summary>A run of words that may be this name.</summary>
/// <param name="Start">Its first word.</param>
/// <param name="Cost">How far the words are from the name (<see cref="WordCost"/>).</param>
/// <param name="Before">The word of kind in front of it: "huyện".</param>
internal sealed record Mention(int Start, Named Name, float Cost, KindWord? Before)
{
    /// <summary>From here on it is no longer the same word with another tone.</summary>
    public const float Slip = 0.29f;

    /// <summary>What a word of kind says that the name cannot be.</summary>
    public const float Never = 9;

    public int Length => Name.Words.Length;

    public int End => Start + Length;

    public bool IsSlip => Cost >= Slip;

    public bool Overlaps(Mention other) => Start < other.End && other.Start < End;

    /// <summary>What it costs that this word of kind stands before this name; <see cref="Never"/> where it says another level.</summary>
    public float KindCost => Before is null ? 0 : (Before.Kind, Name) switch
    {
        (NameKind.Village, { Village: not null }) => 0,
        (NameKind.Commune, { Commune: { } commune }) => commune.Type == Before.Label ? 0 : 0.5f,
        (NameKind.District, { Higher: { IsProvince: false } district }) => district.Type == Before.Label ? 0 : 0.2f,
        (NameKind.City, { Higher: { } higher }) => higher.Type == Before.Label ? 0 : 0.3f,
        (NameKind.Province, { Higher: { IsProvince: true } province }) => province.Type == Before.Label ? 0 : 0.3f,
        _ => Never,
    };
}
