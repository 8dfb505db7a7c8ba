using DiaChiSo.Core;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Turns;
using Stateless;

namespace DiaChiSo.Dialogs.Track;

/// <summary>Yêu cầu của tôi: how far one's own requests are. Somebody else's number gets the same words as one that does not exist.</summary>
[Dialog(Command = "yeucau", Alias = "requests", Menu = 4)]
public sealed class Track(IRequests requests, AdministrativeUnits units) : Dialog<Track.State, Track.Trigger, Track.Notes>
{
    public enum State { ChoosingRequest, NothingSent, ShowingRequest, AskingWhetherWithdraw, Withdrawn, HandedToForm, HandedToLookUp, HandedToRequestNew, Closed }

    public enum Trigger { RequestPicked, NoneSent, SeeAll, AskWithdraw, KeepIt, Withdraw, AnswerMore, SeeAddress, RequestNew, Close }

    public sealed class Notes
    {
        public List<string> Numbers { get; set; } = [];
        public string Number { get; set; } = "";
        public RequestKind Kind { get; set; }
        public bool MayWithdraw { get; set; }
        public bool IsMoreWanted { get; set; }

        /// <summary>The address that there is to see: the one issued, corrected, or already there.</summary>
        public AddressCode? Address { get; set; }

        public RequestOutcome? Outcome { get; set; }
    }

    private IReadOnlyList<OwnRequest> listed = [];
    private OwnRequest? shown;

    protected override void Map(StateMachine<State, Trigger> map)
    {
        map.Configure(State.ChoosingRequest)
            .Permit(Trigger.RequestPicked, State.ShowingRequest)
            .Permit(Trigger.NoneSent, State.NothingSent)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.NothingSent)
            .Permit(Trigger.RequestNew, State.HandedToRequestNew)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.ShowingRequest)
            .PermitReentry(Trigger.RequestPicked)
            .PermitIf(Trigger.AnswerMore, State.HandedToForm, () => Draft.IsMoreWanted)
            .PermitIf(Trigger.SeeAddress, State.HandedToLookUp, () => Draft.Address is not null)
            .PermitIf(Trigger.AskWithdraw, State.AskingWhetherWithdraw, () => Draft.MayWithdraw)
            .PermitIf(Trigger.SeeAll, State.ChoosingRequest, () => Draft.Numbers.Count > 1)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.AskingWhetherWithdraw)
            .Permit(Trigger.Withdraw, State.Withdrawn)
            .Permit(Trigger.KeepIt, State.ShowingRequest);
        map.Configure(State.Withdrawn)
            .OnEntryFrom(Trigger.Withdraw, () => Do(new WithdrawRequest(Draft.Number, outcome => Draft.Outcome = outcome)))
            .PermitIf(Trigger.SeeAll, State.ChoosingRequest, () => Draft.Numbers.Count > 1)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.HandedToForm)
            .OnEntry(() => Do(new HandOver(Draft.Kind == RequestKind.New ? "RequestNew" : "UpdateAddress", new MoreToAnswer(Draft.Number))));
        map.Configure(State.HandedToLookUp)
            .OnEntry(() => Do(new HandOver("LookUp", new Query(Draft.Address.ToString()))));
        map.Configure(State.HandedToRequestNew)
            .OnEntry(() => Do(new HandOver("RequestNew")));
    }

    protected override bool IsQuiet => Here == State.Withdrawn;

    protected override async Task<Trigger?> Hear(Incoming incoming, CancellationToken ct)
    {
        switch (Here, incoming)
        {
            case (State.ChoosingRequest, Opened opened):
                Draft.Numbers = [.. (await requests.Of(Turn.PersonId, Limits.OwnRequestsShown, ct)).Select(one => one.Number)];
                return opened.As<Query>()?.Words is { Length: > 0 } words ? await TakeNumber(words, ct) : Draft.Numbers.Count == 0 ? Trigger.NoneSent : null;
            case (State.ChoosingRequest, Picked picked):
                return await Take(Draft.Numbers[picked.Index], ct);
            case (State.ChoosingRequest or State.ShowingRequest or State.NothingSent, Said said) when RequestNumber.TryRead(said.Words, out _):
                return await TakeNumber(said.Words, ct);
            default:
                return null;
        }
    }

    private async Task<Trigger?> TakeNumber(string words, CancellationToken ct) =>
        RequestNumber.TryRead(words, out var number) && await Take(number, ct) is { } taken
            ? taken
            : Draft.Numbers.Count == 0 && Here == State.ChoosingRequest ? Trigger.NoneSent : Complain("not-yours");

    private async Task<Trigger?> Take(string number, CancellationToken ct)
    {
        if (await requests.Find(Turn.PersonId, number, ct) is not { } found)
        {
            return null;
        }
        Draft.Number = number;
        See(found);
        return Trigger.RequestPicked;
    }

    private void See(OwnRequest found)
    {
        shown = found;
        Draft.Kind = found.Kind;
        Draft.MayWithdraw = found.MayWithdraw;
        Draft.IsMoreWanted = found.Status == RequestStatus.MoreWanted;
        Draft.Address = found.IssuedCode ?? found.DuplicateOf ?? found.Target;
    }

    protected override async Task Gather(CancellationToken ct)
    {
        if (Here == State.ChoosingRequest)
        {
            listed = await requests.Of(Turn.PersonId, Limits.OwnRequestsShown, ct);
        }
        else if (Here == State.ShowingRequest && await requests.Find(Turn.PersonId, Draft.Number, ct) is { } found)
        {
            See(found);
        }
    }

    // In the order in which they were numbered when the list was read; a withdrawal between two pages moves nothing under the finger.
    protected override IEnumerable<string> Entries() => Here != State.ChoosingRequest ? [] :
        Draft.Numbers.Select(number => listed.FirstOrDefault(one => one.Number == number) is { } one
            ? $"{one.Number} · {one.Kind.In(Turn.Language)} · {one.Status.In(Turn.Language)}"
            : number);

    protected override bool IsAnswer => Here == State.NothingSent;

    protected override IReadOnlyDictionary<string, string> Fill() => shown is null || Here != State.ShowingRequest
        ? new Dictionary<string, string> { ["number"] = Draft.Number }
        : new Dictionary<string, string>(shown.Body.Holes(units, Turn.Language))
        {
            ["number"] = shown.Number,
            ["kind"] = shown.Kind.In(Turn.Language),
            ["status"] = shown.Status.In(Turn.Language),
            ["day"] = RequestWords.Day(shown.SentAt),
            ["reason"] = shown.Reason ?? "",
            ["taken"] = Named(shown.Body.Changed.Except(shown.Kept)),
            ["kept"] = Named(shown.Kept),
            ["code"] = (shown.IssuedCode ?? shown.Target)?.Grouped ?? "",
            ["original"] = shown.DuplicateOf?.Grouped ?? "",
        };

    private string Named(IEnumerable<RequestField> fields) => string.Join(", ", fields.Select(field => field.In(Turn.Language)));

    protected override IReadOnlyDictionary<string, IEnumerable<IReadOnlyDictionary<string, string>>> Lists() => Only.The(
        ("waiting", shown?.Status is RequestStatus.Sent or RequestStatus.BeingVerified),
        ("wanted", shown?.Status is RequestStatus.MoreWanted),
        ("rejected", shown?.Status is RequestStatus.Rejected),
        ("without-code", shown?.Status is RequestStatus.WaitingForCode),
        ("in-part", shown is { Status: RequestStatus.Approved, Kept.Count: > 0 }),
        ("issued", shown is { Status: RequestStatus.Approved, Kind: RequestKind.New }),
        ("done", Draft.Outcome?.IsDone == true),
        ("too-late", Draft.Outcome?.IsDone == false));
}
