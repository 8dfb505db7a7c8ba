using DiaChiSo.Core.DataRights;
using DiaChiSo.Core.Owners;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Turns;
using Stateless;

namespace DiaChiSo.Dialogs.EraseData;

/// <summary>
/// Xoá dữ liệu: says what goes, what stays and why, and which open requests are withdrawn; after one confirmation it is done (Law 91/2025/QH15). What
/// stands in the register is the office's record: an officer gets the numbers to look at.
/// </summary>
[Dialog(Command = "xoadulieu", Alias = "erasemydata")]
public sealed class EraseData(Accounts accounts, IMyRights rights, MyChats chats, Drafts drafts, Policy policy, IMyAddresses addresses) : Dialog<EraseData.State, EraseData.Trigger, EraseData.Notes>
{
    public enum State { AskingWhetherErase, Erased, Closed }

    public enum Trigger { Erase, Keep, Close }

    public sealed class Notes
    {
        public Erased? Done { get; set; }
    }

    private string email = "";
    private AtStake stake = new([], []);
    private bool hasConsents, hasForms, hasRoles, hasAddresses, hasOtherChats;

    protected override void Map(StateMachine<State, Trigger> map)
    {
        map.Configure(State.AskingWhetherErase)
            .Permit(Trigger.Erase, State.Erased)
            .Permit(Trigger.Keep, State.Closed);
        map.Configure(State.Erased)
            .OnEntryFrom(Trigger.Erase, () => Do(new EraseMe(done => Draft.Done = done)))
            .Permit(Trigger.Close, State.Closed);
    }

    protected override async Task Gather(CancellationToken ct)
    {
        if (Here != State.AskingWhetherErase)
        {
            return;
        }
        var me = Turn.PersonId;
        email = await accounts.EmailOf(me, ct) ?? "";
        stake = await rights.AtStake(me, ct);
        hasConsents = (await rights.Consents(me, ct)).Count > 0;
        hasForms = (await drafts.Of(me, ct)).Count > 0;
        hasRoles = (await policy.GrantsOf(me, Turn.Now, ct)).Count > 0;
        hasAddresses = (await addresses.Of(me, ct)).Count > 0;
        hasOtherChats = (await chats.Of(me, Turn.ConversationId, ct)).Count > 1;
    }

    protected override IReadOnlyDictionary<string, string> Fill() => new Dictionary<string, string>
    {
        ["email"] = Masked.Email(email),
        ["open"] = string.Join(", ", Draft.Done?.Requests ?? stake.Open),
        ["written"] = string.Join(", ", stake.Written),
        ["number"] = Draft.Done is { Receipt: { IsDone: false } waiting } ? waiting.Number : "",
        ["answer-by"] = Draft.Done is { } done ? DataRequestWords.Day(done.Receipt.AnswerBy) : "",
        ["done-by"] = Draft.Done is { } one ? DataRequestWords.Day(one.Receipt.DoneBy) : "",
    };

    protected override IReadOnlyDictionary<string, IEnumerable<IReadOnlyDictionary<string, string>>> Lists() => Only.The(
        ("consents", hasConsents), ("forms", hasForms), ("roles", hasRoles), ("addresses", hasAddresses), ("chats", hasOtherChats), ("register", stake.Written.Count > 0 || hasAddresses));
}
