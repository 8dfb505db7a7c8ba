using System.Globalization;
using DiaChiSo.Core;
using DiaChiSo.Core.Audit;
using DiaChiSo.Core.DataRights;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Turns;
using Stateless;

namespace DiaChiSo.Dialogs.DataRequests;

/// <summary>
/// Quyền dữ liệu: an officer sees which people asked about their own data, until when the law wants an answer, and answers in words that the person
/// reads. No name, phone or e-mail stands here: numbers and codes say where to look.
/// </summary>
[Dialog(Command = "quyendulieu", Alias = "datarequests", Menu = 8, Needs = Right.Office)]
public sealed class DataRequests(IDataDesk desk) : Dialog<DataRequests.State, DataRequests.Trigger, DataRequests.Notes>
{
    public enum State { ShowingList, NotForMe, ShowingRequest, AskingReply, ReviewingReply, Replied, Closed }

    public enum Trigger { RequestOpened, CannotBeOpened, Answer, Finish, Refuse, ReplyGiven, Send, TypeAgain, LookAgain, BackToList, Close }

    public sealed class Notes
    {
        /// <summary>The numbers as they were shown.</summary>
        public List<string> Shown { get; set; } = [];

        public string Number { get; set; } = "";

        /// <summary>Code of the commune of today in which the right must hold; null: any will do.</summary>
        public string? Commune { get; set; }

        public DataVerdict Verdict { get; set; }
        public string Reply { get; set; } = "";
        public bool IsWritten { get; set; }
    }

    private IReadOnlyList<DataRequestLine> waiting = [];
    private int count;
    private DataRequestSheet? sheet;

    protected override void Map(StateMachine<State, Trigger> map)
    {
        map.Configure(State.ShowingList)
            .OnEntryFrom(Trigger.BackToList, () => (Draft.Number, Draft.Commune, Draft.Reply) = ("", null, ""))
            .Permit(Trigger.RequestOpened, State.ShowingRequest)
            .Permit(Trigger.CannotBeOpened, State.NotForMe)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.NotForMe)
            .Permit(Trigger.BackToList, State.ShowingList)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.ShowingRequest)
            .OnEntryFrom(Trigger.RequestOpened, () => Do(new RecordSeen(AuditAct.SawDataRequest, null, Draft.Number, Right.Office)))
            .PermitIf(Trigger.Answer, State.AskingReply, () => sheet?.Status == DataRequestStatus.Received, "nobody answered yet")
            .PermitIf(Trigger.Finish, State.AskingReply, () => sheet?.IsOpen == true, "it is open")
            .PermitIf(Trigger.Refuse, State.AskingReply, () => sheet?.IsOpen == true, "it is open")
            .Permit(Trigger.BackToList, State.ShowingList)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.AskingReply)
            .OnEntryFrom(Trigger.Answer, () => Draft.Verdict = DataVerdict.Answered)
            .OnEntryFrom(Trigger.Finish, () => Draft.Verdict = DataVerdict.Done)
            .OnEntryFrom(Trigger.Refuse, () => Draft.Verdict = DataVerdict.Refused)
            .Permit(Trigger.ReplyGiven, State.ReviewingReply)
            .Permit(Trigger.LookAgain, State.ShowingRequest);
        // The person reads it word for word, and it cannot be taken back.
        map.Configure(State.ReviewingReply)
            .Permit(Trigger.Send, State.Replied)
            .Permit(Trigger.TypeAgain, State.AskingReply)
            .Permit(Trigger.LookAgain, State.ShowingRequest);
        map.Configure(State.Replied)
            .OnEntryFrom(Trigger.Send, () => Do(new AnswerDataRequest(Draft.Number, Draft.Verdict, Draft.Reply, isWritten => Draft.IsWritten = isWritten)))
            .Permit(Trigger.BackToList, State.ShowingList)
            .Permit(Trigger.Close, State.Closed);
    }

    protected override Asks Asks => Here switch
    {
        // A reply may well name a code.
        State.AskingReply => Asks.Words | Asks.Figures,
        State.ShowingList => Asks.Words,
        _ => Asks.Choice,
    };

    protected override async Task<Trigger?> Hear(Incoming incoming, CancellationToken ct) => (Here, incoming) switch
    {
        (State.ShowingList, Opened opened) => opened.As<Query>()?.Words is { } words && DataRequestNumber.TryRead(words, out var number) ? await Open(number, ct) : null,
        (State.ShowingList, Picked picked) => await Open(Draft.Shown[picked.Index], ct),
        (State.ShowingList, Said said) => DataRequestNumber.TryRead(said.Words, out var number) ? await Open(number, ct) : null,
        (State.AskingReply, Picked picked) => TakeReply(CommonReplies.For(Draft.Verdict, sheet?.Language ?? (await Find(ct))?.Language ?? Turn.Language)[picked.Index]),
        (State.AskingReply, Said said) => TakeReply(said.Words),
        _ => null,
    };

    private Task<DataRequestSheet?> Find(CancellationToken ct) => desk.Find(Turn.PersonId, Draft.Number, Turn.Now, ct);

    private async Task<Trigger?> Open(string number, CancellationToken ct)
    {
        Draft.Number = number;
        if (await Find(ct) is not { } found)
        {
            return Trigger.CannotBeOpened;
        }
        Draft.Commune = found.Commune?.Key.Code;
        return Trigger.RequestOpened;
    }

    private Trigger? TakeReply(string words)
    {
        if (words.Length > Limits.NoteLength)
        {
            return Complain("too-long");
        }
        if (VietnameseText.Words(words).Length < 3)
        {
            return Complain("too-short");
        }
        Draft.Reply = VietnameseText.Plain(words);
        return Trigger.ReplyGiven;
    }

    protected override async Task Gather(CancellationToken ct)
    {
        if (Here == State.ShowingList)
        {
            waiting = await desk.Waiting(Turn.PersonId, Turn.Now, Limits.DataRequestsShown, ct);
            count = await desk.Count(Turn.PersonId, Turn.Now, ct);
            Draft.Shown = [.. waiting.Select(one => one.Number)];
        }
        else
        {
            sheet = await Find(ct);
        }
    }

    protected override IEnumerable<string> Entries() => Here switch
    {
        State.ShowingList => waiting.Select(one => $"{one.Number}: {one.Kind.In(Turn.Language)}"),
        State.AskingReply => CommonReplies.For(Draft.Verdict, sheet?.Language ?? Turn.Language),
        _ => [],
    };

    protected override IReadOnlyDictionary<string, string> Fill() => new Dictionary<string, string>
    {
        ["count"] = count.ToString(CultureInfo.InvariantCulture),
        ["number"] = Draft.Number,
        ["kind"] = sheet?.Kind.In(Turn.Language) ?? "",
        ["status"] = sheet?.Status.In(Turn.Language) ?? "",
        ["received"] = sheet is null ? "" : RequestWords.Day(sheet.ReceivedAt),
        ["answer-by"] = sheet is { Status: DataRequestStatus.Received } ? DataRequestWords.Day(sheet.AnswerBy) : "",
        ["done-by"] = sheet is { IsOpen: true } ? DataRequestWords.Day(sheet.DoneBy) : "",
        ["person"] = sheet?.Person ?? "",
        ["commune"] = sheet?.Commune?.InLine ?? "",
        ["wish"] = sheet?.Wish ?? "",
        ["requests"] = string.Join(", ", sheet?.Concerned.Requests ?? []),
        ["addresses"] = string.Join(", ", (sheet?.Concerned.Addresses ?? []).Select(code => new AddressCode(code).Grouped)),
        ["replied"] = sheet?.Reply ?? "",
        ["reply"] = Draft.Reply,
    };

    protected override IReadOnlyDictionary<string, IEnumerable<IReadOnlyDictionary<string, string>>> Lists() =>
        new Dictionary<string, IEnumerable<IReadOnlyDictionary<string, string>>>(Only.The(
            ("some", waiting.Count > 0),
            ("empty", waiting.Count == 0),
            ("overdue", sheet?.IsOverdue == true),
            ("to-delete", sheet is { Kind: DataRequestKind.Delete, IsOpen: true }),
            ("to-stop", sheet is { Kind: DataRequestKind.Withdraw, IsOpen: true }),
            ("answering", Draft.Verdict == DataVerdict.Answered),
            ("finishing", Draft.Verdict == DataVerdict.Done),
            ("refusing", Draft.Verdict == DataVerdict.Refused),
            ("written", Draft.IsWritten),
            ("too-late", !Draft.IsWritten)))
        {
            ["waiting"] = waiting.Where(one => !one.IsOverdue).Select(Line),
            ["late"] = waiting.Where(one => one.IsOverdue).Select(Line),
        };

    private Dictionary<string, string> Line(DataRequestLine one) => new() { ["one"] = one.Number, ["what"] = one.Kind.In(Turn.Language), ["day"] = DataRequestWords.Day(one.Awaited) };

    // At every turn, also while a reply is being typed.
    protected override string? InCommune => Draft.Commune;
}
