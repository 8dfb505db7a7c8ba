namespace DiaChiSo.Core;

/// <summary>
/// Office hours in Vietnam (UTC+7, no summer time): Monday to Friday, 7:30–11:30 and 13:30–17:00. Public holidays are not known here: Tết moves
/// with the moon, and what is swapped for it is decided every year.
/// </summary>
public static class WorkingTime
{
    private static readonly TimeSpan VietnamAheadOfUtc = TimeSpan.FromHours(7);
    private static readonly (TimeOnly From, TimeOnly To)[] Hours = [(new(7, 30), new(11, 30)), (new(13, 30), new(17, 0))];

    /// <summary>The day in Vietnam.</summary>
    public static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.ToOffset(VietnamAheadOfUtc).DateTime);

    /// <summary>Whether somebody sits in the office.</summary>
    public static bool IsOpen(DateTimeOffset time)
    {
        var local = time.ToOffset(VietnamAheadOfUtc);
        var clock = TimeOnly.FromDateTime(local.DateTime);
        return IsWorkingDay(local.DayOfWeek) && Hours.Any(hours => hours.From <= clock && clock < hours.To);
    }

    /// <summary>The same hour so many working days earlier (UTC): what was there by then has waited that long.</summary>
    public static DateTimeOffset DaysBefore(DateTimeOffset time, int workingDays)
    {
        var local = time.ToOffset(VietnamAheadOfUtc);
        for (var left = workingDays; left > 0;)
        {
            local = local.AddDays(-1);
            left -= IsWorkingDay(local.DayOfWeek) ? 1 : 0;
        }
        return local.ToUniversalTime();
    }

    private static bool IsWorkingDay(DayOfWeek day) => day is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
}
