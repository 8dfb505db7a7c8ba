using System.Globalization;
using DiaChiSo.Core;
using DiaChiSo.Core.Confirmations;
using DiaChiSo.Core.Owners;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Plates;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;

namespace DiaChiSo.Dialogs.ConfirmAddress;

public sealed partial class ConfirmAddress
{
    private static readonly IReadOnlyDictionary<string, string> NoHoles = new Dictionary<string, string>();

    private PublicAddress? address;
    private PublicAddress? original;
    private string? homeName;
    private Contact? contact;
    private EarlierVisit? earlier;
    private List<PublicAddress> matches = [];
    private IReadOnlyList<NearbyAddress> near = [];

    private AddressDetail? KnownDetail => address is null ? null : SeenAddress.Of(address).Detail;
    private string? KnownName => address?.Name ?? homeName;

    /// <summary>The contact as it would be recorded now.</summary>
    private Contact? Present => Draft.Corrections.Contact ?? contact;

    protected override async Task Gather(CancellationToken ct)
    {
        if (Here is State.CheckingRecord or State.ChoosingField or State.ReviewingWithOwner)
        {
            await ReadRecord(ct);
        }
        else if (Draft.Code is { } code)
        {
            address = await register.Find(code, ct);
        }
        earlier = Here == State.ShowingAddress ? await visits.LastTo(Draft.Code!.Value, ct) : null;
        original = Here == State.ReviewingOutcome && Draft.Original is { } other ? await register.Find(other, ct) : null;
        await ReadMatches(ct);
    }

    // The draft keeps what was shown: the number that is picked means what stood beside it.
    private async Task ReadMatches(CancellationToken ct)
    {
        if (Here == State.ChoosingNearby)
        {
            near = await register.Nearby(Draft.Place!.Value, Limits.CandidatesMetres, Limits.Matches, ct);
            Draft.Matches = [.. near.Select(one => one.Address.Code)];
        }
        else if (Here == State.ChoosingMatch)
        {
            matches = [];
            foreach (var code in Draft.Matches)
            {
                if (await register.Find(code, ct) is { } found)
                {
                    matches.Add(found);
                }
            }
            Draft.Matches = [.. matches.Select(match => match.Code)];
        }
    }

    private async Task ReadRecord(CancellationToken ct)
    {
        address = await register.Find(Draft.Code!.Value, ct);
        var people = await book.Open(Turn.PersonId, Draft.Code.Value, Turn.Now, ct);
        (homeName, contact) = (people?.HomeName, people?.Contact);
    }

    protected override IEnumerable<string> Entries() => Here switch
    {
        State.ChoosingMatch => matches.Select(match => $"{match.Label}, {match.Commune.InLine}"),
        State.ChoosingNearby => near.Select(one => $"{Short(one.Address)} ({Metres(one.Metres)})"),
        State.AskingDay => DaysOffered.Select(day => day.In(Turn.Language)),
        _ => [],
    };

    protected override IReadOnlyDictionary<string, string> Fill() => new Dictionary<string, string>(address?.CardHoles(Turn.Language) ?? [])
    {
        ["query"] = Draft.Words,
        ["sketch"] = Here == State.ChoosingNearby ? SketchOfCandidates() : "",
        ["commune"] = address is null ? "" : address.Village is { } village ? $"{village}, {address.Commune.InLine}" : address.Commune.InLine,
        ["home-name"] = KnownName ?? "",
        ["role"] = contact?.Role.In(Turn.Language) ?? "",
        ["full-name"] = contact?.FullName ?? "",
        ["phone"] = PhoneOf(contact),
        ["email"] = EmailOf(contact),
        ["new-name"] = Draft.Corrections.Name ?? "",
        ["new-category"] = Draft.Corrections.Category?.In(Turn.Language) ?? "",
        ["new-line"] = LineOf(Draft.Corrections.Detail),
        ["new-role"] = Draft.Corrections.Contact?.Role.In(Turn.Language) ?? "",
        ["new-full-name"] = Draft.Corrections.Contact?.FullName ?? "",
        ["new-phone"] = PhoneOf(Draft.Corrections.Contact),
        ["new-email"] = EmailOf(Draft.Corrections.Contact),
        ["new-gate"] = Draft.Corrections.Gate is { } fix ? AddressCardWords.InWords(fix.Point) : "",
        ["accuracy"] = Draft.Corrections.Gate?.AccuracyMetres is { } metres ? metres.ToString("0", CultureInfo.InvariantCulture) : "",
        ["gate-moved"] = Draft.Corrections.Gate is { } moved && address?.Gate is { } known ? Metres(known.MetresTo(moved.Point)) : "",
        ["earlier"] = earlier?.Outcome.In(Turn.Language) ?? "",
        ["earlier-day"] = earlier?.At.DayInVietnam().In(Turn.Language) ?? "",
        ["come-again"] = (Here == State.ShowingAddress ? earlier?.ComeAgainOn : Draft.ComeAgainOn)?.In(Turn.Language) ?? "",
        ["outcome"] = Draft.Outcome.In(Turn.Language),
        ["original"] = Draft.Original?.Grouped ?? "",
        ["original-line"] = original?.Line ?? "",
        ["original-name"] = original?.Label ?? "",
        ["note"] = Draft.Note ?? "",
        ["number"] = Draft.Result?.Number ?? "",
        ["owner-code"] = OwnerCode.Grouped(Draft.Result?.OwnerCode ?? ""),
        ["request"] = Draft.Result?.RequestNumber ?? "",
    };

    // A list of one empty item is how a page says something only where it is so.
    protected override IReadOnlyDictionary<string, IEnumerable<IReadOnlyDictionary<string, string>>> Lists()
    {
        var body = Draft.Corrections;
        var forReview = address is null ? [] : VisitRules.ForReview(address, body);
        return new Dictionary<string, IEnumerable<IReadOnlyDictionary<string, string>>>
        {
            ["candidates"] = near.Select((one, at) => Candidate(one, at + 1)),
            ["withdrawn"] = When(address?.Status == AddressStatus.Withdrawn),
            ["outside"] = When(address is not null && address.Status != AddressStatus.Withdrawn),
            ["contact-kept"] = When(contact is not null && !body.Changes(RequestField.Contact)),
            ["contact-changed"] = When(body.Changes(RequestField.Contact)),
            ["contact-none"] = When(Present is null),
            ["name-kept"] = When(!body.Changes(RequestField.Name) && KnownName is not null),
            ["name-none"] = When(!body.Changes(RequestField.Name) && KnownName is null),
            ["name-changed"] = When(body.Changes(RequestField.Name) && body.Name is not null),
            ["name-dropped"] = When(body.Changes(RequestField.Name) && body.Name is null),
            ["category-kept"] = When(!body.Changes(RequestField.Category)),
            ["category-changed"] = When(body.Changes(RequestField.Category)),
            ["detail-kept"] = When(!body.Changes(RequestField.Detail)),
            ["detail-changed"] = When(body.Changes(RequestField.Detail)),
            ["gate-kept"] = When(!body.Changes(RequestField.Gate) && address?.Gate is not null),
            ["gate-none"] = When(!body.Changes(RequestField.Gate) && address?.Gate is null),
            ["gate-changed"] = When(body.Changes(RequestField.Gate)),
            ["gate-for-review"] = When(forReview.Contains(RequestField.Gate)),
            ["detail-for-review"] = When(forReview.Contains(RequestField.Detail)),
            ["nothing-changed"] = When(body.Changed.Count == 0),
            ["something-changed"] = When(body.Changed.Count > 0),
            ["come-again-told"] = When(Draft.Outcome == VisitOutcome.NobodyHome),
            ["duplicate"] = When(Draft.Outcome == VisitOutcome.Duplicate),
            ["recorded"] = When(Draft.Result?.IsRecorded == true),
            ["confirmed"] = When(Draft.Result?.IsRecorded == true && Draft.Outcome == VisitOutcome.Done),
            ["address-changed"] = When(Draft.Result?.Refusal == VisitRefusal.AddressChanged),
            ["address-gone"] = When(Draft.Result?.Refusal == VisitRefusal.AddressGone),
            ["no-right"] = When(Draft.Result?.Refusal == VisitRefusal.NoRight),
            ["original-gone"] = When(Draft.Result?.Refusal == VisitRefusal.OriginalNotThere),
        };
    }

    private Dictionary<string, string> Candidate(NearbyAddress one, int number) => new()
    {
        ["number"] = number.ToString(CultureInfo.InvariantCulture),
        ["label"] = one.Address.Label,
        ["metres"] = Metres(one.Metres),
        ["direction"] = one.Direction.In(Turn.Language),
        ["neighbour-a"] = one.Neighbours.Count > 0 ? Beside(one.Neighbours[0]) : "",
        ["neighbour-b"] = one.Neighbours.Count > 1 ? Beside(one.Neighbours[1]) : "",
    };

    private string Beside(Neighbour neighbour) => $"{neighbour.Label} ({Metres(neighbour.Metres)}, {neighbour.Direction.In(Turn.Language)})";

    private string SketchOfCandidates() =>
        new SketchArgument([.. near.Select((one, at) => new SketchPoint(one.Address.Gate!.Value, at + 1, one.Address.Name ?? one.Address.House ?? ""))], Turn.Language)
        {
            Standing = Draft.Place,
        }.InPage();

    private string LineOf(AddressDetail? detail) => detail is null || address is null
        ? ""
        : (address with
        {
            House = detail.House,
            Street = detail.Street,
            Village = detail.Village,
            Commune = understanding.Units[detail.Commune],
        }).Line;

    private string PhoneOf(Contact? of) => of is null ? "" : Draft.ShowsPhone ? Phone.Spaced(of.Phone) : Masked.Phone(of.Phone);

    private string EmailOf(Contact? of) => of is null ? "" : Draft.ShowsPhone ? of.Email : Masked.Email(of.Email);

    private static string Short(PublicAddress of) => of.Label[..of.Label.IndexOf(" · ", StringComparison.Ordinal)];

    private string Metres(double metres) => metres < 1000
        ? string.Create(CultureInfo.InvariantCulture, $"{metres:0} m")
        : string.Create(CultureInfo.InvariantCulture, $"{metres / 1000:0.0} km").Replace('.', Turn.Language == "en" ? '.' : ',');

    private static IEnumerable<IReadOnlyDictionary<string, string>> When(bool isSo) => isSo ? [NoHoles] : [];
}
