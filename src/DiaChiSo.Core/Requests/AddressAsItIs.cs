using DiaChiSo.Core.Register;

namespace DiaChiSo.Core.Requests;

/// <summary>An address of the register in the shape of a request, so that what is and what is wished stand side by side. Personal data throughout.</summary>
internal static class AddressAsItIs
{
    public static RequestBody Of(DigitalAddress address)
    {
        var kept = PrivatePart.Of(address);
        return new RequestBody
        {
            Category = AddressCategory.Of(address.Category),
            Name = address.PublicName ?? kept.HomeName,
            Detail = new AddressDetail(address.House, address.Street, address.Village, UnitKey.Parse(address.Commune),
                address.FormerCommune is null ? null : UnitKey.Parse(address.FormerCommune)),
            Contact = kept.Contact,
            Gate = address.Gate is { } gate ? new GateFix(gate, null) : null,
        };
    }

    /// <summary>The same with the old values of these changes.</summary>
    public static RequestBody Before(RequestBody now, IEnumerable<FieldChange> changes)
    {
        var old = AddressChange.Back(changes);
        var detail = now.Detail!;
        return now with
        {
            Category = old.Category is { } category ? category.Value : now.Category,
            Name = old.Name is { } name ? name.Value : now.Name,
            Contact = old.Contact is { } contact ? contact.Value : now.Contact,
            Gate = old.Gate is { } gate ? gate.Value is { } point ? new GateFix(point, null) : null : now.Gate,
            Detail = new AddressDetail(
                old.House is { } house ? house.Value : detail.House,
                old.Street is { } street ? street.Value : detail.Street,
                old.Village is { } village ? village.Value : detail.Village,
                old.Commune is { } commune ? commune.Value : detail.Commune,
                old.FormerCommune is { } former ? former.Value : detail.FormerCommune),
        };
    }
}
