using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Reading;
using DiaChiSo.Core.Store;

namespace DiaChiSo.Core.Turns;

/// <summary>
/// One turn at work. This file: what a person did, and what it means here. <c>OneTurn.Photo</c>: what a photo holds. <c>OneTurn.Unasked</c>: timers and news. <c>OneTurn.Moves</c>: back, cancel, change, home.
/// <c>OneTurn.Settle</c>: effects, calls and returns until one page stands. <c>OneTurn.Show</c>: that page.
/// </summary>
internal sealed partial class OneTurn(
    BotDb db, Catalogue catalogue, Texts texts, Policy policy, Understanding understanding, IServiceProvider services, Conversation conversation, Talk talk, DateTimeOffset now)
{
    private readonly List<Block> before = [];

    // Something did not work, so the page that stands now offers a human last.
    private bool isStuck;
    private readonly List<Page> pages = [];
    private TurnContext context = new(conversation.PersonId, conversation.Id, conversation.Language, now, conversation.Channel);

    // The dialog of the top frame, built once while it stays on top.
    private Dialog dialog = null!;

    public IReadOnlyList<Page> Pages => pages;

    /// <summary>For a press that had no effect.</summary>
    public string? Toast { get; private set; }

    public bool IsWorthReminding { get; private set; }

    public async Task Take(Incoming incoming, CancellationToken ct)
    {
        var stands = await StandOnSolidGround(ct);
        switch (incoming)
        {
            case not (Departed or CameBack or TimerRang or Noticed) when !stands:
                // Said or pressed to a page that is gone: what is left is shown instead.
                await Show(ct);
                break;
            case Departed:
                conversation.IsGone = true;
                break;
            case CameBack:
                // TurnRunner takes the mark off, as for everything that comes from the person.
                break;
            case TimerRang rang:
                await TakeTimer(rang, ct);
                break;
            case Noticed notice:
                await TakeNotice(notice, ct);
                break;
            case Pressed pressed:
                await TakePress(pressed, ct);
                break;
            case Arrived arrived:
                await TakeArrival(arrived.Payload, ct);
                break;
            case Commanded command:
                await TakeCommand(command, ct);
                break;
            case Said said:
                await TakeWords(said, ct);
                break;
            case SharedPlace place:
                await TakePlace(place, ct);
                break;
            case SentPhoto photo:
                await TakePhoto(photo, ct);
                break;
            default:
                await TakeOther(incoming, ct);
                break;
        }
        // Once is enough: a reminder that was said is not followed by another one.
        IsWorthReminding = !reminded && talk.Stack.Count > 1 && dialog.Reminds;
    }

    // A button counts only while its dialog runs, on the page last shown (design.md §2); a door has its own life.
    private async Task TakePress(Pressed pressed, CancellationToken ct)
    {
        if (pressed.Data.StartsWith(Door.Prefix))
        {
            await OpenDoor(pressed.Data[1..], ct);
        }
        else if (pressed.Data == HelpPress)
        {
            await Open(catalogue.Helping, null, ct);
        }
        else if (Stamp.TryParse(pressed.Data, out var stamp) && stamp.Turn == talk.OfferedAt && stamp.Index >= 0 && stamp.Index < talk.Offered.Count)
        {
            await Take(talk.Offered[stamp.Index], ct);
        }
        else
        {
            SayStale(pressed);
        }
    }

    private async Task TakeWords(Said said, CancellationToken ct)
    {
        var words = said.Words.Trim();
        if (words.StartsWith('/') && Commands.TryRead(words, out var command))
        {
            await TakeCommand(command, ct);
            return;
        }
        if (words.Length >= Limits.WordsHeard)
        {
            Regret("too-long");
            await Show(ct);
            return;
        }
        var folded = VietnameseText.Fold(words);
        if (talk.Offered.Where(offer => offer.Does.Length > 0).Concat(talk.Noticed).FirstOrDefault(offer => VietnameseText.Fold(offer.Label) == folded) is { } labelled)
        {
            await Take(labelled, ct);
            return;
        }
        var byNumber = SpokenNumbers.Read(folded) is { } number ? talk.Offered.FirstOrDefault(offer => offer.Number == number) : null;
        var takesFreely = (dialog.AsksFor & (Asks.Words | Asks.Figures)) != 0;
        if (byNumber is not null)
        {
            await Take(byNumber, ct);
            return;
        }
        if (Commands.OfExitWords(folded) is { } exit)
        {
            await TakeCommand(exit, ct);
            return;
        }

        var understood = understanding.Read(words);
        if (understood.Kind == UnderstoodKind.NationalId)
        {
            // Law 91/2025: a citizen id is never kept or repeated; the person is asked to remove it.
            before.AddRange(texts.SharedWords(context.Language, "citizen-id"));
            await Show(ct);
            return;
        }
        var isForeignCode = understood.Kind is UnderstoodKind.Code or UnderstoodKind.Vpostcode && !dialog.AsksFor.HasFlag(Asks.Figures);
        var isForeignPlace = understood.Kind is UnderstoodKind.Place or UnderstoodKind.PlusCode && (dialog.AsksFor & (Asks.Place | Asks.Words)) == 0;
        if ((isForeignCode || isForeignPlace) && !IsLookingUp)
        {
            await AskAside(catalogue.Lookup, new Query(words), ct);
            return;
        }
        // Coordinates typed where a place is asked are that place.
        Incoming heard = understood is { Kind: UnderstoodKind.Place or UnderstoodKind.PlusCode, Place: { } point, IsPlaceGuess: false } && dialog.AsksFor.HasFlag(Asks.Place) ? new SharedPlace(point) : said with { Words = words };
        // "Xin chào" after three days is no name of a house, and "cảm ơn" no village.
        var isSmallTalk = understood.Kind is UnderstoodKind.Greeting or UnderstoodKind.Thanks && talk.Stack.Count > 1 && !dialog.AsksFor.HasFlag(Asks.Talk);
        if (!isSmallTalk && await Answer(heard, ct) is not Heard.NotUnderstood)
        {
            return;
        }
        if (understood.Kind == UnderstoodKind.Greeting)
        {
            await TakeArrival(null, ct);
        }
        else if (talk.Stack.Count == 1 && words.Length > 0)
        {
            await AskAside(catalogue.Lookup, new Query(words), ct);
        }
        else
        {
            Regret(takesFreely ? "not-taken" : "not-understood");
            await Show(ct);
        }
    }

    /// <summary>The look-up takes another code or place wherever it stands, also where another dialog called it and waits for an address.</summary>
    private bool IsLookingUp => talk.Top.Dialog == catalogue.Lookup.Name;

    private async Task TakePlace(SharedPlace place, CancellationToken ct)
    {
        if (dialog.AsksFor.HasFlag(Asks.Place) || (IsLookingUp && place.Kind != PlaceKind.LiveUpdate))
        {
            // A live location moves all the time: what it does not change is not answered (design.md §3).
            if (await Answer(place, ct) is Heard.NotUnderstood && place.Kind != PlaceKind.LiveUpdate)
            {
                Regret("not-taken");
                await Show(ct);
            }
        }
        else if (place.Kind != PlaceKind.LiveUpdate)
        {
            await AskAside(catalogue.Lookup, new Query(Place: place.Point), ct);
        }
    }

    // Every kind of input has an answer in every state.
    private async Task TakeOther(Incoming incoming, CancellationToken ct)
    {
        if (await Answer(incoming, ct) is not Heard.NotUnderstood)
        {
            return;
        }
        var key = incoming switch
        {
            SharedContact => "got-contact",
            SentThing thing => "got-" + thing.What.ToString().ToLowerInvariant(),
            _ => throw new InvalidOperationException($"{incoming.GetType().Name} does not come from a person"),
        };
        Regret(key);
        await Show(ct);
    }

    private async Task TakeArrival(string? payload, CancellationToken ct)
    {
        if (payload is { Length: > 0 })
        {
            if (understanding.Read(payload).Kind == UnderstoodKind.Code)
            {
                await AskAside(catalogue.Lookup, new Query(payload), ct);
                return;
            }
            var name = payload.Split('_', 2);
            if (catalogue.Commanded(name[0]) is { } entry)
            {
                await Open(entry, name.Length > 1 ? new Query(name[1]) : null, ct);
                return;
            }
        }
        if (talk.Stack.Skip(1).Any(KeepsDraft))
        {
            before.AddRange(texts.SharedWords(context.Language, "welcome-back", ("title", TitleOf(talk.Stack[1].Dialog))));
        }
        else
        {
            // Nothing would be lost: a greeting begins at the beginning.
            await Drop(keep: false, ct);
            await dialog.HearAndMove(new Arrived(payload), ct);
        }
        await Show(ct);
    }

    private async Task TakeCommand(Commanded command, CancellationToken ct)
    {
        switch (command.Name)
        {
            case "start":
                await TakeArrival(command.Argument, ct);
                break;
            case "menu":
                await GoHome(ct);
                break;
            case "huy" or "cancel":
                await Cancel(ct);
                break;
            case "quaylai" or "back":
                await GoBack(ct);
                break;
            case "mo" when command.Argument is { } door:
                await OpenDoor(door, ct);
                break;
            default:
                if (catalogue.Commanded(command.Name) is { } entry)
                {
                    await Open(entry, command.Argument is null ? null : new Query(command.Argument), ct);
                }
                else
                {
                    Regret("unknown-command");
                    await Show(ct);
                }
                break;
        }
    }

    private void Regret(string key, params IReadOnlyList<(string Hole, string Value)> holes)
    {
        before.AddRange(texts.SharedWords(context.Language, key, holes));
        isStuck = true;
    }

    private void SayStale(Pressed pressed)
    {
        var words = texts.SharedWords(context.Language, "stale-button");
        if (pressed.Ticket is null)
        {
            pages.Add(new Page(words, []));
        }
        else
        {
            Toast = words[0].PlainText();
        }
    }
}
