using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Import;

namespace DiaChiSo.Core.Requests;

/// <summary>Whether what was asked for and what was handed over are the same. Doubt is no: a wrong code on somebody's door is worse than a request that waits.</summary>
internal static class SameAddress
{
    /// <summary>Two positions of one gate are not further apart (metres): a good fix is within 30, and two people take it.</summary>
    private const double SameGateMetres = 40;

    /// <summary>
    /// Same village, street and house; then either both gates, near each other, or something that only one address has: a house number, a name.
    /// Most homes of the mountains have neither (domain.md §2), and "Thôn Háng Là" alone is a hundred of them.
    /// </summary>
    public static bool Is(RequestBody wish, HandedAddress handed)
    {
        if (wish.Detail is not { } detail || !Agree(detail.Village, handed.Village) || !Agree(detail.Street, handed.Street) || !Agree(detail.House, handed.House))
        {
            return false;
        }
        var sameName = Agree(wish.Name, handed.Name);
        if (wish.Name is not null && handed.Name is not null && !sameName)
        {
            return false;
        }
        return wish.Gate is { } fix && handed.Gate is { } gate
            ? fix.Point.MetresTo(gate) <= SameGateMetres
            : (detail.House is not null && (detail.Village ?? detail.Street) is not null) || (wish.Name is not null && sameName);
    }

    /// <summary>Whether the register has everything now that an update wished.</summary>
    public static bool HasAllWishes(RequestBody body, RegisterRow row)
    {
        var wish = body.ToChange();
        return (wish.Category is not { } category || category.Value.Key == row.Category)
            && (wish.Name is not { } name || name.Value == row.Name)
            && (wish.House is not { } house || house.Value == row.House)
            && (wish.Street is not { } street || street.Value == row.Street)
            && (wish.Village is not { } village || village.Value == row.Village)
            && (wish.Commune is not { } commune || commune.Value.ToString() == row.Commune)
            && (wish.FormerCommune is not { } former || former.Value?.ToString() == row.FormerCommune)
            && (wish.Contact is not { } contact || contact.Value == row.Contact)
            && (wish.Gate is not { } gate || (gate.Value is { } wished && row.Gate is { } there ? wished.MetresTo(there) <= SameGateMetres : gate.Value is null && row.Gate is null));
    }

    /// <summary>What the requester said and the file did not: kind, name, gate and people.</summary>
    public static AddressChange WhatIsMissing(DigitalAddress row, RequestBody body)
    {
        var before = PrivatePart.Of(row);
        return new AddressChange
        {
            Category = row.Category == AddressCategory.Other.Key && body.Category is { } category ? new(category) : null,
            Name = (row.PublicName ?? before.HomeName) is null && body.Name is not null ? new(body.Name) : null,
            Gate = row.Gate is null && body.Gate is { } gate ? new(gate.Point) : null,
            Contact = before.Contact is null && body.Contact is not null ? new(body.Contact) : null,
        };
    }

    private static bool Agree(string? one, string? other) => one is null ? other is null : other is not null && VietnameseText.SameWords(one, other);
}
