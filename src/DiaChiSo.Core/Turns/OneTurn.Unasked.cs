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
        var choices = notice.DoorId is { } door ? made.Choices.Select(choice => new Choice(choice.Label, $"{Door.Prefix}{door}", null)) : [];
        pages.Add(new Page(made.Blocks, [.. choices]));
        if (talk.Stack.Count > 1)
        {
            await Show(ct);
        }
    }
}
