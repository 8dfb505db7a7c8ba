using DiaChiSo.Bot.Channels.Telegram.Receive;
using DiaChiSo.Bot.Health;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Bot.Workers;
using DiaChiSo.Core.Turns;
using Telegram.Bot;
using Telegram.Bot.Exceptions;

namespace DiaChiSo.Bot.Channels.Telegram;

/// <summary>
/// What is said to Telegram before anything is heard: who am I, by which way do updates come, which commands are there. A token that
/// Telegram does not know stops the program; a network that is not there does not (the page and the terminal work without it), it is tried again.
/// </summary>
internal sealed partial class Opening(TelegramLine line, TelegramSettings settings, CommandMenu menu, ChannelNotes notes, Pulses pulses, TimeProvider time, ILogger<Opening> log) : IHostedService
{
    private static readonly TimeSpan PatienceAtStart = TimeSpan.FromSeconds(4);

    /// <exception cref="SettingFault">Telegram does not know the token.</exception>
    public async Task StartAsync(CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(PatienceAtStart, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            await Introduce(either.Token);
        }
        catch (ApiRequestException refused) when (refused.ErrorCode is 401 or 404)
        {
            throw new SettingFault("Telegram:Token: Telegram does not know this token; copy the whole line that BotFather gave, or leave it empty.");
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            LogLater(WhyOf(fault));
        }
    }

    public Task StopAsync(CancellationToken ct) => Task.CompletedTask;

    /// <summary>Returns when updates can come; false: the program ends first.</summary>
    public async Task<bool> UntilOpen(CancellationToken ct)
    {
        for (var faults = 0; !ct.IsCancellationRequested;)
        {
            try
            {
                await Introduce(ct);
                await ChooseWay(ct);
                await AnnounceMenu(ct);
                return true;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return false;
            }
            catch (Exception fault)
            {
                pulses.Of(TelegramLine.Channel).Failed();
                LogLater(WhyOf(fault));
                await Task.Delay(Patience.After(fault, faults++), time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        return false;
    }

    private async Task Introduce(CancellationToken ct)
    {
        if (line.Username is null)
        {
            line.Username = (await line.Client.GetMe(ct)).Username;
            await notes.Keep(TelegramLine.Channel, TelegramLine.NameNote, line.Username, ct);
        }
    }

    // What waits at Telegram is never dropped when the way changes.
    private Task ChooseWay(CancellationToken ct) => settings.WebhookUrl is { Length: > 0 } url
        ? line.Client.SetWebhook(url, allowedUpdates: Meaning.Wanted(settings), dropPendingUpdates: false, secretToken: settings.WebhookSecret, cancellationToken: ct)
        : line.Client.DeleteWebhook(dropPendingUpdates: false, ct);

    // A bot without a menu still talks, and does not wait for one: how long a 429 lasts here is Telegram's secret. The next start tries again.
    private async Task AnnounceMenu(CancellationToken ct)
    {
        try
        {
            await menu.Announce(ct);
        }
        catch (ApiRequestException refused) when (refused.ErrorCode is 400 or 429)
        {
            LogNoMenu(WhyOf(refused));
        }
    }

    // Telegram's own words tell what is wrong with a webhook's address; in these calls there is nobody's message to quote.
    private static string WhyOf(Exception fault) => fault is ApiRequestException refused ? $"{refused.ErrorCode} {refused.Message}" : fault.GetType().Name;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Telegram does not take the command menu: {Why}")]
    private partial void LogNoMenu(string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Telegram was not reached and is tried again: {Why}")]
    private partial void LogLater(string why);
}

/// <summary>With a webhook there is nothing to ask for; this only opens it, and stays because a worker that returns ends the program.</summary>
internal sealed class WebhookOpener(Opening opening, IHostApplicationLifetime program) : IWorker
{
    public string Name => "telegram";

    public async Task Run(CancellationToken ct)
    {
        // Telegram begins to bring updates at once; the door must stand open by then.
        using var listening = CancellationTokenSource.CreateLinkedTokenSource(ct, program.ApplicationStarted);
        await Task.Delay(Timeout.Infinite, listening.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await opening.UntilOpen(ct);
        await Task.Delay(Timeout.Infinite, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
