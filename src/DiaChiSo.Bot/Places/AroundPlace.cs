using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Reading;
using DiaChiSo.Core.Register.Units;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Places;

/// <summary>
/// What the small map shows around a place, so that a person can tell whether the pin is right without a map's tiles: the commune, its outline,
/// addresses nearby as their plates show them, and the gate on record. No person is in here (design.md §5).
/// </summary>
/// <param name="Latitude">Of the place asked about, degrees.</param>
/// <param name="Longitude">Of the place asked about, degrees.</param>
/// <param name="Commune">"xã Tủa Chùa"; null where it is not known.</param>
/// <param name="IsGuess">The commune is only likely.</param>
/// <param name="Addresses">Gates nearby, nearest first.</param>
/// <param name="Known">The gate on record of the address in question.</param>
/// <param name="Outline">Pieces of the commune's outline that run near, each as latitude, longitude, latitude, longitude …</param>
public sealed record AroundPlace(double Latitude, double Longitude, string? Commune, bool IsGuess, IReadOnlyList<Dot> Addresses, Dot? Known, IReadOnlyList<IReadOnlyList<double>> Outline)
{
    private const double LookMetres = 300;

    // A few kilometres each way; the map never shows more.
    private const int OutlineReach = 30_000;
    private const int MostOutlinePoints = 400;

    internal static async Task<AroundPlace> Make(GeoPoint place, long conversationId, IServiceProvider services, CancellationToken ct)
    {
        var placed = await services.GetRequiredService<CommuneOfPlace>().Find(place, ct);
        var near = await services.GetRequiredService<IAddressRegister>().Nearby(place, LookMetres, IAddressRegister.Most, ct);
        var known = await services.GetRequiredService<AskedPlace>().KnownGate(conversationId, ct);
        var outline = services.GetRequiredService<Boundaries>().All.FirstOrDefault(boundary => placed is { IsGuess: false } && boundary.Commune == placed.Commune.Key);
        return new AroundPlace(place.Latitude, place.Longitude, placed?.Commune.InLine, placed?.IsGuess == true,
            [.. near.Where(one => one.Address.Gate is not null && one.Address.Gate != known).Select(one => Dot.Of(one.Address.Gate!.Value, LabelOf(one.Address)))],
            known is { } gate ? Dot.Of(gate, "") : null,
            outline is null ? [] : Near(outline, place));
    }

    // As short as it stands on the plate: a name, a house number, or the last figures of the code.
    private static string LabelOf(PublicAddress address) => address.Name ?? (address.House is { } house ? $"số {house}" : "…" + address.Code.ToString()[AddressCode.AreaLength..]);

    // Only the pieces of the ring that come near: a whole commune's outline is long, and far from here nobody sees it.
    internal static List<IReadOnlyList<double>> Near(Boundary boundary, GeoPoint place)
    {
        const double PerDegree = 1_000_000;
        var (x, y) = (place.Longitude * PerDegree, place.Latitude * PerDegree);
        var pieces = new List<IReadOnlyList<double>>();
        var points = 0;
        foreach (var ring in boundary.Rings.SelectMany(area => area))
        {
            var piece = new List<double>();
            for (var (at, before) = (0, ring.Length - 2); at < ring.Length && points < MostOutlinePoints; before = at, at += 2)
            {
                if (!Comes(ring[before], ring[at], x) || !Comes(ring[before + 1], ring[at + 1], y))
                {
                    End();
                    continue;
                }
                if (piece.Count == 0)
                {
                    piece.AddRange([ring[before + 1] / PerDegree, ring[before] / PerDegree]);
                }
                piece.AddRange([ring[at + 1] / PerDegree, ring[at] / PerDegree]);
                points++;
            }
            End();

            void End()
            {
                if (piece.Count > 0)
                {
                    pieces.Add(piece);
                    piece = [];
                }
            }
        }
        return pieces;

        static bool Comes(int from, int to, double middle) => Math.Min(from, to) <= middle + OutlineReach && Math.Max(from, to) >= middle - OutlineReach;
    }
}

/// <summary>A gate on the small map; WGS-84 degrees.</summary>
/// <param name="Label">What its plate says; empty: the page has a word for it.</param>
public sealed record Dot(double Latitude, double Longitude, string Label)
{
    internal static Dot Of(GeoPoint point, string label) => new(point.Latitude, point.Longitude, label);
}
