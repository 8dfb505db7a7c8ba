using System.Globalization;
using System.Text.RegularExpressions;

namespace DiaChiSo.Core.Offices;

/// <summary>When somebody is in an office: "Mon-Fri 07:30-11:30 13:30-17:00; Sat 07:30-11:30", in Vietnam's time (UTC+7, no summer time).</summary>
public sealed partial class OfficeHours
{
    private static readonly TimeSpan VietnamAheadOfUtc = TimeSpan.FromHours(7);
    private static readonly string[] Names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    private static readonly string[] Vietnamese = ["thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật"];

    // From Monday; of each day its times, in order.
    private readonly List<(TimeOnly From, TimeOnly To)>[] week = [.. Names.Select(_ => new List<(TimeOnly, TimeOnly)>())];
    private readonly List<(int First, int Last, string Times)> asWritten = [];

    private OfficeHours()
    {
    }

    /// <summary>Null: it is not of that form, or a time ends before it begins.</summary>
    public static OfficeHours? Read(string words)
    {
        var hours = new OfficeHours();
        foreach (var part in words.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Form().Match(part) is not { Success: true } match)
            {
                return null;
            }
            var first = DayOf(match.Groups["first"].Value);
            var last = match.Groups["last"].Success ? DayOf(match.Groups["last"].Value) : first;
            var times = new List<(TimeOnly From, TimeOnly To)>();
            foreach (Capture time in match.Groups["time"].Captures)
            {
                if (time.Value.Split('-') is not [var from, var to]
                    || !TimeOnly.TryParseExact(from, "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var begins)
                    || !TimeOnly.TryParseExact(to, "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var ends)
                    || ends <= begins || (times.Count > 0 && begins < times[^1].To))
                {
                    return null;
                }
                times.Add((begins, ends));
            }
            if (last < first)
            {
                return null;
            }
            for (var day = first; day <= last; day++)
            {
                hours.week[day].AddRange(times);
            }
            hours.asWritten.Add((first, last, string.Join(", ", times.Select(time => string.Create(CultureInfo.InvariantCulture, $"{time.From:HH\\:mm}–{time.To:HH\\:mm}")))));
        }
        return hours.week.Any(day => day.Count > 0) ? hours : null;
    }

    /// <summary>The moment (UTC) at which so much office time has passed.</summary>
    /// <param name="from">UTC.</param>
    /// <param name="work">Office time, at most some weeks of it.</param>
    /// <param name="holidays">Days in Vietnam on which nobody is there.</param>
    public DateTimeOffset After(DateTimeOffset from, TimeSpan work, IReadOnlySet<DateOnly> holidays)
    {
        var local = from.ToOffset(VietnamAheadOfUtc);
        var left = work;
        var end = local;
        // A year of holidays in a row is a slip of the settings, not a reason to look on for ever.
        for (var day = DateOnly.FromDateTime(local.DateTime); day < DateOnly.FromDateTime(local.DateTime).AddDays(366); day = day.AddDays(1))
        {
            if (holidays.Contains(day))
            {
                continue;
            }
            foreach (var (opens, shuts) in week[((int)day.DayOfWeek + 6) % 7])
            {
                var begins = Later(new DateTimeOffset(day, opens, VietnamAheadOfUtc), local);
                var ends = new DateTimeOffset(day, shuts, VietnamAheadOfUtc);
                if (ends <= begins)
                {
                    continue;
                }
                if (left <= ends - begins)
                {
                    return (begins + left).ToUniversalTime();
                }
                left -= ends - begins;
                end = ends;
            }
        }
        return end.ToUniversalTime();
    }

    /// <summary>Whether somebody is there at this moment (UTC), holidays aside.</summary>
    public bool Has(DateTimeOffset moment)
    {
        var local = moment.ToOffset(VietnamAheadOfUtc);
        var clock = TimeOnly.FromDateTime(local.DateTime);
        return week[((int)local.DayOfWeek + 6) % 7].Exists(time => time.From <= clock && clock < time.To);
    }

    /// <summary>"thứ hai – thứ sáu 07:30–11:30, 13:30–17:00".</summary>
    /// <param name="language">"vi" or "en".</param>
    public string In(string language)
    {
        var days = language == "en" ? Names : Vietnamese;
        return string.Join("; ", asWritten.Select(part => (part.First == part.Last ? days[part.First] : $"{days[part.First]} – {days[part.Last]}") + " " + part.Times));
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static int DayOf(string name) => Array.FindIndex(Names, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"^(?<first>Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:-(?<last>Mon|Tue|Wed|Thu|Fri|Sat|Sun))?(?:[ ,]+(?<time>\d{1,2}:\d\d-\d{1,2}:\d\d))+$", RegexOptions.IgnoreCase)]
    private static partial Regex Form();
}
