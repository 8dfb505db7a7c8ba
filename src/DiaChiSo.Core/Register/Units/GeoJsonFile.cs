using System.Text.Json;

namespace DiaChiSo.Core.Register.Units;

/// <summary>Reads outlines from GeoJSON (RFC 7946): features with a Polygon or MultiPolygon and the commune's code of today in their properties.</summary>
public static class GeoJsonFile
{
    private const int MostPoints = 20_000_000;
    private static readonly string[] CodeNames = ["code", "ma_xa", "maXa", "ma"];

    /// <param name="file">The file's name, for faults.</param>
    /// <param name="stream">Its content.</param>
    /// <param name="isCommune">Whether the list of today has this code.</param>
    /// <exception cref="UnitTableFault">It is no such file, or its coordinates are no degrees.</exception>
    public static IReadOnlyList<Boundary> Read(string file, Stream stream, Func<string, bool> isCommune)
    {
        using var json = Parse(file, stream);
        if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("features", out var features) || features.ValueKind != JsonValueKind.Array)
        {
            throw new UnitTableFault($"{file}: a GeoJSON FeatureCollection is wanted.");
        }
        var points = 0;
        var all = new List<Boundary>();
        var at = 0;
        foreach (var feature in features.EnumerateArray())
        {
            at++;
            var code = CodeOf(feature) ?? throw new UnitTableFault($"{file}: feature {at} has no code of a commune (property \"code\").");
            if (!isCommune(code))
            {
                throw new UnitTableFault($"{file}: feature {at} has the code {code}, which is no commune of today's list; load the list first.");
            }
            if (all.Exists(known => known.Commune.Code == code))
            {
                throw new UnitTableFault($"{file}: feature {at} has the code {code} a second time.");
            }
            all.Add(new(new(UnitSystem.Since2025, code), AreasOf(file, at, feature, ref points)));
        }
        return all;
    }

    private static JsonDocument Parse(string file, Stream stream)
    {
        try
        {
            return JsonDocument.Parse(stream, new() { MaxDepth = 32 });
        }
        catch (JsonException fault)
        {
            throw new UnitTableFault($"{file}: line {fault.LineNumber + 1} is not JSON.");
        }
    }

    private static string? CodeOf(JsonElement feature)
    {
        if (feature.ValueKind != JsonValueKind.Object || !feature.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
        {
            return null;
        }
        foreach (var name in CodeNames)
        {
            if (properties.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            {
                return value.ToString().PadLeft(5, '0');
            }
        }
        return null;
    }

    private static List<IReadOnlyList<int[]>> AreasOf(string file, int at, JsonElement feature, ref int points)
    {
        try
        {
            var geometry = feature.GetProperty("geometry");
            var coordinates = geometry.GetProperty("coordinates");
            var areas = new List<IReadOnlyList<int[]>>();
            foreach (var area in geometry.GetProperty("type").GetString() switch
            {
                "Polygon" => [coordinates],
                "MultiPolygon" => coordinates.EnumerateArray().ToList(),
                _ => throw new UnitTableFault($"{file}: feature {at} is neither Polygon nor MultiPolygon."),
            })
            {
                var rings = new List<int[]>();
                foreach (var ring in area.EnumerateArray())
                {
                    points += ring.GetArrayLength();
                    if (ring.GetArrayLength() < 4 || points > MostPoints)
                    {
                        throw new UnitTableFault($"{file}: feature {at} has a ring of fewer than four points, or the file more than {MostPoints} in all.");
                    }
                    rings.Add(RingOf(file, at, ring));
                }
                areas.Add(rings);
            }
            return areas.Count > 0 && areas.TrueForAll(area => area.Count > 0) ? areas : throw new UnitTableFault($"{file}: feature {at} has an empty outline.");
        }
        catch (Exception fault) when (fault is KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException or ArgumentOutOfRangeException)
        {
            throw new UnitTableFault($"{file}: feature {at} has no outline of longitudes and latitudes.");
        }
    }

    private static int[] RingOf(string file, int at, JsonElement ring)
    {
        var numbers = new int[ring.GetArrayLength() * 2];
        var i = 0;
        foreach (var point in ring.EnumerateArray())
        {
            var (longitude, latitude) = (point[0].GetDouble(), point[1].GetDouble());
            // Generous: sea areas of the islands reach past the coast.
            if (latitude is < 5 or > 25 || longitude is < 100 or > 120)
            {
                throw new UnitTableFault($"{file}: feature {at} has coordinates outside Vietnam; degrees of WGS-84 are wanted, longitude first (not VN-2000 metres).");
            }
            numbers[i++] = (int)Math.Round(longitude * Boundary.PerDegree);
            numbers[i++] = (int)Math.Round(latitude * Boundary.PerDegree);
        }
        return numbers;
    }
}
