using DiaChiSo.Bot.Places;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels.DirectLine;

/// <summary>
/// The web channel's sending side: a page becomes rows of the log, and whoever listens is woken. A page is written whole, in one transaction,
/// and recognised when it comes again; so no part needs to be counted.
/// </summary>
public sealed class DirectLineChannel(Chatlog chatlog, ActivityWriting writing, PlaceLinks places) : IChannel
{
    public string Name => Chatlog.Channel;

    public Capabilities Capabilities { get; } = new()
    {
        TextLength = 20_000,
        Buttons = 40,
        ButtonLength = 300,
        SendsPins = true,
        LinkButtons = true,
        Pictures = PictureWay.Upload,
        SendsDocuments = true,
        AsksForPlace = true,
    };

    public async Task<Sending> Send(Outgoing outgoing, Func<int, Task> partSent, CancellationToken ct)
    {
        var page = outgoing.Page();
        // Our own page asks the browser itself.
        var placePath = page.Wish.HasFlag(Wish.Place) && !Tokens.IsOfOwnPage(outgoing.ChatKey) ? new Uri(await places.LinkOf(outgoing.ConversationId, ct)).AbsolutePath : null;
        await chatlog.Say(outgoing.ChatKey, $"o:{outgoing.Id}", writing.Write(page, outgoing.Language, placePath), ct);
        return new Sending.Done();
    }
}
