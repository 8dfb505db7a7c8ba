using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Reading;
using DiaChiSo.Core.Turns;
using Stateless;

namespace DiaChiSo.Dialogs.LookUp;

/// <summary>
/// Tra cứu địa chỉ số: find an address by its code, its place in words, or a shared location. Open to anybody, without an account.
/// This file: what may follow what, and what is found. <c>LookUp.Hear</c>: what an input means here. <c>LookUp.Fill</c>: what the pages show.
/// </summary>
[Dialog(Command = "tracuu", Alias = "lookup", Menu = 1, Duty = Duty.Lookup)]
public sealed partial class LookUp(IAddressRegister register, Understanding understanding, CommuneOfPlace communes, AdministrativeUnits units, Texts texts)
    : Dialog<LookUp.State, LookUp.Trigger, LookUp.Notes>
{
    public enum State { AskingQuery, ChoosingUnit, AskingMore, ChoosingMatch, ShowingAddress, ShowingCard, NothingFound, AddressPicked, HandedToRequestNew, HandedToUpdateAddress, Closed }

    public enum Trigger
    {
        FoundOne, FoundSeveral, FoundNone, UnitUnclear, UnitOnly, MatchPicked, NotInList, SearchAgain, PickThis, TakeCard, RequestNew, UpdateAddress, Close, GiveUp,
    }

    public sealed class Notes
    {
        public string Query { get; set; } = "";
        public GeoPoint? Place { get; set; }
        public List<Match> Matches { get; set; } = [];
        public AddressCode? Code { get; set; }

        /// <summary>Another dialog wants to know which address; it goes on from there itself.</summary>
        public bool IsPicking { get; set; }

        /// <summary>The units to choose from, where the words fit several.</summary>
        public List<UnitLine> Units { get; set; } = [];

        /// <summary>"xã Tủa Chùa": the unit that was named alone or chosen; what is said next is looked for in it.</summary>
        public string Within { get; set; } = "";

        /// <summary>What was understood, for the pages that say it.</summary>
        public Reading Read { get; set; } = new();
    }

    /// <summary>One line of the list, with the code behind it.</summary>
    public sealed record Match(AddressCode Code, string Line);

    /// <summary>A unit to choose: the line that is shown, and the words that are looked for when it is chosen.</summary>
    public sealed record UnitLine(string Line, string Words);

    /// <summary>What was understood of an input; empty where it does not apply.</summary>
    /// <param name="Former">"Xã Mường Báng": an old name that was used.</param>
    /// <param name="Present">"xã Tủa Chùa": what that is now.</param>
    /// <param name="Elsewhere">A place outside the province served.</param>
    /// <param name="Code">"32606 12345": a code that nobody has, read back.</param>
    /// <param name="Area">Where such a code belongs.</param>
    /// <param name="Placed">The commune in which a pin lies.</param>
    /// <param name="IsGuess">That the commune is a guess.</param>
    public sealed record Reading(string Former = "", string Present = "", string Elsewhere = "", string Code = "", string Area = "", string Placed = "", bool IsGuess = false)
    {
        /// <summary>Typed words that none of the addresses found answers, as a house number that nobody has.</summary>
        public string Missing { get; init; } = "";

        /// <summary>What the input is, where nothing is looked for: a complaint of the words and what it names.</summary>
        public string Says { get; init; } = "";

        public Dictionary<string, string> Holes { get; init; } = [];
    }

    protected override void Map(StateMachine<State, Trigger> map)
    {
        // A new look-up may be typed on any page.
        foreach (var state in new[] { State.AskingQuery, State.ChoosingUnit, State.AskingMore, State.ChoosingMatch, State.ShowingAddress, State.ShowingCard, State.NothingFound })
        {
            Searches(map.Configure(state), state);
        }
        map.Configure(State.AskingQuery)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.ChoosingUnit)
            .Permit(Trigger.NotInList, State.NothingFound)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.AskingMore)
            .Permit(Trigger.SearchAgain, State.AskingQuery)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.ChoosingMatch)
            .Permit(Trigger.MatchPicked, State.ShowingAddress)
            .Permit(Trigger.NotInList, State.NothingFound)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.ShowingAddress)
            .PermitIf(Trigger.PickThis, State.AddressPicked, () => Draft.IsPicking)
            .PermitIf(Trigger.UpdateAddress, State.HandedToUpdateAddress, () => !Draft.IsPicking)
            .Permit(Trigger.SearchAgain, State.AskingQuery)
            .PermitIf(Trigger.Close, State.Closed, () => !Draft.IsPicking)
            .PermitIf(Trigger.TakeCard, State.ShowingCard, () => !Draft.IsPicking)
            .PermitIf(Trigger.GiveUp, State.Closed, () => Draft.IsPicking);
        map.Configure(State.ShowingCard)
            .Permit(Trigger.SearchAgain, State.AskingQuery)
            .Permit(Trigger.Close, State.Closed);
        // The plan (mục IV, bước 3): who cannot find an address goes on to ask for a new one; elsewhere nobody here can give one.
        map.Configure(State.NothingFound)
            .PermitIf(Trigger.RequestNew, State.HandedToRequestNew, () => !IsNothingOfOurs)
            .Permit(Trigger.SearchAgain, State.AskingQuery)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.HandedToRequestNew)
            .OnEntry(() =>
            {
                if (!Draft.IsPicking)
                {
                    Do(new HandOver("RequestNew", new Query(Draft.Query, Draft.Place)));
                }
            });
        map.Configure(State.HandedToUpdateAddress)
            .OnEntry(() => Do(new HandOver("UpdateAddress", new Query(Draft.Code.ToString()))));
        map.Configure(State.AskingQuery)
            .OnEntryFrom(Trigger.SearchAgain, () => Draft.Within = "");
    }

    private static void Searches(StateMachine<State, Trigger>.StateConfiguration page, State itself)
    {
        foreach (var (trigger, leadsTo) in new[]
        {
            (Trigger.FoundOne, State.ShowingAddress), (Trigger.FoundSeveral, State.ChoosingMatch), (Trigger.FoundNone, State.NothingFound),
            (Trigger.UnitUnclear, State.ChoosingUnit), (Trigger.UnitOnly, State.AskingMore),
        })
        {
            _ = leadsTo == itself ? page.PermitReentry(trigger) : page.Permit(trigger, leadsTo);
        }
    }

    /// <summary>Nobody here can give a code for it.</summary>
    private bool IsNothingOfOurs => Draft.Read.Elsewhere.Length > 0 || Draft.Read.Says.Length > 0;

    protected override Asks Asks => Here is State.AskingQuery or State.AskingMore ? Asks.Words | Asks.Figures | Asks.Place : Asks.Choice;

    protected override bool IsAnswer => Here == State.ShowingAddress;

    /// <summary>For a caller that wants one address: its code, or what was looked for where there is none.</summary>
    protected override object? Result() => (Here, Draft.IsPicking) switch
    {
        (State.AddressPicked, _) => Draft.Code,
        (State.HandedToRequestNew, true) => new Query(Draft.Query, Draft.Place),
        _ => null,
    };
}
