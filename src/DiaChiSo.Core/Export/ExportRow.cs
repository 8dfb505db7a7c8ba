using System.Globalization;
using DiaChiSo.Core.Confirmations;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;

namespace DiaChiSo.Core.Export;

/// <summary>
/// One line of the file: an address in the columns of a hand-over, of which only those are filled that something is said about (in a hand-over an empty
/// cell takes nothing away), and what became of it. Personal data throughout.
/// </summary>
internal sealed class ExportRow
{
    /// <summary>The names of the columns; the importer reads them back, and leaves out those of the visit.</summary>
    public static readonly IReadOnlyList<string> Columns =
    [
        "STT", "Việc", "Số phiếu", "Số biên bản", "Mã địa chỉ số", "Tên", "Loại", "Số nhà", "Đường", "Thôn/bản", "Xã", "Vĩ độ", "Kinh độ",
        "Chủ địa chỉ", "Người đại diện theo pháp luật", "Người đang sử dụng", "Điện thoại", "Email", "Kết quả", "Ngày", "Ghi chú",
    ];

    private readonly Dictionary<string, string?> cells = [];
    private readonly List<string> changed = [];
    private readonly List<string> gone = [];
    private readonly List<string> notes = [];

    public ExportRow(ExportKind kind, string number, AddressCode? code, AdministrativeUnit commune, DateTimeOffset at)
    {
        var isVisit = kind is ExportKind.Confirmation or ExportKind.Outcome;
        cells["Việc"] = kind switch
        {
            ExportKind.NewAddress => code is null ? "cấp mã mới" : "đã cấp mã",
            ExportKind.Update => "sửa thông tin",
            _ => "thông báo",
        };
        cells[isVisit ? "Số biên bản" : "Số phiếu"] = number;
        cells["Mã địa chỉ số"] = code?.ToString();
        cells["Xã"] = commune.FullName;
        cells["Ngày"] = RequestWords.Day(at);
    }

    /// <summary>The cells in the order of <see cref="Columns"/>.</summary>
    public IEnumerable<string> Cells(int number)
    {
        cells["STT"] = number.ToString(CultureInfo.InvariantCulture);
        cells["Ghi chú"] = string.Join(". ", [.. Named("Sửa", changed), .. Named("Bỏ", gone), .. notes]);
        return Columns.Select(column => cells.GetValueOrDefault(column) ?? "");
    }

    /// <summary>Everything that is known of a new address.</summary>
    public ExportRow Whole(RequestBody body)
    {
        foreach (var field in (string[])[nameof(AddressChange.Category), nameof(AddressChange.Name), nameof(AddressChange.House), nameof(AddressChange.Street),
            nameof(AddressChange.Village), nameof(AddressChange.Gate), nameof(AddressChange.Contact)])
        {
            Write(body, field);
        }
        return this;
    }

    /// <summary>The fields that were changed, as the register has them now; the note names them.</summary>
    public ExportRow Changed(RequestBody now, IEnumerable<string> fields)
    {
        foreach (var field in fields)
        {
            if (NameOf(field) is { } name)
            {
                (Write(now, field) ? changed : gone).Add(name);
            }
        }
        return this;
    }

    public ExportRow Visited(Confirmation visit)
    {
        cells["Kết quả"] = visit.Outcome.In("vi");
        if (visit.ComeAgainOn is { } day)
        {
            notes.Add($"hẹn đến lại ngày {day.ToString("d/M/yyyy", CultureInfo.InvariantCulture)}");
        }
        if (visit.DuplicateOf is { } other)
        {
            notes.Add($"trùng với {other}");
        }
        return this;
    }

    // False: there is none any more.
    private bool Write(RequestBody body, string field)
    {
        switch (field)
        {
            case nameof(AddressChange.Category):
                return Put("Loại", body.Category?.Vietnamese);
            case nameof(AddressChange.Name):
                return Put("Tên", body.Name);
            case nameof(AddressChange.House):
                return Put("Số nhà", body.Detail?.House);
            case nameof(AddressChange.Street):
                return Put("Đường", body.Detail?.Street);
            case nameof(AddressChange.Village):
                return Put("Thôn/bản", body.Detail?.Village);
            case nameof(AddressChange.Gate):
                return Put("Vĩ độ", Degrees(body.Gate?.Point.Latitude)) & Put("Kinh độ", Degrees(body.Gate?.Point.Longitude));
            case nameof(AddressChange.Contact):
                Put("Điện thoại", body.Contact?.Phone);
                Put("Email", body.Contact?.Email);
                return body.Contact is { } contact && Put(contact.Role switch
                {
                    ContactRole.Owner => "Chủ địa chỉ",
                    ContactRole.LegalRepresentative => "Người đại diện theo pháp luật",
                    _ => "Người đang sử dụng",
                }, contact.FullName);
            default:
                return true;            // the commune stands in every row
        }
    }

    private bool Put(string column, string? value)
    {
        cells[column] = value;
        return !string.IsNullOrEmpty(value);
    }

    private static IEnumerable<string> Named(string verb, List<string> fields) => fields.Count == 0 ? [] : [$"{verb}: {string.Join(", ", fields.Distinct())}"];

    // A status is what the visit says in words; the former commune is the post office's own list.
    private static string? NameOf(string field) => field switch
    {
        nameof(AddressChange.Category) => "Loại",
        nameof(AddressChange.Name) => "Tên",
        nameof(AddressChange.House) => "Số nhà",
        nameof(AddressChange.Street) => "Đường",
        nameof(AddressChange.Village) => "Thôn/bản",
        nameof(AddressChange.Commune) => "Xã",
        nameof(AddressChange.Gate) => "Vị trí",
        nameof(AddressChange.Contact) => "Người liên hệ",
        _ => null,
    };

    private static string? Degrees(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);

    public override string ToString() => nameof(ExportRow);
}
