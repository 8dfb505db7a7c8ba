using System.Globalization;
using DiaChiSo.Core.Register;
using SkiaSharp;

namespace DiaChiSo.Core.Plates;

public static partial class Sketch
{
    private const float BadgeRadius = 27;
    private const float PersonRadius = 32;
    private const float LabelSize = 27;

    private static byte[] DrawAround(GeoPoint standing, IReadOnlyList<SketchPoint> candidates, string language)
    {
        using var board = new SketchBoard(standing, candidates.Where(candidate => candidate.Number > 0).Select(candidate => candidate.Place));
        var places = Place(board, candidates, board.Center);
        board.Blocked.Add(SketchBoard.Around(board.Center, PersonRadius));
        foreach (var place in places.Where(place => place.IsNumbered))
        {
            board.Thread(board.Center, place.At);
        }
        DrawPlaces(board, places);
        board.Person(board.Center);
        LabelPlaces(board, places);
        board.NorthArrow(language);
        board.Foot(language == "en" ? "you are here" : "anh/chị đang đứng đây", SketchColors.You, withDot: true);
        return board.Png();
    }

    private static byte[] DrawMoved(GeoPoint from, GeoPoint to, IReadOnlyList<SketchPoint> nearby, string language)
    {
        var middle = new GeoPoint((from.Latitude + to.Latitude) / 2, (from.Longitude + to.Longitude) / 2);
        // Some room around the two pins, so that a neighbour by which the place can be known is on the sheet.
        var room = Math.Max(35, middle.MetresTo(to) * 1.6);
        using var board = new SketchBoard(middle, [from, to, middle.Moved(room, 0)]);
        var (old, now) = (board.At(from), board.At(to));
        var places = Place(board, nearby, old, now);
        DrawPlaces(board, places);
        board.Arrow(old, now);
        board.Pin(old, SketchColors.Old, isHollow: true);
        board.Pin(now, SketchColors.New, isHollow: false);
        board.Label(SketchBoard.PinAt(old), language == "en" ? "Old position" : "Vị trí cũ", SketchColors.Old, FontWeight.SemiBold, LabelSize);
        board.Label(SketchBoard.PinAt(now), language == "en" ? "New position" : "Vị trí mới", SketchColors.New, FontWeight.SemiBold, LabelSize);
        LabelPlaces(board, places);
        board.NorthArrow(language);
        board.Foot(language == "en" ? $"moved by {Apart(from, to, '.')}" : $"cách nhau {Apart(from, to, ',')}", SketchColors.New, withDot: false);
        return board.Png();
    }

    private static string Apart(GeoPoint from, GeoPoint to, char decimalSign)
    {
        var metres = from.MetresTo(to);
        return metres >= 1_000
            ? string.Create(CultureInfo.InvariantCulture, $"{metres / 1_000:0.0} km").Replace('.', decimalSign)
            : string.Create(CultureInfo.InvariantCulture, $"{metres:0} m");
    }

    /// <summary>One thing on the board: where it is, and where its sign is drawn (moved aside when two would lie on each other).</summary>
    private sealed record Placed(SketchPoint Point, SKPoint True, SKPoint At)
    {
        public bool IsNumbered => Point.Number > 0;
    }

    /// <summary>Homes may stand a few metres apart: their numbers are pushed from each other until each can be read.</summary>
    private static List<Placed> Place(SketchBoard board, IReadOnlyList<SketchPoint> all, params SKPoint[] taken)
    {
        var points = all.Where(point => point.Number > 0 || board.Holds(point.Place)).ToArray();
        var truly = points.Select(point => board.At(point.Place)).ToArray();
        var at = truly.ToArray();
        for (var round = 0; round < 60; round++)
        {
            for (var i = 0; i < at.Length; i++)
            {
                var push = SKPoint.Empty;
                foreach (var sign in taken)
                {
                    push += SketchBoard.PushApart(at[i], sign, at[i].X <= sign.X, Room(i) + PersonRadius + 8);
                }
                for (var j = 0; j < at.Length; j++)
                {
                    if (i != j)
                    {
                        push += SketchBoard.PushApart(at[i], at[j], i < j, Room(i) + Room(j) + 6);
                    }
                }
                at[i] = board.Inside(at[i] + push, BadgeRadius + 8);
            }
        }
        return [.. points.Select((point, i) => new Placed(point, truly[i], at[i]))];

        float Room(int i) => points[i].Number > 0 ? BadgeRadius : 10;
    }

    private static void DrawPlaces(SketchBoard board, List<Placed> places)
    {
        foreach (var place in places)
        {
            if (!place.IsNumbered)
            {
                board.Neighbour(place.At);
                board.Blocked.Add(SketchBoard.Around(place.At, 12));
                continue;
            }
            if (SKPoint.Distance(place.True, place.At) > 8)
            {
                board.Leader(place.True, place.At);
            }
            board.Badge(place.At, place.Point.Number, BadgeRadius);
            board.Blocked.Add(SketchBoard.Around(place.At, BadgeRadius));
        }
    }

    private static void LabelPlaces(SketchBoard board, List<Placed> places)
    {
        foreach (var place in places.Where(place => place.Point.Label.Length > 0).OrderByDescending(place => place.IsNumbered))
        {
            board.Label(SketchBoard.Around(place.At, place.IsNumbered ? BadgeRadius + 1 : 11), place.Point.Label,
                place.IsNumbered ? SketchColors.Ink : SketchColors.Quiet, place.IsNumbered ? FontWeight.SemiBold : FontWeight.Regular, place.IsNumbered ? 25 : 22);
        }
    }
}
