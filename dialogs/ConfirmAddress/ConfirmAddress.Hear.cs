using DiaChiSo.Core;
using DiaChiSo.Core.Confirmations;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Reading;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Dialogs.ConfirmAddress;

public sealed partial class ConfirmAddress
{
    protected override Asks Asks => Here switch
    {
        State.AskingAddress or State.ChoosingMatch or State.ChoosingNearby or State.NothingFound => Asks.Words | Asks.Figures | Asks.Place | Asks.Code,
        State.AskingOriginal => Asks.Words | Asks.Figures | Asks.Code,
        State.AskingName or State.AskingNote or State.AskingDay => Asks.Words,
        _ => Asks.Choice,
    };

    protected override async Task<Trigger?> Hear(Incoming incoming, CancellationToken ct) => (Here, incoming) switch
    {
        (State.AskingAddress, Opened opened) => opened.As<Query>() is { } query ? await Search(query, ct) : null,
        (State.ChoosingMatch or State.ChoosingNearby, Picked picked) => await Choose(Draft.Matches[picked.Index], ct),
        ( <= State.ShowingAddress, Said said) => await Search(new Query(said.Words), ct),
        ( <= State.ShowingAddress, SharedPlace place) => await Search(new Query(Place: place.Point), ct),
        (State.AskingName, Said said) => await TakeName(said.Words, ct),
        (State.TakingCategory, Returned back) => await TakeCategory(back.As<AddressCategory>(), ct),
        (State.TakingDetail, Returned back) => await TakeDetail(back.As<AddressDetail>(), ct),
        (State.TakingContact, Returned back) => await TakeContact(back.As<Contact>(), ct),
        (State.TakingGate, Returned back) => await TakeGate(back.As<GateFix>(), ct),
        (State.AskingNote, Said said) => TakeNote(said.Words),
        (State.AskingDay, Picked picked) => TakeDay(DaysOffered[picked.Index]),
        (State.AskingDay, Said said) => DayText.Read(said.Words, Today) is { } day ? TakeDay(day) : Complain("not-a-day"),
        (State.AskingOriginal, Said said) => await TakeOriginal(said.Words, ct),
        _ => null,
    };

    private async Task<Trigger?> Search(Query query, CancellationToken ct)
    {
        var understood = query.Place is { } place ? new Understood(UnderstoodKind.Place) { Place = place } : understanding.Read(query.Words ?? "");
        switch (understood.Kind)
        {
            case UnderstoodKind.Code:
                return await Choose(understood.Code!.Value, ct);
            case UnderstoodKind.Place or UnderstoodKind.PlusCode when understood.Place is not null:
                Draft.Place = understood.Place;
                var near = await register.Nearby(understood.Place!.Value, Limits.CandidatesMetres, Limits.Matches, ct);
                Draft.Matches = [.. near.Select(one => one.Address.Code)];
                return Draft.Matches.Count == 0 ? Trigger.FoundNone : Trigger.FoundNearby;
            case UnderstoodKind.Words:
                Draft.Words = understood.Words;
                var matches = await register.Search(understood.Words, Limits.Matches, ct);
                Draft.Matches = [.. matches.Select(match => match.Address.Code)];
                return Draft.Matches switch { [] => Trigger.FoundNone, [var one] => await Choose(one, ct), _ => Trigger.FoundSeveral };
            case UnderstoodKind.InvalidCode or UnderstoodKind.UnknownNumber or UnderstoodKind.Vpostcode when Here == State.AskingAddress:
                return Complain("not-a-code");
            case UnderstoodKind.InvalidCode or UnderstoodKind.UnknownNumber or UnderstoodKind.Vpostcode or UnderstoodKind.Phone:
                return Trigger.FoundNone;
            default:
                return null;
        }
    }

    // The area was given with the right; what lies outside is somebody else's to confirm.
    private async Task<Trigger?> Choose(AddressCode code, CancellationToken ct)
    {
        (Draft.Code, Draft.Commune, Draft.Village) = (null, null, null);
        if (await register.Find(code, ct) is not { } found)
        {
            Draft.Words = code.Grouped;
            return Trigger.FoundNone;
        }
        Draft.Code = found.Code;
        if (found.Status == AddressStatus.Withdrawn || !await policy.May(Turn.PersonId, Right.Confirm, Turn.Now, found.Commune.Key.Code, ct, found.Village ?? ""))
        {
            return Trigger.FoundOutside;
        }
        (Draft.Commune, Draft.Village, Draft.SeenVersion) = (found.Commune.Key.Code, found.Village ?? "", found.Version);
        return Trigger.FoundOne;
    }

    private async Task<Trigger?> TakeName(string words, CancellationToken ct)
    {
        var name = VietnameseText.Plain(words);
        if (VietnameseText.Words(name).Length == 0)
        {
            return null;
        }
        if (name.Length > Limits.AnswerLength)
        {
            return Complain("too-long");
        }
        await ReadRecord(ct);
        Take(RequestField.Name, name == KnownName, body => body with { Name = name }, body => body with { Name = null });
        return Trigger.NameGiven;
    }

    private async Task<Trigger?> TakeCategory(AddressCategory? category, CancellationToken ct)
    {
        await ReadRecord(ct);
        Take(RequestField.Category, category is null || category == address?.Category, body => body with { Category = category }, body => body with { Category = null });
        return Trigger.CategoryGiven;
    }

    private async Task<Trigger?> TakeDetail(AddressDetail? detail, CancellationToken ct)
    {
        await ReadRecord(ct);
        Take(RequestField.Detail, detail is null || detail == KnownDetail, body => body with { Detail = detail }, body => body with { Detail = null });
        return Trigger.DetailGiven;
    }

    private async Task<Trigger?> TakeContact(Contact? given, CancellationToken ct)
    {
        await ReadRecord(ct);
        Take(RequestField.Contact, given is null || given == contact, body => body with { Contact = given }, body => body with { Contact = null });
        return Trigger.ContactGiven;
    }

    private async Task<Trigger?> TakeGate(GateFix? fix, CancellationToken ct)
    {
        await ReadRecord(ct);
        Take(RequestField.Gate, fix is null || fix.Point == address?.Gate, body => body with { Gate = fix }, body => body with { Gate = null });
        return Trigger.GateGiven;
    }

    private void Take(RequestField field, bool isAsItWas, Func<RequestBody, RequestBody> put, Func<RequestBody, RequestBody> drop)
    {
        if (isAsItWas)
        {
            Draft.Uncorrect(field, drop);
        }
        else
        {
            Draft.Correct(field, put);
        }
    }

    private Trigger? TakeNote(string words)
    {
        if (VietnameseText.Words(words).Length == 0)
        {
            return null;
        }
        if (words.Length > Limits.NoteLength)
        {
            return Complain("too-long");
        }
        Draft.Note = VietnameseText.Plain(words);
        return Trigger.NoteGiven;
    }

    private DateOnly Today => Turn.Now.DayInVietnam();

    private IReadOnlyList<DateOnly> DaysOffered => [Today.AddDays(1), Today.AddDays(2), Today.AddDays(3), Today.AddDays(7)];

    private Trigger? TakeDay(DateOnly day)
    {
        if (day < Today || day > Today.AddDays(Limits.ComeAgainDays))
        {
            return Complain("too-far");
        }
        Draft.ComeAgainOn = day;
        return Trigger.DayGiven;
    }

    private async Task<Trigger?> TakeOriginal(string words, CancellationToken ct)
    {
        if (!AddressCode.TryRead(words, out var code))
        {
            return Complain("not-a-code");
        }
        if (code == Draft.Code)
        {
            return Complain("same-code");
        }
        if (await register.Find(code, ct) is null)
        {
            return Complain("not-there", ("code", code.Grouped));
        }
        Draft.Original = code;
        return Trigger.OriginalGiven;
    }
}
