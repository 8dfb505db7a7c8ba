using System.Globalization;
using DiaChiSo.Core;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Plates;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;

namespace DiaChiSo.Dialogs.Review;

public sealed partial class Review
{
    private static readonly IReadOnlyDictionary<string, string> NoHoles = new Dictionary<string, string>();

    private IReadOnlyList<WaitingRequest> waiting = [];
    private int count;
    private ReviewedRequest? request;
    private IReadOnlyList<NearbyAddress> near = [];
    private List<PublicAddress> others = [];
    private PublicAddress? original;
    private ReviewedRequest? originalRequest;

    private bool HasContact => request is not null && (IsMasked(request.Body.Contact) || IsMasked(request.Now?.Contact) && request.Body.Changes(RequestField.Contact));

    protected override async Task Gather(CancellationToken ct)
    {
        if (Here == State.ShowingQueue)
        {
            waiting = await queue.Waiting(Turn.PersonId, Turn.Now, Limits.QueueShown, ct);
            count = await queue.Count(Turn.PersonId, Turn.Now, ct);
            Draft.Shown = [.. waiting.Select(one => one.Number)];
            return;
        }
        request = await queue.Find(Turn.PersonId, Draft.Number, Turn.Now, ct);
        if (Here == State.ShowingRequest && Gate is { } gate)
        {
            var around = await register.Nearby(gate, Limits.ReviewNearbyMetres, Limits.Matches, ct);
            near = [.. around.Where(one => one.Address.Code != request?.Target?.Code)];
            others = [];
            foreach (var code in request?.Body.NotThese ?? [])
            {
                if (await register.Find(code, ct) is { } other)
                {
                    others.Add(other);
                }
            }
        }
        if (Here == State.ReviewingAnswer && Draft.Decision == Decision.Duplicate)
        {
            original = AddressCode.TryRead(Draft.Original, out var code) ? await register.Find(code, ct) : null;
            originalRequest = original is null ? await queue.Find(Turn.PersonId, Draft.Original, Turn.Now, ct) : null;
        }
    }

    /// <summary>The gate as it would be.</summary>
    private GeoPoint? Gate => request?.Body.Gate?.Point ?? request?.Now?.Gate?.Point;

    protected override IEnumerable<string> Entries() => Here switch
    {
        State.ShowingQueue => waiting.Select(one => $"{one.Number}: {one.Kind.In(Turn.Language)}"),
        State.AskingReason => CommonReasons.ForRejecting(request?.Language ?? Turn.Language),
        State.AskingWish => CommonReasons.ForMore(request?.Language ?? Turn.Language),
        _ => [],
    };

    protected override IReadOnlyDictionary<string, string> Fill()
    {
        var wish = request?.Body;
        return new Dictionary<string, string>
        {
            ["count"] = count.ToString(CultureInfo.InvariantCulture),
            ["number"] = Draft.Number,
            ["kind"] = request?.Kind.In(Turn.Language) ?? "",
            ["status"] = request?.Status.In(Turn.Language) ?? "",
            ["sent-on"] = request is null ? "" : RequestWords.Day(request.SentAt),
            ["commune"] = request?.Commune.InLine ?? "",
            ["code"] = request?.Target?.Code.Grouped ?? "",
            ["line"] = (request?.Now ?? wish)?.Detail?.Line(units) ?? "",
            ["present-name"] = request?.Now?.Name ?? "",
            ["name"] = wish?.Name ?? "",
            ["category"] = wish?.Category?.In(Turn.Language) ?? "",
            ["contact"] = InWords(wish?.Contact),
            ["accuracy"] = wish?.Gate?.AccuracyMetres is { } metres ? metres.ToString("0", CultureInfo.InvariantCulture) : "",
            ["coordinates"] = Gate is { } at ? AddressCardWords.InWords(at) : "",
            ["new-gate"] = request?.Kind == RequestKind.New && Gate is { } taken ? AddressCardWords.InWords(taken) : "",
            ["place"] = Gate is { } gate ? $"{AddressCardWords.InWords(gate)} {Draft.Number}" : "",
            ["moved"] = wish?.Gate is { } to && request?.Now?.Gate is { } from ? Metres(from.Point.MetresTo(to.Point)) : "",
            ["sketch"] = Here == State.ShowingRequest ? SketchOfGates() : "",
            ["asked"] = request?.Status == RequestStatus.BeingVerified ? request.Reason ?? "" : "",
            ["note"] = wish?.Note ?? "",
            ["issued"] = Draft.Issued?.Grouped ?? "",
            ["words"] = Draft.Words,
            ["original"] = original?.Code.Grouped ?? Draft.Original,
            ["original-line"] = original is { } address ? $"{address.Label}, {address.Commune.InLine}" : originalRequest?.Body.Detail?.Line(units) ?? "",
        };
    }

    // A list of one empty item is how a page says something only where it is so.
    protected override IReadOnlyDictionary<string, IEnumerable<IReadOnlyDictionary<string, string>>> Lists()
    {
        var (done, refusal) = (Draft.Outcome?.IsDone == true, Draft.Outcome?.Refusal);
        return new Dictionary<string, IEnumerable<IReadOnlyDictionary<string, string>>>
        {
            ["waiting"] = waiting.Select(Waiting),
            ["empty"] = When(waiting.Count == 0),
            ["some"] = When(waiting.Count > 0),
            ["new"] = When(request?.Kind == RequestKind.New),
            ["update"] = When(request?.Kind == RequestKind.Update),
            ["changes"] = request is { Kind: RequestKind.Update } ? request.Body.Changed.Select(Change) : [],
            ["conflicts"] = (request?.Conflicts ?? []).Select(field => new Dictionary<string, string> { ["field"] = field.In(Turn.Language) }),
            ["target-gone"] = When(request is { Kind: RequestKind.Update, Target: null or { Status: AddressStatus.Withdrawn } }),
            ["nearby"] = near.Select((one, at) => Near(one, at + 1)),
            ["not-these"] = others.Select(other => new Dictionary<string, string> { ["other"] = $"{other.Label} ({other.Code.Grouped})" }),
            ["not-there"] = When(request is null),
            ["own"] = When(request?.IsOwn == true),
            ["in-other-hands"] = When(request is { IsOwn: false, IsInOtherHands: true }),
            ["settled"] = When(request is { IsOwn: false, IsInOtherHands: false, Status: not (RequestStatus.Sent or RequestStatus.BeingVerified or RequestStatus.MoreWanted) }),
            ["waits-for-answer"] = When(request is { IsOwn: false, Status: RequestStatus.MoreWanted }),
            ["issuing"] = When(Draft.Decision == Decision.IssueCode),
            ["rejecting"] = When(Draft.Decision == Decision.Reject),
            ["asking-more"] = When(Draft.Decision == Decision.AskForMore),
            ["duplicate"] = When(Draft.Decision == Decision.Duplicate),
            ["done-approved"] = When(done && Draft.Decision == Decision.Approve),
            ["done-issued"] = When(done && Draft.Decision == Decision.IssueCode),
            ["done-rejected"] = When(done && Draft.Decision == Decision.Reject),
            ["done-asked"] = When(done && Draft.Decision == Decision.AskForMore),
            ["done-duplicate"] = When(done && Draft.Decision == Decision.Duplicate),
            ["refused-settled"] = When(refusal is Refusal.TooLate or Refusal.InOtherHands or Refusal.NotThere or Refusal.OwnRequest),
            ["refused-changed"] = When(refusal == Refusal.AddressChanged),
            ["refused-gone"] = When(refusal == Refusal.AddressGone),
            ["refused-code"] = When(refusal is Refusal.CodeTaken or Refusal.CodeOfOtherArea),
            ["refused-original"] = When(refusal == Refusal.OriginalNotThere),
        };
    }

    private Dictionary<string, string> Waiting(WaitingRequest one) => new()
    {
        ["one"] = one.Number,
        ["what"] = one.Kind.In(Turn.Language),
        ["where"] = one.Place,
        ["since"] = RequestWords.Day(one.SentAt),
        ["mine"] = one.IsInMyHands ? texts.Phrase(nameof(Review), Turn.Language, "showing-queue", "in-my-hands") : "",
    };

    private Dictionary<string, string> Change(RequestField field) => new()
    {
        ["field"] = field.In(Turn.Language),
        ["old"] = Said(request!.Now, field),
        ["new"] = Said(request.Body, field),
    };

    private Dictionary<string, string> Near(NearbyAddress one, int number) => new()
    {
        ["at"] = number.ToString(CultureInfo.InvariantCulture),
        ["label"] = $"{one.Address.Label} ({one.Address.Code.Grouped})",
        ["metres"] = Metres(one.Metres),
        ["direction"] = one.Direction.In(Turn.Language),
    };

    private string Said(RequestBody? of, RequestField field)
    {
        var said = field switch
        {
            RequestField.Category => of?.Category?.In(Turn.Language),
            RequestField.Name => of?.Name,
            RequestField.Detail => of?.Detail?.Line(units),
            RequestField.Contact => InWords(of?.Contact),
            _ => of?.Gate is { } gate ? AddressCardWords.InWords(gate.Point) : null,
        };
        return !string.IsNullOrEmpty(said) ? said : texts.Phrase(nameof(Review), Turn.Language, "showing-request", "none");
    }

    private string InWords(Contact? contact) => contact is null ? "" : string.Join(", ",
        new[] { $"{contact.FullName} ({contact.Role.In(Turn.Language)})", Draft.ShowsPhone ? Phone.Spaced(contact.Phone) : Masked.Phone(contact.Phone), Draft.ShowsPhone ? contact.Email : Masked.Email(contact.Email) }
            .Where(part => part.Length > 0));

    private string SketchOfGates() => new SketchArgument(
        [.. near.Select((one, at) => new SketchPoint(one.Address.Gate!.Value, at + 1, one.Address.Name ?? one.Address.House ?? ""))], Turn.Language)
    {
        From = request?.Now?.Gate?.Point,
        To = request?.Body.Gate?.Point,
    }.InPage();

    private static bool IsMasked(Contact? contact) => contact is { Phone: not "" } or { Email: not "" };

    private string Metres(double metres) => metres < 1000
        ? string.Create(CultureInfo.InvariantCulture, $"{metres:0} m")
        : string.Create(CultureInfo.InvariantCulture, $"{metres / 1000:0.0} km").Replace('.', Turn.Language == "en" ? '.' : ',');

    private static IEnumerable<IReadOnlyDictionary<string, string>> When(bool isSo) => isSo ? [NoHoles] : [];
}
