using DiaChiSo.Core.People;
using DiaChiSo.Core.Turns;
using Stateless;

namespace DiaChiSo.Dialogs.LinkChats;

/// <summary>
/// Nối các chat: somebody who writes from Zalo and from a browser is one person: what is half-filled, the requests and the roles follow. The code
/// is shown in one chat and typed in the other, so that nobody can join a chat that they do not hold in their hands.
/// </summary>
[Dialog(Command = "lienket", Alias = "link")]
public sealed class LinkChats(MyChats chats, SpokenTries tries, Texts texts) : Dialog<LinkChats.State, LinkChats.Trigger, LinkChats.Notes>
{
    public enum State { ShowingChats, ShowingCode, AskingCode, AskingWhetherJoin, ShowingJoined, ChoosingChat, AskingWhetherPart, ShowingParted, Closed }

    public enum Trigger { MakeCode, HaveCode, CodeIsGood, Join, TakeOff, ChatPicked, TakeItOff, Keep, Close }

    public sealed class Notes
    {
        public string Code { get; set; } = "";

        /// <summary>The other chat's channel.</summary>
        public string Channel { get; set; } = "";

        public bool IsJoined { get; set; }
        public List<Line> Chats { get; set; } = [];
        public Line? Taken { get; set; }
    }

    /// <summary>A chat as it stands in the list.</summary>
    public sealed record Line(long ConversationId, string Words, bool IsThis);

    protected override void Map(StateMachine<State, Trigger> map)
    {
        map.Configure(State.ShowingChats)
            .Permit(Trigger.MakeCode, State.ShowingCode)
            .Permit(Trigger.HaveCode, State.AskingCode)
            .Permit(Trigger.CodeIsGood, State.AskingWhetherJoin)
            .PermitIf(Trigger.TakeOff, State.ChoosingChat, () => Draft.Chats.Count > 1)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.ShowingCode)
            .OnEntryFrom(Trigger.MakeCode, () => Do(new MakeLinkCode(code => Draft.Code = code)))
            .Permit(Trigger.CodeIsGood, State.AskingWhetherJoin)
            .PermitReentry(Trigger.MakeCode)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.AskingCode)
            .Permit(Trigger.CodeIsGood, State.AskingWhetherJoin)
            .Permit(Trigger.Close, State.Closed);
        // Whoever types a code that a stranger read out would hand over all that is theirs: the question says so.
        map.Configure(State.AskingWhetherJoin)
            .Permit(Trigger.Join, State.ShowingJoined)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.ShowingJoined)
            .OnEntryFrom(Trigger.Join, () => Do(new JoinChats(Draft.Code, isDone => Draft.IsJoined = isDone)))
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.ChoosingChat)
            .Permit(Trigger.ChatPicked, State.AskingWhetherPart)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.AskingWhetherPart)
            .Permit(Trigger.TakeItOff, State.ShowingParted)
            .Permit(Trigger.Keep, State.Closed);
        map.Configure(State.ShowingParted)
            .OnEntryFrom(Trigger.TakeItOff, () => Do(new PartChat(Draft.Taken!.ConversationId)))
            .Permit(Trigger.Close, State.Closed);
    }

    protected override Asks Asks => Here switch
    {
        State.AskingCode => Asks.Words,
        _ => Asks.Choice,
    };

    protected override async Task<Trigger?> Hear(Incoming incoming, CancellationToken ct)
    {
        switch (Here, incoming)
        {
            case (State.ShowingChats, Opened opened):
                await ReadChats(ct);
                // "/lienket KXMT-ABCD": typed as the other chat says it.
                return opened.As<Query>()?.Words is { Length: > 0 } words && SpokenCode.TryRead(words, out _) ? await Read(words, ct) : null;
            case (State.AskingCode or State.ShowingChats or State.ShowingCode, Said said) when Here == State.AskingCode || SpokenCode.TryRead(said.Words, out _):
                return await Read(said.Words, ct);
            case (State.ChoosingChat, Picked picked):
                Draft.Taken = Draft.Chats[picked.Index];
                return Trigger.ChatPicked;
            default:
                return null;
        }
    }

    private async Task<Trigger?> Read(string words, CancellationToken ct)
    {
        if (await tries.AreTooMany(Turn.PersonId, Turn.Now, ct))
        {
            return Complain("too-often");
        }
        if (!SpokenCode.TryRead(words, out var code))
        {
            return Complain("no-code");
        }
        switch (await chats.Find(code, Turn.PersonId, Turn.Now, ct))
        {
            case null:
                Do(new CountSpokenTry());
                return Complain("wrong-code");
            case { IsOwn: true }:
                return Complain("own-code");
            case var found:
                (Draft.Code, Draft.Channel) = (code, NameOf(found.Channel));
                return Trigger.CodeIsGood;
        }
    }

    private async Task ReadChats(CancellationToken ct) => Draft.Chats = [.. (await chats.Of(Turn.PersonId, Turn.ConversationId, ct)).Select(chat => new Line(chat.ConversationId,
        chat.IsThis ? Say("this-chat", ("channel", NameOf(chat.Channel))) : Say("other-chat", ("channel", NameOf(chat.Channel)), ("day", chat.Day)), chat.IsThis))];

    private string NameOf(string channel) => ChannelWords.In(channel, Turn.Language);

    private string Say(string key, params IReadOnlyList<(string Hole, string Value)> holes) => texts.Phrase(nameof(LinkChats), Turn.Language, "showing-chats", key, holes);

    protected override IEnumerable<string> Entries() => Here == State.ChoosingChat ? Draft.Chats.Select(chat => chat.Words) : [];

    protected override IReadOnlyDictionary<string, IEnumerable<IReadOnlyDictionary<string, string>>> Lists() =>
        new Dictionary<string, IEnumerable<IReadOnlyDictionary<string, string>>>(Only.The(("joined", Draft.IsJoined), ("late", !Draft.IsJoined), ("this", Draft.Taken?.IsThis == true), ("other", Draft.Taken?.IsThis == false)))
        {
            ["chats"] = Draft.Chats.Count > 1 ? Draft.Chats.Select(chat => new Dictionary<string, string> { ["chat"] = chat.Words }) : [],
        };

    protected override IReadOnlyDictionary<string, string> Fill() => new Dictionary<string, string>
    {
        ["code"] = SpokenCode.Grouped(Draft.Code),
        ["channel"] = Draft.Channel,
        ["chat"] = Draft.Taken?.Words ?? "",
    };
}
