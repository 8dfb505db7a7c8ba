using System.Globalization;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Turns;
using Stateless;

namespace DiaChiSo.Dialogs.AcceptInvite;

/// <summary>
/// Nhận việc: who was trained opens the link, the QR, or types the eight letters that the office read out; sees what they give, and has it in this
/// chat from then on. Used, over, unknown: the same words for all, so that nobody finds out which letters there are.
/// </summary>
[Dialog(Command = "nhanviec", Alias = "accept")]
public sealed class AcceptInvite(Invites invites, SpokenTries tries, AdministrativeUnits units, Texts texts) : Dialog<AcceptInvite.State, AcceptInvite.Trigger, AcceptInvite.Notes>
{
    public enum State { AskingLetters, AskingWhetherAccept, ShowingAccepted, Closed }

    public enum Trigger { LettersAreGood, Accept, Close }

    public sealed class Notes
    {
        public string Code { get; set; } = "";
        public InviteFor? What { get; set; }
        public bool IsAccepted { get; set; }
    }

    protected override void Map(StateMachine<State, Trigger> map)
    {
        map.Configure(State.AskingLetters)
            .Permit(Trigger.LettersAreGood, State.AskingWhetherAccept)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.AskingWhetherAccept)
            .Permit(Trigger.Accept, State.ShowingAccepted)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.ShowingAccepted)
            .OnEntryFrom(Trigger.Accept, () => Do(new TakeInvite(Draft.Code, isDone => (Draft.IsAccepted, Draft.Code) = (isDone, ""))))
            .Permit(Trigger.Close, State.Closed);
    }

    protected override Asks Asks => Here == State.AskingLetters ? Asks.Words : Asks.Choice;

    protected override async Task<Trigger?> Hear(Incoming incoming, CancellationToken ct) => (Here, incoming) switch
    {
        // A link or a QR brings the letters; "/nhanviec KXMT-ABCD" does too.
        (State.AskingLetters, Opened opened) => opened.As<Query>()?.Words is { Length: > 0 } words ? await Read(words, ct) : null,
        (State.AskingLetters, Said said) => await Read(said.Words, ct),
        _ => null,
    };

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
        if (await invites.Find(code, Turn.PersonId, Turn.Now, ct) is not { } what)
        {
            Do(new CountInviteTry(code));
            return Complain("not-good");
        }
        (Draft.Code, Draft.What) = (code, what);
        return Trigger.LettersAreGood;
    }

    protected override IReadOnlyDictionary<string, IEnumerable<IReadOnlyDictionary<string, string>>> Lists() => Only.The(("accepted", Draft.IsAccepted), ("late", !Draft.IsAccepted));

    protected override IReadOnlyDictionary<string, string> Fill() => new Dictionary<string, string>
    {
        ["role"] = Draft.What is { } what ? texts.Phrase(nameof(AcceptInvite), Turn.Language, "asking-letters", what.Role.ToString().ToLowerInvariant()) : "",
        ["area"] = Draft.What is { } given ? Grants.AreaInWords(given.Area, units) : "",
        ["villages"] = Draft.What?.Villages ?? "",
        ["until"] = Draft.What?.LastDay?.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture) ?? "",
    };
}
