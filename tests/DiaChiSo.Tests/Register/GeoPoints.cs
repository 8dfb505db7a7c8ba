using CsCheck;
using DiaChiSo.Core.Register;
using Xunit;

namespace DiaChiSo.Tests.Register;

public class GeoPoints
{
    [Theory]
    [InlineData("21.8478, 103.3431")]
    [InlineData("21.8478 103.3431")]
    [InlineData("21,8478; 103,3431")]
    [InlineData("21,8478, 103,3431")]
    [InlineData("@21.8478,103.3431")]
    [InlineData("(21.8478, 103.3431)")]
    [InlineData("Toạ độ: 21.8478, 103.3431")]
    [InlineData("21.8478°B 103.3431°Đ")]
    [InlineData("21.8478 N, 103.3431 E")]
    [InlineData("103.3431, 21.8478")]
    [InlineData("geo:21.8478,103.3431")]
    [InlineData("geo:21.8478,103.3431;u=35?z=17")]
    [InlineData("geo:0,0?q=21.8478,103.3431(Nhà)")]
    [InlineData("https://www.google.com/maps?q=21.8478,103.3431")]
    [InlineData("https://maps.google.com/?q=21.8478%2C103.3431&z=17")]
    [InlineData("https://www.google.com/maps/@21.8478,103.3431,17z")]
    [InlineData("https://www.google.com/maps/place/X/@21.1,103.1,17z/data=!3m1!4b1!4m5!3m4!1s0x0:0x0!8m2!3d21.8478!4d103.3431")]
    [InlineData("https://www.google.com/maps/search/21.8478,+103.3431")]
    [InlineData("https://www.openstreetmap.org/?mlat=21.8478&mlon=103.3431#map=17/21.1/103.1")]
    [InlineData("https://www.openstreetmap.org/#map=17/21.8478/103.3431")]
    [InlineData("https://maps.apple.com/?ll=21.8478,103.3431")]
    [InlineData("maps.google.com/maps?q=21.8478,103.3431")]
    public void A_place_is_read_as_people_write_and_paste_it(string typed)
    {
        Assert.True(GeoPoint.TryParse(typed, out var place));
        Assert.Equal(21.8478, place.Latitude, 6);
        Assert.Equal(103.3431, place.Longitude, 6);
    }

    [Theory]
    [InlineData("21°50′52″B 103°20′35″Đ")]
    [InlineData("21°50'52\"B, 103°20'35\"Đ")]
    [InlineData("21º50’52”N 103º20’35”E")]
    [InlineData("21° 50' 52'' B - 103° 20' 35'' Đ")]
    [InlineData("B 21°50'52\" Đ 103°20'35\"")]
    [InlineData("21 độ 50 phút 52 giây B, 103 độ 20 phút 35 giây Đ")]
    [InlineData("21°50.86667'N 103°20.58333'E")]
    [InlineData("103°20′35″E 21°50′52″N")]
    public void Degrees_minutes_and_seconds_are_read_in_vietnamese_and_english(string typed)
    {
        Assert.True(GeoPoint.TryParse(typed, out var place));
        Assert.Equal(21 + 50 / 60.0 + 52 / 3600.0, place.Latitude, 4);
        Assert.Equal(103 + 20 / 60.0 + 35 / 3600.0, place.Longitude, 4);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("3260612345")]
    [InlineData("32606.12345")]
    [InlineData("số nhà 15, thôn Háng Là")]
    [InlineData("0912 345 678")]
    [InlineData("12/34/5A")]
    [InlineData("21 103")]
    [InlineData("95.5000, 200.5000")]
    [InlineData("21°70′52″B 103°20′35″Đ")]
    [InlineData("https://maps.app.goo.gl/AbCdEf123456")]
    [InlineData("https://diachiso.gov.vn/#/map/3260612345")]
    public void What_is_no_place_is_not_read(string? typed) => Assert.False(GeoPoint.TryParse(typed, out _));

    [Fact]
    public void Nam_and_tay_are_south_and_west()
    {
        Assert.True(GeoPoint.TryParse("10°30′00″N 20°15′00″T", out var place));
        Assert.Equal(-10.5, place.Latitude, 6);
        Assert.Equal(-20.25, place.Longitude, 6);
    }

    [Fact]
    public void Any_place_reads_back_from_its_own_text() =>
        Gen.Select(Gen.Double[-89.9, 89.9], Gen.Double[-179.9, 179.9]).Sample((latitude, longitude) =>
        {
            var place = new GeoPoint(latitude, longitude);
            return GeoPoint.TryParse(place.ToString(), out var read) && read.MetresTo(place) < 2;
        }, iter: 5_000);

    [Fact]
    public void Any_text_at_all_is_read_without_harm() =>
        Gen.String.Sample(text => !GeoPoint.TryParse(text, out var place) || Math.Abs(place.Latitude) <= 90, iter: 20_000);

    [Theory]
    [InlineData(90.1, 0)]
    [InlineData(0, -180.1)]
    [InlineData(double.NaN, 0)]
    [InlineData(0, double.PositiveInfinity)]
    public void A_place_outside_the_earth_is_refused(double latitude, double longitude) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new GeoPoint(latitude, longitude));

    [Fact]
    public void Metres_agree_with_a_known_distance()
    {
        // A hundredth of a degree of latitude is 1,111.9 m on the mean sphere.
        var metres = new GeoPoint(21.84, 103.34).MetresTo(new GeoPoint(21.85, 103.34));
        Assert.InRange(metres, 1_110, 1_113);
    }

    [Fact]
    public void Moved_and_metres_agree() =>
        Gen.Select(Gen.Double[-2_000, 2_000], Gen.Double[-2_000, 2_000]).Sample((east, north) =>
        {
            var from = new GeoPoint(21.8478, 103.3431);
            var to = from.Moved(east, north);
            return Math.Abs(from.MetresTo(to) - Math.Sqrt(east * east + north * north)) < 1;
        }, iter: 2_000);

    [Theory]
    [InlineData(0, 100, CompassDirection.North, "phía bắc")]
    [InlineData(100, 100, CompassDirection.NorthEast, "phía đông bắc")]
    [InlineData(100, 0, CompassDirection.East, "phía đông")]
    [InlineData(100, -100, CompassDirection.SouthEast, "phía đông nam")]
    [InlineData(0, -100, CompassDirection.South, "phía nam")]
    [InlineData(-100, -100, CompassDirection.SouthWest, "phía tây nam")]
    [InlineData(-100, 0, CompassDirection.West, "phía tây")]
    [InlineData(-100, 100, CompassDirection.NorthWest, "phía tây bắc")]
    public void A_direction_is_one_of_eight_and_has_words(double east, double north, CompassDirection direction, string words)
    {
        var from = new GeoPoint(21.8478, 103.3431);
        Assert.Equal(direction, from.DirectionTo(from.Moved(east, north)));
        Assert.Equal(words, direction.InVietnamese());
    }

    [Fact]
    public void Tua_chua_is_in_vietnam_and_the_gulf_of_guinea_is_not()
    {
        Assert.True(new GeoPoint(21.8478, 103.3431).IsInVietnam);
        Assert.True(new GeoPoint(16.53, 111.61).IsInVietnam);
        Assert.False(new GeoPoint(0, 0).IsInVietnam);
        Assert.False(new GeoPoint(48.85, 2.35).IsInVietnam);
    }
}
