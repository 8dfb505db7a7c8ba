using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Bot.Channels.Terminal;

/// <summary>One person at a keyboard: a line is read, goes the way of every message through inbox and turn, and its answer is waited for.</summary>
internal sealed class TerminalTalk(Inbox inbox, IServiceScopeFactory scopes, TerminalChannel channel, TerminalScreen screen, TerminalPhotos photos, TextReader input, TerminalPerson person)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    /// <summary>Returns at <c>/quit</c> or at the end of the input.</summary>
    public async Task Run(Recording? recording, CancellationToken ct)
    {
        await SetLanguage(ct);
        if (screen.IsTerminal)
        {
            screen.WriteLine("/quit ends. A number or the words of a choice; [Label] presses; @21.8563,103.3291 is a place; !photo plate.jpg is a picture; !sticker, !voice … are those.");
        }
        await Say("!arrived", new Arrived(), recording, ct);
        while (true)
        {
            screen.Prompt();
            // A read from the keyboard cannot be taken back, but the program need not wait for it.
            var line = await Task.Run(input.ReadLine, CancellationToken.None).WaitAsync(ct);
            switch (line?.Trim())
            {
                case null or "/quit":
                    return;
                case "":
                    break;
                case var words when ChatScript.Read(words, channel.Shown) is SentPhoto typed:
                    if (await photos.See(typed, ct) is { } photo)
                    {
                        await Say(TerminalPhotos.Line(photo), photo, recording, ct);
                    }
                    else
                    {
                        screen.WriteLine("  (no such file)");
                    }
                    break;
                case var words when ChatScript.Read(words, channel.Shown) is { } incoming:
                    await Say(words, incoming, recording, ct);
                    break;
                default:
                    screen.WriteLine("  (no such button, and no such kind of message)");
                    break;
            }
        }
    }

    private async Task Say(string words, Incoming incoming, Recording? recording, CancellationToken ct)
    {
        recording?.Said(words);
        await inbox.Accept(TerminalChannel.ChannelName, person.ChatKey, Guid.NewGuid().ToString("N"), incoming, person.Language ?? Texts.Languages[0], ct);
        while (await IsBusy(ct))
        {
            await Task.Delay(LookEvery, ct);
        }
        if (recording is not null)
        {
            await recording.EndTurn(scopes, person.ChatKey, ct);
        }
    }

    // Another process on the same database may take the turn, so the rows are asked and nobody else.
    private async Task<bool> IsBusy(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        var mine = db.Conversations.Where(row => row.Channel == TerminalChannel.ChannelName && row.ChatKey == person.ChatKey).Select(row => row.Id);
        return await db.Inbox.AnyAsync(row => row.Status == RowStatus.Pending && mine.Contains(row.ConversationId), ct)
            || await db.Outbox.AnyAsync(row => row.Status == RowStatus.Pending && mine.Contains(row.ConversationId), ct);
    }

    private async Task SetLanguage(CancellationToken ct)
    {
        if (person.Language is { } language)
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<BotDb>().Conversations
                .Where(row => row.Channel == TerminalChannel.ChannelName && row.ChatKey == person.ChatKey)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Language, language), ct);
        }
    }
}

/// <summary>Who sits at the keyboard.</summary>
/// <param name="ChatKey">The name of the chat, so that one may play several people.</param>
/// <param name="Language">vi or en; null: as it was.</param>
internal sealed record TerminalPerson(string ChatKey, string? Language);
