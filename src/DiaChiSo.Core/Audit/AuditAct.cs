namespace DiaChiSo.Core.Audit;

/// <summary>What somebody did, or saw of somebody else. Stored by name: an act that is no longer done keeps its line.</summary>
public enum AuditAct
{
    /// <summary>Name and role of an address's person, with phone and e-mail masked.</summary>
    SawContact,

    /// <summary>Phone and e-mail in full.</summary>
    SawWholeContact,

    VisitRecorded,

    RequestSent,
    RequestWithdrawn,
    RequestTaken,
    RequestPutBack,
    RequestApproved,
    RequestRejected,
    RequestMarkedDuplicate,
    MoreWanted,

    /// <summary>A new address that waits for its code.</summary>
    RequestApprovedWithoutCode,

    /// <summary>An answer of minutes ago.</summary>
    AnswerTakenBack,

    /// <summary>By a file of the post office.</summary>
    RequestAnswered,

    ConsentGiven,
    ConsentWithdrawn,
    EmailVerified,
    ChatsJoined,
    ChatTakenOff,

    /// <summary>Somebody asked about their own data, by the number.</summary>
    DataRequested,

    DataRequestAnswered,
    DataRequestDone,
    DataRequestRefused,

    /// <summary>An officer opened it.</summary>
    SawDataRequest,

    /// <summary>Somebody had their data deleted; what is left of them is this number.</summary>
    DataErased,

    AddressProved,
    AddressGivenUp,

    RoleGranted,
    RoleRevoked,

    InviteMade,
    InviteWithdrawn,
    InviteAccepted,

    Nominated,

    /// <summary>A file for the post office was written.</summary>
    NominationsExported,
    NomineeTrained,
    NominationDeclined,

    /// <summary>Somebody asked for a human.</summary>
    HelpAsked,
    HelpTaken,

    /// <summary>An officer saw what was said to another one, or looked at it again.</summary>
    HelpSeen,
    HelpHandedOn,

    /// <summary>By the deadline nobody had taken it.</summary>
    HelpWentUp,
    HelpEnded,

    Imported,
    ImportUndone,

    /// <summary>For the post office, by the number of the export.</summary>
    Exported,

    /// <summary>The same once more.</summary>
    ExportedAgain,
}
