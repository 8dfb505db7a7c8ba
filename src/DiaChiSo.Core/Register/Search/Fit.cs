using System.Numerics;

namespace DiaChiSo.Core.Register.Search;

/// <summary>How a name fits the query: which of its words it answers, and how well.</summary>
/// <param name="Places">The places of the query's words, as bits.</param>
/// <param name="Value">One for each word that is the same, less for slips and for what is missing.</param>
/// <param name="Slips">The sum of <see cref="Slip.Cost"/>.</param>
internal readonly record struct Fit(ulong Places, float Value, float Slips)
{
    public static readonly Fit None = new(0, 0, 0);

    public bool IsNone => Places == 0;

    public int Start => BitOperations.TrailingZeroCount(Places);

    /// <summary>What one word is worth at this cost.</summary>
    public static float Worth(float cost) => Math.Max(0, 1 - 0.3f * cost);
}
