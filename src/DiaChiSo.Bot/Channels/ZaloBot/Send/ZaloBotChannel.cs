using DiaChiSo.Bot.Health;
using DiaChiSo.Bot.Media;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels.ZaloBot.Send;

/// <summary>
/// Sends pages to private chats as plain text and pictures by public address. What the platform answers is told to the outbox; what is the
/// operator's business turns the health report red and the rows wait.
/// </summary>
internal sealed partial class ZaloBotChannel(
    ZaloBotLine line, Allowance allowance, Fitting fitting, MediaLinks media, Texts texts, Pulses pulses, ILogger<ZaloBotChannel> log) : IChannel
{
    private static readonly TimeSpan OperatorsWait = TimeSpan.FromMinutes(5);

    public string Name => ZaloBotLine.Channel;

    public Capabilities Capabilities => ZaloBotMessage.Capabilities;

    public async Task<Sending> Send(Outgoing outgoing, Func<int, Task> partSent, CancellationToken ct)
    {
        var messages = ZaloBotMessage.Of(await fitting.Fit(outgoing, Capabilities, ct), PartWords.Of(texts, outgoing.Language));
        string? refused = null;
        for (var at = outgoing.PartsSent; at < messages.Count; at++)
        {
            if (await allowance.Wait(ct) is { } untilNextMonth)
            {
                return new Sending.Later(untilNextMonth);
            }
            switch (await Told(() => Send(outgoing.ChatKey, messages[at], ct)))
            {
                case Sending.Refused refusal:
                    // The rest of the page still goes out.
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

    private async Task Send(string chat, ZaloBotMessage message, CancellationToken ct)
    {
        if (message.Picture is { } picture && await media.LinkOf(picture, ct) is { } photo)
        {
            try
            {
                await Counted("sendPhoto", new { chat_id = chat, photo, caption = message.Text.Length == 0 ? null : message.Text }, ct);
                return;
            }
            catch (ZaloBotRefusal refusal) when (refusal.Kind == RefusalKind.Never)
            {
                // Perhaps its server cannot reach us; the words hold everything that is needed.
                LogNoPhoto(refusal.Code);
            }
        }
        await Counted("sendMessage", new { chat_id = chat, text = message.Text.Length == 0 ? "…" : message.Text }, ct);
    }

    private async Task Counted(string method, object arguments, CancellationToken ct)
    {
        try
        {
            await line.Call(method, arguments, ct);
        }
        catch (Exception fault) when (fault is HttpRequestException or TimeoutException)
        {
            // Perhaps it went out and only the answer was lost.
            await allowance.Sent(CancellationToken.None);
            throw;
        }
        pulses.Of(Name).AllClear(ZaloBotLine.TokenAlarm.About);
        allowance.Taken();
        await allowance.Sent(CancellationToken.None);
    }

    /// <summary>What the platform's refusals mean to the outbox.</summary>
    private async Task<Sending> Told(Func<Task> send)
    {
        try
        {
            await send();
            return new Sending.Done();
        }
        catch (ZaloBotRefusal refusal)
        {
            switch (refusal.Kind)
            {
                case RefusalKind.Never:
                    return new Sending.Refused($"{refusal.Code}");
                case RefusalKind.Gone:
                    return new Sending.Gone();
                case RefusalKind.UsedUp:
                    return new Sending.Later(allowance.UsedUp());
                case RefusalKind.Token:
                    pulses.Of(Name).Failed();
                    if (pulses.Of(Name).Alarm(ZaloBotLine.TokenAlarm.About, ZaloBotLine.TokenAlarm.ToDo))
                    {
                        LogToken();
                    }
                    return new Sending.Later(OperatorsWait);
                case var _ when refusal.RetryAfter is { } when:
                    pulses.Of(Name).Failed();
                    return new Sending.Later(when);
                default:
                    // The outbox waits longer each time.
                    throw new HttpRequestException($"the Zalo Bot Platform answered {refusal.Code}");
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Outbox row {Row}: the Zalo Bot Platform does not take message {At} (it answered {Rule})")]
    private partial void LogRefused(long row, int at, string rule);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The Zalo Bot Platform did not take a picture (it answered {Code}); its words went out instead. Can it reach Web:PublicUrl?")]
    private partial void LogNoPhoto(int code);

    [LoggerMessage(Level = LogLevel.Error, Message = "The Zalo Bot Platform no longer takes ZaloBot:Token")]
    private partial void LogToken();
}
