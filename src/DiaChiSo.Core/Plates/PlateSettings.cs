using DiaChiSo.Core.Register;

namespace DiaChiSo.Core.Plates;

/// <summary>What is printed and drawn for an address; the section "Plates" of the settings.</summary>
public sealed class PlateSettings
{
    /// <summary>
    /// What a QR encodes; {code} stands for the ten figures. What the printed plates hold is not documented (domain.md §3), so the link is a
    /// setting. The demo register uses the bot's own page, so that no demo QR leads to a real house.
    /// </summary>
    public string LinkTemplate { get; set; } = "https://diachiso.gov.vn/#/map/{code}";

    /// <summary>The link of one address.</summary>
    public string LinkOf(AddressCode code) => LinkTemplate.Replace("{code}", code.ToString(), StringComparison.Ordinal);

    /// <summary>Null when the settings are right; otherwise one line that names the setting and what is wanted.</summary>
    public string? Fault() =>
        LinkTemplate.Contains("{code}", StringComparison.Ordinal) && LinkTemplate.Length <= LongestTemplate
            ? null
            : $"Plates:LinkTemplate must hold {{code}} once and be at most {LongestTemplate} letters long.";

    private const int LongestTemplate = 200;
}
