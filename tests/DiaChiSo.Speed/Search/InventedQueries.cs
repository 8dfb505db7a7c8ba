using DiaChiSo.Core.Register;

namespace DiaChiSo.Speed.Search;

/// <summary>What a person might type for a known address, and which answers are right.</summary>
/// <param name="Parts">The parts of the address that the query holds: an answer that has them all is the same address by its words.</param>
internal sealed record Query(string Text, Invented Meant, bool IsFormer, IReadOnlyList<string> Parts)
{
    /// <summary>Whether this line is what was asked for: the address itself, or one whose words are the same.</summary>
    public bool IsAnsweredBy(AddressCode code, string line)
    {
        if (code.ToString() == Meant.Code.ToString("D10"))
        {
            return true;
        }
        var has = line.Split(", ").Select(part => part.ToLowerInvariant()).ToHashSet();
        return Parts.All(part => has.Contains(part.ToLowerInvariant())) && (!IsFormer || code.Area == (Meant.Code / 100_000).ToString("D5"));
    }
}

internal enum QueryKind { WithTones, WithoutTones, Abbreviated, OneSlip, TwoSlips, Partial, PlaceName }

/// <summary>Makes queries of each kind; the same for the same seed.</summary>
internal sealed class InventedQueries(int seed)
{
    private static readonly (string Long, string Short)[] Abbreviations =
    [
        ("số nhà ", "sn "), ("đường ", "đ. "), ("tổ dân phố ", "tdp "), ("khu phố ", "kp "), ("thị trấn ", "tt. "), ("phường ", "p. "), ("xã ", "x. "), ("huyện ", "h. "), ("quận ", "q."), ("thị xã ", "tx. "), ("thành phố ", "tp. "), ("tỉnh ", "t. "),
    ];

    private readonly Random random = new(seed);

    /// <summary>Null where the kind does not fit the address (a place name where it has none).</summary>
    public Query? Of(QueryKind kind, Invented address)
    {
        if (kind == QueryKind.PlaceName)
        {
            return address.Name is null ? null : new($"{address.Name}, {Commune(address, out var former)}", address, former, [address.Name, .. former ? [] : new[] { CommuneLine(address) }]);
        }
        if (address.House is null && address.Name is null && kind != QueryKind.Partial)
        {
            return null;                                    // one of a village's many
        }
        var isFormer = random.NextDouble() < 0.5;
        var detail = new List<string>();
        var parts = new List<string>();
        Take(address.Name, address.Name);
        Take(address.House is null ? null : $"số nhà {address.House}", address.House is null ? null : $"số nhà {address.House}");
        Take(address.Street, address.Street);
        Take(address.Village, address.Village);
        if (kind == QueryKind.Partial && detail.Count > 1)
        {
            var dropped = random.Next(detail.Count);
            detail.RemoveAt(dropped);
            parts.RemoveAt(dropped);
        }
        if (!isFormer)
        {
            parts.Add(CommuneLine(address));
        }
        var place = address.Place;
        detail.AddRange((isFormer, kind) switch
        {
            (true, QueryKind.Partial) => [$"{place.FormerType.ToLowerInvariant()} {place.FormerName}", place.District],
            (true, _) => [$"{place.FormerType.ToLowerInvariant()} {place.FormerName}", place.District, place.Province],
            (false, QueryKind.Partial) => [CommuneLine(address), place.PresentProvince],
            _ => [CommuneLine(address), place.PresentProvince],
        });
        var text = string.Join(", ", detail);
        return new(kind switch
        {
            QueryKind.WithoutTones => VietnameseText.Fold(text.Replace(",", random.NextDouble() < 0.5 ? "" : ",")),
            QueryKind.Abbreviated => string.Join(", ", detail.Select(Shorter)),
            QueryKind.OneSlip => Slipped(VietnameseText.Fold(text), 1),
            QueryKind.TwoSlips => Slipped(VietnameseText.Fold(text), 2),
            _ => text,
        }, address, isFormer, parts);

        void Take(string? said, string? part)
        {
            if (said is not null)
            {
                detail.Add(said);
                parts.Add(part!);
            }
        }
    }

    /// <summary>The word of kind in front is shortened, not one that is part of a name (phường Đường Hào).</summary>
    private static string Shorter(string part)
    {
        var small = part.ToLowerInvariant();
        var (longer, shorter) = Abbreviations.FirstOrDefault(pair => small.StartsWith(pair.Long, StringComparison.Ordinal));
        return longer is null ? small : shorter + small[longer.Length..];
    }

    private string Commune(Invented address, out bool isFormer)
    {
        isFormer = random.NextDouble() < 0.5;
        return isFormer ? $"{address.Place.FormerType.ToLowerInvariant()} {address.Place.FormerName}, {address.Place.District}" : $"{CommuneLine(address)}, {address.Place.PresentProvince}";
    }

    private static string CommuneLine(Invented address) => $"{address.Place.PresentType.ToLowerInvariant()} {address.Place.PresentName}";

    /// <summary>A letter more, less, other, or two swapped: in letters only, in any word of two letters or more.</summary>
    private string Slipped(string text, int slips)
    {
        for (var done = 0; done < slips;)
        {
            var at = random.Next(text.Length - 1);
            if (!char.IsAsciiLetter(text[at]) || !char.IsAsciiLetter(text[at + 1]) || IsBesideFigure(text, at))
            {
                continue;
            }
            var letter = (char)('a' + random.Next(26));
            var slipped = random.Next(4) switch
            {
                0 => text[..at] + letter + text[(at + 1)..],
                1 => text[..at] + letter + text[at..],
                2 => text[..at] + text[(at + 1)..],
                _ => text[..at] + text[at + 1] + text[at] + text[(at + 2)..],
            };
            if (slipped != text)
            {
                text = slipped;
                done++;
            }
        }
        return text;
    }

    // "15a" is a number.
    private static bool IsBesideFigure(string text, int at) =>
        (at > 0 && (char.IsAsciiDigit(text[at - 1]) || text[at - 1] == '/')) || char.IsAsciiDigit(text[at + 1]);
}
