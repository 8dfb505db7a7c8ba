using DiaChiSo.Core;
using DiaChiSo.Core.DataRights;
using DiaChiSo.Core.Offices;
using Xunit;

namespace DiaChiSo.Tests.DataRights;

public sealed class DeadlinesAreCounted
{
    private static readonly DateTimeOffset MondayMorning = new(2026, 11, 23, 2, 0, 0, TimeSpan.Zero);

    private static DataDeadlines With(params string[] holidays) => new(new WorkingTime(new OfficeTable { Holidays = holidays }));

    [Theory]
    [InlineData(DataRequestKind.Withdraw, 15)]
    [InlineData(DataRequestKind.Restrict, 15)]
    [InlineData(DataRequestKind.Object, 15)]
    [InlineData(DataRequestKind.View, 10)]
    [InlineData(DataRequestKind.Correct, 10)]
    [InlineData(DataRequestKind.Delete, 20)]
    public void Each_right_has_its_days(DataRequestKind kind, int days)
    {
        var (answerBy, doneBy) = With().For(kind, MondayMorning);
        Assert.Equal((new DateOnly(2026, 11, 25), new DateOnly(2026, 11, 23).AddDays(days)), (answerBy, doneBy));
    }

    [Theory]
    [InlineData("2026-11-26", "2026-11-30")]   // Thursday: Friday, Monday
    [InlineData("2026-11-28", "2026-12-01")]   // Saturday: Monday, Tuesday
    [InlineData("2026-11-29", "2026-12-01")]   // Sunday
    public void Saturdays_and_Sundays_are_no_working_days(string received, string answerBy) =>
        Assert.Equal(DateOnly.Parse(answerBy), With().For(DataRequestKind.View, Noon(received)).AnswerBy);

    [Fact]
    public void Holidays_of_the_setting_are_no_working_days() =>
        Assert.Equal(new DateOnly(2027, 1, 5), With("2027-01-01").For(DataRequestKind.View, Noon("2026-12-31")).AnswerBy);

    [Fact]
    public void The_day_is_Vietnams_not_Greenwichs()
    {
        // 23:30 on Monday in Greenwich is Tuesday morning there.
        var (answerBy, doneBy) = With().For(DataRequestKind.Delete, new DateTimeOffset(2026, 11, 23, 23, 30, 0, TimeSpan.Zero));
        Assert.Equal((new DateOnly(2026, 11, 26), new DateOnly(2026, 12, 14)), (answerBy, doneBy));
    }

    [Fact]
    public void The_clock_looks_the_working_day_before_each_deadline_after_it_and_then_every_working_day()
    {
        var deadlines = With("2026-12-03");
        var request = new DataRequest
        {
            Number = "QL26-000001",
            Kind = DataRequestKind.View,
            PersonId = 1,
            Language = "vi",
            ConcernedSealed = "{}",
            ReceivedAt = MondayMorning,
            AnswerBy = new DateOnly(2026, 11, 25),
            DoneBy = new DateOnly(2026, 12, 3),
        };
        var seen = new List<string>();
        for (var now = MondayMorning; seen.Count < 8;)
        {
            now = deadlines.NextLook(request, now);
            seen.Add(now.ToOffset(TimeSpan.FromHours(7)).ToString("dd/MM HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        }
        // Nobody answers by Wednesday 25th: told the day before, and every working day after it. Thursday 3rd is a holiday.
        Assert.Equal(["24/11 08:00", "26/11 08:00", "27/11 08:00", "30/11 08:00", "01/12 08:00", "02/12 08:00", "04/12 08:00", "07/12 08:00"], seen);
        request.Status = DataRequestStatus.Answered;
        // Answered: only the day on which it must be done counts.
        Assert.Equal(new DateTimeOffset(2026, 12, 2, 1, 0, 0, TimeSpan.Zero), deadlines.NextLook(request, MondayMorning));
    }

    private static DateTimeOffset Noon(string day) => new DateTimeOffset(DateOnly.Parse(day), new TimeOnly(12, 0), TimeSpan.FromHours(7)).ToUniversalTime();
}
