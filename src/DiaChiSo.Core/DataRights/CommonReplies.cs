namespace DiaChiSo.Core.DataRights;

/// <summary>
/// Replies that officers give often, to pick instead of typing. The person reads them word for word, so they are in the person's language, not in
/// the officer's.
/// </summary>
public static class CommonReplies
{
    /// <param name="verdict">What the officer decided.</param>
    /// <param name="language">"vi" or "en".</param>
    public static IReadOnlyList<string> For(DataVerdict verdict, string language) => (verdict, language) switch
    {
        (DataVerdict.Answered, "en") => ["We have seen it and are working on it.", "Please come to the commune's office with your papers."],
        (DataVerdict.Done, "en") => ["What you asked for is done.", "We looked: nothing more of yours is kept."],
        (DataVerdict.Refused, "en") => ["The law wants this record to be kept.", "We could not make sure that the data are yours."],
        (DataVerdict.Answered, _) => ["Cơ quan đã xem và đang làm.", "Xin mang giấy tờ đến Uỷ ban xã để kiểm tra."],
        (DataVerdict.Done, _) => ["Đã làm như anh/chị đề nghị.", "Đã kiểm tra: không còn giữ gì thêm của anh/chị."],
        _ => ["Luật bắt phải giữ hồ sơ này.", "Chưa chắc dữ liệu này là của anh/chị."],
    };
}
