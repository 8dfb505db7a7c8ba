using DiaChiSo.Core.Confirmations;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.DataRights;

/// <summary>Tells the officers again before a deadline runs out, every working day after it has, and as soon as there is somebody to tell.</summary>
public sealed class DataRequestClock : IDueWork
{
    private const int AtOnce = 50;

    public async Task<int> Do(BotDb db, IServiceProvider services, DateTimeOffset now, CancellationToken ct)
    {
        var scope = new EffectScope(db, new TurnContext(0, 0, Texts.Languages[0], now, "clock"), services);
        var due = await db.Set<DataRequest>().Where(row => row.LookAt != null && row.LookAt <= now).OrderBy(row => row.LookAt).Take(AtOnce).ToListAsync(ct);
        foreach (var request in due)
        {
            var awaited = DataDeadlines.Awaited(request.Status, request.AnswerBy, request.DoneBy);
            await DataRequestNews.TellOfficers(scope, request, now.DayInVietnam() > awaited ? "notice-overdue" : "notice-due", ct);
            request.Version++;
        }
        return due.Count;
    }
}
