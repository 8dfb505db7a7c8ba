using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Register;

/// <summary>A village as the register knows it.</summary>
/// <param name="Name">With its kind: "Thôn Háng Là", "Đội 5".</param>
/// <param name="Former">The commune until 30/6/2025 in which it lay, where the register says it.</param>
public sealed record Village(string Name, UnitKey? Former);

/// <summary>The villages of a commune: names of places only, a wall on purpose like <see cref="IAddressRegister"/>.</summary>
public interface IVillages
{
    /// <summary>The villages of a commune of today or, where <paramref name="former"/> is set, of that part of it; by name, numbers in their order.</summary>
    Task<IReadOnlyList<Village>> Of(UnitKey commune, UnitKey? former, CancellationToken ct);
}

/// <summary>There is no complete list of villages (domain.md §8), so those are known that an address of the register lies in.</summary>
public sealed class Villages(DbContext db) : IVillages
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<Village>> Of(UnitKey commune, UnitKey? former, CancellationToken ct)
    {
        var (communeKey, formerKey) = (commune.ToString(), former?.ToString());
        var rows = await db.Set<DigitalAddress>().AsNoTracking()
            .Where(address => address.Commune == communeKey && address.Village != null && (formerKey == null || address.FormerCommune == formerKey))
            .Select(address => new { address.Village, address.FormerCommune }).Distinct().ToListAsync(ct);
        return [.. rows.Select(row => new Village(row.Village!, row.FormerCommune is { } key ? UnitKey.Parse(key) : null))
            .OrderBy(village => SortKey(village.Name), StringComparer.Ordinal).ThenBy(village => village.Former?.Code, StringComparer.Ordinal)];
    }

    // "Đội 5" before "Đội 10".
    private static string SortKey(string name) =>
        string.Join(' ', VietnameseText.Words(name).Split(' ').Select(word => word.All(char.IsAsciiDigit) ? word.PadLeft(4, '0') : word));
}

/// <summary>Finds what a person typed among the villages of a commune.</summary>
public static class VillageWords
{
    private static readonly string[] Kinds = ["to dan pho ", "thon ", "ban ", "doi ", "to ", "khu ", "xom ", "ap ", "khoi "];

    /// <summary>The villages that are called just so, with or without tones and the word for their kind ("hang la" = Thôn Háng Là).</summary>
    public static IReadOnlyList<Village> Same(IEnumerable<Village> villages, string typed)
    {
        var words = VietnameseText.Words(typed);
        var all = villages.ToList();
        var exact = all.Where(village => VietnameseText.Words(village.Name) == words).ToList();
        return exact.Count > 0 ? exact : [.. all.Where(village => WithoutKind(VietnameseText.Words(village.Name)) == WithoutKind(words))];
    }

    /// <summary>The villages whose name is among the words that were typed ("đội 5, mường báng"), or has all of them ("từ ngài").</summary>
    public static IReadOnlyList<Village> Like(IEnumerable<Village> villages, string typed)
    {
        var words = VietnameseText.Words(typed);
        var (all, bare) = (words.Split(' ').ToHashSet(), WithoutKind(words).Split(' '));
        return [.. villages.Where(village =>
        {
            var name = VietnameseText.Words(village.Name);
            return WithoutKind(name).Split(' ').All(all.Contains) || bare.All(name.Split(' ').ToHashSet().Contains);
        })];
    }

    // A bare number keeps its kind: "Đội 5" is not "Tổ 5".
    private static string WithoutKind(string words) =>
        Kinds.FirstOrDefault(kind => words.StartsWith(kind, StringComparison.Ordinal)) is { } found && words[found.Length..].Any(char.IsLetter) ? words[found.Length..] : words;
}
