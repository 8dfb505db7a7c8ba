using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Register;

/// <summary>
/// A register to try the bot with: more than two thousand invented addresses over the 14 former communes of domain.md §3, the same ones
/// every time. No real house, no real person: places carry "(mẫu)" in their name, contacts are called "Người mẫu …", their phones are all
/// 0900 000 …, their mail is at example.invalid, and every row says <see cref="DigitalAddress.IsDemo"/>.
/// </summary>
public static class DemoRegister
{
    private const int FewestHomes = 10;
    private const int MoreHomes = 9;
    private const int Scramble = 7919;
    private const int FirstObject = 12345;

    private static readonly string[] TownStreets = ["Đường Hoa Ban (mẫu)", "Đường Suối Đá (mẫu)", "Đường Chợ Phiên (mẫu)"];

    /// <summary>Fills an empty register; leaves one that has addresses alone. Saves by itself. Adds no <see cref="RegisterChange"/>.</summary>
    /// <param name="at">UTC.</param>
    /// <returns>How many addresses were added.</returns>
    public static async Task<int> Fill(BotDb db, DateTimeOffset at, CancellationToken ct)
    {
        if (await db.Set<DigitalAddress>().AnyAsync(ct))
        {
            return 0;
        }
        var before = db.ChangeTracker.AutoDetectChangesEnabled;
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            db.Set<DigitalAddress>().AddRange(Addresses(at));
            return await db.SaveChangesAsync(ct);
        }
        finally
        {
            db.ChangeTracker.AutoDetectChangesEnabled = before;
            db.ChangeTracker.Clear();
        }
    }

    /// <summary>The invented addresses, always the same.</summary>
    public static IReadOnlyList<DigitalAddress> Addresses(DateTimeOffset at)
    {
        var villages = CoreData.Rows("Register.Data.demo-villages.csv").ToLookup(row => row["former_code"], row => row["village"]);
        return [.. CoreData.Rows("Register.Data.demo-communes.csv").SelectMany(row => OfCommune(row, [.. villages[row["former_code"]]], at))];
    }

    private static IEnumerable<DigitalAddress> OfCommune(IReadOnlyDictionary<string, string> row, string[] villages, DateTimeOffset at)
    {
        var former = AdministrativeUnits.Shipped[new(UnitSystem.Until2025, row["former_code"])];
        GeoPoint.TryParse($"{row["latitude"]}, {row["longitude"]}", out var centre);
        var radius = int.Parse(row["radius_metres"], System.Globalization.CultureInfo.InvariantCulture);
        var dice = new Dice(former.Key.Code);
        var made = 0;
        for (var number = 0; number < villages.Length; number++)
        {
            // A sunflower's seeds: villages spread evenly, the first one in the middle.
            var away = radius * Math.Sqrt(number / (double)villages.Length);
            var village = new Village(former, villages[number], centre.Moved(away * Math.Sin(number * 2.39996), away * Math.Cos(number * 2.39996)));
            foreach (var change in PlacesOf(village, number, dice).Concat(HomesOf(village, dice)))
            {
                yield return change.NewAddress(CodeOf(former, made++), isDemo: true, at);
            }
        }
    }

    private sealed record Village(AdministrativeUnit Former, string Name, GeoPoint Middle)
    {
        public bool IsTown => Former.Type == "Thị trấn";
    }

    private static AddressCode CodeOf(AdministrativeUnit former, int number) =>
        new($"{former.PostalCode}{(FirstObject + number * Scramble) % 100_000:D5}");

    /// <summary>The public places: those of the whole commune stand in its first villages, a culture house in each.</summary>
    private static IEnumerable<AddressChange> PlacesOf(Village village, int number, Dice dice)
    {
        var commune = village.Former.InLine;
        var place = AdministrativeUnits.InLine(village.Name);
        (AddressCategory Category, string Name)[] places = number switch
        {
            0 => [(AddressCategory.Office, $"Trụ sở UBND {commune} (mẫu)"), (AddressCategory.Health, $"Trạm Y tế {commune} (mẫu)"),
                (AddressCategory.Education, $"Trường Tiểu học {village.Former.Name} (mẫu)"), (AddressCategory.Landmark, $"Chợ {village.Former.Name} (mẫu)")],
            1 => [(AddressCategory.Education, $"Trường Mầm non {village.Former.Name} (mẫu)"), (AddressCategory.Office, $"Bưu điện Văn hóa {commune} (mẫu)")],
            2 => [(AddressCategory.Education, $"Trường THCS {village.Former.Name} (mẫu)"), (AddressCategory.Lodging, $"Nhà nghỉ Mây Trắng {village.Former.Name} (mẫu)")],
            _ when number % 3 == 0 => [(AddressCategory.Business, $"Tạp hóa {village.Name} (mẫu)")],
            _ => [],
        };
        foreach (var (category, name) in places.Append((AddressCategory.Landmark, $"Nhà văn hóa {place} (mẫu)")))
        {
            yield return Somewhere(village, dice) with
            {
                Category = category,
                Name = name,
                Street = village.IsTown && number < 3 ? TownStreets[number] : null,
                Contact = category == AddressCategory.Landmark ? null : PersonOf(ContactRole.LegalRepresentative, dice),
            };
        }
    }

    private static IEnumerable<AddressChange> HomesOf(Village village, Dice dice)
    {
        var homes = FewestHomes + dice.Below(MoreHomes);
        for (var home = 1; home <= homes; home++)
        {
            // Most homes of these mountains have no number (domain.md §2).
            var hasNumber = dice.Below(100) < (village.IsTown ? 60 : 8);
            yield return Somewhere(village, dice) with
            {
                Category = village.IsTown && dice.Below(20) == 0 ? AddressCategory.Apartment : AddressCategory.Home,
                House = hasNumber ? NumberOf(home, dice) : null,
                Name = dice.Below(25) == 0 ? $"Nhà sàn mẫu {home}" : null,
                Contact = dice.Below(10) < 7 ? PersonOf((ContactRole)(dice.Below(10) == 0 ? 2 : 0), dice) : null,
            };
        }
    }

    private static string NumberOf(int home, Dice dice) => dice.Below(8) switch
    {
        0 => $"{home}A",
        1 => $"{home}/{1 + dice.Below(30)}",
        2 => $"{home}/{1 + dice.Below(30)}/{1 + dice.Below(9)}A",
        _ => $"{home}",
    };

    /// <summary>A place along the village's path, and how far the confirmation has come there.</summary>
    private static AddressChange Somewhere(Village village, Dice dice)
    {
        var along = dice.Below(520) - 260;
        var aside = dice.Below(70) - 35 + 40 * Math.Sin(along / 60.0);
        var turn = village.Name.Length * 0.7;
        var status = dice.Below(100);
        return new()
        {
            Village = village.Name,
            FormerCommune = village.Former.Key,
            Commune = village.Former.Successor!.Value,
            Gate = dice.Below(30) == 0
                ? (GeoPoint?)null
                : village.Middle.Moved(along * Math.Cos(turn) - aside * Math.Sin(turn), along * Math.Sin(turn) + aside * Math.Cos(turn)),
            Status = status switch
            {
                < 45 => AddressStatus.NotYetConfirmed,
                < 55 => AddressStatus.Appointed,
                < 90 => AddressStatus.Confirmed,
                < 97 => AddressStatus.NotConfirmable,
                _ => AddressStatus.Withdrawn,
            },
            StatusReason = status is >= 90 and < 97 ? (status % 2 == 0 ? "NobodyHome" : "Refused") : null,
        };
    }

    private static Contact PersonOf(ContactRole role, Dice dice)
    {
        var number = dice.Below(1_000);
        return new(role, $"Người mẫu {number:D3}", $"0900000{number:D3}", $"mau{number:D3}@example.invalid");
    }

    /// <summary>Numbers that look thrown but are always the same, on every machine and version of the runtime (splitmix64).</summary>
    private sealed class Dice(string seed)
    {
        private ulong state = ulong.Parse(seed, System.Globalization.CultureInfo.InvariantCulture);

        public int Below(int end)
        {
            state += 0x9E3779B97F4A7C15;
            var z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (int)((z ^ (z >> 31)) % (ulong)end);
        }
    }
}
