using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;

namespace DiaChiSo.Tests.Chats;

/// <summary>The few invented addresses of the golden chats. Nobody lives there.</summary>
public static class ChatRegister
{
    private static readonly UnitKey TuaChua = new(UnitSystem.Since2025, "03217");
    private static readonly UnitKey MuongBang = new(UnitSystem.Until2025, "03250");
    private static readonly UnitKey TuaChuaTown = new(UnitSystem.Until2025, "03217");
    private static readonly UnitKey SinChai = new(UnitSystem.Since2025, "03226");
    private static readonly UnitKey FormerSinChai = new(UnitSystem.Until2025, "03223");
    private static readonly UnitKey PhinhSang = new(UnitSystem.Until2025, "03259");
    private static readonly UnitKey TuaThang = new(UnitSystem.Since2025, "03220");
    private static readonly UnitKey HuoiSo = new(UnitSystem.Until2025, "03220");
    private static readonly UnitKey SangNhe = new(UnitSystem.Since2025, "03244");

    /// <summary>One address: code, former commune, today's commune, village, house, name, gate.</summary>
    private static readonly (string Code, AddressCategory Category, UnitKey Commune, UnitKey Former, string? Village, string? House, string? Street, string? Name, GeoPoint? Gate, Contact? Contact)[] Rows =
    [
        ("3260600012", AddressCategory.Home, TuaChua, TuaChuaTown, "Tổ dân phố Thắng Lợi II", "15", "đường Thử Nghiệm", null, new(21.85630, 103.32910), new(ContactRole.Owner, "Người Thử Một", "0912000001", "mot@example.invalid")),
        ("3260600013", AddressCategory.Home, TuaChua, TuaChuaTown, "Tổ dân phố Thắng Lợi II", "17", "đường Thử Nghiệm", null, new(21.85645, 103.32935), new(ContactRole.Owner, "Người Thử Hai", "0912000002", "")),
        ("3260600014", AddressCategory.Home, TuaChua, TuaChuaTown, "Tổ dân phố Thắng Lợi II", "19", "đường Thử Nghiệm", null, new(21.85660, 103.32960), null),
        ("3260700021", AddressCategory.Home, TuaChua, MuongBang, "Đội 5", null, null, null, new(21.84120, 103.35010), new(ContactRole.Occupant, "Người Thử Ba", "0912000003", "")),
        ("3260700022", AddressCategory.Home, TuaChua, MuongBang, "Đội 5", null, null, null, new(21.84140, 103.35050), null),
        ("3260700023", AddressCategory.Health, TuaChua, MuongBang, "Đội 5", null, null, "Trạm y tế Mường Báng (bịa)", new(21.84180, 103.35110), new(ContactRole.LegalRepresentative, "Người Thử Bốn", "02153000004", "")),
        ("3260700024", AddressCategory.Education, TuaChua, MuongBang, "Từ Ngài 1", null, null, "Trường Tiểu học Từ Ngài (bịa)", new(21.83610, 103.36240), null),
        ("3261200031", AddressCategory.Home, SinChai, FormerSinChai, "Thôn Háng Khúa", null, null, null, new(22.02110, 103.23020), new(ContactRole.Owner, "Người Thử Năm", "0912000005", "nam@example.invalid")),
        ("3261200032", AddressCategory.Home, SinChai, FormerSinChai, "Thôn Séo Mí Chải", "3", null, null, new(22.03110, 103.24020), null),
        .. new[] { 1, 2, 3, 4, 10, 11, 12 }.Select(number =>
            ($"32610000{50 + number}", AddressCategory.Home, TuaThang, HuoiSo, (string?)$"Thôn {number}", (string?)null, (string?)null, (string?)null, (GeoPoint?)null, (Contact?)null)),
        ("3251000041", AddressCategory.Home, SangNhe, PhinhSang, "Bản Háng Khúa", null, null, null, new(21.77110, 103.42020), null),
    ];

    public static async Task Fill(BotDb db)
    {
        var at = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
        foreach (var row in Rows)
        {
            await new AddressChange
            {
                Category = row.Category,
                Commune = row.Commune,
                FormerCommune = row.Former,
                Village = row.Village,
                House = row.House,
                Street = row.Street,
                Name = row.Name,
                Gate = row.Gate,
                Contact = row.Contact,
                Status = AddressStatus.NotYetConfirmed,
            }.AddTo(db, new AddressCode(row.Code), "chats", at, default);
        }
        await db.SaveChangesAsync();
    }
}
