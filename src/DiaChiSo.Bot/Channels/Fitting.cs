using DiaChiSo.Bot.Media;
using DiaChiSo.Bot.Places;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels;

/// <summary>
/// What a channel cannot carry is put where its person can reach it, before <see cref="Parts"/> cuts the page: a file behind an address of
/// ours, a pin as words with a link to a map, the wish for a position as a one-time link to a page that takes it.
/// </summary>
public sealed class Fitting(MediaLinks media, PlaceLinks places, WebSettings web)
{
    public async Task<Page> Fit(Outgoing outgoing, Capabilities can, CancellationToken ct)
    {
        var page = outgoing.Page();
        var blocks = new List<Block>();
        foreach (var block in page.Blocks)
        {
            blocks.Add(block switch
            {
                Document when !can.SendsDocuments => WithLink(block, await media.LinkOf(block, ct)),
                Pin pin when !can.SendsPins => WithLink(pin, web.MapLinkOf(pin.Point)),
                _ => block,
            });
        }
        return page with { Blocks = blocks, Choices = can.AsksForPlace ? page.Choices : await WithPlaceLinks(page.Choices, outgoing.ConversationId, ct) };
    }

    // Where nobody outside can reach us there is no link; coordinates and words may still be typed.
    private async Task<IReadOnlyList<Choice>> WithPlaceLinks(IReadOnlyList<Choice> choices, long conversationId, CancellationToken ct)
    {
        if (web.PublicBase is null || choices.All(choice => choice.Data != "@place"))
        {
            return choices;
        }
        var link = await places.LinkOf(conversationId, ct);
        return [.. choices.Select(choice => choice.Data == "@place" ? choice with { Data = link, IsLink = true, Number = null } : choice)];
    }

    private static Words WithLink(Block block, string? link) => new([new Run(link is null ? block.PlainText() : $"{block.PlainText()}\n{link}")]);
}
