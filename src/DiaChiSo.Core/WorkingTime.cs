using DiaChiSo.Core.Confirmations;
using DiaChiSo.Core.Offices;

namespace DiaChiSo.Core;

/// <summary>
/// When the offices work (the settings Offices:Hours and Offices:Holidays): whom news may be told that nobody waits for, and how long something
/// has waited in working days, which are Monday to Friday less the holidays. Days are Vietnam's.
/// </summary>
public sealed class WorkingTime(OfficeTable offices)
{
    private static readonly TimeSpan VietnamAheadOfUtc = TimeSpan.FromHours(7);
    private static readonly TimeOnly Morning = new(8, 0);

    private readonly OfficeHours hours = offices.HoursOf(Office.Nameless);
    private readonly IReadOnlySet<DateOnly> holidays = offices.ClosedDays;

    /// <summary>Whether somebody sits in the office.</summary>
    public bool IsOpen(DateTimeOffset time) => !holidays.Contains(time.DayInVietnam()) && hours.Has(time);

    /// <summary>The same hour so many working days earlier (UTC): what was there by then has waited that long.</summary>
    public DateTimeOffset DaysBefore(DateTimeOffset time, int workingDays)
    {
        var before = time;
        for (var left = workingDays; left > 0;)
        {
            before = before.AddDays(-1);
            left -= IsWorkingDay(before.DayInVietnam()) ? 1 : 0;
        }
        return before;
    }

    /// <summary>The <paramref name="count"/>th working day after this one, which does not count itself.</summary>
    public DateOnly After(DateOnly day, int count)
    {
        while (count > 0)
        {
            day = day.AddDays(1);
            count -= IsWorkingDay(day) ? 1 : 0;
        }
        return day;
    }

    /// <summary>The last working day before this one.</summary>
    public DateOnly Before(DateOnly day)
    {
        do
        {
            day = day.AddDays(-1);
        }
        while (!IsWorkingDay(day));
        return day;
    }

    /// <summary>08:00 of that day in Vietnam, as UTC.</summary>
    public static DateTimeOffset MorningOf(DateOnly day) => new DateTimeOffset(day, Morning, VietnamAheadOfUtc).ToUniversalTime();

    private bool IsWorkingDay(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !holidays.Contains(day);
}
