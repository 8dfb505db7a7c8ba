using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Reading;
using Xunit;

namespace DiaChiSo.Tests.Register.Reading;

/// <summary>Against values that the Open Location Code specification and its users publish.</summary>
public class PlusCodes
{
    [Theory]
    [InlineData("7FG49QCJ+2V", 20.3700625, 2.7821875)]
    [InlineData("7FG49QCJ+2VX", 20.3701125, 2.782234375)]
    [InlineData("7FG49Q00+", 20.375, 2.775)]
    [InlineData("8FVC2222+22", 47.0000625, 8.0000625)]
    [InlineData("4VCPPQGP+Q9", -41.2730625, 174.7859375)]
    [InlineData("62G20000+", 0.5, -179.5)]
    public void A_full_code_is_the_middle_of_its_field(string text, double latitude, double longitude)
    {
        var code = PlusCode.Find(text, out var rest)!;
        Assert.True(code.IsFull);
        Assert.Equal("", rest);
        Assert.Equal(latitude, code.Centre!.Value.Latitude, 8);
        Assert.Equal(longitude, code.Centre.Value.Longitude, 8);
    }

    [Theory]
    [InlineData("9QCJ+2VX", 51.3708675, -1.217765625, 51.3701125, -1.217765625)]
    public void A_short_code_is_the_nearest_field(string text, double nearLatitude, double nearLongitude, double latitude, double longitude)
    {
        var code = PlusCode.Find(text, out _);
        var place = code!.Near(new GeoPoint(nearLatitude, nearLongitude));
        Assert.True(Math.Abs(latitude - place.Latitude) < 1e-8);
        Assert.True(Math.Abs(longitude - place.Longitude) < 1e-8);
    }

    [Fact]
    public void A_short_code_of_every_place_comes_back_near_it()
    {
        foreach (var north in Enumerable.Range(0, 40).Select(step => -80 + step * 4.1))
        {
            var place = new GeoPoint(north, north * 2 - 0.013);
            var full = PlusCode.Find(Full(place), out _)!;
            var back = PlusCode.Find(full.Text[4..], out _)!.Near(place.Moved(3_000, -4_000));
            Assert.True(full.Centre!.Value.MetresTo(back) < 1, $"{place}");
        }
    }

    [Theory]
    [InlineData("R8XV+46 Tủa Chùa", "R8XV+46", "Tủa Chùa")]
    [InlineData("nhà em ở r8xv+46, xã Tủa Chùa nhé", "R8XV+46", "nhà em ở  , xã Tủa Chùa nhé")]
    [InlineData("Tủa Chùa 7PH5R8XV+46", "7PH5R8XV+46", "Tủa Chùa")]
    public void It_is_found_among_words(string text, string code, string rest)
    {
        Assert.Equal(code, PlusCode.Find(text, out var left)!.Text);
        Assert.Equal(rest, left);
    }

    [Theory]
    [InlineData("+84 912 345 678")]
    [InlineData("2+2")]
    [InlineData("8F+GG")]
    [InlineData("ABCD+EF")]
    [InlineData("R8XV+")]
    [InlineData("R8XV+4")]
    [InlineData("XXXXXXXX+22")]
    [InlineData("C++")]
    public void Other_plus_signs_are_none(string text) => Assert.Null(PlusCode.Find(text, out _));

    [Fact]
    public void A_short_code_lies_near_the_named_place_wherever_that_is()
    {
        var near = Understanding.Shipped.Read("R8XV+46 Tủa Chùa");
        Assert.False(near.IsPlaceGuess);
        Assert.Equal("2025:03217", near.Commune!.Key.ToString());
        Assert.True(Understanding.Shipped.Read("R8XV+46").IsPlaceGuess);
        var west = Understanding.Shipped.Read("R8XV+46 xã Sín Thầu huyện Mường Nhé").Place!.Value;
        Assert.InRange(west.Longitude, 102.1, 102.8);
    }

    // The field of a place, by the arithmetic of the specification.
    private static string Full(GeoPoint place)
    {
        const string Alphabet = "23456789CFGHJMPQRVWX";
        var (north, east) = ((long)Math.Floor((place.Latitude + 90) * 8000), (long)Math.Floor((place.Longitude + 180) * 8000));
        var letters = new char[10];
        for (var at = 8; at >= 0; at -= 2)
        {
            (letters[at], letters[at + 1]) = (Alphabet[(int)(north % 20)], Alphabet[(int)(east % 20)]);
            (north, east) = (north / 20, east / 20);
        }
        return $"{new string(letters, 0, 8)}+{new string(letters, 8, 2)}";
    }
}
