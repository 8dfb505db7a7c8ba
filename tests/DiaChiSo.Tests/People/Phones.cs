using DiaChiSo.Core.People;
using Xunit;

namespace DiaChiSo.Tests.People;

public class Phones
{
    [Theory]
    [InlineData("0912345678", "0912345678")]
    [InlineData("+84 912 345 678", "0912345678")]
    [InlineData("84912345678", "0912345678")]
    [InlineData("0912.345.678", "0912345678")]
    [InlineData("sđt của em là 0912-345-678 nhé", "0912345678")]
    [InlineData("O912 345 678", "0912345678")]
    [InlineData("0352345678", "0352345678")]
    public void A_mobile_number_is_read_as_people_type_it(string typed, string phone)
    {
        Assert.Equal(phone, Phone.Read(typed));
    }

    [Theory]
    [InlineData("01234567890", "0834567890")]
    [InlineData("0168 234 5678", "0382345678")]
    [InlineData("01992345678", "0592345678")]
    public void An_eleven_figure_number_until_2018_is_today_s_number(string typed, string phone)
    {
        Assert.Equal(phone, Phone.Read(typed));
    }

    /// <summary>Every prefix that was renumbered in 2018, as the Ministry's plan has them.</summary>
    [Theory]
    [InlineData("0162", "032"), InlineData("0163", "033"), InlineData("0164", "034"), InlineData("0165", "035"), InlineData("0166", "036"), InlineData("0167", "037")]
    [InlineData("0168", "038"), InlineData("0169", "039"), InlineData("0120", "070"), InlineData("0121", "079"), InlineData("0122", "077"), InlineData("0126", "076")]
    [InlineData("0128", "078"), InlineData("0123", "083"), InlineData("0124", "084"), InlineData("0125", "085"), InlineData("0127", "081"), InlineData("0129", "082")]
    [InlineData("0186", "056"), InlineData("0188", "058"), InlineData("0199", "059")]
    public void Each_old_prefix_is_todays_also_with_the_country_before_it(string old, string today)
    {
        Assert.Equal(today + "2345678", Phone.Read(old + "2345678"));
        Assert.Equal(today + "2345678", Phone.Read("+84" + old[1..] + " 234 5678"));
    }

    [Theory]
    [InlineData("0215 3825 123", "02153825123")]
    [InlineData("0243 825 1234", "02438251234")]
    [InlineData("(0283) 8251234", "02838251234")]
    [InlineData("+84 215 3825123", "02153825123")]
    public void A_landline_is_a_phone(string typed, string phone)
    {
        Assert.Equal(phone, Phone.Read(typed));
    }

    [Theory]
    [InlineData("")]
    [InlineData("không có")]
    [InlineData("091234567")]
    [InlineData("09123456789")]
    [InlineData("0112345678")]
    [InlineData("113")]
    [InlineData("+1 202 555 0123")]
    [InlineData("3260600012")]
    public void What_cannot_be_a_Vietnamese_number_is_none(string typed)
    {
        Assert.Null(Phone.Read(typed));
    }

    [Fact]
    public void A_number_is_read_back_in_threes_and_masked_where_it_is_on_record()
    {
        Assert.Equal("0912 345 678", Phone.Spaced("0912345678"));
        Assert.Equal("02153 825 123", Phone.Spaced("02153825123"));
        Assert.Equal("09*** 678", Masked.Phone("0912345678"));
        Assert.Equal("", Masked.Phone(""));
    }
}
