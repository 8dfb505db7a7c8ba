using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DiaChiSo.Core.Turns;

/// <summary>
/// The door: what comes in is committed before the channel is answered. The same (channel, id, body) twice is one row.
/// Those who arrive together share one commit.
/// </summary>
public sealed class Inbox(IServiceScopeFactory scopes, WriteGate gate, Nudges nudges, TimeProvider time)
{
    private readonly ConcurrentQueue<Arriving> waiting = new();
    private int committing;

    /// <summary>Returns when it is on disk.</summary>
    /// <param name="channel">The channel's name.</param>
    /// <param name="chatKey">The channel's name of the chat.</param>
    /// <param name="incomingKey">The channel's id of this update.</param>
    /// <param name="incoming">What it means; words beyond <see cref="Limits.WordsHeard"/> are cut off.</param>
    /// <param name="language">The language to begin with, for a first message.</param>
    /// <param name="ct">Gives up waiting; what is committed stays.</param>
    /// <param name="alongside">Written in the same transaction, only when it is new (a channel that keeps what was said itself).</param>
    /// <returns>False when it was there already.</returns>
    public async Task<bool> Accept(string channel, string chatKey, string incomingKey, Incoming incoming, string language = "vi", CancellationToken ct = default, Func<BotDb, Task>? alongside = null)
    {
        if (incoming is Said { Words.Length: > Limits.WordsHeard } said)
        {
            incoming = new Said(said.Words[..Limits.WordsHeard]);
        }
        var body = JsonSerializer.Serialize(incoming, Saved.Json);
        var arriving = new Arriving(channel, chatKey, incomingKey, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(body)).AsSpan(0, 8)), body, language, alongside);
        waiting.Enqueue(arriving);
        _ = CommitWaiting();
        return await arriving.Committed.Task.WaitAsync(ct);
    }

    // One goes through the gate for all: who stood there too would wait behind whole batches of turns though their row is long on the disk,
    // and a channel wants its answer soon (Zalo within two seconds).
    private async Task CommitWaiting()
    {
        while (!waiting.IsEmpty && Interlocked.CompareExchange(ref committing, 1, 0) == 0)
        {
            try
            {
                using (await gate.Enter(CancellationToken.None))
                {
                    await CommitAll();
                }
                nudges.Turns.Set();
            }
            finally
            {
                Volatile.Write(ref committing, 0);
            }
        }
    }

    private async Task CommitAll()
    {
        var batch = new List<Arriving>();
        while (batch.Count < 128 && waiting.TryDequeue(out var one))
        {
            batch.Add(one);
        }
        try
        {
            var isNew = await Commit(batch);
            for (var at = 0; at < batch.Count; at++)
            {
                batch[at].Committed.TrySetResult(isNew[at]);
            }
        }
        catch (Exception fault)
        {
            batch.ForEach(arriving => arriving.Committed.TrySetException(fault));
        }
    }

    private async Task<bool[]> Commit(List<Arriving> batch)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var now = time.GetUtcNow();
        var isNew = new bool[batch.Count];
        for (var at = 0; at < batch.Count; at++)
        {
            var arriving = batch[at];
            if (await IsThere.On(db)(db, arriving.Channel, arriving.IncomingKey, arriving.BodyHash))
            {
                continue;
            }
            isNew[at] = true;
            db.Inbox.Add(new InboxRow
            {
                ConversationId = await ConversationOf(db, arriving, now),
                Channel = arriving.Channel,
                IncomingKey = arriving.IncomingKey,
                BodyHash = arriving.BodyHash,
                Body = arriving.Body,
                ReceivedAt = now,
                NotBefore = now,
            });
            if (arriving.Alongside is { } alsoWrite)
            {
                await alsoWrite(db);
            }
            await db.SaveChangesAsync();
        }
        await transaction.CommitAsync();
        return isNew;
    }

    private static readonly HotQuery<Func<BotDb, string, string, string, Task<bool>>> IsThere = new(() => EF.CompileAsyncQuery((BotDb db, string channel, string key, string hash) =>
        db.Inbox.Any(row => row.Channel == channel && row.IncomingKey == key && row.BodyHash == hash)));

    private static readonly HotQuery<Func<BotDb, string, string, Task<long?>>> IdOf = new(() => EF.CompileAsyncQuery((BotDb db, string channel, string chatKey) =>
        db.Conversations.Where(row => row.Channel == channel && row.ChatKey == chatKey).Select(row => (long?)row.Id).FirstOrDefault()));

    private static async Task<long> ConversationOf(BotDb db, Arriving arriving, DateTimeOffset now)
    {
        if (await IdOf.On(db)(db, arriving.Channel, arriving.ChatKey) is { } known)
        {
            return known;
        }
        var person = new Person { FirstSeenAt = now };
        db.People.Add(person);
        await db.SaveChangesAsync();
        var conversation = new Conversation { Channel = arriving.Channel, ChatKey = arriving.ChatKey, PersonId = person.Id, Language = arriving.Language, LastHeardAt = now };
        db.Conversations.Add(conversation);
        await db.SaveChangesAsync();
        return conversation.Id;
    }

    private sealed record Arriving(string Channel, string ChatKey, string IncomingKey, string BodyHash, string Body, string Language, Func<BotDb, Task>? Alongside)
    {
        public TaskCompletionSource<bool> Committed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
