using DiaChiSo.Core.Register;
using DiaChiSo.Tests.Chats;
using Xunit;

namespace DiaChiSo.Tests.Register;

public sealed class HousesAndVillages
{
    [Theory]
    [InlineData("15", "15", null)]
    [InlineData("Số nhà 15", "15", null)]
    [InlineData("sn 15, đường Thắng Lợi", "15", "đường Thắng Lợi")]
    [InlineData("12/34/5a", "12/34/5A", null)]
    [InlineData("sn 15 to 3", "15", "to 3")]
    [InlineData("K448 H20/2", "K448 H20/2", null)]
    [InlineData("15-17 đường Thắng Lợi", "15-17", "đường Thắng Lợi")]
    [InlineData("đường 20/7", null, "đường 20/7")]
    [InlineData("đường 20/7, số 5", "5", "đường 20/7")]
    [InlineData("ngõ chợ", null, "ngõ chợ")]
    [InlineData("...", null, null)]
    [InlineData("", null, null)]
    public void A_house_number_and_a_street_are_told_apart(string typed, string? house, string? street)
    {
        Assert.Equal((house, street), HouseAndStreet.Read(typed));
    }

    private static readonly Village[] Known = [new("Thôn Háng Là", null), new("Đội 5", null), new("Đội 10", null), new("Từ Ngài 1", null), new("Từ Ngài 2", null), new("Tổ dân phố Thắng Lợi II", null)];

    [Theory]
    [InlineData("hang la", "Thôn Háng Là")]
    [InlineData("THÔN HÁNG LÀ", "Thôn Háng Là")]
    [InlineData("bản Háng Là", "Thôn Háng Là")]
    [InlineData("doi 5", "Đội 5")]
    [InlineData("thắng lợi ii", "Tổ dân phố Thắng Lợi II")]
    public void A_village_is_found_without_tones_and_without_its_kind(string typed, string name)
    {
        Assert.Equal(name, Assert.Single(VillageWords.Same(Known, typed)).Name);
    }

    [Theory]
    [InlineData("tổ 5")]
    [InlineData("từ ngài")]
    [InlineData("háng")]
    public void A_village_of_another_name_is_not_taken_for_it(string typed)
    {
        Assert.Empty(VillageWords.Same(Known, typed));
    }

    [Fact]
    public void Villages_that_share_the_words_are_offered()
    {
        Assert.Equal(["Từ Ngài 1", "Từ Ngài 2"], VillageWords.Like(Known, "từ ngài").Select(village => village.Name));
        Assert.Equal(["Đội 5"], VillageWords.Like(Known, "đội 5, mường báng").Select(village => village.Name));
        Assert.Empty(VillageWords.Like(Known, "bản Hột"));
    }

    [Fact]
    public async Task The_villages_of_a_commune_come_by_name_with_their_numbers_in_order()
    {
        await using var stage = await Stage.Open();
        var all = await stage.Ask(db => new Villages(db).Of(new(UnitSystem.Since2025, "03220"), null, default));
        Assert.Equal(["Thôn 1", "Thôn 2", "Thôn 3", "Thôn 4", "Thôn 10", "Thôn 11", "Thôn 12"], all.Select(village => village.Name));
        Assert.All(all, village => Assert.Equal("2024:03220", village.Former.ToString()));
        Assert.Empty(await stage.Ask(db => new Villages(db).Of(new(UnitSystem.Since2025, "03220"), new(UnitSystem.Until2025, "03235"), default)));
    }

    [Fact]
    public void The_served_area_is_the_five_communes_unless_set()
    {
        var units = AdministrativeUnits.Shipped;
        var area = new ServedArea();
        Assert.Null(area.Fault(units));
        Assert.Equal(5, area.UnitsIn(units).Count);
        Assert.True(area.Serves(units[UnitKey.Parse("2024:03259")], units));
        Assert.False(area.Serves(units[UnitKey.Parse("2024:03127")], units));
        Assert.Contains("Area:Communes", new ServedArea { Communes = "99999" }.Fault(units));
        Assert.Contains("Area:Communes", new ServedArea { Communes = "" }.Fault(units));
    }
}
