namespace DiaChiSo.Core.Confirmations;

/// <summary>How a visit ended (domain.md §2). Stored by name, also as the reason of an address's status.</summary>
public enum VisitOutcome
{
    /// <summary>The owner was told the code, the record was checked, the owner agreed.</summary>
    Done,

    /// <summary>Nobody was at home; a day to come again was noted.</summary>
    NobodyHome,

    Refused,

    /// <summary>The collaborator could not find the place.</summary>
    NotFound,

    /// <summary>The house or office does not exist any more.</summary>
    NoLongerThere,

    /// <summary>The place lies in another commune than the record says.</summary>
    WrongArea,

    /// <summary>The same place has another code as well.</summary>
    Duplicate,
}

/// <summary>How the owner agreed. The plan wants both signatures; where people do not write, the word said aloud counts (domain.md §7).</summary>
public enum OwnerAgreement { SaidAloud, Signed }

/// <summary>How outcomes and agreements are said to people.</summary>
public static class VisitWords
{
    /// <summary>The words in the language "vi" or "en".</summary>
    public static string In(this VisitOutcome outcome, string language) => (outcome, language) switch
    {
        (VisitOutcome.Done, "en") => "confirmed",
        (VisitOutcome.NobodyHome, "en") => "nobody at home",
        (VisitOutcome.Refused, "en") => "the owner refused",
        (VisitOutcome.NotFound, "en") => "the place was not found",
        (VisitOutcome.NoLongerThere, "en") => "the place is no longer there",
        (VisitOutcome.WrongArea, "en") => "it is not in this commune",
        (VisitOutcome.Duplicate, "en") => "the same place as another code",
        (VisitOutcome.Done, _) => "đã thông báo xong",
        (VisitOutcome.NobodyHome, _) => "không có ai ở nhà",
        (VisitOutcome.Refused, _) => "chủ nhà không đồng ý",
        (VisitOutcome.NotFound, _) => "không tìm thấy nơi này",
        (VisitOutcome.NoLongerThere, _) => "nơi này không còn nữa",
        (VisitOutcome.WrongArea, _) => "không thuộc xã này",
        _ => "trùng với mã khác",
    };

    /// <inheritdoc cref="In(VisitOutcome, string)"/>
    public static string In(this OwnerAgreement agreement, string language) => (agreement, language) switch
    {
        (OwnerAgreement.SaidAloud, "en") => "the owner agreed aloud",
        (OwnerAgreement.Signed, "en") => "the owner signed",
        (OwnerAgreement.SaidAloud, _) => "chủ nhà đồng ý bằng lời",
        _ => "chủ nhà đã ký giấy",
    };
}
