using System.Net.WebSockets;
using System.Text.Json;

namespace DiaChiSo.Bot.Channels.DirectLine;

/// <summary>
/// The stream of a conversation: text frames of activity sets, from a watermark on. A client's frames are read and ignored (empty ones are
/// its pings); it speaks by POST.
/// </summary>
public sealed class Streams(Chatlog chatlog, Listeners listeners, IHostApplicationLifetime lifetime)
{
    // Another process may have written: look now and then even when nobody called.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(15);

    // A client that does not answer a close is left after this.
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(2);

    private const int BiggestFrameRead = 4 * 1024;

    /// <param name="socket">Just opened.</param>
    /// <param name="admission">Who listens, to which conversation.</param>
    /// <param name="watermark">Behind which it begins.</param>
    /// <param name="finish">Makes an activity fit for this client (absolute addresses).</param>
    /// <param name="aborted">The connection is gone.</param>
    public async Task Run(WebSocket socket, Admission admission, long watermark, Func<ActivitySet, ActivitySet> finish, CancellationToken aborted)
    {
        var conversationId = admission.ConversationId;
        var listener = listeners.Add(conversationId, admission.IsOwnPage ? Listeners.MostOfOwnPage : Listeners.MostOfOthers);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(aborted, listener.Gone, lifetime.ApplicationStopping);
        // Reading has an end of its own: a cancelled read tears the socket down before we can say goodbye.
        using var unread = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        try
        {
            var reading = ReadUntilClosed(socket, unread.Token);
            var telling = Tell(socket, conversationId, watermark, listener, finish, over.Token);
            await Task.WhenAny(reading, telling);
            await over.CancelAsync();
            await Quietly(telling);
            await Close(socket, lifetime.ApplicationStopping.IsCancellationRequested ? WebSocketCloseStatus.EndpointUnavailable : WebSocketCloseStatus.NormalClosure);
            unread.CancelAfter(Goodbye);
            await Quietly(reading);
        }
        finally
        {
            listeners.Remove(conversationId, listener);
        }
    }

    private async Task Tell(WebSocket socket, string conversationId, long watermark, Listener listener, Func<ActivitySet, ActivitySet> finish, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var set = await chatlog.After(conversationId, watermark, ct);
            watermark = long.Parse(set.Watermark);
            if (set.Activities.Count > 0)
            {
                listener.IsTyping = false;
                await Send(socket, finish(set), ct);
                continue;
            }
            if (listener.IsTyping)
            {
                listener.IsTyping = false;
                // No watermark: there is nothing to come back to.
                await Send(socket, new { activities = new[] { new Activity { Type = "typing", From = ActivityWriting.Bot, Conversation = new ConversationAccount(conversationId) } } }, ct);
            }
            await listener.Nudge.Wait(LookAgain, ct);
        }
    }

    private static async Task Send<T>(WebSocket socket, T frame, CancellationToken ct) =>
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(frame, ActivityJson.Options), WebSocketMessageType.Text, endOfMessage: true, ct);

    private static async Task ReadUntilClosed(WebSocket socket, CancellationToken ct)
    {
        var buffer = new byte[BiggestFrameRead];
        while (true)
        {
            var frame = await socket.ReceiveAsync(buffer, ct);
            if (frame.MessageType == WebSocketMessageType.Close || !frame.EndOfMessage)
            {
                return;
            }
        }
    }

    private static async Task Close(WebSocket socket, WebSocketCloseStatus status)
    {
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            using var soon = new CancellationTokenSource(Goodbye);
            await Quietly(socket.CloseOutputAsync(status, null, soon.Token));
        }
    }

    // A socket that breaks is the ordinary end of a socket: the client comes back with its watermark.
    private static async Task Quietly(Task ending)
    {
        try
        {
            await ending;
        }
        catch (Exception fault) when (fault is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException)
        {
        }
    }
}
