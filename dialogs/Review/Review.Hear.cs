using DiaChiSo.Core;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Dialogs.Review;

public sealed partial class Review
{
    protected override Asks Asks => Here switch
    {
        State.ShowingQueue or State.AskingReason or State.AskingWish => Asks.Words,
        State.AskingCode or State.AskingOriginal => Asks.Words | Asks.Figures | Asks.Code,
        _ => Asks.Choice,
    };

    protected override async Task<Trigger?> Hear(Incoming incoming, CancellationToken ct) => (Here, incoming) switch
    {
        (State.ShowingQueue, Opened opened) => opened.As<Query>() is { Words: { } words } && RequestNumber.TryRead(words, out var number) ? await Open(number, ct) : null,
        (State.ShowingQueue, Picked picked) => await Open(Draft.Shown[picked.Index], ct),
        (State.ShowingQueue, Said said) => RequestNumber.TryRead(said.Words, out var number) ? await Open(number, ct) : null,
        (State.AskingCode, Said said) => await TakeCode(said.Words, ct),
        (State.AskingReason, Picked picked) => await TakeWords(CommonReasons.ForRejecting, picked.Index, Trigger.ReasonGiven, ct),
        (State.AskingReason, Said said) => TakeWords(said.Words, Trigger.ReasonGiven),
        (State.AskingWish, Picked picked) => await TakeWords(CommonReasons.ForMore, picked.Index, Trigger.WishGiven, ct),
        (State.AskingWish, Said said) => TakeWords(said.Words, Trigger.WishGiven),
        (State.AskingOriginal, Said said) => await TakeOriginal(said.Words, ct),
        _ => null,
    };

    // Four eyes, one pair of hands, and nothing that is settled already: each has a sentence of its own.
    private async Task<Trigger?> Open(string number, CancellationToken ct)
    {
        Draft.Number = number;
        request = await queue.Find(Turn.PersonId, number, Turn.Now, ct);
        if (request is null || request.IsOwn || request.IsInOtherHands || request.Status is not (RequestStatus.Sent or RequestStatus.BeingVerified))
        {
            return Trigger.CannotBeOpened;
        }
        (Draft.Kind, Draft.Target, Draft.Commune, Draft.SeenVersion) = (request.Kind, request.Target?.Code, request.Commune.Key.Code, request.Target?.Version);
        return Trigger.Opened;
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
