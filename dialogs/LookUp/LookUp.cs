using System.Globalization;
using DiaChiSo.Core;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Reading;
using DiaChiSo.Core.Turns;
using Stateless;

namespace DiaChiSo.Dialogs.LookUp;

/// <summary>Tra cứu địa chỉ số: find an address by its code, its place in words, or a shared location. Open to anybody, without an account.</summary>
[Dialog(Command = "tracuu", Alias = "lookup", Menu = 1, Duty = Duty.Lookup)]
public sealed class LookUp(IAddressRegister register, Understanding understanding) : Dialog<LookUp.State, LookUp.Trigger, LookUp.Notes>
{
    public enum State { AskingQuery, ChoosingMatch, ShowingAddress, NothingFound, AddressPicked, HandedToRequestNew, HandedToUpdateAddress, Closed }

    public enum Trigger { FoundOne, FoundSeveral, FoundNone, MatchPicked, NotInList, SearchAgain, PickThis, RequestNew, UpdateAddress, Close, GiveUp }

    public sealed class Notes
    {
        public string Query { get; set; } = "";
        public GeoPoint? Place { get; set; }
        public List<Match> Matches { get; set; } = [];
        public AddressCode? Code { get; set; }

        /// <summary>Another dialog wants to know which address; it goes on from there itself.</summary>
        public bool IsPicking { get; set; }
    }

    /// <summary>One line of the list, with the code behind it.</summary>
    public sealed record Match(AddressCode Code, string Line);

    private PublicAddress? address;

    protected override void Map(StateMachine<State, Trigger> map)
    {
        map.Configure(State.AskingQuery)
            .Permit(Trigger.FoundOne, State.ShowingAddress)
            .Permit(Trigger.FoundSeveral, State.ChoosingMatch)
            .Permit(Trigger.FoundNone, State.NothingFound)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.ChoosingMatch)
            .Permit(Trigger.MatchPicked, State.ShowingAddress)
            .Permit(Trigger.NotInList, State.NothingFound)
            .Permit(Trigger.FoundOne, State.ShowingAddress)
            .PermitReentry(Trigger.FoundSeveral)
            .Permit(Trigger.FoundNone, State.NothingFound)
            .Permit(Trigger.Close, State.Closed);
        map.Configure(State.ShowingAddress)
            .PermitReentry(Trigger.FoundOne)
            .Permit(Trigger.FoundSeveral, State.ChoosingMatch)
            .Permit(Trigger.FoundNone, State.NothingFound)
            .PermitIf(Trigger.PickThis, State.AddressPicked, () => Draft.IsPicking)
            .PermitIf(Trigger.UpdateAddress, State.HandedToUpdateAddress, () => !Draft.IsPicking)
            .Permit(Trigger.SearchAgain, State.AskingQuery)
            .PermitIf(Trigger.Close, State.Closed, () => !Draft.IsPicking)
            .PermitIf(Trigger.GiveUp, State.Closed, () => Draft.IsPicking);
        // The plan (mục IV, bước 3): who cannot find an address goes on to ask for a new one.
        map.Configure(State.NothingFound)
            .Permit(Trigger.FoundOne, State.ShowingAddress)
            .Permit(Trigger.FoundSeveral, State.ChoosingMatch)
            .PermitReentry(Trigger.FoundNone)
            .Permit(Trigger.RequestNew, State.HandedToRequestNew)
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
    }

    protected override Asks Asks => Here == State.AskingQuery ? Asks.Words | Asks.Figures | Asks.Place : Asks.Choice;

    protected override async Task<Trigger?> Hear(Incoming incoming, CancellationToken ct) => (Here, incoming) switch
    {
        (State.AskingQuery, Opened opened) => opened.As<Query>() is { } query ? await Begin(query, ct) : null,
        (State.ChoosingMatch, Picked picked) => await Show(Draft.Matches[picked.Index].Code, ct) ? Trigger.MatchPicked : Trigger.FoundNone,
        (_, Said said) => await Search(new Query(said.Words), ct),
        (_, SharedPlace place) => await Search(new Query(Place: place.Point), ct),
        _ => null,
    };

    private async Task<Trigger?> Begin(Query query, CancellationToken ct)
    {
        Draft.IsPicking = query.IsPicking;
        return query is { Words: null or "", Place: null } ? null : await Search(query, ct);
    }

    private Task<Trigger?> Search(Query query, CancellationToken ct)
    {
        Draft.Query = query.Words ?? "";
        Draft.Place = query.Place;
        if (query.Place is { } place)
        {
            return Around(place, ct);
        }
        var understood = understanding.Read(Draft.Query);
        return understood.Kind switch
        {
            UnderstoodKind.Code => ByCode(understood.Code!.Value, ct),
            UnderstoodKind.Place or UnderstoodKind.PlusCode when understood.Place is not null => Around(understood.Place!.Value, ct),
            UnderstoodKind.Words => InWords(understood.Words, ct),
            // Ten digits of an area that is not ours, or too few or too many: say what a code looks like, never guess one.
            UnderstoodKind.InvalidCode or UnderstoodKind.UnknownNumber or UnderstoodKind.Vpostcode => Task.FromResult(Here == State.AskingQuery ? Complain("not-a-code") : Trigger.FoundNone),
            UnderstoodKind.Phone => Task.FromResult(Here == State.AskingQuery ? Complain("no-phones") : Trigger.FoundNone),
            _ => Task.FromResult<Trigger?>(null),
        };
    }

    private async Task<Trigger?> ByCode(AddressCode code, CancellationToken ct) => await Show(code, ct) ? Trigger.FoundOne : Trigger.FoundNone;

    private async Task<Trigger?> InWords(string words, CancellationToken ct)
    {
        var matches = await register.Search(words, Limits.Matches, ct);
        Draft.Matches = [.. matches.Select(match => new Match(match.Address.Code, match.Label))];
        return await Among(ct);
    }

    private async Task<Trigger?> Around(GeoPoint place, CancellationToken ct)
    {
        Draft.Place = place;
        var near = await register.Nearby(place, Limits.NearbyMetres * 4, Limits.Matches, ct);
        Draft.Matches = [.. near.Select(one => new Match(one.Address.Code, string.Create(CultureInfo.InvariantCulture, $"{one.Address.Label} ({one.Metres:0} m, {one.Direction.In(Turn.Language)})")))];
        return await Among(ct);
    }

    private async Task<Trigger?> Among(CancellationToken ct) => Draft.Matches.Count switch
    {
        0 => Trigger.FoundNone,
        1 => await Show(Draft.Matches[0].Code, ct) ? Trigger.FoundOne : Trigger.FoundNone,
        _ => Trigger.FoundSeveral,
    };

    private async Task<bool> Show(AddressCode code, CancellationToken ct)
    {
        address = await register.Find(code, ct);
        Draft.Code = address?.Code;
        return address is not null;
    }

    protected override bool IsAnswer => Here == State.ShowingAddress;

    /// <summary>For a caller that wants one address: its code, or what was looked for where there is none.</summary>
    protected override object? Result() => (Here, Draft.IsPicking) switch
    {
        (State.AddressPicked, _) => Draft.Code,
        (State.HandedToRequestNew, true) => new Query(Draft.Query, Draft.Place),
        _ => null,
    };

    protected override IEnumerable<string> Entries() => Here == State.ChoosingMatch ? Draft.Matches.Select(match => match.Line) : [];

    protected override async Task Gather(CancellationToken ct)
    {
        if (Here == State.ShowingAddress && Draft.Code is { } code)
        {
            address = await register.Find(code, ct);
        }
    }

    protected override IReadOnlyDictionary<string, string> Fill() => new Dictionary<string, string>(address?.CardHoles(Turn.Language) ?? [])
    {
        ["query"] = Draft.Query,
        ["around"] = Draft.Query.Length == 0 && Draft.Place is { } place ? AddressCardWords.InWords(place) : "",
    };
}
