using DiaChiSo.Core.Turns;
using Telegram.Bot;
using Telegram.Bot.Exceptions;

namespace DiaChiSo.Bot.Channels.Telegram.Send;

/// <summary>
/// Sends pages to private chats. What Telegram answers is told to the outbox: 429 when to come again, 403 that the person is gone, 400 on
/// every simpler form that it will never be taken; everything else (5xx, no network) is thrown and tried again.
/// </summary>
internal sealed partial class TelegramChannel(TelegramLine line, PartSender sender, ChannelNotes notes, Texts texts, TimeProvider time, ILogger<TelegramChannel> log) : IChannel
{
    private static readonly TimeSpan PatienceOfACall = TimeSpan.FromSeconds(30);

    public string Name => TelegramLine.Channel;

    public Capabilities Capabilities => TelegramMessages.Capabilities;

    public async Task<Sending> Send(Outgoing outgoing, Func<int, Task> partSent, CancellationToken ct)
    {
        var chat = long.Parse(outgoing.ChatKey);
        return outgoing.Kind == OutgoingKind.Toast
            ? await AnswerPress(outgoing.Ticket!, outgoing.Body, ct)
            : await SendPage(outgoing, chat, partSent, ct);
    }

    private async Task<Sending> SendPage(Outgoing outgoing, long chat, Func<int, Task> partSent, CancellationToken ct)
    {
        var page = outgoing.Page();
        var note = $"keyboard {line.BotKey} {outgoing.ChatKey}";
        var isKeyboardUp = await notes.Recall(Name, note, ct) is not null;
        var messages = TelegramMessages.Of(page, isKeyboardUp, PartWords.Of(texts, outgoing.Language));
        var wishes = page.Wish != Wish.Nothing;
        if (wishes && !isKeyboardUp)
        {
            // Before it goes out: keys that nobody remembers would stay for ever.
            await notes.Keep(Name, note, "up", ct);
        }
        string? refused = null;
        for (var at = outgoing.PartsSent; at < messages.Count; at++)
        {
            switch (await Told(() => Bounded(bound => sender.Send(chat, messages[at], bound), ct)))
            {
                case Sending.Refused refusal:
                    // The rest of the page still goes out; one bad picture must not keep the buttons back.
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
        if (isKeyboardUp && !wishes)
        {
            // Behind the last part, so that a page taken up again is divided in the same way.
            await notes.Keep(Name, note, null, ct);
        }
        return refused is null ? new Sending.Done() : new Sending.Refused(refused);
    }

    private async Task<Sending> AnswerPress(string ticket, string words, CancellationToken ct)
    {
        var sending = await Told(() => Bounded(async bound =>
        {
            await line.Client.AnswerCallbackQuery(ticket, words.Length == 0 ? null : words[..Math.Min(words.Length, 200)], cancellationToken: bound);
            return new Sending.Done();
        }, ct));
        // 400: the press is too old to be answered (Telegram waits some minutes at most); the page says what is to be said.
        return sending is Sending.Refused ? new Sending.Done() : sending;
    }

    /// <summary>What Telegram's refusals mean to the outbox.</summary>
    private static async Task<Sending> Told(Func<Task<Sending>> call)
    {
        try
        {
            return await call();
        }
        catch (ApiRequestException refused)
        {
            return refused switch
            {
                { ErrorCode: 429 } => new Sending.Later(TimeSpan.FromSeconds(refused.Parameters?.RetryAfter ?? 5)),
                { ErrorCode: 403 } => new Sending.Gone(),
                { ErrorCode: 400 } => new Sending.Refused(Rules.Name(refused.Message)),
                _ => throw new HttpRequestException($"Telegram answered {refused.ErrorCode}"),
            };
        }
    }

    private async Task<Sending> Bounded(Func<CancellationToken, Task<Sending>> call, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(PatienceOfACall, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            return await call(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException("Telegram did not answer");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Outbox row {Row}: Telegram takes message {At} in no form: {Rule}")]
    private partial void LogRefused(long row, int at, string rule);
}

/// <summary>The rule that a refusal names. Telegram's own words may quote the message, so they are not passed on.</summary>
internal static class Rules
{
    private static readonly (string Words, string Rule)[] Known =
    [
        ("chat not found", "chat not found"),
        ("too long", "too long"),
        ("text is empty", "text is empty"),
        ("parse entities", "entities"),
        ("MessageEntity", "entities"),
        ("BUTTON_DATA_INVALID", "button data"),
        ("button URL", "button link"),
        ("keyboard", "keyboard"),
        ("PHOTO", "photo"),
        ("IMAGE", "photo"),
        ("file", "file"),
    ];

    public static string Name(string telegramsWords) =>
        Known.FirstOrDefault(known => telegramsWords.Contains(known.Words, StringComparison.OrdinalIgnoreCase)) is { Rule: { } rule } ? $"400 {rule}" : "400";
}
