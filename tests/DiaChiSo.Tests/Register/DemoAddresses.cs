using DiaChiSo.Core.Register;
using Xunit;

namespace DiaChiSo.Tests.Register;

public class DemoAddresses
{
    private static readonly IReadOnlyList<DigitalAddress> Demo = DemoRegister.Addresses(DateTimeOffset.UnixEpoch);

    [Fact]
    public void There_are_two_thousand_at_least_in_all_fourteen_former_communes_of_five()
    {
        Assert.InRange(Demo.Count, 2_000, 4_000);
        Assert.Equal(14, Demo.Select(a => a.FormerCommune).Distinct().Count());
        Assert.Equal(5, Demo.Select(a => a.Commune).Distinct().Count());
        Assert.Equal(Demo.Count, Demo.Select(a => a.Code).Distinct().Count());
        Assert.Equal("3260612345", Demo[0].Code.ToString());
    }

    [Fact]
    public void They_are_the_same_every_time()
    {
        var again = DemoRegister.Addresses(DateTimeOffset.UnixEpoch);
        Assert.Equal(Demo.Select(Everything), again.Select(Everything));

        static string Everything(DigitalAddress a) => System.Text.Json.JsonSerializer.Serialize(a);
    }

    [Fact]
    public void Every_one_is_marked_and_no_contact_can_be_a_real_person()
    {
        Assert.All(Demo, address => Assert.True(address.IsDemo));
        Assert.All(Demo.Where(a => a.PublicName is not null), a => Assert.Contains("(mẫu)", a.PublicName, StringComparison.Ordinal));
        var contacts = Demo.Select(PrivatePart.Of).Where(part => part.Contact is not null).Select(part => part.Contact!).ToList();
        Assert.True(contacts.Count > 1_000);
        Assert.All(contacts, contact =>
        {
            Assert.StartsWith("Người mẫu", contact.FullName, StringComparison.Ordinal);
            Assert.StartsWith("0900000", contact.Phone, StringComparison.Ordinal);
            Assert.EndsWith("@example.invalid", contact.Email, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Homes_have_no_public_name_and_most_have_no_number()
    {
        var homes = Demo.Where(a => a.Category is "home" or "apartment").ToList();
        Assert.All(homes, home => Assert.Null(home.PublicName));
        Assert.Contains(homes, home => PrivatePart.Of(home).HomeName is not null);
        Assert.True(homes.Count(home => home.House is null) > homes.Count * 0.75);
    }

    [Fact]
    public void Each_code_is_of_the_old_area_of_its_commune()
    {
        Assert.All(Demo, address => Assert.Equal(AdministrativeUnits.Shipped[UnitKey.Parse(address.FormerCommune!)].PostalCode, address.Code.Area));
    }

    [Fact]
    public void Every_status_occurs_and_most_gates_are_known()
    {
        Assert.All(Enum.GetValues<AddressStatus>(), status => Assert.Contains(Demo, address => address.Status == status));
        Assert.True(Demo.Count(address => address.Latitude is not null) > Demo.Count * 0.9);
        Assert.Contains(Demo, address => address.Latitude is null);
        Assert.All(Demo.Where(a => a.Latitude is not null), a => Assert.True(new GeoPoint(a.Latitude!.Value, a.Longitude!.Value).IsInVietnam));
    }

    [Fact]
    public void A_line_reads_as_people_write_it_by_todays_and_by_former_units()
    {
        var units = AdministrativeUnits.Shipped;
        var address = new PublicAddress
        {
            Code = new("3260712345"),
            Category = AddressCategory.Home,
            House = "15",
            Village = "Thôn Từ Ngài 1",
            FormerCommune = units[UnitKey.Parse("2024:03250")],
            Commune = units[UnitKey.Parse("2025:03217")],
            Status = AddressStatus.Confirmed,
        };
        Assert.Equal("Số nhà 15, thôn Từ Ngài 1, xã Tủa Chùa, tỉnh Điện Biên", address.Line);
        Assert.Equal("Số nhà 15, thôn Từ Ngài 1, xã Mường Báng, huyện Tủa Chùa, tỉnh Điện Biên", address.FormerLine);
        Assert.Equal("Số nhà 15 · thôn Từ Ngài 1", address.Label);
        Assert.Equal("Thôn Từ Ngài 1, xã Tủa Chùa, tỉnh Điện Biên", (address with { House = null }).Line);
        Assert.Equal("Nhà ở, mã …12345 · thôn Từ Ngài 1", (address with { House = null }).Label);
    }

    [Fact]
    public void The_public_type_has_nothing_of_an_owner()
    {
        var words = typeof(PublicAddress).GetProperties().Select(property => property.Name).ToList();
        Assert.NotEmpty(words);
        Assert.DoesNotContain(words, word => word.Contains("Contact", StringComparison.Ordinal) || word.Contains("Phone", StringComparison.Ordinal)
            || word.Contains("Email", StringComparison.Ordinal) || word.Contains("Owner", StringComparison.Ordinal) || word.Contains("Sealed", StringComparison.Ordinal));
    }
}
