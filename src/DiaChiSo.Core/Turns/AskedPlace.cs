using System.Text.Json;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Turns;

/// <summary>What is known of the place that a conversation asks for at this moment, for a map beside the question.</summary>
public sealed class AskedPlace(BotDb db)
{
    /// <summary>The gate on record of the address in question (WGS-84 degrees); null where no gate is asked for, or none is on record.</summary>
    public async Task<GeoPoint?> KnownGate(long conversationId, CancellationToken ct)
    {
        var conversation = await db.Conversations.AsNoTracking().FirstOrDefaultAsync(row => row.Id == conversationId, ct);
        return conversation?.Open() is { Stack.Count: > 0 } talk ? NeedIn(talk.Top)?.Known : null;
    }

    // By what the draft holds and not by the dialog's name: whichever dialog was called with a GateNeed keeps it as "need".
    private static GateNeed? NeedIn(Frame frame)
    {
        try
        {
            return frame.Draft is { ValueKind: JsonValueKind.Object } draft && draft.TryGetProperty("need", out var need) ? need.Deserialize<GateNeed>(Saved.Json) : null;
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            // Another dialog's "need" is another thing.
            return null;
        }
    }
}
