using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;

namespace DiaChiSo.Core.Confirmations;

/// <summary>What a collaborator hands in after a visit.</summary>
/// <param name="Code">The address visited.</param>
/// <param name="SeenVersion">Its version (<see cref="PublicAddress.Version"/>) when its record was read out.</param>
public sealed record Visit(AddressCode Code, int SeenVersion, VisitOutcome Outcome)
{
    /// <summary>For <see cref="VisitOutcome.Done"/>: what is to change, in the shape of an update. Nothing named: all was right.</summary>
    public RequestBody Corrections { get; init; } = new();

    /// <summary>Needed for <see cref="VisitOutcome.Done"/>.</summary>
    public OwnerAgreement? Agreement { get; init; }

    /// <summary>Needed for <see cref="VisitOutcome.NobodyHome"/>: a day in Vietnam.</summary>
    public DateOnly? ComeAgainOn { get; init; }

    /// <summary>Needed for <see cref="VisitOutcome.Duplicate"/>: another code that the register has.</summary>
    public AddressCode? DuplicateOf { get; init; }

    public string? Note { get; init; }

    public override string ToString() => $"Visit ({Outcome})";
}

/// <summary>Why a visit could not be recorded. Everything that a person can run into; the dialog has words for each.</summary>
public enum VisitRefusal
{
    /// <summary>The right to confirm in this commune is not (any longer) theirs.</summary>
    NoRight,

    /// <summary>The address is no longer in the register, or withdrawn.</summary>
    AddressGone,

    /// <summary>Somebody changed the record since it was read out: it must be read out again.</summary>
    AddressChanged,

    /// <summary>The other code of a duplicate is not in the register, or it is this very one.</summary>
    OriginalNotThere,
}

/// <summary>What became of a visit that was handed in.</summary>
/// <param name="Number">The minutes' number; empty where they were not written.</param>
/// <param name="RequestNumber">The request that waits for a reviewer; empty where nothing does.</param>
/// <param name="Refusal">Null: it is recorded.</param>
/// <param name="Version">The version of the address now.</param>
public sealed record VisitResult(string Number, string RequestNumber, VisitRefusal? Refusal, int Version)
{
    /// <summary>What the collaborator writes on the owner's copy; empty where none was made.</summary>
    public string OwnerCode { get; init; } = "";

    public bool IsRecorded => Refusal is null;

    internal static VisitResult Refused(VisitRefusal why, int version = 0) => new("", "", why, version);
}
