using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Search;

namespace DiaChiSo.Speed.Search;

/// <summary>One invented address with the words that a query is made of.</summary>
internal sealed record Invented(long Code, Place Place, string? Village, string? Street, string? House, string? Name, GeoPoint Gate)
{
    public IndexedAddress Indexed => new(Code, Place.Present, Place.Former, Village, Street, House, Name, Gate);
}

/// <summary>
/// A register that nobody lives in, over all communes of the country; the same for the same seed. Villages are numbered or have names of one to
/// three syllables, towns have streets, four in five town houses and one in three village houses have a number, three addresses in a hundred a name.
/// </summary>
internal sealed class InventedCountry(CountryUnits units, int seed)
{
    private static readonly string[] Onsets = ["b", "c", "ch", "d", "đ", "g", "gi", "h", "kh", "l", "m", "n", "ng", "nh", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x", ""];
    private static readonly string[] Rhymes = ["a", "ai", "am", "an", "ang", "anh", "ao", "au", "ăn", "ăng", "âm", "ân", "âu", "ay", "e", "en", "eo", "ê", "ên", "êu", "i", "ia", "iên", "iêng", "in", "inh", "o", "oan", "oi", "on", "ong", "ô", "ôi", "ôn", "ông", "ơ", "ơi", "ơn", "u", "ua", "ui", "un", "ung", "uôn", "uông", "ư", "ưa", "ương", "ươn", "y"];
    private static readonly string[] Tones = ["", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"];
    private static readonly string[] NumberedKinds = ["Thôn", "Ấp", "Tổ dân phố", "Đội", "Khu", "Xóm", "Tổ", "Bản"];
    private static readonly string[] NamedKinds = ["Thôn", "Bản", "Ấp", "Xóm", "Làng", "Khu phố", "Tổ dân phố", "Buôn"];
    private static readonly string[] PlaceKinds = ["Trường Tiểu học", "Trường THCS", "Trường Mầm non", "Công ty TNHH", "Cửa hàng", "Quán", "Nhà nghỉ", "Hợp tác xã", "Chùa", "Nhà thuốc", "Siêu thị mini", "Xưởng mộc"];

    private readonly string[] syllables = Syllables(units);
    private readonly string[] streets = Streets(units, seed);

    /// <summary>All addresses, commune by commune.</summary>
    public IEnumerable<Invented> Addresses(int count)
    {
        var random = new Random(seed);
        var weights = units.Places.Select(place => (place.FormerType == "Xã" ? 1.0 : 2.2) * Math.Exp(0.7 * Gauss(random))).ToArray();
        var each = count / weights.Sum();
        var next = new Dictionary<int, int>();
        var owed = 0.0;
        var centres = new Dictionary<string, GeoPoint>();
        for (var i = 0; i < units.Places.Count; i++)
        {
            var place = units.Places[i];
            owed += weights[i] * each;
            var here = (int)owed;
            owed -= here;
            if (!centres.TryGetValue(place.Province + place.District, out var centre))
            {
                var latitude = 9 + 13.5 * random.NextDouble();
                centre = centres[place.Province + place.District] = new(latitude, 104.5 + 1.5 * random.NextDouble() + 2.5 * Math.Sin((latitude - 9) / 13.5 * Math.PI));
            }
            foreach (var address in Commune(place, here, centre.Moved(20_000 * (random.NextDouble() - 0.5), 20_000 * (random.NextDouble() - 0.5)), new(seed + i), next))
            {
                yield return address;
            }
        }
    }

    private IEnumerable<Invented> Commune(Place place, int count, GeoPoint centre, Random random, Dictionary<int, int> next)
    {
        var isTown = place.FormerType != "Xã";
        var villages = Distinct(Math.Clamp(count / 60, 2, 30), () => Village(random));
        var roads = Distinct(isTown ? Math.Clamp(count / 40, 2, 150) : Math.Clamp(count / 600, 0, 6), () => streets[(int)(streets.Length * Math.Pow(random.NextDouble(), 2.5))]);
        for (var i = 0; i < count; i++)
        {
            var prefix = place.Prefix;
            var number = next.GetValueOrDefault(prefix) + 1 + (count < 20_000 ? random.Next(3) : 0);
            next[prefix] = number;
            if (number > 99_999)
            {
                yield break;
            }
            var village = random.Next(villages.Count);
            var hasStreet = roads.Count > 0 && random.NextDouble() < (isTown ? 0.75 : 0.15);
            var street = hasStreet ? random.Next(roads.Count) : -1;
            // A street lies in few of a town's quarters.
            village = hasStreet ? (street * 7 + random.Next(3)) % villages.Count : village;
            var gate = centre.Moved(700 * Math.Cos(village * 2.4) * Math.Sqrt(village) + 250 * Gauss(random), 700 * Math.Sin(village * 2.4) * Math.Sqrt(village) + 250 * Gauss(random));
            var hasHouse = random.NextDouble() < (isTown ? 0.8 : 0.33);
            yield return new(prefix * 100_000L + number, place, villages[village], hasStreet ? roads[street] : null, hasHouse ? House(random) : null, random.NextDouble() < 0.03 ? Named(random, place, villages[village]) : null, gate);
        }
    }

    private string Village(Random random)
    {
        if (random.NextDouble() < 0.35)
        {
            return $"{NumberedKinds[random.Next(NumberedKinds.Length)]} {random.Next(1, 25)}";
        }
        var name = random.NextDouble() switch { < 0.08 => Words(random, 1), < 0.85 => Words(random, 2), _ => Words(random, 3) };
        return $"{NamedKinds[random.Next(NamedKinds.Length)]} {name}{(random.NextDouble() < 0.15 ? $" {random.Next(1, 4)}" : "")}";
    }

    private string Named(Random random, Place place, string village) => random.Next(10) switch
    {
        0 => $"Trạm Y tế {place.FormerType.ToLowerInvariant()} {place.FormerName}",
        1 => $"Nhà văn hóa {char.ToLowerInvariant(village[0])}{village[1..]}",
        2 => $"Chợ {place.FormerName}",
        _ => $"{PlaceKinds[random.Next(PlaceKinds.Length)]} {Words(random, random.Next(2, 4))}",
    };

    private static string House(Random random) => random.NextDouble() switch
    {
        < 0.76 => $"{Number(random, 400)}",
        < 0.86 => $"{Number(random, 300)}{(char)('A' + random.Next(5))}",
        < 0.97 => $"{Number(random, 200)}/{Number(random, 60)}",
        _ => $"{Number(random, 150)}/{Number(random, 40)}/{Number(random, 20)}",
    };

    private static int Number(Random random, int most) => 1 + (int)(most * Math.Pow(random.NextDouble(), 1.6));

    private string Words(Random random, int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => Capital(syllables[random.Next(syllables.Length)])));

    private static List<string> Distinct(int count, Func<string> make)
    {
        var made = new HashSet<string>();
        for (var tries = 0; made.Count < count && tries < 20 * count; tries++)
        {
            made.Add(make());
        }
        return [.. made];
    }

    /// <summary>Half as they come in the names of units, half any syllable that could be one: some 6,000, as a dictionary has.</summary>
    private static string[] Syllables(CountryUnits units)
    {
        var real = units.Places.SelectMany(place => place.FormerName.ToLowerInvariant().Split([' ', '-', '(', ')'], StringSplitOptions.RemoveEmptyEntries)).Where(word => word.Length > 1 && word.All(char.IsLetter)).ToList();
        var random = new Random(1);
        var possible = Onsets.SelectMany(onset => Rhymes.SelectMany(rhyme => Tones.Select(tone => VietnameseText.Plain(onset + WithTone(rhyme, tone))))).Where(word => word.Length > 1).OrderBy(_ => random.Next()).Take(4_500).ToList();
        return [.. real, .. Enumerable.Range(0, real.Count / 2).Select(_ => possible[random.Next(possible.Count)])];
    }

    private static string WithTone(string rhyme, string tone)
    {
        var at = rhyme.IndexOfAny(['ă', 'â', 'ê', 'ô', 'ơ', 'ư']);
        at = at >= 0 ? at : rhyme.IndexOfAny(['a', 'e', 'i', 'o', 'u', 'y']);
        return rhyme[..(at + 1)] + tone + rhyme[(at + 1)..];
    }

    private static string[] Streets(CountryUnits units, int seed)
    {
        var random = new Random(seed);
        var syllables = Syllables(units);
        string[] families = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý"];
        string Any() => Capital(syllables[random.Next(syllables.Length)]);
        return [.. Enumerable.Range(0, 20_000).Select(i => random.NextDouble() switch
        {
            < 0.55 => $"{families[random.Next(families.Length)]} {Any()} {Any()}",
            < 0.75 => $"{families[random.Next(families.Length)]} {Any()}",
            < 0.9 => $"{Any()} {Any()}",
            < 0.95 => $"Đường số {random.Next(1, 60)}",
            _ => $"{random.Next(1, 31)}/{random.Next(1, 13)}",
        }).Select(name => name.StartsWith("Đường", StringComparison.Ordinal) ? name : "Đường " + name).Distinct()];
    }

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private static double Gauss(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
