using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Reading;
using Xunit;

namespace DiaChiSo.Tests.Register;

public class Units
{
    private static readonly AdministrativeUnits All = AdministrativeUnits.Shipped;

    [Fact]
    public void The_shipped_table_has_129_former_and_45_present_communes()
    {
        Assert.Equal(129, All.All.Count(unit => unit.IsFormer));
        Assert.Equal(45, All.Present.Count());
        Assert.All(All.All.Where(unit => unit.IsFormer), unit => Assert.False(All.PresentOf(unit).IsFormer));
        Assert.All(All.Present, unit => Assert.NotNull(unit.Centre));
    }

    [Fact]
    public void A_code_that_was_used_again_is_two_units()
    {
        Assert.Equal("Huổi Só", All[UnitKey.Parse("2024:03220")].Name);
        Assert.Equal("Tủa Thàng", All[UnitKey.Parse("2025:03220")].Name);
    }

    [Fact]
    public void A_former_commune_leads_to_todays_and_back()
    {
        var former = All[UnitKey.Parse("2024:03250")];
        Assert.Equal("Xã Mường Báng", former.FullName);
        Assert.Equal("Huyện Tủa Chùa", former.District);
        var present = All.PresentOf(former);
        Assert.Equal("2025:03217", present.Key.ToString());
        Assert.Null(present.District);
        Assert.Equal(["Mường Báng", "Nà Tòng", "Tủa Chùa"], All.FormerOf(present).Select(unit => unit.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Old_and_new_prefixes_of_a_code_are_both_known()
    {
        Assert.Equal(["2024:03217", "2025:03217"], All.OfPostalCode("32606").Select(unit => unit.Key.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal("Mường Báng", Assert.Single(All.OfCode(new AddressCode("3260700001"))).Name);
        Assert.Empty(All.OfPostalCode("32000"));
    }

    [Theory]
    [InlineData("Thị trấn Tủa Chùa, huyện Tủa Chùa, tỉnh Điện Biên", "2024:03217")]
    [InlineData("xã Mường Báng, Tủa Chùa, Điện Biên", "2024:03250")]
    [InlineData("xa nhe tua chua", "2024:03244")]
    [InlineData("sang nhe tua chua", "2024:03244")]
    [InlineData("muong dun tua chua", "2024:03247")]
    [InlineData("Tả Sìn Thàng - Tủa Chùa - Điện Biên", "2024:03226")]
    [InlineData("Xã Xín Chải, H. Tủa Chùa, T. Điện Biên", "2024:03223")]
    [InlineData("xã Nà Tòng huyện Tuần Giáo", "2024:03263")]
    [InlineData("Ðiện Biên, Tủa Chùa, xã Mường Ðun", "2024:03247")]
    [InlineData("tt tua chua dien bien", "2024:03217")]
    [InlineData("xã Sính Phìn, Tủa Chùa", "2024:03241")]
    [InlineData("xã Xính Phình, Tua Chua", "2024:03241")]
    [InlineData("Huổi Xó, Tủa Chùa", "2024:03220")]
    public void A_named_commune_with_its_district_is_found(string words, string key) =>
        Assert.Equal(key, Assert.Single(Understanding.Shipped.FindCommunes(words)).Key.ToString());

    [Theory]
    [InlineData("xã Sín Chải", "2024:03223 2025:03226")]
    [InlineData("phường Mường Thanh", "2024:03136 2025:03334")]
    [InlineData("Sam Mứn", "2024:03355 2025:03356")]
    public void A_name_of_both_lists_gives_both(string words, string keys) =>
        Assert.Equal(keys, string.Join(' ', Understanding.Shipped.FindCommunes(words).Select(unit => unit.Key.ToString()).Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData("")]
    [InlineData("phố Huế, Hà Nội")]
    [InlineData("huyện Tủa Chùa")]
    [InlineData("xin chào")]
    public void Words_that_name_no_commune_find_none(string words) => Assert.Empty(Understanding.Shipped.FindCommunes(words));

    [Theory]
    [InlineData("2025-03217")]
    [InlineData("2023:03217")]
    [InlineData("2025:3217")]
    public void A_key_of_another_form_is_refused(string key) => Assert.Throws<FormatException>(() => UnitKey.Parse(key));

    [Fact]
    public void Categories_have_labels_and_only_organisations_show_a_name()
    {
        Assert.Equal(11, AddressCategory.All.Count);
        Assert.False(AddressCategory.Home.NameIsPublic);
        Assert.False(AddressCategory.Apartment.NameIsPublic);
        Assert.True(AddressCategory.Health.NameIsPublic);
        Assert.All(AddressCategory.All, category => Assert.True(category.Vietnamese.Length > 0 && category.English.Length > 0 && category.OfficialCode.Length == 0));
        Assert.Equal(AddressCategory.Health, AddressCategory.FindByWords("co so y te"));
    }
}
