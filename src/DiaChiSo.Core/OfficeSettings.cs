namespace DiaChiSo.Core;

/// <summary>Who runs this bot and whom people can call; the section "Office" of the settings. No person's name or phone is shipped.</summary>
public sealed class OfficeSettings
{
    /// <summary>The office that keeps the data, as a consent names it; empty: the words speak of the commune's office.</summary>
    public string Name { get; set; } = "";

    /// <summary>Whom to call, as the help says it: an office and its number; empty: "cán bộ xã".</summary>
    public string Contact { get; set; } = "";

    /// <summary>Null when the settings are right; otherwise one line that names the setting and what is wanted.</summary>
    public string? Fault() =>
        Name.Length > Longest ? $"Office:Name must be at most {Longest} letters long."
        : Contact.Length > Longest ? $"Office:Contact must be at most {Longest} letters long."
        : null;

    private const int Longest = 200;
}
