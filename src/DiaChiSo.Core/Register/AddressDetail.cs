namespace DiaChiSo.Core.Register;

/// <summary>The administrative part of an address as a person gives it: what the dialog of that name asks and returns.</summary>
public sealed record AddressDetail(string? House, string? Street, string? Village, UnitKey Commune, UnitKey? FormerCommune);

/// <summary>A position taken at the gate.</summary>
/// <param name="Point">WGS-84 degrees.</param>
/// <param name="AccuracyMetres">68 % radius, or null where the phone does not say (typed, or a moved pin).</param>
public sealed record GateFix(GeoPoint Point, double? AccuracyMetres);

/// <summary>What the gate dialog is called with: the gate on record, if any, and the commune (today's) in which it should lie.</summary>
public sealed record GateNeed(GeoPoint? Known, UnitKey? Commune);

/// <summary>What the account dialog is called with: what the personal data is wanted for.</summary>
/// <param name="Purpose">A key; the dialog's words have a sentence for each (<c>### purpose-…</c>).</param>
public sealed record AccountNeed(string Purpose)
{
    /// <summary>To handle what a person asks about an address, new or to be corrected, and to answer them.</summary>
    public static readonly AccountNeed ForRequests = new("requests");
}

/// <summary>What the account dialog returns.</summary>
public sealed record AccountGiven(string Email);
