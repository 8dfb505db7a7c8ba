using System.Globalization;
using DiaChiSo.Core.Register;

namespace DiaChiSo.Fakes.HandOver;

/// <summary>One invented address, as a post office would write it down.</summary>
public sealed record InventedRow(string Code, string? House, string? Street, string Village, string Commune, string? District, double Latitude, double Longitude, string Category, string? Name, string CommuneKey, string? FormerKey)
{
    /// <summary>"Số nhà 15, đường Hoa Ban, thôn Nà Lầu, xã Sín Chải, huyện Tủa Chùa, tỉnh Điện Biên".</summary>
    public string Line => string.Join(", ", ((string?[])[House is null ? null : $"Số nhà {House}", Street, Village, Commune, District, "tỉnh Điện Biên"]).OfType<string>());
}

/// <summary>
/// A register that nobody lives in, always the same: over all communes of the shipped table, codes scattered as the real ones are. No real
/// village, no person.
/// </summary>
public static class InventedHandOver
{
    public const string Header = "Mã địa chỉ số,Tên,Loại,Số nhà,Đường,Thôn/bản,Xã,Huyện,Vĩ độ,Kinh độ";

    private static readonly string[] Syllables = "Nà Pú Lầu Háng Tả Sính Mường Huổi Đề Phìn Chải Lóng Nậm Thẳm Séo Cáo Pha Khúa Xé Từ".Split(' ');
    private static readonly string[] Streets = ["đường Hoa Ban", "đường Suối Đá", "phố Chợ Phiên", "đường Thắng Lợi", "đường 20 tháng 7"];

    private static readonly AdministrativeUnit[] Areas = [.. AdministrativeUnits.Shipped.All
        .Where(unit => unit.PostalCode is not null && AdministrativeUnits.Shipped.OfPostalCode(unit.PostalCode).Count == 1).OrderBy(unit => unit.PostalCode, StringComparer.Ordinal)];

    public static IEnumerable<InventedRow> Rows(int count)
    {
        var each = (count + Areas.Length - 1) / Areas.Length;
        for (var i = 0; i < count; i++)
        {
            yield return Row(Areas[i / each], i % each);
        }
    }

    /// <summary>The addresses of one commune.</summary>
    public static IEnumerable<InventedRow> OfArea(int area, int count) => Enumerable.Range(0, count).Select(i => Row(Areas[area % Areas.Length], i));

    public static string Csv(InventedRow row) => string.Create(CultureInfo.InvariantCulture,
        $"{row.Code},{row.Name},{row.Category},{row.House},{row.Street},{row.Village},{row.Commune},{row.District},{row.Latitude:F6},{row.Longitude:F6}");

    private static InventedRow Row(AdministrativeUnit unit, int number)
    {
        var present = AdministrativeUnits.Shipped.PresentOf(unit);
        var dice = Mixed((ulong)number * 31 + ulong.Parse(unit.PostalCode!, CultureInfo.InvariantCulture));
        var village = number / 60;
        var house = dice % 3 == 0 ? null : dice % 7 == 0 ? $"{1 + dice % 90}/{1 + dice % 12}" : $"{1 + dice % 300}{(dice % 11 == 0 ? "A" : "")}";
        var isPlace = dice % 40 == 0;
        return new(
            $"{unit.PostalCode}{(ulong)(number * 7919 + 12345) % 100_000:D5}",
            house,
            house is not null && dice % 2 == 0 ? Streets[dice % (ulong)Streets.Length] : null,
            $"{(village % 3 == 0 ? "Bản" : "Thôn")} {Syllables[village % Syllables.Length]} {Syllables[(village / Syllables.Length + 7 * village) % Syllables.Length]} {1 + village % 4}",
            unit.FullName, unit.District,
            Math.Round(21.3 + (dice % 1_000_000) / 1e6, 6), Math.Round(102.6 + (dice / 1_000_000 % 800_000) / 1e6, 6),
            isPlace ? "Cơ quan/trụ sở" : "Nhà ở", isPlace ? $"Nhà văn hóa {village} (bịa)" : null,
            present.Key.ToString(), unit.IsFormer ? unit.Key.ToString() : null);
    }

    private static ulong Mixed(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
