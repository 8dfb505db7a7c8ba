using DiaChiSo.Bot.Health;
using DiaChiSo.Bot.Workers;

namespace DiaChiSo.Bot.Channels.ZaloOa.Tokens;

/// <summary>Renews the tokens about every 20 hours, also while nobody writes: a refresh token that is not used for three months is lost.</summary>
internal sealed partial class TokenWorker(TokenKeeper keeper, Pulses pulses, TimeProvider time, ILogger<TokenWorker> log) : IWorker
{
    private static readonly TimeSpan LookAtLeastEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    public string Name => "zalo-oa tokens";

    public async Task Run(CancellationToken ct)
    {
        for (var faults = 0; !ct.IsCancellationRequested;)
        {
            var wait = LookAtLeastEvery;
            try
            {
                var next = await keeper.Tend(ct) - time.GetUtcNow();
                wait = next < LookAtLeastEvery ? next : LookAtLeastEvery;
                faults = 0;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (NeedsLogin)
            {
                // Said in the log and in health; a login is seen at the next look.
                wait = TimeSpan.FromSeconds(10);
            }
            catch (Exception fault)
            {
                pulses.Of(ZaloLine.Channel).Failed();
                LogFault(fault.GetType().Name, Fault.PlaceOf(fault));
                wait = Backoff.After(faults++, LongestWait);
            }
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.FromSeconds(1), time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Zalo's tokens could not be looked after and are tried again: {Fault} {Place}")]
    private partial void LogFault(string fault, string place);
}
