using DiaChiSo.Bot.Media;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels;

/// <summary>
/// What a channel cannot carry is put where its person can reach it, before <see cref="Parts"/> cuts the page: a file behind an address of
/// ours, a pin as words with a link to a map.
/// </summary>
public sealed class Fitting(MediaLinks media, WebSettings web)
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
        return page with { Blocks = blocks };
    }

    private static Words WithLink(Block block, string? link) => new([new Run(link is null ? block.PlainText() : $"{block.PlainText()}\n{link}")]);
}
