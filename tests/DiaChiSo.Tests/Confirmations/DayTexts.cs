using DiaChiSo.Core.Confirmations;

namespace DiaChiSo.Tests.Confirmations;

/// <summary>The day to come again, as collaborators type it on a Monday.</summary>
public sealed class DayTexts
{
    private static readonly DateOnly Monday = new(2026, 11, 23);

    [Theory]
    [InlineData("mai", "2026-11-24")]
    [InlineData("Ngày mai", "2026-11-24")]
    [InlineData("ngày kia", "2026-11-25")]
    [InlineData("tuần sau", "2026-11-30")]
    [InlineData("thứ 5", "2026-11-26")]
    [InlineData("thu nam", "2026-11-26")]
    [InlineData("CN", "2026-11-29")]
    [InlineData("thứ hai", "2026-11-30")]
    [InlineData("25/11", "2026-11-25")]
    [InlineData("25-11-2026", "2026-11-25")]
    [InlineData("ngày 5 tháng 12", "2026-12-05")]
    [InlineData("5/1", "2027-01-05")]
    [InlineData("1.12.26", "2026-12-01")]
    public void A_day_is_read(string words, string day) =>
        Assert.Equal(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), DayText.Read(words, Monday));

    [Theory]
    [InlineData("")]
    [InlineData("lúc nào rảnh")]
    [InlineData("30/2")]
    [InlineData("25")]
    [InlineData("13/13")]
    [InlineData("1/2/3/4")]
    [InlineData("99999/1")]
    public void What_is_no_day_is_none(string words) => Assert.Null(DayText.Read(words, Monday));

    [Fact]
    public void A_day_is_said_with_its_weekday()
    {
        Assert.Equal("thứ năm 26/11", new DateOnly(2026, 11, 26).In("vi"));
        Assert.Equal("Thursday 26/11", new DateOnly(2026, 11, 26).In("en"));
        // Late in the evening of the 22nd in UTC it is the 23rd in Vietnam.
        Assert.Equal(Monday, new DateTimeOffset(2026, 11, 22, 18, 0, 0, TimeSpan.Zero).DayInVietnam());
    }
}
