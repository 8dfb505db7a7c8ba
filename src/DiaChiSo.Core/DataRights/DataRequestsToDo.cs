using DiaChiSo.Core.Confirmations;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.DataRights;

/// <summary>What the operator must see to, so that no data request is lost: numbers only.</summary>
public static class DataRequestsToDo
{
    /// <summary>One sentence for each matter; none where all is well.</summary>
    /// <param name="now">UTC.</param>
    public static async Task<IReadOnlyList<string>> Of(BotDb db, DateTimeOffset now, CancellationToken ct)
    {
        var rows = await db.Set<DataRequest>().AsNoTracking().Where(row => row.Status == DataRequestStatus.Received || row.Status == DataRequestStatus.Answered).OrderBy(row => row.Id)
            .Select(row => new { row.Number, row.Commune, row.Status, row.AnswerBy, row.DoneBy, row.ToldAt }).ToListAsync(ct);
        var today = now.DayInVietnam();
        var untold = rows.Where(row => row.ToldAt is null).Select(row => row.Commune is null ? row.Number : $"{row.Number} (commune {row.Commune})").ToList();
        var late = rows.Where(row => today > DataDeadlines.Awaited(row.Status, row.AnswerBy, row.DoneBy)).Select(row => row.Number).ToList();
        var toDo = new List<string>();
        if (untold.Count > 0)
        {
            toDo.Add($"No officer holds the area of these data requests, so nobody was told: {string.Join(", ", untold)}. Give somebody the role officer there; they are told within the hour.");
        }
        if (late.Count > 0)
        {
            toDo.Add($"These data requests are past the law's deadline: {string.Join(", ", late)}. Their officers answer them with /quyendulieu.");
        }
        return toDo;
    }
}
