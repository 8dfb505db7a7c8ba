using DiaChiSo.Bot.Health;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Bot.Workers;

namespace DiaChiSo.Bot.Channels.ZaloBot;

/// <summary>
/// What is said to the platform before anything is heard: who am I, by which way do messages come. A token that it does not know stops the
/// program; a network that is not there does not, it is tried again.
/// </summary>
internal sealed partial class Opening(ZaloBotLine line, ZaloBotSettings settings, Allowance allowance, Pulses pulses, TimeProvider time, ILogger<Opening> log) : IHostedService
{
    private static readonly TimeSpan PatienceAtStart = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <exception cref="SettingFault">The platform does not know the token.</exception>
    public async Task StartAsync(CancellationToken ct)
    {
        await allowance.Look(ct);
        using var patience = new CancellationTokenSource(PatienceAtStart, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            await line.Introduce(either.Token);
        }
        catch (ZaloBotRefusal refused) when (refused.Kind == RefusalKind.Token)
        {
            throw new SettingFault("ZaloBot:Token: the Zalo Bot Platform does not know this token; copy the whole line that Zalo Bot Creator gave, or leave it empty.");
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            LogLater(WhyOf(fault));
        }
    }

    public Task StopAsync(CancellationToken ct) => Task.CompletedTask;

    /// <summary>Returns when messages can come; false: the program ends first.</summary>
    public async Task<bool> UntilOpen(CancellationToken ct)
    {
        for (var faults = 0; !ct.IsCancellationRequested;)
        {
            try
            {
                if (line.BotName is null)
                {
                    await line.Introduce(ct);
                }
                await ChooseWay(ct);
                return true;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return false;
            }
            catch (Exception fault)
            {
                pulses.Of(ZaloBotLine.Channel).Failed();
                LogLater(WhyOf(fault));
                await Task.Delay(After(fault, faults++), time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        return false;
    }

    /// <summary>How long to wait after a fault: what the platform asks for, or 1 s, 2 s, 4 s … 30 s.</summary>
    public static TimeSpan After(Exception fault, int faultsBefore) => (fault as ZaloBotRefusal)?.RetryAfter ?? Backoff.After(faultsBefore, LongestWait);

    private async Task ChooseWay(CancellationToken ct)
    {
        if (settings.WebhookUrl is { Length: > 0 } url)
        {
            await line.Call("setWebhook", new { url, secret_token = settings.WebhookSecret }, ct);
            return;
        }
        try
        {
            // Polling and a webhook exclude each other (channels.md §2b).
            await line.Call("deleteWebhook", new { }, ct);
        }
        catch (ZaloBotRefusal refused) when (refused.Kind == RefusalKind.Never)
        {
            // Perhaps that there is none; not documented. The poll will tell.
            LogNoWebhook(refused.Code);
        }
    }

    // The code only: what the platform says may quote the address, and nobody has seen what it says.
    private static string WhyOf(Exception fault) => fault is ZaloBotRefusal refused ? $"it answered {refused.Code}" : fault.GetType().Name;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The Zalo Bot Platform was not reached and is tried again: {Why}")]
    private partial void LogLater(string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "The Zalo Bot Platform did not take a webhook away (it answered {Code}); polling begins all the same")]
    private partial void LogNoWebhook(int code);
}

/// <summary>With a webhook there is nothing to ask for; this only opens it, and stays because a worker that returns ends the program.</summary>
internal sealed class WebhookOpener(Opening opening, IHostApplicationLifetime program) : IWorker
{
    public string Name => "zalo-bot";

    public async Task Run(CancellationToken ct)
    {
        // Messages may come at once; the door must stand open by then.
        using var listening = CancellationTokenSource.CreateLinkedTokenSource(ct, program.ApplicationStarted);
        await Task.Delay(Timeout.Infinite, listening.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await opening.UntilOpen(ct);
        await Task.Delay(Timeout.Infinite, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
