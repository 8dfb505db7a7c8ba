using System.Numerics;

namespace DiaChiSo.Core.Register.Search;

/// <summary>A little for names whose tones are the typed ones: it parts what is the same without them (Nà Áng, Nà Ảng), and nothing else.</summary>
internal sealed class ToneFits(RegisterIndex index, TypedQuery query)
{
    private const float Each = 0.02f;

    private readonly Dictionary<(bool IsUnit, int Name), string[]> keys = [];

    public float Of(Candidate candidate)
    {
        if (!query.HasTones)
        {
            return 0;
        }
        var area = index.AreaOf(candidate.Group);
        var (row, group) = (index.Areas[area], index.Groups[candidate.Group]);
        var fits = 0;
        Compare(Unit(row.Commune), candidate.Fit.Places, ref fits);
        Compare(row.FormerCommune < 0 ? [] : Unit(row.FormerCommune), candidate.Fit.Places, ref fits);
        Compare(group.Village == 0 ? [] : Name(index.AreaVillages[area][group.Village - 1]), candidate.Fit.Places, ref fits);
        Compare(group.Street == 0 ? [] : Name(index.AreaStreets[area][group.Street - 1]), candidate.Fit.Places, ref fits);
        if (candidate.IsPlace)
        {
            Compare(Name(index.PlacedNames[index.FirstPlaced(candidate.First)]), candidate.Fit.Places, ref fits);
        }
        return fits * Each;
    }

    private void Compare(string[] name, ulong places, ref int fits)
    {
        foreach (var key in name)
        {
            for (var left = places; left != 0; left &= left - 1)
            {
                if (query.ToneKey(BitOperations.TrailingZeroCount(left)) == key)
                {
                    fits++;
                    break;
                }
            }
        }
    }

    private string[] Unit(int unit) => Keys(true, unit, index.UnitText);

    private string[] Name(int name) => Keys(false, name, index.NameText);

    private string[] Keys(bool isUnit, int name, Words text) =>
        keys.TryGetValue((isUnit, name), out var known) ? known : keys[(isUnit, name)] = VietnameseText.ToneKey(text[name]).Split(' ');
}
