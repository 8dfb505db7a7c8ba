using DiaChiSo.Core.Register;

namespace DiaChiSo.Core.Requests;

/// <summary>From what is wished to what is written.</summary>
internal static class Wishes
{
    public static AddressChange ToNewAddress(this RequestBody body)
    {
        var detail = body.Detail!;
        return new AddressChange
        {
            Category = body.Category!,
            Name = body.Name,
            House = detail.House,
            Street = detail.Street,
            Village = detail.Village,
            Commune = detail.Commune,
            FormerCommune = detail.FormerCommune,
            Contact = body.Contact,
            Gate = body.Gate?.Point,
            Status = AddressStatus.NotYetConfirmed,
        };
    }

    /// <summary>Only what the requester changed: of the administrative part only the pieces that differ from what they saw.</summary>
    public static AddressChange ToChange(this RequestBody body)
    {
        var detail = body.Changes(RequestField.Detail) ? body.Detail : null;
        var seen = body.Seen?.Detail;
        return new AddressChange
        {
            Category = body.Changes(RequestField.Category) ? new(body.Category!) : null,
            Name = body.Changes(RequestField.Name) ? new(body.Name) : null,
            House = detail is not null && detail.House != seen?.House ? new(detail.House) : null,
            Street = detail is not null && detail.Street != seen?.Street ? new(detail.Street) : null,
            Village = detail is not null && detail.Village != seen?.Village ? new(detail.Village) : null,
            Commune = detail is not null && detail.Commune != seen?.Commune ? new(detail.Commune) : null,
            FormerCommune = detail is not null && detail.FormerCommune != seen?.FormerCommune ? new(detail.FormerCommune) : null,
            Contact = body.Changes(RequestField.Contact) ? new(body.Contact) : null,
            Gate = body.Changes(RequestField.Gate) ? new(body.Gate?.Point) : null,
        };
    }
}
