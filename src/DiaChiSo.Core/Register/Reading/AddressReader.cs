namespace DiaChiSo.Core.Register.Reading;

/// <summary>Reads an address in words: units of both lists, village, street, house, landmark, in any order, with any keyboard. Does not change once made.</summary>
public sealed class AddressReader
{
    private readonly AdministrativeUnits units;
    private readonly UnitNames names;
    private readonly HashSet<UnitKey> provincesWithCommunes;

    /// <param name="units">The table of units.</param>
    /// <param name="villages">The villages whose names are known.</param>
    /// <param name="served">What the bot serves: preferred where a name is elsewhere too; everything outside its province is out of the area.</param>
    public AddressReader(AdministrativeUnits units, IEnumerable<KnownVillage> villages, ServedArea served)
    {
        this.units = units;
        names = new(units, villages, served);
        provincesWithCommunes = [.. units.All.Select(unit => new UnitKey(unit.Key.System, unit.ProvinceCode))];
    }

    /// <summary>Whether the served communes lie, or lay, in this province.</summary>
    public bool IsServed(HigherUnit province) => (province.Key.System == UnitSystem.Since2025 ? names.Provinces : names.FormerProvinces).Contains(province.Key.Code);

    /// <summary>Never throws, whatever the text; reads at most <see cref="TypedWords.Most"/> words.</summary>
    /// <param name="plain">Plain text (<see cref="VietnameseText.Plain"/>).</param>
    public AddressReading Read(string plain)
    {
        var words = TypedWords.Of(plain, names.Vocabulary);
        if (words.Count == 0)
        {
            return AddressReading.Nothing;
        }
        var mentions = new MentionFinder(names, words).Find();
        var parts = new AddressParts(plain, words);
        var options = new UnitOptions(units, mentions, parts.IsLandmark, provincesWithCommunes).All();
        var (reading, used) = UnitChoosing.Choose(options, units, isDetailed: HasDetail(plain, words, options));
        foreach (var mention in used.SelectMany(option => option.With.Append(option.Unit)))
        {
            parts.Take(mention);
        }
        if (reading.Verdict != AddressVerdict.Ambiguous && used.Select(option => option.Village).OfType<KnownVillage>().FirstOrDefault() is { } village)
        {
            parts.Know(village);
        }
        parts.Read();
        // "xã Tả Phìn Sa Pa": what stands behind the commune and is not known may be another district.
        var isOpen = used.Count > 0 && !used[0].NamesDistrict && !used[0].NamesProvince && parts.HasWordsBehind(used[0].Unit.End);
        return reading with
        {
            IsGuess = reading.IsGuess || isOpen,
            Verdict = reading.Verdict == AddressVerdict.None && parts.Any ? AddressVerdict.Address : reading.Verdict,
            Village = parts.Village,
            House = parts.House,
            Street = parts.Street,
            Landmark = parts.Landmark,
            HasMoreWords = parts.HasMoreWords,
        };
    }

    private static bool HasDetail(string plain, List<TypedWord> words, List<UnitOption> options)
    {
        if (!options.Exists(option => option.Higher is not null))
        {
            return false;
        }
        var parts = new AddressParts(plain, words);
        options.ForEach(option => parts.Take(option.Unit));
        parts.Read();
        return parts.IsDetailed;
    }
}
