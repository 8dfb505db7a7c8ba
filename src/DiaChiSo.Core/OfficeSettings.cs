namespace DiaChiSo.Core;

/// <summary>Who keeps the data and whom people can call, as <see cref="Offices.OfficeTable.Keeper"/> says it.</summary>
public sealed class OfficeSettings
{
    /// <summary>The office that keeps the data, as a consent names it; empty: the words speak of the commune's office.</summary>
    public string Name { get; set; } = "";

    /// <summary>Whom to call, as the help says it: an office and its number; empty: "cán bộ xã".</summary>
    public string Contact { get; set; } = "";
}
