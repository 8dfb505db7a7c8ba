using DiaChiSo.Core;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Dialogs.Review;

public sealed partial class Review
{
    // Other things to do from the queue, among what it offers: a press means what was shown, however the queue has changed since.
    private const string NextPage = "next-page";
    private const string FirstPage = "first-page";
    private const string ChooseFilter = "choose-filter";
    private const string NoFilter = "no-filter";
    private const string SeveralAtOnce = "several-at-once";

    protected override Asks Asks => Here switch
    {
        State.ShowingQueue or State.ChoosingFilter or State.AlikeApproved or State.AskingReason or State.AskingWish => Asks.Words,
        State.AskingCode or State.AskingOriginal => Asks.Words | Asks.Figures | Asks.Code,
        _ => Asks.Choice,
    };

    protected override async Task<Trigger?> Hear(Incoming incoming, CancellationToken ct) => (Here, incoming) switch
    {
        (State.ShowingQueue, Opened opened) => await Begin(opened, ct),
        (State.ShowingQueue, Picked picked) => await TakeOffered(Draft.Shown[picked.Index], ct),
        (State.ShowingQueue or State.AlikeApproved, Said said) => RequestNumber.TryRead(said.Words, out var number) ? await Open(number, ct) : null,
        (State.ChoosingFilter, Picked picked) => Filtered(Draft.Filters[picked.Index]),
        (State.ChoosingFilter, Said said) => await TakeCommune(said.Words, ct),
        (State.ChoosingAlike, Picked picked) => TakeAlike(Draft.Groups[picked.Index]),
        (State.AskingCode, Said said) => await TakeCode(said.Words, ct),
        (State.AskingReason, Picked picked) => await TakeWords(Reasons, picked.Index, Trigger.ReasonGiven, ct),
        (State.AskingReason, Said said) => TakeWords(said.Words, Trigger.ReasonGiven),
        (State.AskingWish, Picked picked) => await TakeWords(CommonReasons.ForMore, picked.Index, Trigger.WishGiven, ct),
        (State.AskingWish, Said said) => TakeWords(said.Words, Trigger.WishGiven),
        (State.AskingOriginal, Said said) => await TakeOriginal(said.Words, ct),
        _ => null,
    };

    // From a command or a notice with a number, or from the announcement of what is overdue.
    private async Task<Trigger?> Begin(Opened opened, CancellationToken ct)
    {
        if (opened.As<Query>() is { Words: { } words } && RequestNumber.TryRead(words, out var number))
        {
            return await Open(number, ct);
        }
        Draft.Filter = opened.As<QueueFilter>() ?? QueueFilter.None;
        return null;
    }

    private async Task<Trigger?> TakeOffered(string offered, CancellationToken ct)
    {
        switch (offered)
        {
            case NextPage:
                Draft.Skipped += Limits.QueueShown;
                return Trigger.TurnPage;
            case FirstPage:
                Draft.Skipped = 0;
                return Trigger.TurnPage;
            case NoFilter:
                (Draft.Filter, Draft.Skipped) = (QueueFilter.None, 0);
                return Trigger.TurnPage;
            case ChooseFilter:
                return Trigger.Filter;
            case SeveralAtOnce:
                return Trigger.SeveralAlike;
            default:
                return await Open(offered, ct);
        }
    }

    private Trigger Filtered(QueueFilter filter)
    {
        (Draft.Filter, Draft.Skipped) = (filter, 0);
        return Trigger.FilterPicked;
    }

    private async Task<Trigger?> TakeCommune(string words, CancellationToken ct)
    {
        if (Draft.Filters.Find(filter => VietnameseText.SameWords(Added(filter), words)) is { } filter)
        {
            return Filtered(filter);
        }
        var named = units.FindCommunes(words).SelectMany(units.PresentsOf).Select(unit => unit.Key.Code).Distinct().ToList();
        var waiting = (await queue.Count(Turn.PersonId, Turn.Now, ct)).Parts.Select(part => part.Commune).ToHashSet();
        return named.Where(waiting.Contains).ToList() is [var commune] ? Filtered(Draft.Filter with { Commune = commune }) : Complain(named.Count == 0 ? "no-commune" : "nothing-there");
    }

    private Trigger TakeAlike(AlikeRequests group)
    {
        Draft.Alike = group;
        return Trigger.AlikePicked;
    }

    // Four eyes, one pair of hands, and nothing that is settled already: each has a sentence of its own.
    private async Task<Trigger?> Open(string number, CancellationToken ct)
    {
        Draft.LeaveTheTable();
        Draft.Number = number;
        request = await queue.Find(Turn.PersonId, number, Turn.Now, ct);
        Draft.Look(request);
        Draft.MayTakeBack = request?.MayBeTakenBack == true;
        return request is { IsOwn: false, IsInOtherHands: false, MayBeTakenBack: false, Status: RequestStatus.Sent or RequestStatus.BeingVerified or RequestStatus.WaitingForCode }
            ? Trigger.Opened
            : Trigger.CannotBeOpened;
    }

    private async Task<Trigger?> TakeCode(string words, CancellationToken ct)
    {
        if (!AddressCode.TryRead(words, out var code))
        {
            return Complain("not-a-code");
        }
        if (!ApproveRequest.IsOfArea(code, Draft.Commune!, units))
        {
            return Complain("other-area", ("area", code.Area));
        }
        if (await register.Find(code, ct) is not null)
        {
            return Complain("taken", ("code", code.Grouped));
        }
        Draft.Issued = code;
        return Trigger.CodeGiven;
    }

    private IReadOnlyList<string> Reasons(string language) => Draft.Taken.Count > 0 ? CommonReasons.ForKeeping(language) : CommonReasons.ForRejecting(language);

    // The requester reads them, so they are in the requester's language.
    private async Task<Trigger?> TakeWords(Func<string, IReadOnlyList<string>> common, int index, Trigger given, CancellationToken ct)
    {
        var language = (await queue.Find(Turn.PersonId, Draft.Number, Turn.Now, ct))?.Language ?? Turn.Language;
        return TakeWords(common(language)[index], given);
    }

    private Trigger? TakeWords(string words, Trigger given)
    {
        if (words.Length > Limits.NoteLength)
        {
            return Complain("too-long");
        }
        if (VietnameseText.Words(words).Length < 3)
        {
            return Complain("too-short");
        }
        Draft.Words = VietnameseText.Plain(words);
        return given;
    }

    private async Task<Trigger?> TakeOriginal(string words, CancellationToken ct)
    {
        if (RequestNumber.TryRead(words, out var number))
        {
            if (number == Draft.Number || await queue.Find(Turn.PersonId, number, Turn.Now, ct) is null)
            {
                return Complain("no-such-request", ("number", number));
            }
            Draft.Original = number;
            return Trigger.OriginalGiven;
        }
        if (!AddressCode.TryRead(words, out var code))
        {
            return Complain("not-a-code");
        }
        if (await register.Find(code, ct) is null)
        {
            return Complain("no-such-address", ("code", code.Grouped));
        }
        Draft.Original = code.ToString();
        return Trigger.OriginalGiven;
    }
}
