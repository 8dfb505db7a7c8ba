using DiaChiSo.Core.Register;

namespace DiaChiSo.Core.Turns;

// What comes without the person having done anything: a timer, news from elsewhere.
internal sealed partial class OneTurn
{
    private async Task TakeTimer(TimerRang rang, CancellationToken ct)
    {
        // The answer came before the timer.
        if (rang.Turn != conversation.Turn || talk.Stack.Count < 2)
        {
            return;
        }
        talk.HasReminder = false;
        before.AddRange(texts.SharedWords(context.Language, "reminder", ("title", TitleOf(talk.Stack[1].Dialog))));
        await Show(ct);
        reminded = true;
    }

    private bool reminded;

    // The news first, then the open question again, so that nobody loses the thread.
    private async Task TakeNotice(Noticed notice, CancellationToken ct)
    {
        var section = texts.Section(notice.Dialog, context.Language, notice.Section);
        var made = Turns.Pages.Make(section.Lines, notice.Holes);
        var choices = notice.DoorId is { } door ? made.Choices.Select(choice => new Choice(choice.Label, $"{Door.Prefix}{door}", null)).ToList() : [];
        pages.Add(new Page(made.Blocks, choices) { Occasion = notice.IsMailed ? Occasion.MailedNews : Occasion.News });
        // Where a channel has no buttons, or the thumb types: the words of the newest of that name.
        talk.Noticed.InsertRange(0, choices.Select(choice => new Offer(choice.Label, $"{Does.Door}:{choice.Data[1..]}", null)));
        talk.Noticed = [.. talk.Noticed.DistinctBy(offer => VietnameseText.Fold(offer.Label)).Take(Limits.NoticesOpenByWords)];
        // A dialog hears its own news: what stands on its page may be over.
        if (talk.Top.Dialog == notice.Dialog && await dialog.HearAndMove(notice, ct))
        {
            dialog.Save(talk.Top);
            await Settle(ct);
            await Show(ct);
        }
        else if (talk.Stack.Count > 1 && !dialog.KeepsQuiet)
        {
            await Show(ct);
        }
    }
}
