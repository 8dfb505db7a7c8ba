using DiaChiSo.Bot.Workers;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;

namespace DiaChiSo.Bot.Channels.Telegram;

/// <summary>
/// Who holds a role has its commands in the "/" list of their own chat, in the language they talk with the bot; when it ends or is taken back the
/// list everybody has shows again. Only a help: the right itself is asked for at every turn. Roles are given on the operator's machine, by
/// another process perhaps, so this looks from time to time.
/// </summary>
internal sealed partial class RoleMenus(TelegramLine line, CommandMenu menu, Announced announced, Catalogue catalogue, IServiceScopeFactory scopes, TimeProvider time, ILogger<RoleMenus> log) : IWorker
{
    private const string Chat = "menu chat ";

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(20);

    public string Name => "telegram menus";

    public Task Run(CancellationToken ct) => new Rounds(Name, time, log).Run(Look, stop => Task.Delay(LookEvery, time, stop), ct);

    /// <summary>Brings Telegram's lists to what holds now. What Telegram does not take now is tried at the next look.</summary>
    internal async Task Look(CancellationToken ct)
    {
        var chats = await Wanted(ct);
        try
        {
            foreach (var (chatKey, commands) in chats)
            {
                var scope = new BotCommandScopeChat { ChatId = long.Parse(chatKey) };
                await announced.Once(Chat + chatKey, CommandMenu.InWords(commands), () => Say(() => line.Client.SetMyCommands(commands, scope, cancellationToken: ct)), ct);
            }
            foreach (var chatKey in (await announced.Standing(Chat, ct)).Where(chatKey => !chats.ContainsKey(chatKey)))
            {
                var scope = new BotCommandScopeChat { ChatId = long.Parse(chatKey) };
                await announced.TakeBack(Chat + chatKey, () => Say(() => line.Client.DeleteMyCommands(scope, cancellationToken: ct)), ct);
            }
        }
        catch (RequestException fault)
        {
            // 429, 5xx, no network: a menu can wait for the next look.
            LogLater((fault as ApiRequestException)?.ErrorCode ?? 0);
        }
    }

    private async Task<Dictionary<string, IReadOnlyList<BotCommand>>> Wanted(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (db, policy) = (scope.ServiceProvider.GetRequiredService<BotDb>(), scope.ServiceProvider.GetRequiredService<Policy>());
        var now = time.GetUtcNow();
        var rights = catalogue.All.Where(entry => entry.About is { Command: not null, Needs: not Right.Anyone }).Select(entry => entry.About.Needs).Distinct().ToList();
        var wanted = new Dictionary<string, IReadOnlyList<BotCommand>>();
        foreach (var chat in await db.Conversations.AsNoTracking()
            .Where(row => row.Channel == TelegramLine.Channel && !row.IsGone && db.Grants.Any(grant => grant.PersonId == row.PersonId && grant.RevokedAt == null))
            .Select(row => new { row.ChatKey, row.PersonId, row.Language }).ToListAsync(ct))
        {
            var held = new List<Right>();
            foreach (var right in rights)
            {
                if (await policy.May(chat.PersonId, right, now, ct: ct))
                {
                    held.Add(right);
                }
            }
            if (held.Count > 0)
            {
                wanted.Add(chat.ChatKey, menu.In(chat.Language, held));
            }
        }
        return wanted;
    }

    // 400 and 403: the chat is gone. It counts as said, or it would be asked for ever.
    private static async Task Say(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (ApiRequestException refused) when (refused.ErrorCode is 400 or 403)
        {
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A menu of a role waits for the next look: Telegram answered {Status}")]
    private partial void LogLater(int status);
}
