using DiaChiSo.Core;
using DiaChiSo.Core.Audit;
using DiaChiSo.Core.Owners;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Turns;
using Stateless;

namespace DiaChiSo.Dialogs.MyAddresses;

/// <summary>
/// Địa chỉ của tôi: somebody shows that an address is theirs, by their e-mail or by the code on the minutes of a visit, never by a phone; from then on
/// they see its record. Until it is proved nothing is said about the address: not even whether there is one.
/// </summary>
[Dialog(Command = "diachicuatoi", Alias = "myaddresses")]
public sealed partial class MyAddresses(IMyAddresses addresses, IWhoLooked looks, Accounts accounts, Texts texts, OfficeSettings office) : Dialog<MyAddresses.State, MyAddresses.Trigger, MyAddresses.Notes>
{
    public enum State
    {
        ShowingAddresses, AskingConsent, AskingCode, ChoosingProof, TakingAccount, AskingLetters, ShowingProof, ShowingAddress, NotMine, ShowingLooks,
        AskingWhetherGiveUp, HandedToUpdate, Closed,
    }

    public enum Trigger
    {
        Prove, Agree, Decline, CodeGiven, ByEmail, ByLetters, LettersGiven, AccountGiven, AccountRefused, TryAgain,
        AddressPicked, NotTheirs, SeeLooks, SeeAddress, SeeAll, Change, GiveUp, GiveItUp, Keep, Close,
    }

    public sealed class Notes
    {
        public bool HasAgreed { get; set; }
        public AddressCode? Code { get; set; }
        public string Letters { get; set; } = "";
        public ProofOutcome? Outcome { get; set; }

        /// <summary>The addresses as they were shown.</summary>
        public List<AddressCode> Shown { get; set; } = [];
    }

    protected override void Map(StateMachine<State, Trigger> map)
    {
        map.Configure(State.ShowingAddresses)
            .OnEntryFrom(Trigger.GiveItUp, () => Do(new GiveUpAddress(Draft.Code!.Value)))
            .Permit(Trigger.AddressPicked, State.ShowingAddress)
            .Permit(Trigger.NotTheirs, State.NotMine)
            .PermitIf(Trigger.Prove, State.AskingCode, () => Draft.HasAgreed, "they agreed before")
            .PermitIf(Trigger.Prove, State.AskingConsent, () => !Draft.HasAgreed, "they did not agree yet")
            .Permit(Trigger.Close, State.Closed);
        // Whose an address is, is a person's data: they agree first, to this purpose by itself (Law 91/2025/QH15).
        map.Configure(State.AskingConsent)
            .Permit(Trigger.Agree, State.AskingCode)
            .Permit(Trigger.Decline, State.Closed)
            .OnExit(move =>
            {
                if (move.Trigger == Trigger.Agree)
                {
                    Do(new GiveConsent(Purposes.OwnAddresses, NoticeIn(Turn.Language)));
                }
            });
        map.Configure(State.AskingCode)
            .Permit(Trigger.CodeGiven, State.ChoosingProof)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.ChoosingProof)
            .Permit(Trigger.ByEmail, State.TakingAccount)
            .Permit(Trigger.ByLetters, State.AskingLetters)
            .Permit(Trigger.Close, State.Closed);
        Calls(State.TakingAccount, "Account", () => AccountNeed.ForRequests);
        map.Configure(State.TakingAccount)
            .Permit(Trigger.AccountGiven, State.ShowingProof)
            .Permit(Trigger.AccountRefused, State.ChoosingProof);
        map.Configure(State.AskingLetters)
            .Permit(Trigger.LettersGiven, State.ShowingProof)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.ShowingProof)
            .OnEntryFrom(Trigger.AccountGiven, () => Do(new ProveByEmail(Draft.Code!.Value, outcome => Draft.Outcome = outcome)))
            .OnEntryFrom(Trigger.LettersGiven, () => Do(new ProveByLetters(Draft.Code!.Value, Draft.Letters, outcome => Draft.Outcome = outcome)))
            .PermitIf(Trigger.SeeAddress, State.ShowingAddress, () => Draft.Outcome == ProofOutcome.Proved, "it is theirs")
            .PermitIf(Trigger.TryAgain, State.ChoosingProof, () => Draft.Outcome == ProofOutcome.NotProved, "it was not shown")
            .Permit(Trigger.Close, State.Closed);

        map.Configure(State.ShowingAddress)
            .Permit(Trigger.Change, State.HandedToUpdate)
            .Permit(Trigger.SeeLooks, State.ShowingLooks)
            .Permit(Trigger.GiveUp, State.AskingWhetherGiveUp)
            .Permit(Trigger.SeeAll, State.ShowingAddresses)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.NotMine)
            .Permit(Trigger.SeeAll, State.ShowingAddresses)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.ShowingLooks)
            .Permit(Trigger.SeeAddress, State.ShowingAddress)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.AskingWhetherGiveUp)
            .Permit(Trigger.GiveItUp, State.ShowingAddresses)
            .Permit(Trigger.Keep, State.ShowingAddress);
        map.Configure(State.HandedToUpdate)
            .OnEntry(() => Do(new HandOver("UpdateAddress", new Query(Draft.Code!.Value.ToString()))));
    }

    protected override Asks Asks => Here switch
    {
        State.AskingCode => Asks.Words | Asks.Figures | Asks.Code,
        State.AskingLetters => Asks.Words,
        _ => Asks.Choice,
    };

    protected override async Task<Trigger?> Hear(Incoming incoming, CancellationToken ct)
    {
        switch (Here, incoming)
        {
            case (State.ShowingAddresses, Opened opened):
                return opened.As<Query>()?.Words is { } words && AddressCode.TryRead(words, out var asked) ? await Open(asked, ct) : null;
            case (State.ShowingAddresses, Picked picked):
                return await Open(Draft.Shown[picked.Index], ct);
            case (State.AskingCode, Said said):
                return TakeCode(said.Words);
            case (State.TakingAccount, Returned returned):
                return returned.As<AccountGiven>() is null ? Trigger.AccountRefused : Trigger.AccountGiven;
            case (State.AskingLetters, Said said):
                return TakeLetters(said.Words);
            default:
                return null;
        }
    }

    private async Task<Trigger?> Open(AddressCode code, CancellationToken ct)
    {
        Draft.Code = code;
        return await addresses.Find(Turn.PersonId, code, ct) is null ? Trigger.NotTheirs : Trigger.AddressPicked;
    }

    // Ten figures are enough: whether the register has them is not said here.
    private Trigger? TakeCode(string words)
    {
        if (!AddressCode.TryRead(words, out var code))
        {
            return Complain("not-a-code");
        }
        Draft.Code = code;
        return Trigger.CodeGiven;
    }

    private Trigger? TakeLetters(string words)
    {
        if (!OwnerCode.TryRead(words, out var letters))
        {
            return Complain("no-letters");
        }
        Draft.Letters = letters;
        return Trigger.LettersGiven;
    }

    private ConsentNotice NoticeIn(string language) => new(string.Join("\n\n",
        Pages.Make(texts.Section(nameof(MyAddresses), language, "asking-consent").Lines, HolesOfNotice(language)).Blocks.Select(block => block.PlainText())));

    private Dictionary<string, string> HolesOfNotice(string language) => new()
    {
        ["keeper"] = office.Name.Length > 0 ? office.Name : texts.Phrase(nameof(MyAddresses), language, "asking-consent", "keeper"),
        ["abroad"] = Turn.Channel == "telegram" ? texts.Phrase(nameof(MyAddresses), language, "asking-consent", "abroad") : "",
    };
}
