using System.Globalization;
using DiaChiSo.Bot.Health;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Bot.Workers;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Bot.Channels.ZaloBot;

/// <summary>
/// What the plan allows: messages in a calendar month (of Vietnam, where the platform is), and people. The messages are counted on disk, one by
/// one; the people are the conversations. The operator sees both in the health report, is warned at 80 %, and when the month's messages are
/// used up what is to be sent waits for the next month, or for a larger <c>ZaloBot:MonthlyMessages</c>.
/// </summary>
internal sealed partial class Allowance(ZaloBotLine line, ZaloBotSettings settings, ChannelNotes notes, IServiceScopeFactory scopes, WriteGate gate, Pulses pulses, TimeProvider time, ILogger<Allowance> log)
{
    private const int WarnAtPercent = 80;
    private const string Messages = "messages of the month";
    private const string People = "people";
    private const string PlatformSays = "the platform's own count";
    private static readonly TimeSpan Vietnam = TimeSpan.FromHours(7);

    private readonly SemaphoreSlim counting = new(1, 1);
    private (string Month, long Sent)? known;

    private Pulse Pulse => pulses.Of(ZaloBotLine.Channel);

    /// <summary>Null: a message may go out. Otherwise how long it is to the next month.</summary>
    public async Task<TimeSpan?> Wait(CancellationToken ct)
    {
        await counting.WaitAsync(ct);
        try
        {
            return IsUsedUp((await Known(ct)).Sent) ? UntilNextMonth() : null;
        }
        finally
        {
            counting.Release();
        }
    }

    /// <summary>A message went out, or nobody knows whether it did: the platform may have counted it.</summary>
    public async Task Sent(CancellationToken ct)
    {
        await counting.WaitAsync(ct);
        try
        {
            var (month, sent) = await Known(ct);
            known = (month, sent + 1);
            await notes.Keep(ZaloBotLine.Channel, NoteOf(month), (sent + 1).ToString(CultureInfo.InvariantCulture), ct);
            Tell(sent + 1);
        }
        finally
        {
            counting.Release();
        }
    }

    /// <summary>The platform says that the month's messages are used up, whatever was counted here.</summary>
    public TimeSpan UsedUp()
    {
        Pulse.Alarm(PlatformSays, "The Zalo Bot Platform says that the plan's messages are used up; answers wait. Buy a larger plan and set ZaloBot:MonthlyMessages, or wait for the next month.");
        // It knows better than we do when it takes some again.
        return TimeSpan.FromHours(1) < UntilNextMonth() ? TimeSpan.FromHours(1) : UntilNextMonth();
    }

    /// <summary>The platform took a message.</summary>
    public void Taken() => Pulse.AllClear(PlatformSays);

    /// <summary>Brings the health report up to date; at the start, and now and then, because months end while nobody writes.</summary>
    public async Task Look(CancellationToken ct)
    {
        int people;
        await using (var scope = scopes.CreateAsyncScope())
        {
            people = await scope.ServiceProvider.GetRequiredService<BotDb>().Conversations.CountAsync(row => row.Channel == ZaloBotLine.Channel, ct);
        }
        await counting.WaitAsync(ct);
        try
        {
            Tell((await Known(ct)).Sent);
        }
        finally
        {
            counting.Release();
        }
        Pulse.SetCount("people", people);
        Pulse.SetCount("peopleAllowed", settings.MostUsers);
        if (settings.MostUsers > 0 && people * 100L >= settings.MostUsers * (long)WarnAtPercent)
        {
            if (Pulse.Warn(People, $"{people} of {settings.MostUsers} people of the Zalo bot's plan: the platform may not serve more. A larger plan, or an Official Account, is wanted then."))
            {
                LogNearLimit("people", people, settings.MostUsers);
            }
        }
        else
        {
            Pulse.Unwarn(People);
        }
    }

    /// <summary>What waited for the next month goes out now, where the operator allowed more.</summary>
    public async Task LetWaitingGo(CancellationToken ct)
    {
        if (await Wait(ct) is not null)
        {
            return;
        }
        using var inside = await gate.Enter(ct);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        var now = time.GetUtcNow();
        // Farther than any wait between two tries, and nearer than "until the person is heard": only the month's wait is in between.
        var (soon, far) = (now + Core.Limits.LongestSendingWait, now + TimeSpan.FromDays(40));
        await db.Outbox.Where(row => row.Status == RowStatus.Pending && row.NotBefore > soon && row.NotBefore < far
                && db.Conversations.Any(conversation => conversation.Id == row.ConversationId && conversation.Channel == ZaloBotLine.Channel))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NotBefore, now), ct);
    }

    private async Task<(string Month, long Sent)> Known(CancellationToken ct)
    {
        var month = time.GetUtcNow().ToOffset(Vietnam).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        if (known is not { } held || held.Month != month)
        {
            var note = await notes.Recall(ZaloBotLine.Channel, NoteOf(month), ct);
            known = held = (month, long.TryParse(note, NumberStyles.None, CultureInfo.InvariantCulture, out var sent) ? sent : 0);
        }
        return held;
    }

    private string NoteOf(string month) => $"messages {line.BotKey} {month}";

    private bool IsUsedUp(long sent) => settings.MonthlyMessages > 0 && sent >= settings.MonthlyMessages;

    private TimeSpan UntilNextMonth()
    {
        var now = time.GetUtcNow().ToOffset(Vietnam);
        return new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, Vietnam).AddMonths(1) - now;
    }

    private void Tell(long sent)
    {
        Pulse.SetCount("messagesThisMonth", sent);
        Pulse.SetCount("messagesAllowed", settings.MonthlyMessages);
        if (IsUsedUp(sent))
        {
            if (Pulse.Alarm(Messages, $"The {settings.MonthlyMessages} messages of this month are used up; answers wait for the next month. Buy a larger plan, set ZaloBot:MonthlyMessages and start again."))
            {
                LogUsedUp(settings.MonthlyMessages);
            }
            return;
        }
        Pulse.AllClear(Messages);
        if (settings.MonthlyMessages > 0 && sent * 100 >= settings.MonthlyMessages * (long)WarnAtPercent)
        {
            if (Pulse.Warn(Messages, $"{sent} of {settings.MonthlyMessages} messages of this month are sent; when they are used up answers wait for the next month."))
            {
                LogNearLimit("messages of this month", sent, settings.MonthlyMessages);
            }
        }
        else
        {
            Pulse.Unwarn(Messages);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The plan of the Zalo bot is nearly used up ({What}): {Used} of {Allowed}")]
    private partial void LogNearLimit(string what, long used, int allowed);

    [LoggerMessage(Level = LogLevel.Error, Message = "The {Allowed} messages of this month are used up: what is to be sent over the Zalo bot waits for the next month")]
    private partial void LogUsedUp(int allowed);
}

/// <summary>Looks now and then, because a month ends while nobody writes.</summary>
internal sealed class AllowanceWorker(Allowance allowance, TimeProvider time, ILogger<AllowanceWorker> log) : IWorker
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    public string Name => "zalo-bot allowance";

    private bool hasLetGo;

    public Task Run(CancellationToken ct) => new Rounds(Name, time, log).Run(Look, stop => Task.Delay(LookEvery, time, stop), ct);

    private async Task Look(CancellationToken ct)
    {
        if (!hasLetGo)
        {
            await allowance.LetWaitingGo(ct);
            hasLetGo = true;
        }
        await allowance.Look(ct);
    }
}
