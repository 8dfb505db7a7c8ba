using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels;

/// <summary>Cuts runs into texts of at most so many characters: at a paragraph, a line, a sentence or a space, whichever there is.</summary>
internal static class Cutting
{
    public static IEnumerable<IReadOnlyList<Run>> Cut(IReadOnlyList<Run> runs, int most)
    {
        var now = new List<Run>();
        var left = most;
        foreach (var run in runs)
        {
            var rest = run.Text;
            while (rest.Length > left)
            {
                var at = CutAt(rest, left);
                if (at > 0)
                {
                    now.Add(run with { Text = rest[..at] });
                    rest = rest[at..].TrimStart();
                }
                if (now.Count > 0)
                {
                    yield return [.. now];
                }
                now.Clear();
                left = most;
            }
            if (rest.Length > 0)
            {
                now.Add(run with { Text = rest });
                left -= rest.Length;
            }
        }
        if (now.Any(run => !string.IsNullOrWhiteSpace(run.Text)))
        {
            yield return now;
        }
    }

    private static int CutAt(string text, int most)
    {
        foreach (var ends in (string[][])[["\n\n"], ["\n"], [". ", "! ", "? ", "… "], [" "]])
        {
            var at = ends.Max(end => text.LastIndexOf(end, Math.Max(0, most - end.Length), StringComparison.Ordinal) is var found and >= 0 ? found + end.TrimEnd().Length : -1);
            if (at > most / 3)
            {
                return at;
            }
        }
        // Never through a pair of surrogates.
        return most > 0 && char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
    }
}
