using DiaChiSo.Core.People;
using Xunit;

namespace DiaChiSo.Tests.People;

public class PersonNames
{
    [Theory]
    [InlineData("vàng a páo", "Vàng A Páo")]
    [InlineData("SÙNG THỊ MỶ", "Sùng Thị Mỷ")]
    [InlineData("  Lò  Văn   Đức. ", "Lò Văn Đức")]
    [InlineData("Lù Thị Mai-Anh", "Lù Thị Mai-Anh")]
    [InlineData("Páo", "Páo")]
    public void A_name_is_read_as_people_type_it(string typed, string name)
    {
        Assert.Equal(name, PersonName.Read(typed));
    }

    [Theory]
    [InlineData("")]
    [InlineData("😀")]
    [InlineData("A")]
    [InlineData("0912345678")]
    [InlineData("Páo 2")]
    [InlineData("pao@gmail.com")]
    [InlineData("<b>Páo</b>")]
    public void What_cannot_be_a_name_is_none(string typed)
    {
        Assert.Null(PersonName.Read(typed));
    }
}
