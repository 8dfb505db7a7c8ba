namespace DiaChiSo.Core.Register;

/// <summary>How far the confirmation (thông báo) of an address has come (domain.md §2). Stored by name.</summary>
public enum AddressStatus
{
    NotYetConfirmed,
    Appointed,
    Confirmed,

    /// <summary>Somebody went there and it could not be confirmed; the visit's outcome is the reason.</summary>
    NotConfirmable,

    /// <summary>No longer an address. Still found by its code, so that an old plate gets an answer; never offered by a search.</summary>
    Withdrawn,
}

/// <summary>How a status is said to people.</summary>
public static class AddressStatusWords
{
    /// <summary>The words in the language "vi" or "en".</summary>
    public static string In(this AddressStatus status, string language) => (status, language) switch
    {
        (AddressStatus.NotYetConfirmed, "en") => "not yet confirmed",
        (AddressStatus.Appointed, "en") => "visit appointed",
        (AddressStatus.Confirmed, "en") => "confirmed",
        (AddressStatus.NotConfirmable, "en") => "could not be confirmed",
        (AddressStatus.Withdrawn, "en") => "withdrawn",
        (AddressStatus.NotYetConfirmed, _) => "chưa thông báo",
        (AddressStatus.Appointed, _) => "đã hẹn ngày đến",
        (AddressStatus.Confirmed, _) => "đã xác nhận thông báo",
        (AddressStatus.NotConfirmable, _) => "chưa thông báo được",
        _ => "đã thu hồi",
    };
}
