using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Reading;
using Xunit;

namespace DiaChiSo.Tests.Register.Reading;

public class TelexTexts
{
    [Theory]
    [InlineData("tuar", "tủa")]
    [InlineData("chuaf", "chùa")]
    [InlineData("muwowngf", "mường")]
    [InlineData("muowngf", "mường")]
    [InlineData("dieenj", "diện")]
    [InlineData("ddun", "đun")]
    [InlineData("xax", "xã")]
    [InlineData("hafng", "hàng")]
    [InlineData("tu3a", "tủa")]
    [InlineData("muo7ng2", "mường")]
    [InlineData("d9ie6n5", "điện")]
    [InlineData("xa4", "xã")]
    public void Keys_become_marks(string typed, string meant) => Assert.Equal(VietnameseText.ToneKey(meant), TelexText.Read(typed));

    [Theory]
    [InlineData("tua")]
    [InlineData("xinh")]
    [InlineData("12")]
    [InlineData("t")]
    [InlineData("tuasf")]
    [InlineData("str")]
    [InlineData("k448")]
    public void What_holds_no_such_keys_stays(string typed) => Assert.Null(TelexText.Read(typed));
}
