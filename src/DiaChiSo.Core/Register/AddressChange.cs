using System.Globalization;
using System.Text.Json;
using DiaChiSo.Core.Store;

namespace DiaChiSo.Core.Register;

/// <summary>A field's new value. Not set at all is "as it is"; set to null is "there is none any more".</summary>
public readonly record struct New<T>(T Value)
{
    public static implicit operator New<T>(T value) => new(value);
}

/// <summary>
/// What is to change about an address: only the fields that are set. Written inside the transaction of the turn that decided it
/// (domain.md §2: "done" changes the register in the same transaction); it does not save by itself.
/// </summary>
public sealed record AddressChange
{
    /// <summary>The most letters a text field of an address may have.</summary>
    public const int LongestText = 200;

    public New<AddressCategory>? Category { get; init; }

    /// <summary>The name of the place; for homes it is kept with the private part.</summary>
    public New<string?>? Name { get; init; }

    public New<string?>? House { get; init; }

    public New<string?>? Street { get; init; }

    public New<string?>? Village { get; init; }

    /// <summary>Today's unit.</summary>
    public New<UnitKey>? Commune { get; init; }

    public New<UnitKey?>? FormerCommune { get; init; }

    public New<GeoPoint?>? Gate { get; init; }

    public New<AddressStatus>? Status { get; init; }

    /// <summary>By a name in code; see <see cref="DigitalAddress.StatusReason"/>.</summary>
    public New<string?>? StatusReason { get; init; }

    public New<Contact?>? Contact { get; init; }

    /// <summary>Changes the address of this code and adds the row that says so. Null when everything was so already: then nothing is written.</summary>
    /// <param name="by">Number of the request or confirmation.</param>
    /// <param name="at">UTC.</param>
    /// <exception cref="InvalidOperationException">The register has no such address.</exception>
    /// <exception cref="ArgumentException">A text is longer than <see cref="LongestText"/>.</exception>
    public async Task<RegisterChange?> ApplyTo(BotDb db, AddressCode code, string by, DateTimeOffset at, CancellationToken ct)
    {
        var address = await db.Set<DigitalAddress>().FindAsync([code], ct)
            ?? throw new InvalidOperationException("The register has no address of this code.");
        var changed = Write(address);
        if (changed.Count == 0)
        {
            return null;
        }
        address.Version++;
        address.ChangedAt = at;
        return Record(db, code, changed, by, at);
    }

    /// <summary>Adds an address that got its code, and the row that says so. <see cref="Category"/> and <see cref="Commune"/> must be set.</summary>
    /// <inheritdoc cref="ApplyTo" path="/param"/>
    /// <exception cref="InvalidOperationException">The code is in the register already.</exception>
    /// <exception cref="ArgumentException">Category or commune is not set, or a text is longer than <see cref="LongestText"/>.</exception>
    public async Task<RegisterChange> AddTo(BotDb db, AddressCode code, string by, DateTimeOffset at, CancellationToken ct)
    {
        if (await db.Set<DigitalAddress>().FindAsync([code], ct) is not null)
        {
            throw new InvalidOperationException("The register has an address of this code already.");
        }
        var address = NewAddress(code, isDemo: false, at);
        db.Add(address);
        return Record(db, code, [new("Added", null, code.ToString()), .. Write(NewAddress(code, false, at, blank: true))], by, at);
    }

    /// <summary>The row of a new address with these values, not yet in any database.</summary>
    internal DigitalAddress NewAddress(AddressCode code, bool isDemo, DateTimeOffset at, bool blank = false)
    {
        if (Category is null || Commune is null)
        {
            throw new ArgumentException("A new address needs a category and a commune.");
        }
        var address = new DigitalAddress { Code = code, IsDemo = isDemo, ChangedAt = at };
        if (!blank)
        {
            Write(address);
        }
        return address;
    }

    private static RegisterChange Record(BotDb db, AddressCode code, List<FieldChange> changed, string by, DateTimeOffset at)
    {
        var row = new RegisterChange { Code = code, ChangedSealed = JsonSerializer.Serialize(changed), By = by, At = at };
        db.Add(row);
        return row;
    }

    private List<FieldChange> Write(DigitalAddress address)
    {
        var changed = new List<FieldChange>();
        var before = PrivatePart.Of(address);
        var name = Name is { } newName ? Text(newName.Value) : address.PublicName ?? before.HomeName;
        var category = Category?.Value ?? AddressCategory.Of(address.Category);
        var contact = Contact is { } newContact ? newContact.Value : before.Contact;

        Note(nameof(Category), address.Category, category.Key);
        Note(nameof(Name), address.PublicName ?? before.HomeName, name);
        Note(nameof(Contact), Json(before.Contact), Json(contact));
        address.Category = category.Key;
        address.PublicName = category.NameIsPublic ? name : null;     // a place that becomes a home takes its name off the plate
        address.ContactSealed = new PrivatePart(contact, category.NameIsPublic ? null : name).ToSealed();

        Set(House, address.House, value => address.House = value, nameof(House));
        Set(Street, address.Street, value => address.Street = value, nameof(Street));
        Set(Village, address.Village, value => address.Village = value, nameof(Village));
        if (Commune is { } commune)
        {
            Note(nameof(Commune), address.Commune, commune.Value.ToString());
            address.Commune = commune.Value.ToString();
        }
        if (FormerCommune is { } former)
        {
            Note(nameof(FormerCommune), address.FormerCommune, former.Value?.ToString());
            address.FormerCommune = former.Value?.ToString();
        }
        if (Gate is { } gate)
        {
            // With all their decimals, as an import writes them, so that taking a change back puts back exactly what was.
            Note(nameof(Gate), Exact(address.Gate), Exact(gate.Value));
            (address.Latitude, address.Longitude) = (gate.Value?.Latitude, gate.Value?.Longitude);
        }
        if (Status is { } status)
        {
            Note(nameof(Status), address.Status.ToString(), status.Value.ToString());
            address.Status = status.Value;
        }
        Set(StatusReason, address.StatusReason, value => address.StatusReason = value, nameof(StatusReason));
        return changed;

        void Set(New<string?>? field, string? old, Action<string?> write, string fieldName)
        {
            if (field is { } set)
            {
                var value = Text(set.Value);
                Note(fieldName, old, value);
                write(value);
            }
        }

        void Note(string field, string? old, string? value)
        {
            if (old != value)
            {
                changed.Add(new(field, old, value));
            }
        }
    }

    /// <summary>Takes an address out that was added and that nothing else refers to, with the row that says so.</summary>
    /// <inheritdoc cref="ApplyTo" path="/param"/>
    internal static RegisterChange TakeOut(BotDb db, DigitalAddress address, string by, DateTimeOffset at)
    {
        db.Remove(address);
        return Record(db, address.Code, [new("Removed", address.Code.ToString(), null)], by, at);
    }

    /// <summary>What puts these fields back to their old values.</summary>
    /// <exception cref="FormatException">A field that an address does not have.</exception>
    internal static AddressChange Back(IEnumerable<FieldChange> changes)
    {
        var back = new AddressChange();
        foreach (var (field, old, _) in changes)
        {
            back = field switch
            {
                nameof(Category) => back with { Category = AddressCategory.Of(old!) },
                nameof(Name) => back with { Name = new New<string?>(old) },
                nameof(House) => back with { House = new New<string?>(old) },
                nameof(Street) => back with { Street = new New<string?>(old) },
                nameof(Village) => back with { Village = new New<string?>(old) },
                nameof(Commune) => back with { Commune = UnitKey.Parse(old!) },
                nameof(FormerCommune) => back with { FormerCommune = new New<UnitKey?>(old is null ? null : UnitKey.Parse(old)) },
                nameof(Gate) => back with { Gate = new New<GeoPoint?>(Place(old)) },
                nameof(Contact) => back with { Contact = new New<Contact?>(old is null ? null : JsonSerializer.Deserialize<Contact>(old)) },
                nameof(Status) => back with { Status = Enum.Parse<AddressStatus>(old!) },
                nameof(StatusReason) => back with { StatusReason = new New<string?>(old) },
                _ => throw new FormatException("An address has no field of this name."),
            };
        }
        return back;
    }

    /// <summary>A gate as it stands in a change: both numbers with all their decimals.</summary>
    internal static string? Exact(GeoPoint? gate) =>
        gate is { } place ? string.Create(CultureInfo.InvariantCulture, $"{place.Latitude:R}, {place.Longitude:R}") : null;

    private static GeoPoint? Place(string? exact) => exact?.Split(", ") switch
    {
        null => null,
        [var latitude, var longitude] => new GeoPoint(double.Parse(latitude, CultureInfo.InvariantCulture), double.Parse(longitude, CultureInfo.InvariantCulture)),
        _ => throw new FormatException("A gate is two numbers."),
    };

    private static string? Json(Contact? contact) => contact is null ? null : JsonSerializer.Serialize(contact);

    private static string? Text(string? value)
    {
        var text = VietnameseText.Plain(value);
        return text.Length switch
        {
            0 => null,
            > LongestText => throw new ArgumentException($"A text of an address has at most {LongestText} letters."),
            _ => text,
        };
    }
}
