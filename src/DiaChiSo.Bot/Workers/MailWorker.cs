using DiaChiSo.Bot.Mail;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Core;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Bot.Workers;

/// <summary>Hands mails to the carrier, the oldest first. A letter that is refused for ever is parked; everything else is tried again for about a day.</summary>
public sealed partial class MailWorker(
    IServiceScopeFactory scopes, WriteGate gate, IMailCarrier carrier, MailSettings settings, Nudges nudges, TimeProvider time, ILogger<MailWorker> log) : IWorker
{
    private const int LettersInARound = 20;
    private static readonly TimeSpan LookAtLeastEvery = TimeSpan.FromSeconds(2);

    // Two processes on one database (the server and a terminal): who takes a letter has it for this long.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(3);

    public string Name => "mail";

    public Task Run(CancellationToken ct) => new Rounds(Name, time, log).Run(
        async stop =>
        {
            while (!stop.IsCancellationRequested && await CarryDue(stop) > 0)
            {
            }
        },
        stop => nudges.Mail.Wait(LookAtLeastEvery, stop), ct);

    /// <summary>One round. Returns how many letters it took on, whatever became of them.</summary>
    internal async Task<int> CarryDue(CancellationToken ct)
    {
        var letters = await TakeOn();
        if (letters.Count == 0)
        {
            return 0;
        }
        MailRow? inHand = null;
        try
        {
            await using var round = await carrier.Begin(ct);
            foreach (var row in letters)
            {
                inHand = row;
                await CarryOne(round, row, ct);
            }
        }
        catch (Exception fault)
        {
            var isStopping = fault is OperationCanceledException && ct.IsCancellationRequested;
            if (!isStopping)
            {
                LogNoCarrier(fault.GetType().Name, Fault.PlaceOf(fault));
            }
            // No server: all wait. One letter in hand: that one waits, so that it cannot hold up the others behind it.
            foreach (var row in letters.Where(row => row.Status == RowStatus.Pending))
            {
                await Write(row, isStopping || (inHand is not null && row != inHand) ? Release : TryLater);
            }
        }
        return letters.Count;
    }

    private async Task CarryOne(IMailRound round, MailRow row, CancellationToken ct)
    {
        try
        {
            await round.Carry(Letter.Of(row, settings), ct);
        }
        catch (Exception fault) when (fault is LetterRefused or MimeKit.ParseException or FormatException)
        {
            LogRefused(row.Id, (fault as LetterRefused)?.Code ?? 0);
            await Write(row, stored => Settle(stored, RowStatus.Parked));
            return;
        }
        await Write(row, stored => Settle(stored, RowStatus.Done));
    }

    private async Task<List<MailRow>> TakeOn()
    {
        using var inside = await gate.Enter(CancellationToken.None);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        var now = time.GetUtcNow();
        if (!await db.Mails.AnyAsync(row => row.Status == RowStatus.Pending && row.NotBefore <= now))
        {
            return [];
        }
        await using var transaction = await db.Database.BeginTransactionAsync();
        var due = await db.Mails.Where(row => row.Status == RowStatus.Pending && row.NotBefore <= now).OrderBy(row => row.Id).Take(LettersInARound).ToListAsync();
        due.ForEach(row => row.NotBefore = now + Lease);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return due;
    }

    private void Release(MailRow row) => row.NotBefore = time.GetUtcNow();

    private void TryLater(MailRow row)
    {
        var now = time.GetUtcNow();
        row.Attempts++;
        row.NotBefore = now + Backoff.After(row.Attempts - 1, Limits.LongestSendingWait);
        if (now - row.CreatedAt > Limits.SendingTriedFor && row.Attempts >= Limits.FewestSendingTries)
        {
            LogGivenUp(row.Id, row.Attempts);
            Settle(row, RowStatus.Parked);
        }
    }

    // What was in it is not kept any longer than it is needed.
    private static void Settle(MailRow row, RowStatus status)
    {
        row.Status = status;
        (row.To, row.Subject, row.Body) = ("", "", "");
    }

    private async Task Write(MailRow taken, Action<MailRow> change)
    {
        using var inside = await gate.Enter(CancellationToken.None);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        var stored = await db.Mails.SingleAsync(row => row.Id == taken.Id, CancellationToken.None);
        change(stored);
        await db.SaveChangesAsync(CancellationToken.None);
        taken.Status = stored.Status;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No mail goes out: {Fault} {Place}")]
    private partial void LogNoCarrier(string fault, string place);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail row {Row} was refused for ever ({Code})")]
    private partial void LogRefused(long row, int code);

    [LoggerMessage(Level = LogLevel.Error, Message = "Mail row {Row} is given up after {Tries} tries")]
    private partial void LogGivenUp(long row, int tries);
}
