using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DiaChiSo.Core.Register;

/// <summary>
/// Địa chỉ số: one record of the register as it is stored. Changed only by <see cref="AddressChange"/>, so that every change leaves its
/// <see cref="RegisterChange"/>. Dialogs do not get this type: they get <see cref="PublicAddress"/>.
/// </summary>
public sealed class DigitalAddress
{
    public required AddressCode Code { get; init; }

    /// <summary>Key of an <see cref="AddressCategory"/>.</summary>
    public string Category { get; internal set; } = AddressCategory.Other.Key;

    /// <summary>Set only where the category's name is public; a home's name is in <see cref="ContactSealed"/>.</summary>
    public string? PublicName { get; internal set; }

    public string? House { get; internal set; }

    public string? Street { get; internal set; }

    public string? Village { get; internal set; }

    /// <summary>Key of today's unit, "2025:03217".</summary>
    public string Commune { get; internal set; } = "";

    /// <summary>Key of the unit until 30/6/2025, "2024:03250".</summary>
    public string? FormerCommune { get; internal set; }

    /// <summary>WGS-84 degrees; both null while nobody has taken the gate's position.</summary>
    public double? Latitude { get; internal set; }

    /// <inheritdoc cref="Latitude"/>
    public double? Longitude { get; internal set; }

    public AddressStatus Status { get; internal set; }

    /// <summary>Why it has this status, by a name in code (an outcome of a visit); never a person's words.</summary>
    public string? StatusReason { get; internal set; }

    /// <summary>JSON of <see cref="PrivatePart"/>: the people of the address and a home's name. Encrypted in the database; null when there is nothing.</summary>
    [Sealed]
    public string? ContactSealed { get; internal set; }

    public bool IsDemo { get; init; }

    /// <summary>The import that added it (<see cref="Import.RegisterImport"/>), so that it can be undone; null: it came by another way.</summary>
    public long? AddedByImport { get; init; }

    /// <summary>Rises by one with each change; two changes at once collide here.</summary>
    public int Version { get; internal set; } = 1;

    /// <summary>UTC.</summary>
    public DateTimeOffset ChangedAt { get; internal set; }

    /// <summary>What its plate shows, and its gate.</summary>
    /// <exception cref="KeyNotFoundException">The row names a unit or category that the tables do not have.</exception>
    public PublicAddress ToPublic(AdministrativeUnits units) => new()
    {
        Code = Code,
        Category = AddressCategory.Of(Category),
        Name = PublicName,
        House = House,
        Street = Street,
        Village = Village,
        Commune = units[UnitKey.Parse(Commune)],
        FormerCommune = FormerCommune is null ? null : units[UnitKey.Parse(FormerCommune)],
        Gate = Gate,
        Status = Status,
        IsDemo = IsDemo,
        Version = Version,
    };

    internal GeoPoint? Gate => Latitude is { } latitude && Longitude is { } longitude ? new GeoPoint(latitude, longitude) : null;

    internal sealed class Table : IEntityTypeConfiguration<DigitalAddress>
    {
        public void Configure(EntityTypeBuilder<DigitalAddress> table)
        {
            table.ToTable("DigitalAddresses");
            table.HasKey(address => address.Code);
            table.Property(address => address.Code).HasConversion(code => code.ToString(), text => new AddressCode(text)).HasMaxLength(AddressCode.Length);
            table.Property(address => address.Category).HasMaxLength(40);
            table.Property(address => address.PublicName).HasMaxLength(AddressChange.LongestText);
            table.Property(address => address.House).HasMaxLength(AddressChange.LongestText);
            table.Property(address => address.Street).HasMaxLength(AddressChange.LongestText);
            table.Property(address => address.Village).HasMaxLength(AddressChange.LongestText);
            table.Property(address => address.Commune).HasMaxLength(10);
            table.Property(address => address.FormerCommune).HasMaxLength(10);
            table.Property(address => address.Status).HasConversion<string>().HasMaxLength(40);
            table.Property(address => address.StatusReason).HasMaxLength(80);
            table.Property(address => address.Version).IsConcurrencyToken();
            // The villages of a commune are read from here.
            table.HasIndex(address => new { address.Commune, address.Village });
            table.Ignore(address => address.Gate);
        }
    }
}
