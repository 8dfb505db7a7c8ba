using System.Globalization;
using DiaChiSo.Core.Store;

namespace DiaChiSo.Core.People;

/// <summary>
/// What a person reads out to the operator, so that a right reaches that person and nobody else: <c>17-KXMT</c>. The letters are a check that
/// only this installation can make: a misheard code names nobody. It is no secret and opens nothing.
/// </summary>
public sealed class PersonCodes(Secrets secrets)
{
    private const int CheckLetters = 4;

    public string Of(long personId) => string.Create(CultureInfo.InvariantCulture, $"{personId}-{CheckOf(personId)}");

    /// <summary>Reads a code as it was written down: small letters and spaces are let pass.</summary>
    public bool TryRead(string words, out long personId)
    {
        personId = 0;
        return words.Replace(" ", "", StringComparison.Ordinal).Split('-') is [var number, var check]
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out personId)
            && string.Equals(check, CheckOf(personId), StringComparison.OrdinalIgnoreCase);
    }

    private string CheckOf(long personId) =>
        string.Concat(secrets.Hash("person-code", personId.ToString(CultureInfo.InvariantCulture)).Take(CheckLetters).Select(letter => SpokenCode.Letters[letter % SpokenCode.Letters.Length]));
}
