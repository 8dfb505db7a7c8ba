using DiaChiSo.Core.Offices;
using DiaChiSo.Tests.Chats;

namespace DiaChiSo.Tests.Host;

/// <summary>Who answers, until when, and to which office an officer belongs.</summary>
public sealed class OfficesInSettings
{
    private static readonly OfficeTable Offices = ChatOffices.Table;

    [Theory]
    [InlineData("03217", "xa-tua-chua")]
    [InlineData("03226", "xa-sin-chai")]
    [InlineData("03241", "dau-moi")]
    [InlineData(null, "dau-moi")]
    [InlineData("99999", "dau-moi")]
    public void The_lowest_office_of_a_commune_answers(string? commune, string office) => Assert.Equal(office, Offices.For(commune).Key);

    [Theory]
    [InlineData("03217", "xa-tua-chua")]
    [InlineData("03217 03226", "dau-moi")]
    [InlineData("03220 03241", "dau-moi")]
    [InlineData("*", "dau-moi")]
    public void An_officer_belongs_to_the_smallest_office_for_all_of_the_area(string area, string office) => Assert.Equal(office, Offices.OfArea(area).Key);

    [Fact]
    public void Without_settings_one_office_without_a_name_answers_everybody()
    {
        var none = new OfficeTable();
        Assert.Equal(none.OfArea("*").Key, none.For("03217").Key);
        Assert.Equal("", none.For(null).Name);
        Assert.Null(none.Coordinating(none.For("03217")));
        Assert.Equal("", none.Keeper.Contact);
    }

    // Times in Vietnam; 2026-11-23 is a Monday.
    [Theory]
    [InlineData("2026-11-23 08:00", 2, "2026-11-23 10:00")]
    [InlineData("2026-11-23 10:30", 2, "2026-11-23 14:30")]
    [InlineData("2026-11-23 16:00", 4, "2026-11-24 10:30")]
    [InlineData("2026-11-27 16:30", 1, "2026-11-30 08:00")]
    [InlineData("2026-11-22 03:00", 4, "2026-11-23 11:30")]
    [InlineData("2026-12-31 16:30", 1, "2027-01-04 08:00")]
    public void Only_office_time_counts_and_no_holidays(string asked, int hours, string answered)
    {
        var offices = new OfficeTable { AnswerWithinHours = hours, Holidays = ["2027-01-01"] };
        Assert.Equal(At(answered), offices.AnsweredBy(offices.For(null), At(asked)));
    }

    [Theory]
    [InlineData("Mon-Fri 07:30-11:30 13:30-17:00; Sat 8:00-11:00", true)]
    [InlineData("mon 07:30-11:30, 13:30-17:00", true)]
    [InlineData("Fri-Mon 07:30-11:30", false)]
    [InlineData("Mon 11:30-07:30", false)]
    [InlineData("Mon 07:30-11:30 10:00-12:00", false)]
    [InlineData("Mon 25:00-26:00", false)]
    [InlineData("", false)]
    public void Hours_are_read_or_refused(string words, bool isRight) => Assert.Equal(isRight, OfficeHours.Read(words) is not null);

    private static DateTimeOffset At(string words) => DateTimeOffset.ParseExact(words + " +07:00", "yyyy-MM-dd HH:mm zzz", System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime();
}
