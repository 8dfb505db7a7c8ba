using System.Globalization;
using DiaChiSo.Core;
using DiaChiSo.Core.Register;

namespace DiaChiSo.Dialogs.RequestNew;

// The addresses that the place may already be: by distance, and by words.
public sealed partial class RequestNew
{
    private async Task LookAround(CancellationToken ct)
    {
        if (Draft.Gate is not { } gate || Draft.Detail is not { } detail)
        {
            return;
        }
        var near = await register.Nearby(gate.Point, Limits.NearbyMetres, Limits.Matches, ct);
        var found = near.Select(one => new Candidate(one.Address.Code,
            string.Create(CultureInfo.InvariantCulture, $"{one.Address.Label} ({one.Metres:0} m, {one.Direction.In(Turn.Language)})"))).ToList();
        foreach (var address in await CalledTheSame(detail, ct))
        {
            found.Add(new Candidate(address.Code, address.Label));
        }
        Draft.Candidates = [.. found.DistinctBy(one => one.Code).Where(one => !Draft.NotThese.Contains(one.Code)).Take(Limits.Matches)];
    }

    // The same name, or the same house number in the same village or street, of the same commune. A village alone says nothing.
    private async Task<IEnumerable<PublicAddress>> CalledTheSame(AddressDetail detail, CancellationToken ct)
    {
        if ((Draft.Name ?? detail.House) is null)
        {
            return [];
        }
        var commune = units.PresentOf(units[detail.Commune]);
        var words = string.Join(", ", new[] { Draft.MayBeNameless ? null : Draft.Name, detail.House, detail.Street, detail.Village, commune.Name }.Where(word => word is not null));
        var matches = await register.Search(words, Limits.Matches, ct);
        return matches.Select(match => match.Address).Where(address => address.Commune.Key == commune.Key
            && (VietnameseText.SameWords(address.Name, Draft.Name)
                || (VietnameseText.SameWords(address.House, detail.House)
                    && (VietnameseText.SameWords(address.Village, detail.Village) || VietnameseText.SameWords(address.Street, detail.Street)))));
    }

    private void DropCandidate()
    {
        if (Draft.Looking is { } code)
        {
            Draft.NotThese.Add(code);
            Draft.Candidates.RemoveAll(one => one.Code == code);
        }
    }

    private void DropAllCandidates()
    {
        Draft.NotThese.AddRange(Draft.Candidates.Select(one => one.Code));
        Draft.Candidates.Clear();
    }
}
