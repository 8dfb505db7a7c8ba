using DiaChiSo.Bot.Health;
using DiaChiSo.Bot.Workers;

namespace DiaChiSo.Bot.Channels.ZaloBot.Receive;

/// <summary>
/// Asks for messages again and again. The platform hands each out once, without an offset or a confirmation: what it gave is with us alone, so
/// it is put into the inbox however often the disk must be asked, and what people write while the program is down is lost (README).
/// </summary>
internal sealed partial class Poller(ZaloBotLine line, Opening opening, UpdateDoor door, Pulses pulses, TimeProvider time, ILogger<Poller> log) : IWorker
{
    private static readonly TimeSpan LongestDiskWait = TimeSpan.FromSeconds(30);

    public string Name => "zalo-bot";

    public async Task Run(CancellationToken ct)
    {
        if (!await opening.UntilOpen(ct))
        {
            return;
        }
        for (var faults = 0; !ct.IsCancellationRequested;)
        {
            try
            {
                await Poll(ct);
                faults = 0;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                pulses.Of(ZaloBotLine.Channel).Failed();
                if (fault is ZaloBotRefusal { Kind: RefusalKind.Token })
                {
                    pulses.Of(ZaloBotLine.Channel).Alarm(ZaloBotLine.TokenAlarm.About, ZaloBotLine.TokenAlarm.ToDo);
                }
                LogFault((fault as ZaloBotRefusal)?.Code ?? 0, fault.GetType().Name, Fault.PlaceOf(fault));
                await Task.Delay(Opening.After(fault, faults++), time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Poll(CancellationToken ct)
    {
        try
        {
            var result = await line.Call("getUpdates", new { timeout = ZaloBotLine.PollSeconds }, ct);
            foreach (var update in BotUpdate.AllIn(result))
            {
                await Keep(update, ct);
            }
        }
        catch (ZaloBotRefusal refusal) when (refusal.Kind == RefusalKind.Empty)
        {
            // Nobody wrote.
        }
        pulses.Of(ZaloBotLine.Channel).AllClear(ZaloBotLine.TokenAlarm.About);
        pulses.Of(ZaloBotLine.Channel).Heard();
    }

    private async Task Keep(BotUpdate update, CancellationToken ct)
    {
        for (var faults = 0; ; faults++)
        {
            try
            {
                await door.Take(update, CancellationToken.None);
                return;
            }
            catch (Exception fault) when (!ct.IsCancellationRequested)
            {
                LogUnkept(faults + 1, fault.GetType().Name, Fault.PlaceOf(fault));
                await Task.Delay(Backoff.After(faults, LongestDiskWait), time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The Zalo Bot Platform gave no messages (it answered {Code}): {Fault} {Place}")]
    private partial void LogFault(int code, string fault, string place);

    [LoggerMessage(Level = LogLevel.Error, Message = "A message of the Zalo bot could not be written down (try {Try}) and is tried again: {Fault} {Place}")]
    private partial void LogUnkept(int @try, string fault, string place);
}
