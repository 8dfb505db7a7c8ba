namespace DiaChiSo.Core.Offices;

/// <summary>How high an office stands. Districts are gone since 1/7/2025 (domain.md §4), so what stands above a commune is configuration.</summary>
public enum OfficeTier
{
    /// <summary>A commune's own office: its officers answer people and nominate collaborators.</summary>
    Commune,

    /// <summary>Collects for several communes: nominations, reports; gives out invites after training.</summary>
    Coordinating,

    PostOffice,
    Province,
}

/// <summary>One office, as the settings describe it. No person's name or phone is shipped.</summary>
public sealed class Office
{
    /// <summary>An office that the settings do not name: everything goes to it where nothing is set.</summary>
    internal static readonly Office Nameless = new() { Communes = [Everywhere] };

    internal const string Everywhere = "*";

    /// <summary>What the settings call it; empty: the nameless one.</summary>
    public string Key => Called;

    // Not a setting: it stands before the row.
    internal string Called { get; set; } = "";

    /// <summary>As people read it: "UBND xã Sín Chải".</summary>
    public string Name { get; set; } = "";

    public OfficeTier Tier { get; set; } = OfficeTier.Commune;

    /// <summary>Codes of today's communes for which it works, or <c>*</c>.</summary>
    public string[] Communes { get; set; } = [];

    /// <summary>The key of the office above it; empty: none.</summary>
    public string ReportsTo { get; set; } = "";

    /// <summary>Whom to call: an office and its number.</summary>
    public string Contact { get; set; } = "";

    /// <summary>When somebody is there, as <see cref="OfficeHours.Read"/> reads it; empty: as <see cref="OfficeTable.Hours"/> says.</summary>
    public string Hours { get; set; } = "";

    /// <param name="commune">Code of a commune of today.</param>
    public bool WorksFor(string commune) => Communes is [Everywhere] || Communes.Contains(commune);

    internal bool WorksForAll(string area) => area == Everywhere ? Communes is [Everywhere] : area.Split(' ').All(WorksFor);
}
