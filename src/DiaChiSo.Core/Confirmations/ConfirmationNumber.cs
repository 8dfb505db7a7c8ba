using System.Globalization;
using DiaChiSo.Core.Store;

namespace DiaChiSo.Core.Confirmations;

/// <summary>"BB26-000123": biên bản, the year in Vietnam, a running number, as requests have theirs. It is written on both paper copies.</summary>
internal static class ConfirmationNumber
{
    /// <summary>The next number of this year, taken inside the turn's transaction: a turn that is rolled back gives it back.</summary>
    public static async Task<string> Next(BotDb db, DateTimeOffset now, CancellationToken ct)
    {
        var series = string.Create(CultureInfo.InvariantCulture, $"BB{now.DayInVietnam().Year % 100:00}");
        var running = await Sequence.Next(db, series, ct);
        return string.Create(CultureInfo.InvariantCulture, $"{series}-{running:000000}");
    }
}
