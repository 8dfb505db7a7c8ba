using System.Globalization;
using System.Text.Json;
using DiaChiSo.Core.Store;

namespace DiaChiSo.Core.Register.Import;

/// <summary>
/// A record of the register outside the change tracker, with the same rules as <see cref="AddressChange"/>: where a name goes, what is sealed,
/// what counts as a change.
/// </summary>
internal sealed class RegisterRow
{
    private readonly Secrets secrets;
    private byte[]? sealedPart;
    private PrivatePart? opened;
    private string? publicName;
    private string? name;
    private Contact? contact;

    public RegisterRow(Secrets secrets, Prepared row)
    {
        this.secrets = secrets;
        Code = new(row.Text(0));
        Category = row.Text(1);
        publicName = row.TextOrNull(2);
        House = row.TextOrNull(3);
        Street = row.TextOrNull(4);
        Village = row.TextOrNull(5);
        Commune = row.Text(6);
        FormerCommune = row.TextOrNull(7);
        (Latitude, Longitude) = (row.Real(8), row.Real(9));
        Status = row.Text(10);
        StatusReason = row.TextOrNull(11);
        sealedPart = row.Bytes(12);
        IsDemo = row.Number(13) != 0;
        Version = (int)row.Number(14);
    }

    public const string Columns =
        "\"Code\", \"Category\", \"PublicName\", \"House\", \"Street\", \"Village\", \"Commune\", \"FormerCommune\", \"Latitude\", \"Longitude\", "
        + "\"Status\", \"StatusReason\", \"ContactSealed\", \"IsDemo\", \"Version\"";

    public AddressCode Code { get; }
    public string Category { get; private set; }
    public string? House { get; private set; }
    public string? Street { get; private set; }
    public string? Village { get; private set; }
    public string Commune { get; private set; }
    public string? FormerCommune { get; private set; }
    public double? Latitude { get; private set; }
    public double? Longitude { get; private set; }
    public string Status { get; private set; }
    public string? StatusReason { get; private set; }
    public bool IsDemo { get; }
    public int Version { get; }

    public string? Name
    {
        get
        {
            Open();
            return name;
        }
    }

    public Contact? Contact
    {
        get
        {
            Open();
            return contact;
        }
    }

    /// <summary>Whether the name is its people's, so that it leaves the database only sealed.</summary>
    public bool IsNamePrivate => !AddressCategory.Of(Category).NameIsPublic;

    public GeoPoint? Gate => Latitude is { } latitude && Longitude is { } longitude ? new GeoPoint(latitude, longitude) : null;

    /// <summary>What the file says otherwise, field by field, in the words of <see cref="RegisterChange"/>; gates with all their decimals.</summary>
    public List<FieldChange> Differences(HandedAddress handed)
    {
        List<FieldChange>? changes = null;
        if (handed.Category is { } category && category != Category)
        {
            Note(nameof(AddressChange.Category), Category, category);
        }
        if (handed.Name is { } newName && !IsSame(Name, newName))
        {
            Note(nameof(AddressChange.Name), Name, newName);
        }
        if (handed.Contact is { } person && Merged(person) is var merged && merged != Contact)
        {
            Note(nameof(AddressChange.Contact), Json(Contact), Json(merged));
        }
        Words(nameof(AddressChange.House), House, handed.House);
        Words(nameof(AddressChange.Street), Street, handed.Street);
        Words(nameof(AddressChange.Village), Village, handed.Village);
        if (handed.Commune != Commune)
        {
            Note(nameof(AddressChange.Commune), Commune, handed.Commune);
        }
        if (handed.FormerCommune is { } former && former != FormerCommune)
        {
            Note(nameof(AddressChange.FormerCommune), FormerCommune, former);
        }
        if (handed.Gate is { } gate && gate.ToString() != Gate?.ToString())
        {
            Note(nameof(AddressChange.Gate), AddressChange.Exact(Gate), AddressChange.Exact(gate));
        }
        return changes ?? [];

        void Words(string field, string? old, string? value)
        {
            if (value is not null && !IsSame(old, value))
            {
                Note(field, old, value);
            }
        }

        void Note(string field, string? old, string? value) => (changes ??= []).Add(new(field, old, value));
    }

    /// <summary>Sets a field by its name in a <see cref="FieldChange"/>.</summary>
    /// <exception cref="FormatException">The value is none of this field.</exception>
    public void Set(string field, string? value)
    {
        switch (field)
        {
            case nameof(AddressChange.Category):
                Open();
                Category = AddressCategory.Of(value!).Key;
                break;
            case nameof(AddressChange.Name):
                Open();
                name = value;
                break;
            case nameof(AddressChange.Contact):
                Open();
                contact = value is null ? null : JsonSerializer.Deserialize<Contact>(value);
                break;
            case nameof(AddressChange.House): House = value; break;
            case nameof(AddressChange.Street): Street = value; break;
            case nameof(AddressChange.Village): Village = value; break;
            case nameof(AddressChange.Commune): Commune = value!; break;
            case nameof(AddressChange.FormerCommune): FormerCommune = value; break;
            case nameof(AddressChange.Gate): (Latitude, Longitude) = Degrees(value); break;
            default: throw new FormatException("An import changes no field of this name.");
        }
    }

    /// <summary>What is stored of name and people: the name of the plate, and the sealed rest; unchanged where neither was touched.</summary>
    public (string? PublicName, byte[]? Sealed) NameAndPeople()
    {
        if (opened is null)
        {
            return (publicName, sealedPart);
        }
        return Stored(secrets, Category, name, contact, opened, publicName ?? opened.HomeName, sealedPart);
    }

    /// <summary>The same for a new address.</summary>
    public static (string? PublicName, byte[]? Sealed) Stored(Secrets secrets, string category, string? name, Contact? contact) =>
        name is null && contact is null ? (null, null) : Stored(secrets, category, name, contact, null, null, null);

    private static (string?, byte[]?) Stored(Secrets secrets, string category, string? name, Contact? contact, PrivatePart? before, string? nameBefore, byte[]? sealedBefore)
    {
        var isPublic = AddressCategory.Of(category).NameIsPublic;
        var part = new PrivatePart(contact, isPublic ? null : name);
        var kept = part == before && name == nameBefore ? sealedBefore : part.ToSealed() is { } json ? secrets.Seal(json) : null;
        return (isPublic ? name : null, kept);
    }

    private void Open()
    {
        if (opened is not null)
        {
            return;
        }
        opened = sealedPart is null ? new PrivatePart(null, null) : JsonSerializer.Deserialize<PrivatePart>(secrets.Open(sealedPart))!;
        (name, contact) = (publicName ?? opened.HomeName, opened.Contact);
    }

    // A phone alone is added to the person who is there; another name is another person.
    private Contact Merged(Contact handed) => Contact is { } known && known.FullName == handed.FullName
        ? new(handed.Role, known.FullName, handed.Phone.Length > 0 ? handed.Phone : known.Phone, handed.Email.Length > 0 ? handed.Email : known.Email)
        : handed;

    // Old fonts and shouting lists lose the case; that alone is no news.
    private static bool IsSame(string? old, string handed) =>
        old == handed || (old is not null && old.Equals(handed, StringComparison.OrdinalIgnoreCase)
            && (handed == handed.ToLowerInvariant() || handed == handed.ToUpperInvariant()));

    private static string? Json(Contact? contact) => contact is null ? null : JsonSerializer.Serialize(contact);

    private static (double?, double?) Degrees(string? exact) => exact?.Split(", ") switch
    {
        null => (null, null),
        [var latitude, var longitude] => (double.Parse(latitude, CultureInfo.InvariantCulture), double.Parse(longitude, CultureInfo.InvariantCulture)),
        _ => throw new FormatException("A gate is two numbers."),
    };

    public override string ToString() => nameof(RegisterRow);
}
