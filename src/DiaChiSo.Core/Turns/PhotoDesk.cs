using System.Collections.Concurrent;
using System.Threading.Channels;
using DiaChiSo.Core.Store;
using Microsoft.Extensions.Logging;

namespace DiaChiSo.Core.Turns;

/// <summary>
/// Photos between their arrival and their turn. A turn that comes upon a photo lays it here and steps back; it is fetched and looked at outside
/// of any transaction, and then its turn runs with what was seen. Meanwhile the row stays as it was, pending: what the same person sent
/// behind it waits, others do not, and after a restart it is simply looked at again. Everything here is in memory only.
/// </summary>
public sealed partial class PhotoDesk(Nudges nudges, TimeProvider time, ILogger<PhotoDesk> log, IPhotoEye? eye = null)
{
    private static readonly TimeSpan LookElsewhereAgainAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Kept = 10 * Limits.PhotoLookedAtWithin;

    private readonly ConcurrentDictionary<long, Held> held = [];
    private readonly Channel<Held> waiting = Channel.CreateUnbounded<Held>();

    /// <summary>How many rows wait here.</summary>
    internal int Count => held.Count;

    /// <summary>The row is to wait: its photo is being looked at, here or in another process.</summary>
    internal bool HoldsBack(long rowId) => held.TryGetValue(rowId, out var photo) && photo.Sight is null && !(photo.IsElsewhere && AgeOf(photo) > LookElsewhereAgainAfter);

    /// <summary>What was seen in the photo of this row; null: not yet, the row is to wait.</summary>
    internal PhotoSight? SightOf(InboxRow row, SentPhoto photo)
    {
        if (photo.Sight is { } seen)
        {
            return seen;
        }
        if (held.TryGetValue(row.Id, out var known) && !known.IsElsewhere)
        {
            return known.Sight;
        }
        DropOld();
        if (eye is null || held.Count >= Limits.PhotosWaiting)
        {
            return new PhotoSight(PhotoHolds.NotLookedAt);
        }
        var isElsewhere = !eye.Reaches(row.Channel);
        if (isElsewhere && time.GetUtcNow() - row.ReceivedAt > 2 * Limits.PhotoLookedAtWithin)
        {
            return new PhotoSight(PhotoHolds.NotFetched);
        }
        var laid = new Held(row.Id, row.Channel, photo.FileKey, time.GetUtcNow(), isElsewhere);
        held[row.Id] = laid;
        if (!isElsewhere)
        {
            waiting.Writer.TryWrite(laid);
        }
        return null;
    }

    /// <summary>The turns of these rows are committed.</summary>
    internal void Forget(IEnumerable<long> rowIds)
    {
        if (held.IsEmpty)
        {
            return;
        }
        foreach (var id in rowIds)
        {
            held.TryRemove(id, out _);
        }
    }

    /// <summary>Waits for a photo, looks at it and lets its turn run. For as many loops as may look at the same time.</summary>
    public async Task LookAtNext(CancellationToken ct) => await LookAt(await waiting.Reader.ReadAsync(ct), ct);

    /// <summary>The same without waiting. False: there is none.</summary>
    public async Task<bool> LookAtOne(CancellationToken ct)
    {
        if (!waiting.Reader.TryRead(out var next))
        {
            return false;
        }
        await LookAt(next, ct);
        return true;
    }

    private async Task LookAt(Held photo, CancellationToken ct)
    {
        PhotoSight sight;
        try
        {
            sight = await eye!.Look(photo.Channel, photo.FileKey, ct).WaitAsync(Limits.PhotoLookedAtWithin, time, ct);
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            // Whatever it was: a photo ends in a sentence, never in silence.
            LogFault(photo.RowId, fault.GetType().Name);
            sight = new PhotoSight(PhotoHolds.NotLookedAt);
        }
        photo.Sight = sight;
        nudges.Turns.Set();
    }

    // Rows that another process took before this one got to them.
    private void DropOld() => Forget([.. held.Values.Where(photo => (photo.Sight is not null || photo.IsElsewhere) && AgeOf(photo) > Kept).Select(photo => photo.RowId)]);

    private TimeSpan AgeOf(Held photo) => time.GetUtcNow() - photo.Since;

    private sealed record Held(long RowId, string Channel, string FileKey, DateTimeOffset Since, bool IsElsewhere)
    {
        public PhotoSight? Sight { get; set; }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The photo of inbox row {Row} could not be looked at: {Fault}")]
    private partial void LogFault(long row, string fault);
}
