using DiaChiSo.Core;
using DiaChiSo.Core.Audit;
using DiaChiSo.Core.DataRights;
using DiaChiSo.Core.Owners;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Turns;
using Stateless;

namespace DiaChiSo.Dialogs.MyData;

/// <summary>
/// Dữ liệu của tôi: what is held about the person who asks, and from there every right that they have to it (Law 91/2025/QH15). Here: what may
/// follow what, and what free input means. MyData.Fill: the values shown.
/// </summary>
[Dialog(Command = "dulieucuatoi", Alias = "mydata")]
public sealed partial class MyData(
    Accounts accounts, IMyRights rights, MyChats chats, IRequests requests, Drafts drafts, Policy policy, IMyAddresses addresses, IWhoLooked looks, AdministrativeUnits units, Texts texts)
    : Dialog<MyData.State, MyData.Trigger, MyData.Notes>
{
    public enum State
    {
        ShowingData, ShowingLooks, ChoosingRight, ChoosingOtherRight, ChoosingCorrection, ChoosingConsent, AskingWhetherWithdraw, Withdrawn,
        AskingWish, Sent, HandedToAccount, HandedToUpdate, HandedToErase, Closed,
    }

    public enum Trigger
    {
        UseRight, SeeLooks, SeeData, Correct, Withdraw, Erase, Other, Restrict, ObjectTo, SeeMore, CorrectEmail, CorrectAddress, CorrectOther,
        ConsentPicked, TakeBack, Keep, WishGiven, Close,
    }

    public sealed class Notes
    {
        /// <summary>The purposes that were shown, by their keys.</summary>
        public List<string> Purposes { get; set; } = [];

        /// <summary>The one whose consent is being taken back.</summary>
        public string Purpose { get; set; } = "";

        public bool HasAddresses { get; set; }
        public DataRequestKind Kind { get; set; }
        public string Wish { get; set; } = "";
        public Stopped? Stopped { get; set; }
        public DataReceipt? Receipt { get; set; }
    }

    protected override void Map(StateMachine<State, Trigger> map)
    {
        map.Configure(State.ShowingData)
            .Permit(Trigger.UseRight, State.ChoosingRight)
            .PermitIf(Trigger.SeeLooks, State.ShowingLooks, () => Draft.HasAddresses, "there is an address of theirs")
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.ShowingLooks)
            .Permit(Trigger.SeeData, State.ShowingData)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.ChoosingRight)
            .Permit(Trigger.Correct, State.ChoosingCorrection)
            .PermitIf(Trigger.Withdraw, State.ChoosingConsent, () => Draft.Purposes.Count > 1, "several consents stand")
            .PermitIf(Trigger.Withdraw, State.AskingWhetherWithdraw, () => Draft.Purposes.Count == 1, "one consent stands")
            .Permit(Trigger.Erase, State.HandedToErase)
            .Permit(Trigger.Other, State.ChoosingOtherRight)
            .Permit(Trigger.SeeData, State.ShowingData);
        map.Configure(State.ChoosingOtherRight)
            .Permit(Trigger.Restrict, State.AskingWish)
            .Permit(Trigger.ObjectTo, State.AskingWish)
            .Permit(Trigger.SeeMore, State.AskingWish)
            .Permit(Trigger.SeeData, State.ShowingData);
        map.Configure(State.ChoosingCorrection)
            .Permit(Trigger.CorrectEmail, State.HandedToAccount)
            .Permit(Trigger.CorrectAddress, State.HandedToUpdate)
            .Permit(Trigger.CorrectOther, State.AskingWish)
            .Permit(Trigger.SeeData, State.ShowingData);
        map.Configure(State.HandedToAccount).OnEntry(() => Do(new HandOver("Account")));
        map.Configure(State.HandedToUpdate).OnEntry(() => Do(new HandOver("UpdateAddress")));
        // One way to delete: the same dialog as the command.
        map.Configure(State.HandedToErase).OnEntry(() => Do(new HandOver("EraseData")));

        map.Configure(State.ChoosingConsent)
            .Permit(Trigger.ConsentPicked, State.AskingWhetherWithdraw)
            .Permit(Trigger.Keep, State.ShowingData);
        map.Configure(State.AskingWhetherWithdraw)
            .OnEntryFrom(Trigger.Withdraw, () => Draft.Purpose = Draft.Purposes[0])
            .Permit(Trigger.TakeBack, State.Withdrawn)
            .Permit(Trigger.Keep, State.ShowingData);
        map.Configure(State.Withdrawn)
            .OnEntryFrom(Trigger.TakeBack, () => Do(new WithdrawConsent(Draft.Purpose, stopped => Draft.Stopped = stopped)))
            .Permit(Trigger.SeeData, State.ShowingData)
            .Permit(Trigger.Close, State.Closed);

        map.Configure(State.AskingWish)
            .OnEntryFrom(Trigger.Restrict, () => Draft.Kind = DataRequestKind.Restrict)
            .OnEntryFrom(Trigger.ObjectTo, () => Draft.Kind = DataRequestKind.Object)
            .OnEntryFrom(Trigger.SeeMore, () => Draft.Kind = DataRequestKind.View)
            .OnEntryFrom(Trigger.CorrectOther, () => Draft.Kind = DataRequestKind.Correct)
            .Permit(Trigger.WishGiven, State.Sent)
            .Permit(Trigger.Keep, State.ShowingData);
        map.Configure(State.Sent)
            .OnEntryFrom(Trigger.WishGiven, () => Do(new AskAboutData(Draft.Kind, Draft.Wish, receipt => Draft.Receipt = receipt)))
            .Permit(Trigger.SeeData, State.ShowingData)
            .Permit(Trigger.Close, State.Closed);
    }

    protected override Asks Asks => Here == State.AskingWish ? Asks.Words | Asks.Figures : Asks.Choice;

    protected override Task<Trigger?> Hear(Incoming incoming, CancellationToken ct)
    {
        switch (Here, incoming)
        {
            case (State.ChoosingConsent, Picked picked):
                Draft.Purpose = Draft.Purposes[picked.Index];
                return Task.FromResult<Trigger?>(Trigger.ConsentPicked);
            case (State.AskingWish, Said said):
                return Task.FromResult(TakeWish(said.Words));
            default:
                return Task.FromResult<Trigger?>(null);
        }
    }

    private Trigger? TakeWish(string words)
    {
        if (words.Length > Limits.NoteLength)
        {
            return Complain("too-long");
        }
        if (VietnameseText.Words(words).Length < 3)
        {
            return Complain("too-short");
        }
        Draft.Wish = VietnameseText.Plain(words);
        return Trigger.WishGiven;
    }
}
