namespace DiaChiSo.Core.Requests;

/// <summary>
/// Reasons that reviewers give often, to pick instead of typing. The requester reads them word for word, so they are in the requester's
/// language, not in the reviewer's.
/// </summary>
public static class CommonReasons
{
    private static readonly (string Vietnamese, string English)[] Rejecting =
    [
        ("Thông tin chưa đúng với thực tế.", "What was sent does not agree with what is there."),
        ("Vị trí gửi không phải ở địa chỉ này.", "The position is not at this address."),
        ("Nơi này không thuộc xã đã ghi.", "This place is not in the commune given."),
        ("Bưu điện không liên hệ được để xác minh.", "The post office could not reach anybody to verify it."),
    ];

    private static readonly (string Vietnamese, string English)[] Wanting =
    [
        ("Xin gửi lại vị trí ở đúng cổng hoặc cửa chính.", "Please send the position again, exactly at the gate or main door."),
        ("Xin ghi rõ thôn, bản và số nhà nếu có.", "Please name the village, and the house number if there is one."),
        ("Xin cho số điện thoại để bưu điện gọi lại.", "Please give a phone number on which the post office can call back."),
        ("Xin ghi đúng tên cơ quan, tổ chức.", "Please give the exact name of the office or organisation."),
    ];

    private static readonly (string Vietnamese, string English)[] Keeping =
    [
        ("Mục này vừa được sửa theo thông tin mới hơn.", "This was just changed by newer information."),
        ("Thông tin đề nghị chưa đúng với thực tế.", "What was wished does not agree with what is there."),
        ("Bưu điện chưa xác minh được mục này.", "The post office could not verify this."),
    ];

    /// <summary>Why a request is turned down.</summary>
    /// <param name="language">"vi" or "en".</param>
    public static IReadOnlyList<string> ForRejecting(string language) => In(Rejecting, language);

    /// <summary>What more is wanted.</summary>
    /// <inheritdoc cref="ForRejecting" path="/param"/>
    public static IReadOnlyList<string> ForMore(string language) => In(Wanting, language);

    /// <summary>Why a field is not changed as wished, while others are.</summary>
    /// <inheritdoc cref="ForRejecting" path="/param"/>
    public static IReadOnlyList<string> ForKeeping(string language) => In(Keeping, language);

    private static string[] In((string Vietnamese, string English)[] reasons, string language) =>
        Array.ConvertAll(reasons, reason => language == "en" ? reason.English : reason.Vietnamese);
}
