namespace DiaChiSo.Core.Register;

/// <summary>The administrative part of an address in words, as it stands on a card, also before it has a code.</summary>
public static class AddressDetailWords
{
    /// <summary>By today's units: "Số nhà 15, thôn Háng Là, xã Sín Chải, tỉnh Điện Biên".</summary>
    public static string Line(this AddressDetail detail, AdministrativeUnits units) => AsAddress(detail, units).Line;

    /// <summary>By the units until 30/6/2025; empty where they are not known.</summary>
    public static string FormerLine(this AddressDetail detail, AdministrativeUnits units) => AsAddress(detail, units).FormerLine;

    // One place knows how a line is put together.
    private static PublicAddress AsAddress(AddressDetail detail, AdministrativeUnits units) => new()
    {
        Code = default,
        Category = AddressCategory.Other,
        House = detail.House,
        Street = detail.Street,
        Village = detail.Village,
        Commune = units.PresentOf(units[detail.Commune]),
        FormerCommune = units.Find(detail.FormerCommune),
        Status = AddressStatus.NotYetConfirmed,
    };
}
