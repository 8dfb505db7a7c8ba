namespace DiaChiSo.Core.Register.Import;

/// <summary>Where a row stands: what the operator is told of a refusal.</summary>
internal readonly record struct RowPlace(HandOver File, int Page, long Row)
{
    /// <summary>"page 3, row 5"; "row 12".</summary>
    public override string ToString() => Page > 0 && File.PageWord.Length > 0 ? $"{File.PageWord} {Page}, row {Row}" : $"row {Row}";
}

/// <summary>
/// One address as a hand-over file says it. What is null was not said, and changes nothing: an empty cell takes nothing away that was
/// found out on the spot.
/// </summary>
internal sealed class HandedAddress
{
    public required RowPlace Place { get; init; }
    public required AddressCode Code { get; init; }

    /// <summary>Key of an <see cref="AddressCategory"/>.</summary>
    public string? Category { get; init; }
    public string? Name { get; init; }
    public string? House { get; init; }
    public string? Street { get; init; }
    public string? Village { get; init; }

    /// <summary>Key of today's unit.</summary>
    public required string Commune { get; init; }
    public string? FormerCommune { get; init; }
    public GeoPoint? Gate { get; init; }
    public Contact? Contact { get; init; }

    /// <summary>"YC26-000123": the request that this row answers.</summary>
    public string? RequestNumber { get; init; }

    /// <summary>Two rows of one code with the same fingerprint say the same.</summary>
    public ulong Fingerprint()
    {
        var hash = 14695981039346656037UL;
        Add(Category);
        Add(Name);
        Add(House);
        Add(Street);
        Add(Village);
        Add(Commune);
        Add(FormerCommune);
        Add(RequestNumber);
        Mix(Gate is { } gate ? BitConverter.DoubleToUInt64Bits(gate.Latitude) ^ (BitConverter.DoubleToUInt64Bits(gate.Longitude) << 1) : 1);
        if (Contact is { } contact)
        {
            Mix((ulong)contact.Role);
            Add(contact.FullName);
            Add(contact.Phone);
            Add(contact.Email);
        }
        return hash;

        void Add(string? text)
        {
            Mix(text is null ? 2u : (uint)text.GetHashCode() | 1UL << 32);          // the same within this process, and no longer
        }

        void Mix(ulong value) => hash = System.Numerics.BitOperations.RotateLeft((hash ^ value) * 0x9E3779B97F4A7C15UL, 29);
    }

    /// <summary>A person's data may be in it.</summary>
    public override string ToString() => nameof(HandedAddress);
}

/// <summary>A row that is not taken.</summary>
/// <param name="Reason">In English, for the operator, with an example of what is right. Never the cell itself: it may be anything.</param>
internal sealed record RefusedRow(RowPlace Place, string Reason);
