using System.Globalization;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;

namespace DiaChiSo.Core.Requests;

/// <summary>A request as the words of a page want it.</summary>
public static class RequestWords
{
    /// <summary>The status in the language "vi" or "en".</summary>
    public static string In(this RequestStatus status, string language) => (status, language) switch
    {
        (RequestStatus.Draft, "en") => "not sent yet",
        (RequestStatus.Sent, "en") => "sent, waiting for somebody to verify it",
        (RequestStatus.BeingVerified, "en") => "being verified",
        (RequestStatus.MoreWanted, "en") => "waiting for your answer",
        (RequestStatus.WaitingForCode, "en") => "approved, waiting for the post office's code",
        (RequestStatus.Approved, "en") => "approved",
        (RequestStatus.Rejected, "en") => "not approved",
        (RequestStatus.Duplicate, "en") => "same as another one",
        (RequestStatus.Withdrawn, "en") => "withdrawn",
        (RequestStatus.Draft, _) => "chưa gửi",
        (RequestStatus.Sent, _) => "đã gửi, chờ người xác minh",
        (RequestStatus.BeingVerified, _) => "đang được xác minh",
        (RequestStatus.MoreWanted, _) => "chờ anh/chị trả lời thêm",
        (RequestStatus.WaitingForCode, _) => "đã được duyệt, chờ bưu điện cấp mã",
        (RequestStatus.Approved, _) => "đã được duyệt",
        (RequestStatus.Rejected, _) => "không được duyệt",
        (RequestStatus.Duplicate, _) => "trùng với nơi đã có",
        _ => "đã rút lại",
    };

    /// <summary>The kind in the language "vi" or "en".</summary>
    public static string In(this RequestKind kind, string language) => (kind, language) switch
    {
        (RequestKind.New, "en") => "new code",
        (RequestKind.Update, "en") => "correction",
        (RequestKind.New, _) => "xin cấp mã mới",
        _ => "sửa thông tin",
    };

    /// <summary>What is changed, in the language "vi" or "en".</summary>
    public static string In(this RequestField field, string language) => (field, language) switch
    {
        (RequestField.Category, "en") => "Kind of place",
        (RequestField.Name, "en") => "Name",
        (RequestField.Detail, "en") => "Address",
        (RequestField.Contact, "en") => "Contact",
        (RequestField.Gate, "en") => "Gate position",
        (RequestField.Category, _) => "Loại",
        (RequestField.Name, _) => "Tên gọi",
        (RequestField.Detail, _) => "Địa chỉ",
        (RequestField.Contact, _) => "Người liên hệ",
        _ => "Vị trí cổng",
    };

    /// <summary>
    /// category, name, line, former, role, person, phone, email, coordinates, accuracy, place (<c>lat,lng</c>), note: empty where it was not
    /// answered. Personal data in full: for the requester's own pages and for a reviewer of the area.
    /// </summary>
    public static Dictionary<string, string> Holes(this RequestBody body, AdministrativeUnits units, string language) => new()
    {
        ["category"] = body.Category?.In(language) ?? "",
        ["name"] = body.Name ?? "",
        ["line"] = body.Detail?.Line(units) ?? "",
        ["former"] = body.Detail?.FormerLine(units) ?? "",
        ["role"] = body.Contact?.Role.In(language) ?? "",
        ["person"] = body.Contact?.FullName ?? "",
        ["phone"] = body.Contact is { Phone: var phone } ? Phone.Spaced(phone) : "",
        ["email"] = body.Contact?.Email ?? "",
        ["coordinates"] = body.Gate is { } gate ? AddressCardWords.InWords(gate.Point) : "",
        ["accuracy"] = body.Gate?.AccuracyMetres is { } metres ? metres.ToString("0", CultureInfo.InvariantCulture) : "",
        ["place"] = body.Gate is { } pin ? AddressCardWords.InWords(pin.Point) : "",
        ["note"] = body.Note ?? "",
    };

    /// <summary>"22/11/2026": the day in Vietnam.</summary>
    public static string Day(DateTimeOffset time) => time.ToOffset(TimeSpan.FromHours(7)).ToString("d/M/yyyy", CultureInfo.InvariantCulture);
}
