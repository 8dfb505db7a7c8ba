using DiaChiSo.Bot.Channels.DirectLine;
using DiaChiSo.Bot.Places;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels.Connector.Send;

/// <summary>
/// Sends pages to the channels of the Azure Bot Service. Such a channel is known only by name, so nothing is left to it: choices are numbered lines
/// in the text beside the buttons, and what a card says the text says too.
/// </summary>
internal sealed partial class ConnectorChannel(ChatAddresses addresses, ActivityWriting writing, PictureLinks pictures, ActivityPost post, ExpectedReplies expected, PlaceLinks places, WebSettings web, ILogger<ConnectorChannel> log)
    : IChannel
{
    public string Name => ConnectorLine.Channel;

    public Capabilities Capabilities { get; } = new()
    {
        TextLength = 4_000,
        Buttons = 40,
        ButtonLength = 300,
        SendsPins = true,
        LinkButtons = true,
        Pictures = PictureWay.Upload,
        SendsDocuments = true,
    };

    public async Task<Sending> Send(Outgoing outgoing, Func<int, Task> partSent, CancellationToken ct)
    {
        if (await addresses.Find(outgoing.ChatKey, ct) is not { } to)
        {
            return new Sending.Refused("nobody knows where the chat is");
        }
        var page = outgoing.Page();
        var placePath = page.Wish.HasFlag(Wish.Place) && web.PublicBase is not null ? new Uri(await places.LinkOf(outgoing.ConversationId, ct)).AbsolutePath : null;
        var activities = writing.Write(page, outgoing.Language, placePath).Select(activity => ForeignForm.Of(activity, web.PublicBase)).Select(Carried).ToList();
        if (outgoing.PartsSent == 0 && expected.Give(outgoing.ChatKey, [.. activities.Select(activity => ActivityPost.Addressed(activity, to))]))
        {
            return new Sending.Done();
        }
        string? refused = null;
        for (var at = outgoing.PartsSent; at < activities.Count; at++)
        {
            switch (await SendOne(to, activities[at], ct))
            {
                case Sending.Refused refusal:
                    // The rest of the page still goes out; one bad card must not keep the question back.
                    refused = refusal.Why;
                    LogRefused(outgoing.Id, at, refusal.Why);
                    break;
                case Sending.Done:
                    break;
                case var other:
                    return other;
            }
            await partSent(at + 1);
        }
        return refused is null ? new Sending.Done() : new Sending.Refused(refused);
    }

    // What the channel does not take as it is it gets as bare words; everything that is needed stands in them.
    private async Task<Sending> SendOne(ChatAddress to, Activity activity, CancellationToken ct)
    {
        var sending = await post.Send(to, activity, ct);
        return sending is Sending.Refused && activity is not { Attachments: null, SuggestedActions: null, Entities: null }
            ? await post.Send(to, activity with { Attachments = null, SuggestedActions = null, Entities = null, Text = WithLabels(activity) }, ct)
            : sending;
    }

    private static string? WithLabels(Activity activity)
    {
        var missing = (activity.SuggestedActions?.Actions ?? []).Select(action => action.Title).Where(title => activity.Text?.Contains(title, StringComparison.Ordinal) != true).ToList();
        return missing.Count == 0 ? activity.Text : $"{activity.Text}\n\n{string.Join('\n', missing)}";
    }

    // What only our own page reads stays here. A picture goes as an address where the channel's server can reach us, and otherwise as itself.
    private Activity Carried(Activity activity) => activity with
    {
        ChannelData = null,
        Attachments = activity.Attachments is null ? null : [.. activity.Attachments.Select(ForeignForm.WithWidePicture).Select(one => one.ContentUrl is ['/', ..] path ? one with { ContentUrl = AddressOf(path) } : one)],
    };

    private string? AddressOf(string path)
    {
        if (web.PublicBase is { } address)
        {
            return address + path;
        }
        var isWide = path.EndsWith(PictureLinks.Wide, StringComparison.Ordinal);
        var link = path[PictureLinks.Path.Length..(isWide ? ^PictureLinks.Wide.Length : ^0)];
        if (pictures.Draw(link) is not { } file)
        {
            return null;
        }
        var shown = isWide ? WidePicture.Of(file) : file;
        return $"data:{shown.Type};base64,{Convert.ToBase64String(shown.Bytes)}";
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Outbox row {Row}: the channel takes activity {At} in no form: {Why}")]
    private partial void LogRefused(long row, int at, string why);
}
