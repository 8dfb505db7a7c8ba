using System.Text.RegularExpressions;

namespace DiaChiSo.Core.Register.Import;

/// <summary>
/// The pieces of an address that stands in one line, as the post office prints it: "Số nhà 15, đường Thắng Lợi, tổ 3, xã Tủa Chùa,
/// huyện Tủa Chùa, tỉnh Điện Biên". Read by the words of kind, from the right (domain.md §5); what has none goes to the left-most open place.
/// </summary>
/// <param name="Area">Commune and district as written, for <see cref="AdministrativeUnits.FindCommunes"/>; null: none is named.</param>
internal sealed partial record AddressLine(string? House, string? Street, string? Village, string? Area)
{
    private static readonly string[] Provinces = ["tinh", "province"];
    private static readonly string[] Districts = ["huyen", "quan", "thi xa", "district", "thanh pho", "tp"];
    private static readonly string[] Communes = ["xa", "phuong", "thi tran", "tt", "dac khu", "commune", "ward"];
    private static readonly string[] Villages = ["thon", "ban", "to dan pho", "tdp", "to", "doi", "khu", "khu pho", "khoi", "xom", "ap", "lang", "village", "hamlet", "group"];
    private static readonly string[] Streets = ["duong", "pho", "ngo", "ngach", "hem", "quoc lo", "ql", "tinh lo", "street", "road"];

    public static AddressLine Read(string? text)
    {
        var (house, street, village, area) = ((string?)null, (string?)null, (string?)null, (string?)null);
        foreach (var part in Parts(VietnameseText.Plain(text)))
        {
            var words = VietnameseText.Words(part, keepSlash: true);
            if (words.Length == 0 || Begins(words, Provinces))
            {
                continue;
            }
            if (Begins(words, Communes) || (area is not null && Begins(words, Districts)))
            {
                area = Join(area, part);
            }
            else if (Begins(words, Villages))
            {
                village = Join(village, part);
            }
            else if (Begins(words, Streets))
            {
                street = Join(street, part);
            }
            else if (house is null && area is null && HouseAndStreet.Read(part) is { House: { } number } read)
            {
                (house, street) = (number, Join(street, Clean(read.Street)));
            }
            else if (area is null)
            {
                (street, village) = village is null && street is null && house is not null ? (part, village) : (street, Join(village, part));
            }
        }
        return new(house, street, village, area);
    }

    private static IEnumerable<string> Parts(string plain)
    {
        var parts = plain.Split([',', ';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        // Without commas the words of kind part it: "thôn Háng Là xã Sín Chải huyện Tủa Chùa".
        return parts.SelectMany(part => BeforeKind().Split(part)).Select(part => part.Trim(' ', '-', '.')).Where(part => part.Length > 0);
    }

    private static bool Begins(string words, string[] kinds) =>
        kinds.Any(kind => words.StartsWith(kind, StringComparison.Ordinal) && (words.Length == kind.Length || words[kind.Length] == ' '));

    private static string? Clean(string? street) => street?.Trim(' ', ',', '-');

    private static string? Join(string? before, string? part) => before is null ? part : part is null ? before : $"{before}, {part}";

    // Kinds with their marks only: "xa" without them is also a part of names (Xa Nhè).
    [GeneratedRegex(@"\s+(?=(?:xã|phường|thị trấn|huyện|thị xã|tỉnh|thôn|tổ dân phố)\s)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex BeforeKind();
}
