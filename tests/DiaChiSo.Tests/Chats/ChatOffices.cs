using DiaChiSo.Core.Offices;

namespace DiaChiSo.Tests.Chats;

/// <summary>The offices of the golden chats: two communes and the one above them. Nobody answers at these numbers.</summary>
public static class ChatOffices
{
    public static OfficeTable Table { get; } = new()
    {
        Table =
        {
            ["xa-tua-chua"] = new Office { Name = "UBND xã Tủa Chùa", Communes = ["03217"], ReportsTo = "dau-moi", Contact = "UBND xã Tủa Chùa, 1900 0017" },
            ["xa-sin-chai"] = new Office { Name = "UBND xã Sín Chải", Communes = ["03226"], ReportsTo = "dau-moi" },
            ["dau-moi"] = new Office { Name = "Tổ đầu mối", Tier = OfficeTier.Coordinating, Communes = ["03217", "03226", "03241", "03220", "03244"], Contact = "Tổ đầu mối, 1900 0001" },
        },
    };
}
