using System.Globalization;

namespace DiaChiSo.Core.Register;

/// <summary>An address as the words of a page want it: the same holes wherever an address is shown.</summary>
public static class AddressCardWords
{
    /// <summary>name, category, line, former, code, digits, place (<c>lat,lng title</c>), status, demo: empty where there is none.</summary>
    public static Dictionary<string, string> CardHoles(this PublicAddress address, string language) => new()
    {
        ["name"] = address.Name ?? "",
        ["category"] = address.Category.In(language),
        ["line"] = address.Line,
        ["former"] = address.FormerLine == address.Line ? "" : address.FormerLine,
        ["code"] = address.Code.Grouped,
        ["digits"] = address.Code.ToString(),
        ["label"] = address.Label,
        ["place"] = address.Gate is { } gate ? $"{InWords(gate)} {address.Code.Grouped}" : "",
        ["coordinates"] = address.Gate is { } point ? InWords(point) : "",
        ["status"] = address.Status.In(language),
        ["demo"] = address.IsDemo ? language == "en" ? "An invented address for practice, not a real place." : "Địa chỉ bịa để dùng thử, không có thật." : "",
    };

    /// <summary>"21.84780,103.34310": degrees, five decimals (about a metre).</summary>
    public static string InWords(GeoPoint point) => string.Create(CultureInfo.InvariantCulture, $"{point.Latitude:0.00000},{point.Longitude:0.00000}");
}
