namespace DiaChiSo.Core.Turns;

// The page of the dialog that speaks: a function of its state and draft, so that it can be shown again at any time.
internal sealed partial class OneTurn
{
    private async Task Show(CancellationToken ct)
    {
        if (talk.Stack.Count == 1)
        {
            // The home page shows what the person may do now.
            await dialog.HearAndMove(new Opened(null), ct);
            dialog.Save(talk.Top);
        }
        conversation.Turn++;
        var page = (await PageOfTop(withChoices: true, ct)).Preceded([.. before]);
        before.Clear();
        pages.Add(page);
    }

    private async Task<Page> PageOfTop(bool withChoices, CancellationToken ct)
    {
        await dialog.GatherForPage(ct);
        var frame = talk.Top;
        // A list that was read for the page is kept with it: what is picked is what was shown, whatever has changed since.
        dialog.Save(frame);
        var section = texts.Section(frame.Dialog, context.Language, Texts.KeyOf(dialog.StateName));
        var holes = dialog.Holes();
        var made = Turns.Pages.Make(section.Lines, holes, dialog.ListItems());
        var blocks = made.Blocks;
        if (dialog.Complaint is { } complaint)
        {
            var said = texts.Aside(frame.Dialog, context.Language, section.Key, complaint.Key);
            blocks = [.. Turns.Pages.Make(said.Lines, complaint.Holes).Blocks, .. blocks];
        }
        if (!withChoices)
        {
            return new Page(blocks, []);
        }

        var entries = dialog.EntryLabels();
        var isNumbered = entries.Count > 0 || (dialog.AsksFor & (Asks.Words | Asks.Figures)) == 0;
        var offers = new List<Offer>();
        var choices = new List<Choice>();
        var wish = Wish.Nothing;
        foreach (var (label, at) in entries.Select((label, at) => (label, at)))
        {
            Offer(label, $"{Does.Pick}:{at}");
        }
        foreach (var line in made.Choices)
        {
            switch (line.Target)
            {
                case "@place":
                    wish |= Wish.Place;
                    choices.Add(new Choice(line.Label, line.Target, null));
                    break;
                case "@contact":
                    wish |= Wish.Contact;
                    choices.Add(new Choice(line.Label, line.Target, null));
                    break;
                case Does.Back when talk.Past.Count == 0:
                    break;
                case Does.Back or Does.Cancel:
                    Offer(line.Label, line.Target);
                    break;
                case var target when target.StartsWith("url:", StringComparison.Ordinal):
                    choices.Add(new Choice(line.Label, target[4..], null, IsLink: true));
                    break;
                case var target when target.Contains(':'):
                    Offer(line.Label, target);
                    break;
                case var trigger when dialog.Permits(Texts.NameOf(trigger)):
                    Offer(line.Label, $"{Does.Fire}:{Texts.NameOf(trigger)}");
                    break;
            }
        }
        if ((isStuck || dialog.Complaint is not null) && talk.Stack.All(open => open.Dialog != catalogue.Helping.Name)
            && TitleOf(catalogue.Helping.Name) is var human && choices.All(choice => choice.Label != human))
        {
            // Last, so that the numbers of the page's own choices stay what they were.
            Offer(human, $"{Does.Go}:{catalogue.Helping.Name}");
        }
        talk.Offered = offers;
        talk.OfferedAt = conversation.Turn;
        return new Page(blocks, choices, wish);

        void Offer(string label, string does)
        {
            int? number = isNumbered ? offers.Count + 1 : null;
            choices.Add(new Choice(label, new Stamp(conversation.Turn, offers.Count).ToString(), number));
            offers.Add(new Offer(label, does, number));
        }
    }
}
