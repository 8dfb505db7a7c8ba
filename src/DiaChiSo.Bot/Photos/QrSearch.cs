using System.Diagnostics;

namespace DiaChiSo.Bot.Photos;

/// <summary>Looks for QRs in a picture: as it is, and then as it could be, until something is read or the time is over.</summary>
internal static class QrSearch
{
    /// <summary>About what the decoder does best with: a module of a plate has some pixels, noise has none.</summary>
    private const int Usual = 1_280;

    private const int Small = 640;
    private const int Large = 2_560;

    /// <param name="picture">The way up does not matter.</param>
    /// <param name="read">The decoder.</param>
    /// <param name="patience">No new try after this.</param>
    public static IReadOnlyCollection<string> Texts(Grey picture, Func<Grey, IReadOnlyList<string>> read, TimeSpan patience)
    {
        var began = Stopwatch.GetTimestamp();
        var found = new HashSet<string>();
        // The first tries are all made, also after one has read something: a second QR may be seen at another size only.
        foreach (var size in Sizes(picture))
        {
            found.UnionWith(read(size()));
        }
        foreach (var attempt in Attempts(picture))
        {
            if (found.Count > 0 || Stopwatch.GetElapsedTime(began) > patience)
            {
                break;
            }
            found.UnionWith(read(attempt()));
        }
        return found;
    }

    private static IEnumerable<Func<Grey>> Sizes(Grey picture)
    {
        yield return () => picture.Longest > Usual ? picture.Scaled(Usual) : picture;
        yield return () => picture.Longest > Usual ? picture : picture.Scaled(Math.Min(Large, picture.Longest * 2));
        yield return () => picture.Longest > Small ? picture.Scaled(Small) : picture.Stretched();
    }

    private static IEnumerable<Func<Grey>> Attempts(Grey picture)
    {
        var usual = picture.Scaled(Usual);
        yield return usual.Stretched;
        yield return usual.AgainstItsSurroundings;
        yield return () => usual.Softened(1).Stretched();
        yield return () => usual.Stretched().Inverted();
        yield return () => usual.Sharpened(4).Stretched();
        yield return () => usual.Rotated(45);
        yield return () => usual.Rotated(22.5);
        yield return () => usual.Stretched().Rotated(-22.5);
        yield return () => usual.Softened(2).AgainstItsSurroundings();
        yield return () => picture.Scaled(Large).Stretched();
        yield return () => picture.Scaled(Large).Softened(2).AgainstItsSurroundings();
        yield return () => picture.Scaled(Small).Sharpened(2).Stretched();
        yield return () => picture.Scaled(Large).Softened(1).Rotated(45);
        yield return () => usual.Softened(3).Stretched();
        yield return () => usual.Sharpened(8).AgainstItsSurroundings();
        yield return () => usual.AgainstItsSurroundings().Inverted();
        yield return () => picture.Scaled(320).Stretched();
    }
}
