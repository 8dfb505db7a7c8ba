namespace DiaChiSo.Core.DataRights;

/// <summary>A data request as the words of a page want it.</summary>
public static class DataRequestWords
{
    /// <summary>The kind in the language "vi" or "en".</summary>
    public static string In(this DataRequestKind kind, string language) => (kind, language) switch
    {
        (DataRequestKind.View, "en") => "see my data",
        (DataRequestKind.Correct, "en") => "correct my data",
        (DataRequestKind.Delete, "en") => "delete my data",
        (DataRequestKind.Restrict, "en") => "use my data less",
        (DataRequestKind.Withdraw, "en") => "consent taken back",
        (DataRequestKind.Object, "en") => "objection",
        (DataRequestKind.View, _) => "xin xem dữ liệu",
        (DataRequestKind.Correct, _) => "xin sửa dữ liệu",
        (DataRequestKind.Delete, _) => "xin xoá dữ liệu",
        (DataRequestKind.Restrict, _) => "xin hạn chế sử dụng",
        (DataRequestKind.Withdraw, _) => "rút lại đồng ý",
        _ => "phản đối",
    };

    /// <inheritdoc cref="In(DataRequestKind, string)"/>
    public static string In(this DataRequestStatus status, string language) => (status, language) switch
    {
        (DataRequestStatus.Received, "en") => "received",
        (DataRequestStatus.Answered, "en") => "answered, being done",
        (DataRequestStatus.Done, "en") => "done",
        (DataRequestStatus.Refused, "en") => "refused",
        (DataRequestStatus.Received, _) => "đã nhận",
        (DataRequestStatus.Answered, _) => "đã trả lời, đang làm",
        (DataRequestStatus.Done, _) => "đã xong",
        _ => "không làm được",
    };

    /// <summary>"8/12/2026".</summary>
    public static string Day(DateOnly day) => day.ToString("d/M/yyyy", System.Globalization.CultureInfo.InvariantCulture);
}
