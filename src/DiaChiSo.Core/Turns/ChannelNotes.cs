using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;

namespace DiaChiSo.Core.Turns;

/// <summary>Something small that a channel has to remember over a restart: the file id of a picture it sent before, that a chat shows a keyboard. Never a person's words.</summary>
public sealed class ChannelNote
{
    public required string Channel { get; init; }
    public required string Name { get; init; }
    public required string Value { get; set; }
    public DateTimeOffset WrittenAt { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<ChannelNote>
    {
        public void Configure(EntityTypeBuilder<ChannelNote> table)
        {
            table.ToTable("ChannelNotes");
            table.HasKey(row => new { row.Channel, row.Name });
            table.HasIndex(row => row.WrittenAt);
        }
    }
}

/// <summary>The notes of the channels.</summary>
public sealed class ChannelNotes(IServiceScopeFactory scopes, WriteGate gate, TimeProvider time)
{
    /// <summary>What was kept under this name, or null.</summary>
    public async Task<string?> Recall(string channel, string name, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        return await db.Set<ChannelNote>().AsNoTracking().Where(row => row.Channel == channel && row.Name == name).Select(row => row.Value).FirstOrDefaultAsync(ct);
    }

    /// <summary>The names of all notes that begin so.</summary>
    public async Task<IReadOnlyList<string>> Names(string channel, string beginning, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        return await db.Set<ChannelNote>().AsNoTracking().Where(row => row.Channel == channel && row.Name.StartsWith(beginning)).Select(row => row.Name).OrderBy(name => name).ToListAsync(ct);
    }

    /// <summary>Keeps it on disk; an older one of the same name is overwritten, null forgets it.</summary>
    public async Task Keep(string channel, string name, string? value, CancellationToken ct)
    {
        using var inside = await gate.Enter(ct);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        await Write(db, channel, name, value, time.GetUtcNow());
        await db.SaveChangesAsync(ct);
    }

    /// <summary>The same inside somebody's transaction, who saves it.</summary>
    public static async Task Write(BotDb db, string channel, string name, string? value, DateTimeOffset now)
    {
        var row = await db.FindAsync<ChannelNote>(channel, name);
        if (row is null && value is not null)
        {
            db.Add(new ChannelNote { Channel = channel, Name = name, Value = value, WrittenAt = now });
        }
        else if (row is not null && value is null)
        {
            db.Remove(row);
        }
        else if (row is not null && value is not null)
        {
            (row.Value, row.WrittenAt) = (value, now);
        }
    }

    /// <summary>
    /// Takes the note for <paramref name="who"/> unless somebody else holds it for less than <paramref name="lease"/>: one process of several
    /// does what must be done once. Statements, not a read and a write, so that two cannot both be first.
    /// </summary>
    public async Task<bool> Claim(string channel, string name, string who, TimeSpan lease, CancellationToken ct)
    {
        using var inside = await gate.Enter(ct);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        var now = time.GetUtcNow();
        var over = now - lease;
        var taken = await db.Set<ChannelNote>().Where(row => row.Channel == channel && row.Name == name && (row.Value == who || row.WrittenAt <= over))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Value, who).SetProperty(row => row.WrittenAt, now), ct);
        if (taken > 0)
        {
            return true;
        }
        if (await db.Set<ChannelNote>().AnyAsync(row => row.Channel == channel && row.Name == name, ct))
        {
            return false;
        }
        db.Add(new ChannelNote { Channel = channel, Name = name, Value = who, WrittenAt = now });
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException)
        {
            // Another process wrote the row in between.
            return false;
        }
    }

    /// <summary>Gives a claim back; somebody else's is left alone.</summary>
    public async Task Release(string channel, string name, string who, CancellationToken ct)
    {
        using var inside = await gate.Enter(ct);
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<BotDb>().Set<ChannelNote>().Where(row => row.Channel == channel && row.Name == name && row.Value == who).ExecuteDeleteAsync(ct);
    }
}
