namespace DiaChiSo.Core.Requests;

/// <summary>Why an effect on a request did nothing. Everything that a person can run into; a dialog has words for each.</summary>
public enum Refusal
{
    /// <summary>No such request, or none that this person may know of: the two are not told apart.</summary>
    NotThere,

    /// <summary>Four eyes: nobody decides their own request.</summary>
    OwnRequest,

    /// <summary>It is in another reviewer's hands.</summary>
    InOtherHands,

    /// <summary>Its status does not allow it (any more): somebody was quicker.</summary>
    TooLate,

    /// <summary>The address changed since the requester saw it; <see cref="RequestOutcome.Conflicts"/> names the fields.</summary>
    AddressChanged,

    /// <summary>The address is no longer in the register, or withdrawn.</summary>
    AddressGone,

    /// <summary>The first five figures of the issued code are not of this commune, by the old list or the new one.</summary>
    CodeOfOtherArea,

    /// <summary>The register has an address of the issued code already.</summary>
    CodeTaken,

    /// <summary>What it is said to repeat is not there.</summary>
    OriginalNotThere,

    /// <summary>An answer is taken back only for a few minutes (<see cref="Limits.UndoWithin"/>), and only by the one who gave it.</summary>
    TooLateToTakeBack,

    /// <summary>What was answered is with the post office already: it stands in an export.</summary>
    Exported,

    /// <summary>Somebody changed the same fields since the answer; <see cref="RequestOutcome.Conflicts"/> names them.</summary>
    ChangedSince,

    /// <summary>It is no longer like the others with which it was to be approved.</summary>
    NotAlike,

    /// <summary>The requester's consent was taken back, or their e-mail is not verified (any more), so that the answer could not reach them.</summary>
    NoAccount,
}

/// <summary>What became of an effect on a request.</summary>
/// <param name="Number">The request's number; empty where it did not get one.</param>
/// <param name="Refusal">Null: it is done.</param>
/// <param name="Conflicts">For <see cref="Refusal.AddressChanged"/>: what was changed meanwhile.</param>
public sealed record RequestOutcome(string Number, Refusal? Refusal, IReadOnlyList<RequestField> Conflicts)
{
    public bool IsDone => Refusal is null;

    internal static RequestOutcome Done(string number) => new(number, null, []);

    internal static RequestOutcome Refused(string number, Refusal why, params IReadOnlyList<RequestField> conflicts) => new(number, why, conflicts);
}
