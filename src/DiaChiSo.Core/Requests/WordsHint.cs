using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Reading;

namespace DiaChiSo.Core.Requests;

/// <summary>
/// What is certain in the words that somebody looked an address up with, so that the form does not ask it again. Nothing is guessed: a name
/// that two communes have, or words that may be anything, give nothing.
/// </summary>
public static class WordsHint
{
    private static readonly string[] VillageKinds = ["thon", "ban", "doi", "to", "khu", "xom", "ap"];

    /// <summary>The commune and, where it is written with its kind in a part of its own ("Bản Tà Là Cáo, …"), the village; null when the commune is not certain.</summary>
    public static AddressDetail? Read(string? words, Understanding understanding, AdministrativeUnits units)
    {
        var named = understanding.FindCommunes(words);
        if (named.Select(unit => units.PresentOf(unit).Key).Distinct().ToList() is not [var commune])
        {
            return null;
        }
        var former = named is [{ IsFormer: true } one] ? one.Key : (UnitKey?)null;
        return new AddressDetail(House: null, Street: null, VillageIn(words), commune, former);
    }

    private static string? VillageIn(string? words)
    {
        var parts = VietnameseText.Plain(words).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var villages = parts.Length < 2 ? [] : parts.Where(part => VillageKinds.Contains(VietnameseText.Words(part).Split(' ')[0])).ToList();
        return villages is [{ Length: <= Limits.AnswerLength } one] ? char.ToUpperInvariant(one[0]) + one[1..] : null;
    }
}
