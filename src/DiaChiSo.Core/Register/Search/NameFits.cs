using System.Numerics;

namespace DiaChiSo.Core.Register.Search;

/// <summary>Lays a name over the query where most of its words stand in a row.</summary>
internal sealed class NameFits(RegisterIndex index, WordMatches matches)
{
    private const int MostShifts = 16;

    private const float SameKind = 0.1f;
    private const float OtherKind = -0.1f;
    private const float OtherLevel = -0.6f;

    private readonly record struct Shift(int By, ulong Places, float Value, float Slips, int Words);

    /// <summary>The best place of the name outside of <paramref name="taken"/>; <see cref="Fit.None"/> when it has none.</summary>
    public Fit Of(int name, TypedQuery query, ulong taken)
    {
        var words = index.NameWords[name];
        Span<Shift> shifts = stackalloc Shift[MostShifts];
        var count = 0;
        for (var i = 0; i < words.Length; i++)
        {
            for (var at = matches.First(words[i]); at != 0; at = matches[at].Next)
            {
                var slot = matches[at];
                if ((taken >> slot.Place & 1) != 0)
                {
                    continue;
                }
                var shift = 0;
                while (shift < count && shifts[shift].By != slot.Place - i)
                {
                    shift++;
                }
                if (shift == count)
                {
                    if (count == MostShifts)
                    {
                        continue;
                    }
                    shifts[count++] = new(slot.Place - i, 0, 0, 0, 0);
                }
                ref var known = ref shifts[shift];
                known = new(known.By, known.Places | 1UL << slot.Place, known.Value + Fit.Worth(slot.Cost), known.Slips + slot.Cost, known.Words + 1);
            }
        }
        if (count == 0)
        {
            return Fit.None;
        }
        var row = index.Names[name];
        var best = Fit.None;
        for (var i = 0; i < count; i++)
        {
            var fit = Judge(shifts[i], words, row, query);
            if (fit.Value > best.Value)
            {
                best = fit;
            }
        }
        return best;
    }

    private Fit Judge(Shift shift, ReadOnlySpan<int> words, NameRow row, TypedQuery query)
    {
        var missing = words.Length - shift.Words;
        var isPlace = row.Kind == NameKind.Place;
        var most = isPlace ? words.Length - Math.Min(2, words.Length) : words.Length < 3 ? 0 : words.Length == 3 ? 1 : 2;
        // Every word of a short name may be a little wrong, but not all of them very.
        if (missing > most || shift.Slips > 0.5f + 0.5f * shift.Words + (shift.Words > 1 ? 0.6f : 0))
        {
            return Fit.None;
        }
        // Of a place's long name a part is enough, but not one that is slips, or words that all have.
        if (isPlace && missing > 0 && BitOperations.PopCount(shift.Places & query.Asked) - shift.Slips < 2)
        {
            return Fit.None;
        }
        if (missing > 0 && HasOtherNumber(shift, words, query))
        {
            return Fit.None;
        }
        var value = shift.Value - missing * (isPlace ? 0.15f : 0.5f);
        var start = BitOperations.TrailingZeroCount(shift.Places);
        var level = row.Kind switch { NameKind.Village => Level.Village, NameKind.Street => Level.Street, _ => Level.None };
        var (before, kind) = (query.Before[start], query.KindBefore[start]);
        if (row.IsBare && (before & level) == 0)
        {
            return Fit.None;
        }
        if (!isPlace && before != Level.None)
        {
            value += (before & level) == 0 ? OtherLevel : row.Type == 0 || row.Type == kind ? SameKind : TypeWords.AreAlike(row.Type, kind) ? 0 : row.IsBare ? 3 * OtherKind : OtherKind;
        }
        return new(shift.Places, value, shift.Slips);
    }

    /// <summary>Từ Ngài 1 is not Từ Ngài 2: where a number is missing, another one must not stand there.</summary>
    private bool HasOtherNumber(Shift shift, ReadOnlySpan<int> words, TypedQuery query)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var place = shift.By + i;
            var isMissing = place < 0 || place >= query.Words.Count || (shift.Places >> place & 1) == 0;
            if (isMissing && index.Lexicon[words[i]].ContainsAnyInRange('0', '9') && place >= 0 && place < query.Words.Count && (query.Numeric >> place & 1) != 0)
            {
                return true;
            }
        }
        return false;
    }
}
