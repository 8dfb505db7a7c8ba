using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DiaChiSo.Bot.Health;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Bot.Channels.DirectLine;

/// <summary>What was said in each conversation, on disk: a restart or a reconnect loses nothing, and a repeated activity is one.</summary>
public sealed class Chatlog(IServiceScopeFactory scopes, WriteGate gate, Inbox inbox, Listeners listeners, Pulses pulses, TimeProvider time)
{
    public const string Channel = "web";

    /// <summary>Activities in one answer or frame; who wants more asks again with the new watermark.</summary>
    public const int MostAtOnce = 100;

    /// <summary>Whether anything was ever heard in it.</summary>
    public async Task<bool> IsKnown(string conversationId, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<BotDb>().Conversations.AnyAsync(row => row.Channel == Channel && row.ChatKey == conversationId, ct);
    }

    /// <summary>
    /// Whether it has ended: its client said so and was not heard since, or it was erased. One that did not begin yet has not ended either.
    /// </summary>
    public async Task<bool> HasEnded(Admission admission, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var isGone = await scope.ServiceProvider.GetRequiredService<BotDb>().Conversations
            .Where(row => row.Channel == Channel && row.ChatKey == admission.ConversationId).Select(row => (bool?)row.IsGone).FirstOrDefaultAsync(ct);
        return isGone ?? admission.HasBegun;
    }

    /// <summary>Begins a conversation. False when it had begun.</summary>
    public async Task<bool> Begin(string conversationId, string? payload, string language, CancellationToken ct)
    {
        // The inbox forgets after a week, the conversation does not.
        if (await IsKnown(conversationId, ct))
        {
            return false;
        }
        return await inbox.Accept(Channel, conversationId, $"{conversationId}:start", new Arrived(payload), language, ct);
    }

    /// <summary>
    /// What the person did goes into the inbox, and its echo into the log, in one transaction: either both or nothing, and the echo stands
    /// before the answer. Returns the activity's id, the same one when it comes again.
    /// </summary>
    public async Task<string> Hear(string conversationId, string? clientId, Activity echo, Incoming incoming, string language, CancellationToken ct)
    {
        var key = KeyOf(clientId);
        if (await SequenceOf(conversationId, key, ct) is { } before)
        {
            return IdOf(conversationId, before);
        }
        await inbox.Accept(Channel, conversationId, $"{conversationId}:{key}", incoming, language, ct, async db =>
        {
            // Two of the same at the same moment both come here when their bodies differ; the first one stands.
            if (!await db.WebActivities.AnyAsync(row => row.ChatKey == conversationId && row.Key == key))
            {
                db.WebActivities.Add(Row(conversationId, await LastSequence(db, conversationId) + 1, key, isPersons: true, echo));
            }
        });
        pulses.Of(Channel).Heard();
        listeners.Wake(conversationId);
        return IdOf(conversationId, await SequenceOf(conversationId, key, ct) ?? 0);
    }

    /// <summary>The person came (back), with the payload of a link, or left. Not a message: it leaves no echo.</summary>
    public async Task<string> Arrive(string conversationId, string? clientId, Incoming arrival, string language, CancellationToken ct)
    {
        await inbox.Accept(Channel, conversationId, $"{conversationId}:{KeyOf(clientId)}", arrival, language, ct);
        return IdOf(conversationId, 0);
    }

    /// <summary>Writes what the bot says; what was written by an earlier try is not written again.</summary>
    public async Task Say(string conversationId, string key, IReadOnlyList<Activity> activities, CancellationToken ct)
    {
        using (await gate.Enter(ct))
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<BotDb>();
            if (await db.WebActivities.AnyAsync(row => row.ChatKey == conversationId && row.Key == key + ".0", ct))
            {
                return;
            }
            var last = await LastSequence(db, conversationId);
            var replyTo = await db.WebActivities.Where(row => row.ChatKey == conversationId && row.IsPersons).MaxAsync(row => (long?)row.Sequence, ct);
            for (var at = 0; at < activities.Count; at++)
            {
                var activity = activities[at] with { ReplyToId = replyTo is { } heard ? IdOf(conversationId, heard) : null };
                db.WebActivities.Add(Row(conversationId, last + 1 + at, $"{key}.{at}", isPersons: false, activity));
            }
            await db.SaveChangesAsync(ct);
        }
        listeners.Wake(conversationId);
    }

    /// <summary>What came after the watermark, oldest first, at most <see cref="MostAtOnce"/>.</summary>
    public async Task<ActivitySet> After(string conversationId, long watermark, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var rows = await scope.ServiceProvider.GetRequiredService<BotDb>().WebActivities.AsNoTracking()
            .Where(row => row.ChatKey == conversationId && row.Sequence > watermark).OrderBy(row => row.Sequence).Take(MostAtOnce).ToListAsync(ct);
        return new ActivitySet([.. rows.Where(row => row.Body.Length > 0).Select(ActivityOf)], Number(rows.Count > 0 ? rows[^1].Sequence : watermark));
    }

    /// <summary>The watermark behind which the last <paramref name="most"/> activities stand.</summary>
    public async Task<long> Before(string conversationId, int most, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return Math.Max(0, await LastSequence(scope.ServiceProvider.GetRequiredService<BotDb>(), conversationId) - most);
    }

    /// <summary>Whether this activity was taken before.</summary>
    public async Task<bool> HasHeard(string conversationId, string? clientId, CancellationToken ct) =>
        clientId is not null && await SequenceOf(conversationId, KeyOf(clientId), ct) is not null;

    // A hash: what a client calls its activity is its own affair and may hold anything.
    private static string KeyOf(string? clientId) => "u:" + Convert.ToHexString(
        clientId is null ? RandomNumberGenerator.GetBytes(16).AsSpan() : SHA256.HashData(Encoding.UTF8.GetBytes(clientId)).AsSpan(0, 16));

    private async Task<long?> SequenceOf(string conversationId, string key, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<BotDb>().WebActivities.Where(row => row.ChatKey == conversationId && row.Key == key)
            .Select(row => (long?)row.Sequence).FirstOrDefaultAsync(ct);
    }

    private static async Task<long> LastSequence(BotDb db, string conversationId) =>
        await db.WebActivities.Where(row => row.ChatKey == conversationId).MaxAsync(row => (long?)row.Sequence) ?? 0;

    private WebActivity Row(string conversationId, long sequence, string key, bool isPersons, Activity activity) => new()
    {
        ChatKey = conversationId,
        Sequence = sequence,
        Key = key,
        IsPersons = isPersons,
        Body = JsonSerializer.Serialize(activity, ActivityJson.Options),
        At = time.GetUtcNow(),
    };

    private static Activity ActivityOf(WebActivity row) => JsonSerializer.Deserialize<Activity>(row.Body, ActivityJson.Options)! with
    {
        Id = IdOf(row.ChatKey, row.Sequence),
        Timestamp = row.At,
        ChannelId = "directline",
        Conversation = new ConversationAccount(row.ChatKey),
    };

    private static string IdOf(string conversationId, long sequence) => string.Create(CultureInfo.InvariantCulture, $"{conversationId}|{sequence:D7}");

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
