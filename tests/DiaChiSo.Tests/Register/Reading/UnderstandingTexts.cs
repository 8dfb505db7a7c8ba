using CsCheck;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Reading;
using Xunit;

namespace DiaChiSo.Tests.Register.Reading;

public class UnderstandingTexts
{
    [Theory]
    [InlineData("3260612345", UnderstoodKind.Code)]
    [InlineData("ma dia chi so cua nha toi la 3260612345 a", UnderstoodKind.Code)]
    [InlineData("https://ndas.vn/#/map/3260612345", UnderstoodKind.Code)]
    [InlineData("1120700001", UnderstoodKind.Code)]
    [InlineData("32606123456", UnderstoodKind.InvalidCode)]
    [InlineData("3260612", UnderstoodKind.InvalidCode)]
    [InlineData("3200012345", UnderstoodKind.InvalidCode)]
    [InlineData("21.8478, 103.3431", UnderstoodKind.Place)]
    [InlineData("21°50′52″B 103°20′35″Đ", UnderstoodKind.Place)]
    [InlineData("https://www.google.com/maps/@21.8478,103.3431,17z", UnderstoodKind.Place)]
    [InlineData("0912 345 678", UnderstoodKind.Phone)]
    [InlineData("+84 912.345.678", UnderstoodKind.Phone)]
    [InlineData("sđt: 0912345678", UnderstoodKind.Phone)]
    [InlineData("0215 3845 165", UnderstoodKind.Phone)]
    [InlineData("0163 1234567", UnderstoodKind.Phone)]
    [InlineData("xin chào", UnderstoodKind.Greeting)]
    [InlineData("Alo!", UnderstoodKind.Greeting)]
    [InlineData("cảm ơn cán bộ", UnderstoodKind.Thanks)]
    [InlineData("số nhà 15, thôn Háng Là, xã Sín Chải", UnderstoodKind.Words)]
    [InlineData("sn 15", UnderstoodKind.Words)]
    [InlineData("Háng Khúa", UnderstoodKind.Words)]
    [InlineData("", UnderstoodKind.Nothing)]
    [InlineData(null, UnderstoodKind.Nothing)]
    [InlineData("👍👍", UnderstoodKind.Nothing)]
    [InlineData("...", UnderstoodKind.Nothing)]
    public void A_text_is_what_it_is(string? text, UnderstoodKind kind) => Assert.Equal(kind, Understanding.Shipped.Read(text).Kind);

    [Theory]
    [InlineData("011098001234")]
    [InlineData("011 098 001 234")]
    [InlineData("CCCD 011098001234, nhà ở Háng Là")]
    [InlineData("cmnd 040123456")]
    [InlineData("số căn cước của em: 011098001234")]
    public void A_citizen_id_is_seen_and_not_kept(string text)
    {
        var understood = Understanding.Shipped.Read(text);
        Assert.Equal(new Understood(UnderstoodKind.NationalId), understood);
        Assert.DoesNotContain("0980", understood.ToString());
    }

    [Fact]
    public void A_phone_among_words_is_taken_out_of_them()
    {
        var understood = Understanding.Shipped.Read("Nhà bản Háng Là, gọi 0912 345 678 nhé");
        Assert.Equal(UnderstoodKind.Words, understood.Kind);
        Assert.DoesNotContain("345", understood.Words);
        Assert.Contains("Háng Là", understood.Words);
    }

    [Fact]
    public void The_values_come_in_one_form()
    {
        Assert.Equal("3260612345", Understanding.Shipped.Read("32606-12345").Code.ToString());
        Assert.Equal("0912345678", Understanding.Shipped.Read("+84 912 345 678").Phone);
        Assert.Equal("0331234567", Understanding.Shipped.Read("01631234567").Phone);
        Assert.Equal(11, Understanding.Shipped.Read("32606123456").Figures);
        Assert.Equal("Xã Tả Phìn", Understanding.Shipped.Read(" Xã\u200B Tả  Phìn ").Words);
    }

    [Fact]
    public void A_hundred_thousand_letters_are_read_quickly_and_cut()
    {
        var words = Understanding.Shipped.Read(string.Concat(Enumerable.Repeat("thôn Háng Là ", 8_000))).Words;
        Assert.Equal(Understanding.LongestWords, words.Length);
        Assert.Equal(UnderstoodKind.UnknownNumber, Understanding.Shipped.Read(new string('1', 15)).Kind);
        Assert.NotNull(Understanding.Shipped.Read(new string('1', 100_000)));
        Assert.NotNull(Understanding.Shipped.Read(string.Concat(Enumerable.Repeat("21.8478 ", 10_000))));
    }

    [Fact]
    public void Any_text_at_all_is_read_without_harm() =>
        Gen.String.Sample(text => Enum.IsDefined(Understanding.Shipped.Read(text).Kind), iter: 20_000);
}
