using System.Globalization;
using DiaChiSo.Core;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Dialogs.Review;

public sealed partial class Review
{
    private IReadOnlyList<WaitingRequest> waiting = [];
    private QueueCounts counts = new([]);
    private ReviewedRequest? request;
    private IReadOnlyList<NearbyAddress> near = [];
    private List<PublicAddress> others = [];
    private PublicAddress? original;
    private ReviewedRequest? originalRequest;

    private bool HasContact => request is not null && (IsMasked(request.Body.Contact) || IsMasked(request.Now?.Contact) && request.Body.Changes(RequestField.Contact));

    protected override Task Gather(CancellationToken ct) => Here switch
    {
        State.ShowingQueue => GatherQueue(ct),
        State.ChoosingFilter => GatherFilters(ct),
        State.ChoosingAlike => GatherAlike(ct),
        State.ReviewingAlike or State.AlikeApproved => Task.CompletedTask,
        _ => GatherRequest(ct),
    };

    private async Task GatherQueue(CancellationToken ct)
    {
        counts = await queue.Count(Turn.PersonId, Turn.Now, ct);
        // What was on the last page is answered.
        Draft.Skipped = Draft.Skipped < counts.Of(Draft.Filter) ? Draft.Skipped : 0;
        waiting = await queue.Waiting(Turn.PersonId, Draft.Filter, Turn.Now, Draft.Skipped, Limits.QueueShown, ct);
        var isFiltered = Draft.Filter != QueueFilter.None;
        Draft.Shown =
        [
            .. waiting.Select(one => one.Number),
            .. Offer(NextPage, Draft.Skipped + waiting.Count < counts.Of(Draft.Filter)),
            .. Offer(FirstPage, Draft.Skipped > 0),
            .. Offer(SeveralAtOnce, !isFiltered && (await queue.Alike(Turn.PersonId, Turn.Now, ct)).Count > 0),
            .. Offer(ChooseFilter, counts.Of(QueueFilter.None) + counts.Of(new(WaitsForCode: true)) > 1 || counts.Of(new(WaitsForCode: true)) > 0),
            .. Offer(NoFilter, isFiltered),
        ];

        static IEnumerable<string> Offer(string what, bool isSo) => isSo ? [what] : [];
    }

    // Only what there is something of, and what is not chosen already; a choice narrows what is chosen.
    private async Task GatherFilters(CancellationToken ct)
    {
        counts = await queue.Count(Turn.PersonId, Turn.Now, ct);
        var now = Draft.Filter with { WaitsForCode = false };
        Draft.Filters =
        [
            .. new[]
            {
                now with { IsOverdue = true }, now with { Kind = RequestKind.New }, now with { Kind = RequestKind.Update },
                new QueueFilter(Commune: now.Commune, WaitsForCode: true),
            }.Concat(Communes(now)).Where(filter => filter != Draft.Filter && counts.Of(filter) > 0),
        ];
    }

    private IEnumerable<QueueFilter> Communes(QueueFilter now)
    {
        var communes = counts.Parts.Where(part => !part.WaitsForCode).GroupBy(part => part.Commune).OrderByDescending(group => group.Sum(part => part.Count)).ThenBy(group => group.Key, StringComparer.Ordinal).ToList();
        return communes.Count < 2 ? [] : communes.Take(Limits.CommunesToFilter).Select(group => now with { Commune = group.Key });
    }

    private async Task GatherAlike(CancellationToken ct) => Draft.Groups = [.. await queue.Alike(Turn.PersonId, Turn.Now, ct)];

    private async Task GatherRequest(CancellationToken ct)
    {
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

    protected override IEnumerable<string> Entries() => Here switch
    {
        State.ShowingQueue => Draft.Shown.Select(Offered),
        State.ChoosingFilter => Draft.Filters.Select(filter => $"{Added(filter)} ({Figure(counts.Of(filter))})"),
        State.ChoosingAlike => Draft.Groups.Select(group => $"{InWords(group.Change)} ({Figure(group.Count)})"),
        State.AskingReason => Reasons(request?.Language ?? Turn.Language),
        State.AskingWish => CommonReasons.ForMore(request?.Language ?? Turn.Language),
        _ => [],
    };

    protected override IReadOnlyDictionary<string, string> Fill()
    {
        var wish = request?.Body;
        var count = counts.Of(Draft.Filter);
        var late = counts.Of(new(IsOverdue: true));
        return new Dictionary<string, string>
        {
            ["count"] = Figure(count),
            ["late"] = late > 0 && !Draft.Filter.WaitsForCode ? Figure(late) : "",
            ["days"] = Figure(Limits.AnswerWithinWorkingDays),
            ["minutes"] = Figure((int)Limits.UndoWithin.TotalMinutes),
            ["filter"] = Draft.Filter == QueueFilter.None ? "" : InWords(Draft.Filter),
            ["page"] = count > Limits.QueueShown ? $"{Figure(Draft.Skipped / Limits.QueueShown + 1)}/{Figure((count + Limits.QueueShown - 1) / Limits.QueueShown)}" : "",
            ["change"] = Draft.Alike is { } alike ? InWords(alike.Change) : "",
            ["alike-count"] = Figure(Draft.Alike?.Requests.Count ?? 0),
            ["alike-done"] = Figure(Draft.Outcomes.Count(outcome => outcome.IsDone)),
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
            ["field"] = Draft.FieldAsked is { } field ? field.In(Turn.Language) : "",
            ["field-number"] = Figure(Draft.Taken.Count + Draft.Kept.Count + 1),
            ["field-count"] = Figure(Draft.Fields.Count),
            ["then"] = Draft.FieldAsked is { } asked && IsChanged(asked) ? Said(request!.Then, asked) : "",
            ["now"] = Draft.FieldAsked is { } stands ? Said(request?.Now, stands) : "",
            ["wish"] = Draft.FieldAsked is { } wished ? Said(wish, wished) : "",
            ["apart"] = Draft.FieldAsked == RequestField.Gate && wish?.Gate is { } there && request?.Now?.Gate is { } here ? Metres(here.Point.MetresTo(there.Point)) : "",
            ["taken"] = Named(Draft.Taken),
            ["kept"] = Named(Draft.Kept),
            ["since"] = Named(Draft.Outcome?.Conflicts ?? []),
            ["issued"] = Draft.Issued?.Grouped ?? "",
            ["words"] = Draft.Words,
            ["original"] = original?.Code.Grouped ?? Draft.Original,
            ["original-line"] = original is { } address ? $"{address.Label}, {address.Commune.InLine}" : originalRequest?.Body.Detail?.Line(units) ?? "",
        };
    }

    // A list of one empty item is how a page says something only where it is so.
    protected override IReadOnlyDictionary<string, IEnumerable<IReadOnlyDictionary<string, string>>> Lists()
    {
        var (done, refusal, answer) = (Draft.Outcome?.IsDone == true, Draft.Outcome?.Refusal, Draft.Decision);
        var isQueue = !Draft.Filter.WaitsForCode;
        var lists = Only.The(
            ("empty", waiting.Count == 0 && Draft.Filter == QueueFilter.None),
            ("empty-filtered", waiting.Count == 0 && Draft.Filter != QueueFilter.None),
            ("some", waiting.Count > 0 && isQueue),
            ("some-without-code", waiting.Count > 0 && !isQueue),
            ("no-alike", Draft.Groups.Count == 0),
            ("some-alike", Draft.Groups.Count > 0),
            ("some-done", Draft.Outcomes.Any(outcome => outcome.IsDone)),
            ("new", request?.Kind == RequestKind.New),
            ("update", request?.Kind == RequestKind.Update),
            ("waits-for-code", Draft.WaitsForCode),
            ("target-gone", request is { Kind: RequestKind.Update, Target: null or { Status: AddressStatus.Withdrawn } }),
            ("not-there", request is null),
            ("own", request?.IsOwn == true),
            ("in-other-hands", request is { IsOwn: false, IsInOtherHands: true }),
            ("settled", request is { IsOwn: false, IsInOtherHands: false, Status: not (RequestStatus.Sent or RequestStatus.BeingVerified or RequestStatus.MoreWanted) }),
            ("waits-for-answer", request is { IsOwn: false, Status: RequestStatus.MoreWanted }),
            ("changed-since", Draft.FieldAsked is { } asked && IsChanged(asked)),
            ("whole", Draft.Taken.Count == 0),
            ("in-part", Draft.Taken.Count > 0),
            ("by-fields", answer == Decision.Fields),
            ("issuing", answer == Decision.IssueCode),
            ("rejecting", answer == Decision.Reject),
            ("asking-more", answer == Decision.AskForMore),
            ("duplicate", answer == Decision.Duplicate),
            ("done", done),
            ("done-approved", done && (answer == Decision.Approve || (answer == Decision.Fields && Draft.Kept.Count == 0))),
            ("done-in-part", done && answer == Decision.Fields && Draft.Kept.Count > 0),
            ("done-issued", done && answer == Decision.IssueCode),
            ("done-without-code", done && answer == Decision.WithoutCode),
            ("done-rejected", done && answer == Decision.Reject),
            ("done-asked", done && answer == Decision.AskForMore),
            ("done-duplicate", done && answer == Decision.Duplicate),
            ("refused-settled", refusal is Refusal.TooLate or Refusal.InOtherHands or Refusal.NotThere or Refusal.OwnRequest),
            ("refused-changed", refusal == Refusal.AddressChanged),
            ("refused-gone", refusal == Refusal.AddressGone),
            ("refused-code", refusal is Refusal.CodeTaken or Refusal.CodeOfOtherArea),
            ("refused-original", refusal == Refusal.OriginalNotThere),
            ("refused-window", refusal == Refusal.TooLateToTakeBack),
            ("refused-exported", refusal == Refusal.Exported),
            ("refused-since", refusal == Refusal.ChangedSince));
        lists["waiting"] = waiting.Select(Waiting);
        lists["changes"] = request is { Kind: RequestKind.Update } ? request.Body.Changed.Select(Change) : [];
        lists["conflicts"] = (request?.Conflicts ?? []).Select(field => new Dictionary<string, string> { ["field"] = field.In(Turn.Language) });
        lists["rivals"] = Rivals();
        lists["nearby"] = near.Select((one, at) => Near(one, at + 1));
        lists["not-these"] = others.Select(other => new Dictionary<string, string> { ["other"] = $"{other.Label} ({other.Code.Grouped})" });
        lists["alike"] = (Draft.Alike?.Requests ?? []).Select(one => new Dictionary<string, string> { ["one"] = one.Number, ["at"] = one.Code.Grouped, ["where"] = one.Place });
        lists["left"] = Draft.Outcomes.Where(outcome => !outcome.IsDone).Select(Left);
        return lists;
    }
}
