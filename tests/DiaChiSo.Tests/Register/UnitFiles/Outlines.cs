using System.Text;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Reading;
using DiaChiSo.Core.Register.Units;
using Xunit;

namespace DiaChiSo.Tests.Register.UnitFiles;

public class Outlines
{
    // A square with a square hole, and an island in the hole.
    private const string Rings = """
        {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"03217"},"geometry":{"type":"MultiPolygon","coordinates":[
          [[[103.0,21.0],[103.4,21.0],[103.4,21.4],[103.0,21.4],[103.0,21.0]],[[103.1,21.1],[103.1,21.3],[103.3,21.3],[103.3,21.1],[103.1,21.1]]],
          [[[103.18,21.18],[103.22,21.18],[103.22,21.22],[103.18,21.22],[103.18,21.18]]]]}},
         {"type":"Feature","properties":{"code":3226},"geometry":{"type":"Polygon","coordinates":[[[104.0,22.0],[104.1,22.0],[104.0,22.1],[104.0,22.0]]]}}]}
        """;

    private static Boundaries Read(string json) =>
        new(GeoJsonFile.Read("file.geojson", new MemoryStream(Encoding.UTF8.GetBytes(json)), code => code is "03217" or "03226"));

    [Theory]
    [InlineData(21.05, 103.2, "03217")]
    [InlineData(21.2, 103.15, null)]
    [InlineData(21.2, 103.2, "03217")]
    [InlineData(21.5, 103.2, null)]
    [InlineData(22.03, 104.03, "03226")]
    [InlineData(22.08, 104.08, null)]
    public void A_place_is_in_the_area_and_not_in_its_hole(double latitude, double longitude, string? code) =>
        Assert.Equal(code, Read(Rings).Find(new(latitude, longitude))?.Code);

    [Theory]
    [InlineData("{", "line 1")]
    [InlineData("[]", "FeatureCollection")]
    [InlineData("""{"features":[{"properties":{}}]}""", "feature 1 has no code")]
    [InlineData("""{"features":[{"properties":{"code":"99999"}}]}""", "no commune")]
    [InlineData("""{"features":[{"properties":{"code":"03217"},"geometry":{"type":"Point","coordinates":[103,21]}}]}""", "Polygon")]
    [InlineData("""{"features":[{"properties":{"code":"03217"},"geometry":{"type":"Polygon","coordinates":[[[103,21],[103,22],[103,21]]]}}]}""", "four points")]
    [InlineData("""{"features":[{"properties":{"code":"03217"},"geometry":{"type":"Polygon","coordinates":[[["x",21],[103,22],[104,21],[103,21]]]}}]}""", "outline")]
    [InlineData("""{"features":[{"properties":{"code":"03217"},"geometry":{"type":"Polygon","coordinates":[[[500000,2300000],[500001,2300000],[500001,2300001],[500000,2300000]]]}}]}""", "VN-2000")]
    [InlineData("""{"features":[{"properties":{"code":"03217"},"geometry":null}]}""", "outline")]
    [InlineData("""{"features":[5]}""", "code")]
    public void What_is_no_outline_is_refused_with_one_line(string json, string says) =>
        Assert.Contains(says, Assert.Throws<UnitTableFault>(() => Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void With_outlines_a_place_outside_all_of_them_is_in_none_and_without_them_it_is_a_guess()
    {
        var units = AdministrativeUnits.Shipped;
        var place = new GeoPoint(21.8478, 103.3431);
        Assert.True(Understanding.Shipped.Places.At(place)!.IsGuess);
        var far = new Boundary(new(UnitSystem.Since2025, "03217"), [[[103_900_000, 21_000_000, 103_950_000, 21_000_000, 103_950_000, 21_050_000, 103_900_000, 21_000_000]]]);
        Assert.Null(new UnitPlaces(units, new ServedArea(), new Boundaries([far])).At(place));
        Assert.Null(Understanding.Shipped.Places.At(new(10.77, 106.7)));
    }
}
