using System.Globalization;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Requests;

namespace DiaChiSo.Core.Register.Import;

/// <summary>From the cells of a row to an address, or to the reason why the row is refused.</summary>
internal sealed class RowReading(AdministrativeUnits units)
{
    private readonly CommunesOfRows communes = new(units);
    private readonly Dictionary<string, string?> categories = [];

    /// <summary>Words for a kind of address that our list does not have, and how often; those rows are taken as "other". Not more than 20 are told apart.</summary>
    public Dictionary<string, int> UnknownCategories { get; } = [];

    /// <summary>Contacts left out because of a phone or e-mail that cannot be one.</summary>
    public int ContactsLeftOut { get; private set; }

    /// <summary>Exactly one of the two is set.</summary>
    public (HandedAddress? Address, RefusedRow? Refused) Read(RowPlace place, HandedCells cells)
    {
        if (!TryCode(cells[HandedField.Code] ?? cells[HandedField.Qr], out var code))
        {
            return Refuse("there is no code; ten figures are wanted, for example 32606 12345");
        }
        var line = cells[HandedField.Line] is { } text ? AddressLine.Read(text) : null;
        var found = cells[HandedField.Commune] is { } commune
            ? communes.Find(code, commune, cells[HandedField.District], cells.Title)
            : communes.Find(code, line?.Area, null, cells.Title);
        if (found.Refusal is { } reason)
        {
            return Refuse(reason);
        }
        if (!TryGate(cells, out var gate))
        {
            return Refuse("the position is no place in Vietnam; degrees are wanted, latitude first, for example 21.85630, 103.32910");
        }
        string? request = null;
        if (cells[HandedField.RequestNumber] is { } number && !RequestNumber.TryRead(number, out request))
        {
            return Refuse("the request's number cannot be read; for example YC26-000123");
        }
        var address = new HandedAddress
        {
            Place = place,
            Code = code,
            Category = CategoryOf(cells[HandedField.Category]),
            Name = Text(cells[HandedField.Name]),
            House = HouseOf(cells[HandedField.House]) ?? line?.House,
            Street = Text(cells[HandedField.Street]) ?? line?.Street,
            Village = Text(cells[HandedField.Village]) ?? line?.Village,
            Commune = found.Commune,
            FormerCommune = found.Former,
            Gate = gate,
            Contact = ContactOf(cells),
            RequestNumber = request,
        };
        return IsTooLong(address.Name) || IsTooLong(address.House) || IsTooLong(address.Street) || IsTooLong(address.Village)
            ? Refuse($"a text is longer than {AddressChange.LongestText} letters; name, house, street and village each have their own column, for example Thôn Háng Là")
            : (address, null);

        (HandedAddress?, RefusedRow?) Refuse(string why) => (null, new(place, why));
    }

    // Ten plain figures nearly always; the many spellings of domain.md §3 are read the long way.
    private static bool TryCode(string? cell, out AddressCode code)
    {
        if (cell is { Length: AddressCode.Length } && !cell.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            code = new AddressCode(cell);
            return true;
        }
        return AddressCode.TryRead(cell, out code);
    }

    private static bool TryGate(HandedCells cells, out GeoPoint? gate)
    {
        gate = null;
        var (latitude, longitude, both) = (cells[HandedField.Latitude], cells[HandedField.Longitude], cells[HandedField.Place]);
        if (latitude is not null && longitude is not null)
        {
            if (!TryDegrees(latitude, out var north) || !TryDegrees(longitude, out var east) || !GeoPoint.AreDegrees(north, east))
            {
                return false;
            }
            gate = new GeoPoint(north, east);
        }
        else if (both is not null)
        {
            if (!GeoPoint.TryParse(both, out var place))
            {
                return false;
            }
            gate = place;
        }
        else
        {
            return latitude is null && longitude is null;
        }
        return gate.Value.IsInVietnam;
    }

    private static bool TryDegrees(string cell, out double degrees) =>
        double.TryParse(cell.Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out degrees);

    private string? CategoryOf(string? words)
    {
        if (words is null)
        {
            return null;
        }
        if (!categories.TryGetValue(words, out var key))
        {
            key = (AddressCategory.FindByWords(words) ?? AddressCategory.Find(words.Trim().ToLowerInvariant()))?.Key;
            if (categories.Count < 10_000)
            {
                categories[words] = key;
            }
        }
        if (key is null && (UnknownCategories.Count < 20 || UnknownCategories.ContainsKey(words)))
        {
            UnknownCategories[words] = UnknownCategories.GetValueOrDefault(words) + 1;
        }
        return key;
    }

    private static string? HouseOf(string? cell)
    {
        var plain = Text(cell);
        return plain is not null && !CellText.IsHouseNumber(plain) && HouseAndStreet.Read(plain) is { House: { } house, Street: null } ? house : plain;
    }

    private Contact? ContactOf(HandedCells cells)
    {
        var (role, field) = cells[HandedField.Owner] is not null ? (ContactRole.Owner, HandedField.Owner)
            : cells[HandedField.LegalRepresentative] is not null ? (ContactRole.LegalRepresentative, HandedField.LegalRepresentative)
            : (ContactRole.Occupant, HandedField.Occupant);
        var (phone, email) = (cells[HandedField.Phone], cells[HandedField.Email]);
        if (cells[field] is not { } name)
        {
            return null;
        }
        var readPhone = phone is null ? "" : Phone.Read(phone);
        var readEmail = email is null ? new ReadEmail("", null, EmailFault.None) : EmailText.Read(email);
        if (readPhone is null || readEmail.Fault != EmailFault.None || name.Length > AddressChange.LongestText)
        {
            ContactsLeftOut++;
            return null;
        }
        return new Contact(role, VietnameseText.Plain(name), readPhone, readEmail.Email);
    }

    private static string? Text(string? cell) => CellText.Plain(cell);

    private static bool IsTooLong(string? text) => text?.Length > AddressChange.LongestText;
}
