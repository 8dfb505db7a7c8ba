using System.Text.Json;
using DiaChiSo.Core.Plates;
using DiaChiSo.Core.Register;

namespace DiaChiSo.Tests.Plates;

/// <summary>What stands in a page is enough to draw the sketch from.</summary>
public sealed class SketchArguments
{
    private static readonly GeoPoint Here = new(21.84125, 103.35020);
    private static readonly SketchPoint[] Points = [new(new GeoPoint(21.84120, 103.35010), 1, "Số 15"), new(new GeoPoint(21.84180, 103.35110), 2, "")];

    [Fact]
    public void Candidates_around_and_a_moved_gate_come_back_as_they_went_in()
    {
        var around = new SketchArgument(Points, "vi") { Standing = Here };
        var moved = new SketchArgument(Points, "en") { From = Here, To = Here.Moved(400, 0) };

        Assert.Equal(Sketch.Around(Here, Points), SketchArgument.Draw(around.InPage()));
        Assert.Equal(Sketch.Moved(Here, Here.Moved(400, 0), Points, "en"), SketchArgument.Draw(moved.InPage()));
    }

    [Fact]
    public void With_no_place_there_is_no_picture_and_its_line_is_dropped()
    {
        Assert.Equal("", new SketchArgument(Points, "vi").InPage());
        Assert.Equal("", new SketchArgument(Points, "vi") { To = Here }.InPage());
        Assert.Throws<JsonException>(() => SketchArgument.Draw("{\"points\":[],\"language\":\"vi\"}"));
    }
}
