namespace DiaChiSo.Core.Register.Import;

/// <summary>What a column of a hand-over file may be.</summary>
internal enum HandedField
{
    Code,
    Qr,
    Name,
    Category,
    House,
    Street,
    Village,
    Commune,
    District,
    Province,

    /// <summary>Everything in one line: "Số nhà 15, thôn Háng Là, xã Sín Chải".</summary>
    Line,
    Latitude,
    Longitude,

    /// <summary>Both numbers in one cell.</summary>
    Place,
    Owner,
    LegalRepresentative,
    Occupant,
    Phone,
    Email,
    RequestNumber,

    /// <summary>Known and not wanted: a running number, and what an export says of a visit.</summary>
    Ordinal,
}

/// <summary>
/// How columns are called. The layouts of the hand-over are not laid down anywhere (domain.md §8), so the names are many; marks, case and
/// punctuation do not matter.
/// </summary>
internal static class ColumnNames
{
    private static readonly (HandedField Field, string Names)[] Table =
    [
        (HandedField.Code, "ma dia chi so|ma so dia chi|ma dia chi|dia chi so|ma ndas|ndas|ma dcs|ma|ma so|code|address code|digital address code|digital address"),
        (HandedField.Qr, "qr|ma qr|qr code|ma qr code|hinh qr"),
        (HandedField.Name, "ten dia chi so|ten dia chi|ten dia diem|ten noi|ten co quan|ten to chuc|ten|name|place name|name of address|name of place"),
        (HandedField.Category, "loai dia chi so|loai dia chi|loai|phan loai|nhom|nhom dia chi|category|type|kind"),
        (HandedField.House, "so nha|so nha ngo ngach|nha so|house|house number|house no|number"),
        (HandedField.Street, "duong|pho|duong pho|ten duong|ten duong pho|duong ngo|street|road|street name"),
        (HandedField.Village, "thon|ban|thon ban|thon ban to|to dan pho|to|thon to|to thon ap|to thon|thon to dan pho|thon ban to dan pho|thon xom|thon ap|xom|ap|khu|khu pho|doi|village|hamlet|neighbourhood|neighborhood|group"),
        (HandedField.Commune, "xa|phuong|xa phuong|phuong xa|xa phuong thi tran|phuong xa thi tran|xa phuong dac khu|ten xa|commune|ward|commune ward"),
        (HandedField.District, "huyen|quan|quan huyen|huyen thi|huyen thi xa thanh pho|quan huyen thi xa|district"),
        (HandedField.Province, "tinh|tinh thanh pho|tinh thanh|thanh pho|province|city"),
        (HandedField.Line, "dia chi|dia chi chi tiet|dia chi day du|dia chi hanh chinh|dia chi cu the|address|detailed address|full address|administrative address|address line"),
        (HandedField.Latitude, "vi do|lat|latitude"),
        (HandedField.Longitude, "kinh do|lon|lng|long|longitude"),
        (HandedField.Place, "toa do|vi tri|vi tri cong|toa do gps|coordinates|coordinate|gate|position|location|lat lon|lat lng|gps"),
        (HandedField.Owner, "chu ho|chu nha|chu dia chi|ho ten|ho va ten|ten chu ho|ho ten chu ho|ho ten chu dia chi|owner|owner name|contact|contact name|full name"),
        (HandedField.LegalRepresentative, "nguoi dai dien|nguoi dai dien theo phap luat|dai dien|legal representative|representative"),
        (HandedField.Occupant, "nguoi su dung|nguoi dang su dung|occupant|user"),
        (HandedField.Phone, "dien thoai|so dien thoai|sdt|so dt|dt|phone|phone number|telephone|mobile"),
        (HandedField.Email, "email|e mail|thu dien tu|hop thu"),
        (HandedField.RequestNumber, "so phieu|ma phieu|so yeu cau|ma yeu cau|so phieu yeu cau|phieu yeu cau|request|request number|request no"),
        (HandedField.Ordinal, "stt|tt|so tt|so thu tu|no|nr|ghi chu|note|notes|remarks|viec|so bien ban|ket qua|ngay"),
    ];

    private static readonly Dictionary<string, HandedField> Fields =
        Table.SelectMany(row => row.Names.Split('|').Select(name => (name, row.Field))).ToDictionary(pair => pair.name, pair => pair.Field);

    /// <summary>What the column of this name is; null: not known. The name may be in an old font's encoding.</summary>
    public static HandedField? Find(string? name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > 80)
        {
            return null;
        }
        foreach (var reading in LegacyText.Readings(name))
        {
            if (Fields.TryGetValue(VietnameseText.Words(reading), out var field))
            {
                return field;
            }
        }
        return null;
    }
}
