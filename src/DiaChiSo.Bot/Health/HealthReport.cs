using DiaChiSo.Bot.Channels;
using DiaChiSo.Bot.Photos;
using DiaChiSo.Core.DataRights;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Bot.Health;

/// <summary>What <c>GET /health</c> says, for the operator's monitor: no person, no message, no key.</summary>
/// <param name="Live">The program answers.</param>
/// <param name="Ready">The database answers as well; otherwise the status is 503.</param>
/// <param name="Channels">By name: up, failing, or red where an operator must do something; and the seconds since it was last heard from and sent to.</param>
/// <param name="OldestPendingSeconds">Of what waits in the inbox, the outbox and the mail: the age of the oldest; null: nothing waits.</param>
/// <param name="Photos">Whether photos can be read, and what to install where they cannot.</param>
/// <param name="ToDo">What people wait for and an officer or the operator must see to.</param>
public sealed record HealthReport(
    bool Live, bool Ready, IReadOnlyDictionary<string, ChannelHealth> Channels, PendingAges OldestPendingSeconds, string Photos, IReadOnlyList<string> ToDo)
{
    public static async Task<HealthReport> Make(IServiceProvider services, CancellationToken ct)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var pulses = services.GetRequiredService<Pulses>();
        var names = services.GetServices<IChannel>().Select(channel => channel.Name).ToList();
        var channels = names.ToDictionary(name => name, name => ChannelHealth.Of(pulses.Of(name), now));
        var photos = services.GetRequiredService<PhotoDecoder>().IsThere ? "up" : $"no QR decoder; install zbar (Debian: {Zbar.DebianPackage}) and start again";
        try
        {
            var db = services.GetRequiredService<BotDb>();
            var inbox = await db.Inbox.Where(row => row.Status == RowStatus.Pending).OrderBy(row => row.Id)
                .Select(row => (DateTimeOffset?)row.ReceivedAt).FirstOrDefaultAsync(ct);
            // A closed terminal's chat waits for its person, and so does what a channel lets nobody send before they write; that is no fault of this program.
            var outbox = await db.Outbox.Where(row => row.Status == RowStatus.Pending)
                .Where(row => db.Conversations.Any(conversation => conversation.Id == row.ConversationId && !conversation.IsHeldBack && names.Contains(conversation.Channel)))
                .OrderBy(row => row.Id).Select(row => (DateTimeOffset?)row.CreatedAt).FirstOrDefaultAsync(ct);
            var mail = await db.Mails.Where(row => row.Status == RowStatus.Pending).OrderBy(row => row.Id)
                .Select(row => (DateTimeOffset?)row.CreatedAt).FirstOrDefaultAsync(ct);
            return new HealthReport(true, true, channels, new PendingAges(Age(inbox), Age(outbox), Age(mail)), photos, await DataRequestsToDo.Of(db, now, ct));
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return new HealthReport(true, false, channels, new PendingAges(null, null, null), photos, []);
        }

        long? Age(DateTimeOffset? since) => since is { } time ? Math.Max(0, (long)(now - time).TotalSeconds) : null;
    }
}

public sealed record PendingAges(long? Inbox, long? Outbox, long? Mail);

/// <param name="State">up; failing: it is tried again and may pass; red: nothing passes until the operator does what <paramref name="ToDo"/> says.</param>
/// <param name="Warnings">What will need the operator if it goes on.</param>
/// <param name="Counts">Since the start, by name.</param>
public sealed record ChannelHealth(
    string State, long? HeardSecondsAgo, long? SentSecondsAgo, long? FailingForSeconds, IReadOnlyList<string> ToDo, IReadOnlyList<string> Warnings, IReadOnlyDictionary<string, long> Counts)
{
    public static ChannelHealth Of(Pulse pulse, DateTimeOffset now)
    {
        var toDo = pulse.Alarms;
        var state = toDo.Count > 0 ? "red" : pulse.FailingSince is null ? "up" : "failing";
        return new ChannelHealth(state, Since(pulse.LastHeard), Since(pulse.LastSent), Since(pulse.FailingSince), toDo, pulse.Warnings, pulse.Counts);

        long? Since(DateTimeOffset? then) => then is { } time ? (long)(now - time).TotalSeconds : null;
    }
}
