using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Search;
using Xunit;

namespace DiaChiSo.Tests.Register;

public class Searching
{
    private static readonly IReadOnlyList<PublicAddress> Demo =
        [.. DemoRegister.Addresses(DateTimeOffset.UnixEpoch).Select(row => row.ToPublic(AdministrativeUnits.Shipped))];

    private static readonly Dictionary<AddressCode, PublicAddress> ByCode = Demo.ToDictionary(address => address.Code);
    private static readonly Searched View = new(new(IndexOf(Demo)));

    private sealed record Found(PublicAddress Address, int SharedBy, IReadOnlyList<string> Unmatched, string Line);

    /// <summary>The view with the addresses behind its codes.</summary>
    private sealed class Searched(SearchView view, PublicAddress? changed = null)
    {
        public IReadOnlyList<Found> Search(string words, int most) => [.. view.Search(words, most)
            .Select(match => new Found(match.Code == changed?.Code ? changed : ByCode[match.Code], match.SharedBy, match.Unmatched, match.Line))];

        public IReadOnlyList<NearMatch> Nearest(GeoPoint from, double metres, int most) => view.Nearest(from, metres, most);

        public Searched With(PublicAddress address) => new(view.With([new(address.Code, Indexed(address))], AdministrativeUnits.Shipped), address);
    }

    private static RegisterIndex IndexOf(IEnumerable<PublicAddress> addresses)
    {
        var builder = new RegisterIndexBuilder(AdministrativeUnits.Shipped.Indexed);
        foreach (var address in addresses.Where(address => address.Status != AddressStatus.Withdrawn))
        {
            builder.Add(Indexed(address));
        }
        return builder.ToMemory();
    }

    private static IndexedAddress Indexed(PublicAddress address) => new(
        long.Parse(address.Code.ToString()), address.Commune.Key, address.FormerCommune?.Key, address.Village, address.Street, address.House, address.Name, address.Gate);

    private static PublicAddress WithHouse(string former) => Demo.First(a => a.House is not null && a.FormerCommune!.Name == former && a.Status != AddressStatus.Withdrawn
        && Demo.Count(b => b.Village == a.Village && b.House == a.House && b.FormerCommune == a.FormerCommune) == 1);

    [Fact]
    public void An_address_is_found_by_its_own_line_old_or_new_with_or_without_tones()
    {
        var tried = 0;
        foreach (var address in Demo.Where(a => a.House is not null && a.Status != AddressStatus.Withdrawn))
        {
            foreach (var line in new[] { address.Line, address.FormerLine, VietnameseText.Fold(address.Line), VietnameseText.Fold(address.FormerLine) })
            {
                var found = View.Search(line, 5);
                Assert.True(found.Any(match => match.Address.Code == address.Code || Same(match.Address, address)), $"not found: {line}");
                Assert.Empty(found[0].Unmatched);
                tried++;
            }
        }
        Assert.True(tried > 500, $"only {tried} lines");

        static bool Same(PublicAddress one, PublicAddress other) => one.Line == other.Line && one.FormerCommune == other.FormerCommune;
    }

    [Fact]
    public void The_house_number_is_understood_in_many_spellings()
    {
        var address = WithHouse("Tủa Chùa");
        foreach (var house in new[] { $"sn {address.House}", $"SN{address.House}", $"số nhà {address.House}", $"{address.House}", $"nhà số {address.House!.ToLowerInvariant()}" })
        {
            var found = View.Search($"{house}, {address.Village}, tt tua chua", 5);
            Assert.True(found.Count == 1 && found[0].Address.Code == address.Code, $"{house} of {address.Line}: {string.Join(" | ", found.Select(match => match.Line))}");
        }
    }

    [Fact]
    public void A_house_number_that_nobody_has_is_said_to_be_unmatched()
    {
        var found = View.Search("số nhà 987/6, thôn Háng Là, xã Sín Chải", 5);
        Assert.NotEmpty(found);
        Assert.All(found, match => Assert.Equal(["987/6"], match.Unmatched));
    }

    [Fact]
    public void A_village_name_of_two_communes_brings_both()
    {
        var found = View.Search("Háng Khúa", 5);
        Assert.Equal(["Phình Sáng", "Sín Chải"], found.Select(match => match.Address.FormerCommune!.Name).Distinct().Order(StringComparer.Ordinal));
        Assert.All(found.Where(match => match.Address is { House: null, Name: null }), match => Assert.True(match.SharedBy > 1));
    }

    [Fact]
    public void Naming_the_commune_settles_it()
    {
        Assert.All(View.Search("thôn Háng Khúa xã Sín Chải", 5), match => Assert.Equal("Sín Chải", match.Address.FormerCommune!.Name));
        Assert.All(View.Search("hang khua, phinh sang", 5), match => Assert.Equal("Phình Sáng", match.Address.FormerCommune!.Name));
        Assert.All(View.Search("hang khua, sang nhe", 5), match => Assert.Equal("Sáng Nhè", match.Address.Commune.Name));
    }

    [Theory]
    [InlineData("Trạm y tế xã Sín Chải", "Trạm Y tế xã Sín Chải (mẫu)")]
    [InlineData("tram y te xa muong bang", "Trạm Y tế xã Mường Báng (mẫu)")]
    [InlineData("trường mầm non Xá Nhè", "Trường Mầm non Xá Nhè (mẫu)")]
    [InlineData("cho tua thang", "Chợ Tủa Thàng (mẫu)")]
    [InlineData("ubnd xa huoi so", "Trụ sở UBND xã Huổi Só (mẫu)")]
    [InlineData("nhà văn hóa thôn Từ Ngài 1, Mường Báng", "Nhà văn hóa thôn Từ Ngài 1 (mẫu)")]
    [InlineData("nhà văn hóa thôn Từ Ngài 2, Mường Báng", "Nhà văn hóa thôn Từ Ngài 2 (mẫu)")]
    public void An_organisation_is_found_by_its_name(string words, string name) => Assert.Equal(name, View.Search(words, 5)[0].Address.Name);

    [Theory]
    [InlineData("xa sinh phin, rung thong", "Sính Phình")]
    [InlineData("thôn Lồng Xử Phình", "Sín Chải")]
    [InlineData("thon seo mi trai xa sin chai", "Sín Chải")]
    [InlineData("doi 10 muong bang", "Tủa Chùa")]
    [InlineData("đội 10, Mường Bán", "Tủa Chùa")]
    public void One_slip_in_a_name_is_forgiven(string words, string commune)
    {
        var found = View.Search(words, 5);
        Assert.NotEmpty(found);
        Assert.Equal(commune, found[0].Address.Commune.Name);
    }

    [Theory]
    [InlineData("thoon hangs laf, xax sins chair")]     // Telex
    [InlineData("thon ha1ng la2, xa4 si1n cha3i")]      // VNI
    [InlineData("thonhangla xasinchai")]
    public void A_keyboard_that_is_off_and_words_without_spaces_are_understood(string words) =>
        Assert.All(View.Search(words, 5).Select(found => found.Address.Village).DefaultIfEmpty(), village => Assert.Equal("Thôn Háng Là", village));

    [Theory]
    [InlineData("Bản Tà Là Cáo")]
    [InlineData("xã Sín Chải, bản Tà Là Cáo")]
    [InlineData("xã Sính Phình, thôn Hoa Ban")]
    [InlineData("phố Huế, Hà Nội")]
    [InlineData("xin chào")]
    [InlineData("")]
    [InlineData("???")]
    [InlineData("15")]
    public void What_is_not_there_is_not_found(string words) => Assert.Empty(View.Search(words, 5));

    [Fact]
    public void Of_a_whole_commune_only_places_with_a_name_come()
    {
        Assert.Equal(5, View.Search("xã Sín Chải", 5).Count);
        Assert.All(View.Search("xã Sín Chải", 5), match => Assert.NotNull(match.Address.Name));
    }

    [Fact]
    public void Withdrawn_addresses_are_not_offered()
    {
        var withdrawn = Demo.First(a => a.Status == AddressStatus.Withdrawn && a.Gate is not null);
        Assert.DoesNotContain(View.Search(withdrawn.Line, 5), match => match.Address.Code == withdrawn.Code);
        Assert.DoesNotContain(View.Nearest(withdrawn.Gate!.Value, 50, 5), near => near.Code == withdrawn.Code);
    }

    [Fact]
    public void The_nearest_gates_are_the_nearest()
    {
        foreach (var home in Demo.Where(a => a is { Gate: not null, Status: AddressStatus.Confirmed }).Take(200))
        {
            var from = home.Gate!.Value.Moved(37, -20);
            var near = View.Nearest(from, 2_000, 5);
            var all = Demo.Where(a => a.Gate is not null && a.Status != AddressStatus.Withdrawn).Select(a => from.MetresTo(a.Gate!.Value)).Order().Take(5).Where(metres => metres <= 2_000).ToList();
            Assert.Equal(all.Count, near.Count);
            Assert.All(near.Zip(all), pair => Assert.Equal(pair.Second, pair.First.Metres, 0.5));
        }
        Assert.Empty(View.Nearest(new(10, 106), 5_000, 5));
    }

    [Fact]
    public void A_changed_address_is_found_by_its_new_words_and_no_longer_by_its_old_ones()
    {
        var address = WithHouse("Tủa Chùa");
        var view = View.With(address with { House = "777", Version = 2 });
        Assert.Equal(address.Code, Assert.Single(view.Search($"sn 777 {address.Village} Tủa Chùa", 5)).Address.Code);
        Assert.DoesNotContain(view.Search(address.Line, 5), match => match.Address.Code == address.Code && match.Unmatched.Count == 0);
    }

    [Fact]
    public void Any_words_at_all_are_searched_without_harm() =>
        CsCheck.Check.Sample(CsCheck.Gen.String, words => View.Search(words, 5).Count <= 5, iter: 3_000);
}
