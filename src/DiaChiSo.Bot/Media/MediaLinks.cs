using System.Text.Json;
using DiaChiSo.Bot.Channels;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Core;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Bot.Media;

/// <summary>
/// Addresses for pictures and files that a channel fetches itself, or that a person opens: 128 random bits, good for
/// <see cref="Limits.MediaKept"/> and <see cref="Limits.MediaReads"/> readings, whichever ends first.
/// </summary>
public sealed class MediaLinks(IServiceScopeFactory scopes, WriteGate gate, WebSettings web, Drawings drawings, TimeProvider time)
{
    public const string Path = "/m/";

    /// <summary>The absolute address; null where nobody outside could reach it (<c>Web:PublicUrl</c> is not set) or nothing can be drawn.</summary>
    public async Task<string?> LinkOf(Block block, CancellationToken ct)
    {
        if (web.PublicBase is not { } address || drawings.FileOf(block) is not { } file)
        {
            return null;
        }
        var id = LinkId.New();
        using (await gate.Enter(ct))
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<BotDb>();
            db.Add(new MediaLink { Hash = LinkId.HashOf(id), What = JsonSerializer.Serialize(block, Saved.Json), Until = time.GetUtcNow() + Limits.MediaKept });
            await db.SaveChangesAsync(ct);
        }
        return $"{address}{Path}{id}{System.IO.Path.GetExtension(file.Name)}";
    }

    /// <summary>What is behind the address, and one reading less of it. Null: there is nothing, or its time or its readings are over.</summary>
    /// <param name="id">The part behind <see cref="Path"/>, with or without what looks like a file's ending.</param>
    /// <param name="counts">False: only asked whether it is there (HEAD).</param>
    /// <param name="ct">Gives up.</param>
    internal async Task<DrawnFile?> Read(string id, bool counts, CancellationToken ct)
    {
        var hash = LinkId.HashOf(id.Split('.')[0]);
        var now = time.GetUtcNow();
        string? what;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<BotDb>();
            what = await db.Set<MediaLink>().Where(row => row.Hash == hash && row.Until > now && row.Reads < Limits.MediaReads).Select(row => row.What).FirstOrDefaultAsync(ct);
            if (what is null)
            {
                return null;
            }
            if (counts)
            {
                using var inside = await gate.Enter(ct);
                // Counted where it is compared: of six at the same moment the sixth gets nothing.
                if (await db.Set<MediaLink>().Where(row => row.Hash == hash && row.Reads < Limits.MediaReads)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.Reads, row => row.Reads + 1), ct) == 0)
                {
                    return null;
                }
            }
        }
        return drawings.FileOf(JsonSerializer.Deserialize<Block>(what, Saved.Json)!);
    }
}
