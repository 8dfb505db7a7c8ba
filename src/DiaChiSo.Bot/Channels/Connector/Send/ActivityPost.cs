using System.Net;
using DiaChiSo.Bot.Channels.DirectLine;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels.Connector.Send;

/// <summary>One activity to a chat's channel: <c>POST {serviceUrl}/v3/conversations/{id}/activities/{replyToId}</c>.</summary>
internal sealed class ActivityPost(ConnectorLine line, AccessTokens tokens, TimeProvider time)
{
    private static readonly TimeSpan WaitWhenNotTold = TimeSpan.FromSeconds(5);

    /// <summary>Addressed from the bot to the person, as an answer to what was heard last.</summary>
    public static Activity Addressed(Activity activity, ChatAddress to) => activity with
    {
        ChannelId = to.ChannelId,
        ServiceUrl = to.ServiceUrl,
        From = to.Bot with { Role = "bot" },
        Recipient = to.Person,
        Conversation = to.Conversation,
        ReplyToId = to.ActivityId,
    };

    /// <returns>What became of it; a channel's fault that passes is <see cref="Sending.Later"/> or thrown.</returns>
    /// <exception cref="HttpRequestException">The server is not there or has a fault of its own.</exception>
    public async Task<Sending> Send(ChatAddress to, Activity activity, CancellationToken ct)
    {
        var answer = await Send(to, activity, to.ActivityId, ct);
        // What is replied to may be gone while the conversation is not.
        return answer is Sending.Gone && to.ActivityId is not null ? await Send(to, activity, null, ct) : answer;
    }

    private async Task<Sending> Send(ChatAddress to, Activity activity, string? replyToId, CancellationToken ct)
    {
        for (var isAgain = false; ; isAgain = true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, UrlOf(to, replyToId));
            request.Content = JsonContent.Create(Addressed(activity, to) with { ReplyToId = replyToId }, options: ActivityJson.Options);
            if (to.IsVouchedFor)
            {
                await tokens.Show(request, ct);
            }
            using var response = await line.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            if (response.StatusCode == HttpStatusCode.Unauthorized && to.IsVouchedFor && !isAgain)
            {
                tokens.Forget(request);
                continue;
            }
            return response switch
            {
                { IsSuccessStatusCode: true } => new Sending.Done(),
                { StatusCode: HttpStatusCode.TooManyRequests } => new Sending.Later(WaitIn(response)),
                { StatusCode: HttpStatusCode.ServiceUnavailable } when response.Headers.RetryAfter is not null => new Sending.Later(WaitIn(response)),
                { StatusCode: HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Gone } => new Sending.Gone(),
                { StatusCode: HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnsupportedMediaType } => new Sending.Refused($"{(int)response.StatusCode}"),
                _ => throw new HttpRequestException($"the channel answered {(int)response.StatusCode}"),
            };
        }
    }

    private TimeSpan WaitIn(HttpResponseMessage response)
    {
        var wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => WaitWhenNotTold,
        };
        return wait > TimeSpan.Zero ? wait : WaitWhenNotTold;
    }

    // Ids hold what they like: "|", ":", "/", "@".
    private static string UrlOf(ChatAddress to, string? replyToId) =>
        $"{to.ServiceUrl.TrimEnd('/')}/v3/conversations/{Uri.EscapeDataString(to.Conversation.Id!)}/activities{(replyToId is null ? "" : "/" + Uri.EscapeDataString(replyToId))}";
}
