using DiaChiSo.Bot.Channels.ZaloOa.Tokens;
using DiaChiSo.Bot.Health;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Bot.Workers;
using DiaChiSo.Core;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels.ZaloOa.Send;

/// <summary>
/// Sends pages to the account's people. What Zalo answers is told to the outbox by the class of its number: later, gone, never, when the person
/// was heard again, or when an operator has mended what is wrong; what waits for an operator is never given up.
/// </summary>
internal sealed partial class ZaloOaChannel(
    ZaloOaSettings settings, PartSender sender, Fitting fitting, LateAnswer late, RateGate rate, Texts texts, Pulses pulses, TimeProvider time, ILogger<ZaloOaChannel> log) : IChannel
{
    private const string AboutSending = "sending";
    private const int TriesOfTheUnknown = 5;

    private static readonly TimeSpan OperatorsTime = TimeSpan.FromMinutes(1);

    // Costs no call: only a look whether somebody has logged in.
    private static readonly TimeSpan LoginsTime = TimeSpan.FromSeconds(5);

    public string Name => ZaloLine.Channel;

    public Capabilities Capabilities { get; } = new()
    {
        // Longer ones are refused, not cut.
        TextLength = 2_000,
        Buttons = settings.Buttons == ZaloButtons.Off ? 0 : 5,
        ButtonLength = 100,
        WritesChoices = true,
        Pictures = PictureWay.Upload,
        SendsDocuments = true,
        ReplyWindow = LateAnswer.Free,
    };

    public async Task<Sending> Send(Outgoing outgoing, Func<int, Task> partSent, CancellationToken ct)
    {
        if (await late.Instead(outgoing, isRefused: false, ct) is { } instead)
        {
            return instead;
        }
        var page = await fitting.Fit(outgoing, Capabilities, ct);
        var parts = WithLinkButtons(page, Parts.Of(page, Capabilities, PartWords.Of(texts, outgoing.Language)));
        string? refused = null;
        for (var at = outgoing.PartsSent; at < parts.Count; at++)
        {
            switch (await Told(outgoing, () => sender.Send(outgoing.ChatKey, parts[at], ct), ct))
            {
                case Sending.Refused refusal:
                    // The rest of the page still goes out; one bad picture must not keep the choices back.
                    refused = refusal.Why;
                    LogRefused(outgoing.Id, at, refusal.Why);
                    break;
                case Sending.Done:
                    pulses.Of(Name).AllClear(AboutSending);
                    break;
                case var other:
                    return other;
            }
            await partSent(at + 1);
        }
        return refused is null ? new Sending.Done() : new Sending.Refused(refused);
    }

    // A link stands in the words, where nobody can refuse it; where there is room it is a button as well.
    private IReadOnlyList<Part> WithLinkButtons(Page page, IReadOnlyList<Part> parts)
    {
        var links = page.Choices.Where(choice => choice.IsLink && Parts.OpensOnAPhone(choice.Data)).ToList();
        return links.Count == 0 || parts.Count == 0 || parts[^1] is not Part.Text ? parts
            : [.. parts.Take(parts.Count - 1), parts[^1] with { Choices = [.. parts[^1].Choices.Concat(links).Take(Capabilities.Buttons)] }];
    }

    /// <summary>What Zalo's refusals mean to the outbox.</summary>
    private async Task<Sending> Told(Outgoing outgoing, Func<Task> call, CancellationToken ct)
    {
        try
        {
            await call();
            return new Sending.Done();
        }
        catch (NeedsLogin)
        {
            return new Sending.Later(LoginsTime, IsForOperator: true);
        }
        catch (ZaloRefused refused)
        {
            return refused.Meant switch
            {
                Meant.SlowDown when refused.Error == -32 => new Sending.Later(rate.Close()),
                Meant.SlowDown => new Sending.Later(Backoff.After(outgoing.Attempts + 1, Limits.LongestSendingWait)),
                Meant.Gone => new Sending.Gone(),
                Meant.TooLate => (await late.Instead(outgoing, isRefused: true, ct))!,
                Meant.Night when Morning() is { } until => new Sending.Later(until),
                Meant.Operator or Meant.Token => CallForOperator(refused.Error),
                Meant.Unknown when outgoing.Attempts < TriesOfTheUnknown => throw new HttpRequestException($"Zalo answered {refused.Error}"),
                _ => new Sending.Refused($"{refused.Error}"),
            };
        }
    }

    private Sending CallForOperator(int error)
    {
        var whatToDo = ZaloError.WhatToDo(error) ?? "Zalo does not take the tokens that it has just given: run `DiaChiSo.Bot zalo login` on this machine.";
        if (pulses.Of(Name).Alarm(AboutSending, whatToDo))
        {
            LogOperator(error, whatToDo);
        }
        return new Sending.Later(OperatorsTime, IsForOperator: true);
    }

    // Until 06:00 in Vietnam; null where it is day there, and Zalo must mean something else.
    private TimeSpan? Morning()
    {
        var local = time.GetUtcNow().ToOffset(TimeSpan.FromHours(7));
        return local.Hour is >= 6 and < 22 ? null : new DateTimeOffset(local.Date, local.Offset).AddHours(local.Hour < 6 ? 6 : 30) - local;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Outbox row {Row}: Zalo takes message {At} in no form: {Error}")]
    private partial void LogRefused(long row, int at, string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Zalo sends nothing ({Error}); what waits goes out when it is mended. {WhatToDo}")]
    private partial void LogOperator(int error, string whatToDo);
}
