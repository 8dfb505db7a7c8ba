using CsCheck;
using DiaChiSo.Core.Register;
using Xunit;

namespace DiaChiSo.Tests.Register;

public class AddressCodes
{
    [Theory]
    [InlineData("3260612345")]
    [InlineData("32606 12345")]
    [InlineData("32606-12345")]
    [InlineData("32606.12345")]
    [InlineData("3 2 6 0 6 1 2 3 4 5")]
    [InlineData("NDAS:3260612345")]
    [InlineData("ndas 32606 12345")]
    [InlineData("NDAS3260612345")]
    [InlineData("３２６０６１２３４５")]
    [InlineData("326O612345")]
    [InlineData("32606 I2345")]
    [InlineData("32606l2345")]
    [InlineData("mã địa chỉ số: 3260612345")]
    [InlineData("ma dia chi so cua nha toi la 3260612345 a")]
    [InlineData("sn 15, 32606 12345")]
    [InlineData("15 32606 12345")]
    [InlineData("https://ndas.vn/#/map/3260612345")]
    [InlineData("https://diachiso.gov.vn/#/map/3260612345")]
    [InlineData("http://127.0.0.1:5080/a?code=3260612345&lang=vi")]
    [InlineData("https://someone-else.example/q/3260612345")]
    [InlineData("3260612345, nhắc lại 32606 12345")]
    [InlineData("\u200B32606\u00A012345")]
    public void A_code_is_read_in_every_spelling(string typed)
    {
        Assert.True(AddressCode.TryRead(typed, out var code));
        Assert.Equal("3260612345", code.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("32606")]
    [InlineData("326061234")]
    [InlineData("32606123456")]
    [InlineData("3260612345 và 3260612346")]
    [InlineData("011098001234")]
    [InlineData("21.847 103.34")]
    [InlineData("326062345CFG")]
    [InlineData("số nhà 12/34/5A, thôn Háng Là")]
    [InlineData("OOOOOOOOOO")]
    [InlineData("https://maps.example/@21.8478123456,103.3431123456,17z")]
    public void What_is_no_single_code_is_not_read(string typed) => Assert.False(AddressCode.TryRead(typed, out _));

    [Fact]
    public void Any_code_in_any_spelling_reads_back()
    {
        var spelled =
            from digits in Gen.Char["0123456789"].Array[10]
            from joints in OneOf("", " ", "-", ".", "\u00A0").Array[9]
            from prefix in OneOf("", "NDAS:", "ndas ", "Mã: ", "mã địa chỉ số ", "\u200B", "https://x.example/#/map/")
            from suffix in OneOf("", " a", ", xã Sín Chải", "\n", "!")
            from wide in Gen.Bool
            let isLink = prefix.StartsWith("http", StringComparison.Ordinal)
            let body = string.Concat(digits.Select((d, i) => (wide && !isLink ? (char)(d - '0' + '０') : d) + (i < 9 && !isLink ? joints[i] : "")))
            select (Code: new string(digits), Text: prefix + body + (isLink ? "" : suffix));
        spelled.Sample(
            s => (AddressCode.TryRead(s.Text, out var code) && code.ToString() == s.Code) || LooksLikeAPlace(s.Text),
            iter: 20_000);

        // "8.123 104.567": ten figures that are a place in Vietnam are a place.
        static bool LooksLikeAPlace(string text) => GeoPoint.TryParse(text, out var place) && place.IsInVietnam;
    }

    [Fact]
    public void Any_text_at_all_is_read_without_harm() =>
        Gen.String.Sample(text => !AddressCode.TryRead(text, out var code) || code.ToString().Length == 10, iter: 20_000);

    [Fact]
    public void A_code_shows_its_area_and_its_two_halves()
    {
        var code = new AddressCode("3260612345");
        Assert.Equal("32606", code.Area);
        Assert.Equal("32606 12345", code.Grouped);
    }

    [Theory]
    [InlineData("326061234")]
    [InlineData("32606１2345")]
    [InlineData("32606-12345")]
    public void The_constructor_takes_ten_plain_figures_only(string digits) => Assert.Throws<FormatException>(() => new AddressCode(digits));

    [Fact]
    public void A_code_is_a_plain_text_in_json()
    {
        var json = System.Text.Json.JsonSerializer.Serialize(new AddressCode("3260612345"));
        Assert.Equal("\"3260612345\"", json);
        Assert.Equal("3260612345", System.Text.Json.JsonSerializer.Deserialize<AddressCode>(json).ToString());
    }

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);
}
