using System.Globalization;
using DiaChiSo.Core.Register;

namespace DiaChiSo.Core.Confirmations;

/// <summary>A day as people type it, and as it is said to them.</summary>
public static class DayText
{
    private static readonly TimeSpan VietnamAheadOfUtc = TimeSpan.FromHours(7);

    private static readonly string[] Weekdays = ["chủ nhật", "thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy"];
    private static readonly string[] EnglishWeekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    /// <summary>The day in Vietnam at this moment.</summary>
    public static DateOnly DayInVietnam(this DateTimeOffset moment) => DateOnly.FromDateTime(moment.ToOffset(VietnamAheadOfUtc).DateTime);

    /// <summary>"thứ ba 24/11".</summary>
    /// <param name="language">"vi" or "en".</param>
    public static string In(this DateOnly day, string language) =>
        string.Create(CultureInfo.InvariantCulture, $"{(language == "en" ? EnglishWeekdays : Weekdays)[(int)day.DayOfWeek]} {day.Day}/{day.Month}");

    /// <summary>
    /// Reads "mai", "ngày kia", "tuần sau", a weekday ("thứ 5", "t5", "chủ nhật": the next one), or "25/11", "25-11-2026", "ngày 25 tháng 11".
    /// A day and month without a year is the next such day. Null when it is none of these.
    /// </summary>
    /// <param name="today">In Vietnam.</param>
    public static DateOnly? Read(string? words, DateOnly today)
    {
        var plain = VietnameseText.Words(words);
        return plain switch
        {
            "hom nay" or "today" => today,
            "mai" or "ngay mai" or "tomorrow" => today.AddDays(1),
            "kia" or "ngay kia" or "mot" or "ngay mot" => today.AddDays(2),
            "tuan sau" or "tuan toi" or "next week" => today.AddDays(7),
            _ => Weekday(plain) is { } weekday ? NextAfter(today, weekday) : DayAndMonth(plain, today),
        };
    }

    private static DayOfWeek? Weekday(string plain) => plain switch
    {
        "chu nhat" or "cn" or "sunday" => DayOfWeek.Sunday,
        "thu hai" or "thu 2" or "t2" or "monday" => DayOfWeek.Monday,
        "thu ba" or "thu 3" or "t3" or "tuesday" => DayOfWeek.Tuesday,
        "thu tu" or "thu 4" or "t4" or "wednesday" => DayOfWeek.Wednesday,
        "thu nam" or "thu 5" or "t5" or "thursday" => DayOfWeek.Thursday,
        "thu sau" or "thu 6" or "t6" or "friday" => DayOfWeek.Friday,
        "thu bay" or "thu 7" or "t7" or "saturday" => DayOfWeek.Saturday,
        _ => null,
    };

    private static DateOnly NextAfter(DateOnly today, DayOfWeek weekday) => today.AddDays((weekday - today.DayOfWeek + 6) % 7 + 1);

    private static DateOnly? DayAndMonth(string plain, DateOnly today)
    {
        var numbers = plain.Split([' ', '/', '-', '.'], StringSplitOptions.RemoveEmptyEntries)
            .Where(part => part is not ("ngay" or "thang" or "nam")).ToArray();
        if (numbers.Length is < 2 or > 3 || !numbers.All(part => part.Length <= 4 && part.All(char.IsAsciiDigit)))
        {
            return null;
        }
        var parts = Array.ConvertAll(numbers, int.Parse);
        var year = parts.Length < 3 ? today.Year : parts[2] < 100 ? 2000 + parts[2] : parts[2];
        var day = DayOf(year, parts[1], parts[0]);
        return day < today && parts.Length < 3 ? DayOf(year + 1, parts[1], parts[0]) : day;
    }

    private static DateOnly? DayOf(int year, int month, int day) =>
        year is >= 2000 and < 2100 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
}
