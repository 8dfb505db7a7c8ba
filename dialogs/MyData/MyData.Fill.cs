using DiaChiSo.Core;
using DiaChiSo.Core.Confirmations;
using DiaChiSo.Core.DataRights;
using DiaChiSo.Core.Owners;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Dialogs.MyData;

public sealed partial class MyData
{
    private string email = "";
    private IReadOnlyList<GivenConsent> consents = [];
    private IReadOnlyList<MyChat> ownChats = [];
    private IReadOnlyList<OwnRequest> sent = [];
    private IReadOnlyList<KeptDraft> kept = [];
    private IReadOnlyList<RoleGrant> grants = [];
    private IReadOnlyList<OwnAddress> owned = [];
    private IReadOnlyList<OwnDataRequest> asked = [];
    private IReadOnlyList<(string Number, DateTimeOffset OpenedAt)> helped = [];
    private AtStake stake = new([], []);
    private readonly List<Dictionary<string, string>> looked = [];

    protected override async Task Gather(CancellationToken ct)
    {
        var me = Turn.PersonId;
        email = await accounts.EmailOf(me, ct) ?? "";
        consents = await rights.Consents(me, ct);
        owned = await addresses.Of(me, ct);
        Draft.Purposes = [.. consents.Select(consent => consent.Purpose).Distinct()];
        Draft.HasAddresses = owned.Count > 0;
        switch (Here)
        {
            case State.ShowingData:
                ownChats = await chats.Of(me, Turn.ConversationId, ct);
                sent = await requests.Of(me, Limits.OwnRequestsShown, ct);
                kept = await drafts.Of(me, ct);
                grants = await policy.GrantsOf(me, Turn.Now, ct);
                helped = await rights.Tickets(me, Limits.DataRequestsShown, ct);
                asked = await rights.Requests(me, Limits.DataRequestsShown, ct);
                break;
            case State.ShowingLooks:
                await ReadLooks(ct);
                break;
            case State.AskingWhetherWithdraw:
                stake = await rights.AtStake(me, ct);
                break;
        }
    }

    private async Task ReadLooks(CancellationToken ct)
    {
        looked.Clear();
        foreach (var own in owned)
        {
            foreach (var look in await looks.At(own.Address.Code, Limits.LooksShown, ct))
            {
                looked.Add(new() { ["code"] = own.Address.Code.Grouped, ["day"] = RequestWords.Day(look.At), ["who"] = Who(look.By), ["what"] = Say("showing-looks", look.WasWhole ? "whole" : "masked") });
            }
        }
    }

    private string Who(Right by) => Say("showing-looks", by switch { Right.Confirm => "by-collaborator", Right.Review => "by-reviewer", Right.Office => "by-officer", _ => "by-other" });

    private string Say(string state, string key, params IReadOnlyList<(string Hole, string Value)> holes) => texts.Phrase(nameof(MyData), Turn.Language, state, key, holes);

    protected override IEnumerable<string> Entries() => Here == State.ChoosingConsent ? Draft.Purposes.Select(PurposeInWords) : [];

    private string PurposeInWords(string purpose) => Say("showing-data", purpose == Purposes.OwnAddresses ? "purpose-addresses" : "purpose-requests");

    private string RoleInWords(Role role) => Say("showing-data", role switch { Role.Collaborator => "role-collaborator", Role.Reviewer => "role-reviewer", _ => "role-officer" });

    protected override IReadOnlyDictionary<string, string> Fill() => new Dictionary<string, string>
    {
        ["email"] = Masked.Email(email),
        ["purpose"] = Draft.Purpose.Length == 0 ? "" : PurposeInWords(Draft.Purpose),
        ["open"] = string.Join(", ", Draft.Stopped?.Requests ?? stake.Open),
        ["written"] = string.Join(", ", stake.Written),
        ["number"] = Receipt is { IsDone: false } receipt ? receipt.Number : "",
        ["answer-by"] = Receipt is { } one ? DataRequestWords.Day(one.AnswerBy) : "",
        ["done-by"] = Receipt is { } other ? DataRequestWords.Day(other.DoneBy) : "",
    };

    private DataReceipt? Receipt => Here == State.Withdrawn ? Draft.Stopped?.Receipt : Draft.Receipt;

    protected override IReadOnlyDictionary<string, IEnumerable<IReadOnlyDictionary<string, string>>> Lists() =>
        new Dictionary<string, IEnumerable<IReadOnlyDictionary<string, string>>>(Only.The(
            ("nothing", email.Length == 0 && consents.Count + sent.Count + kept.Count + grants.Count + owned.Count + asked.Count + helped.Count == 0),
            ("no-looks", looked.Count == 0),
            ("of-requests", Draft.Purpose == AccountNeed.ForRequests.Purpose),
            ("of-addresses", Draft.Purpose == Purposes.OwnAddresses),
            ("correct", Draft.Kind == DataRequestKind.Correct),
            ("restrict", Draft.Kind == DataRequestKind.Restrict),
            ("object", Draft.Kind == DataRequestKind.Object),
            ("view", Draft.Kind == DataRequestKind.View)))
        {
            ["consents"] = consents.Select(consent => Line(Say("showing-data", "consent",
                ("purpose", PurposeInWords(consent.Purpose)), ("day", RequestWords.Day(consent.GivenAt)), ("channel", ChannelWords.In(consent.Channel, Turn.Language))))),
            ["chats"] = ownChats.Select(chat => Line(Say("showing-data", "chat", ("channel", ChannelWords.In(chat.Channel, Turn.Language)), ("day", chat.Day)))),
            ["requests"] = sent.Select(one => Line($"{one.Number}: {one.Kind.In(Turn.Language)}, {one.Status.In(Turn.Language)}")),
            ["drafts"] = kept.Select(draft => Line($"{texts.Of(draft.Dialog, Turn.Language).Title} ({draft.Day})")),
            ["roles"] = grants.Select(grant => Line($"{RoleInWords(grant.Role)}: {Grants.AreaInWords(grant.Area, units)}")),
            ["addresses"] = owned.Select(own => Line($"{own.Address.Code.Grouped}, {own.Address.Commune.InLine} ({own.Since.DayInVietnam().In(Turn.Language)})")),
            ["tickets"] = helped.Select(one => Line($"{one.Number}, {RequestWords.Day(one.OpenedAt)}")),
            ["rights"] = asked.Select(one => Line(InWords(one))),
            ["looks"] = looked,
        };

    private string InWords(OwnDataRequest one) => $"{one.Number}: {one.Kind.In(Turn.Language)}, {one.Status.In(Turn.Language)}"
        + (one.IsOpen ? $" ({Say("showing-data", "due", ("day", DataRequestWords.Day(one.Day)))})" : "") + (one.Reply is { Length: > 0 } reply ? $": «{reply}»" : "");

    private static Dictionary<string, string> Line(string words) => new() { ["line"] = words };
}
