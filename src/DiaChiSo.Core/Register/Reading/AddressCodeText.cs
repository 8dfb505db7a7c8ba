namespace DiaChiSo.Core.Register.Reading;

/// <summary>Finds the one address code in a text. No regular expressions: the text may be anything, of any length.</summary>
internal static class AddressCodeText
{
    private const int LongestText = 4_000;
    private const int FewestFiguresBesideSlips = 7;

    public static bool TryRead(string? text, out AddressCode code)
    {
        code = default;
        if (string.IsNullOrWhiteSpace(text) || text.Length > LongestText)
        {
            return false;
        }
        var plain = VietnameseText.Plain(text);
        var found = new HashSet<string>();
        if (plain.Contains("://", StringComparison.Ordinal))
        {
            FindInLink(plain, found);
        }
        else if (!(PlaceText.TryRead(plain, out var place) && place.IsInVietnam))   // "21.847 103.34" has ten figures too
        {
            FindInWords(plain, found);
        }
        if (found.Count != 1)
        {
            return false;
        }
        code = new AddressCode(found.First());
        return true;
    }

    private static void FindInLink(string link, HashSet<string> found)
    {
        for (var start = 0; start < link.Length; start++)
        {
            var end = start;
            while (end < link.Length && char.IsAsciiDigit(link[end]))
            {
                end++;
            }
            // A part of its own: coordinates have a point before or behind, hashes have letters.
            if (end - start == AddressCode.Length && IsEdge(link, start - 1) && IsEdge(link, end))
            {
                found.Add(link[start..end]);
            }
            start = Math.Max(start, end);
        }

        static bool IsEdge(string link, int at) =>
            at < 0 || at >= link.Length || link[at] is '/' or '=' or '?' or '&' or '#' or ',' or ';' or ':' or ' ' or ')' or '"' or '\'';
    }

    private static void FindInWords(string words, HashSet<string> found)
    {
        foreach (var run in Runs(words, char.IsAsciiDigit))
        {
            AddCodesOf(run, found);
        }
        if (found.Count > 0)
        {
            return;
        }
        foreach (var run in Runs(words, c => char.IsAsciiDigit(c) || AsFigure(c) != '\0'))
        {
            var figures = run.Count(char.IsAsciiDigit);
            var read = string.Concat(run.Where(c => !IsJoint(c)).Select(c => AsFigure(c) is var f and not '\0' ? f : c));
            if (figures >= FewestFiguresBesideSlips && read.Length == AddressCode.Length)
            {
                found.Add(read);
            }
        }
    }

    /// <summary>Pieces of figures with spaces, dots and dashes between, that no letter or figure touches from outside.</summary>
    private static IEnumerable<string> Runs(string words, Func<char, bool> isFigure)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (!isFigure(words[i]))
            {
                continue;
            }
            var end = i + 1;
            var last = end;
            for (; end < words.Length && (isFigure(words[end]) || IsJoint(words[end])); end++)
            {
                last = isFigure(words[end]) ? end + 1 : last;
            }
            var touched = (last < words.Length && (char.IsLetter(words[last]) || words[last] == '/'))
                || (i > 0 && (words[i - 1] is '/' or '+' || (char.IsLetter(words[i - 1]) && !EndsLabel(words, i))));
            if (!touched)
            {
                yield return words[i..last];
            }
            i = last;
        }
    }

    private static void AddCodesOf(string run, HashSet<string> found)
    {
        var figures = string.Concat(run.Where(char.IsAsciiDigit));
        if (figures.Length == AddressCode.Length)
        {
            found.Add(figures);
            return;
        }
        // "15 32606 12345": other numbers in front or behind, parted by a space. The code is whole, or stands as its two halves.
        var parts = run.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2)
        {
            return;
        }
        for (var i = 0; i < parts.Length; i++)
        {
            var part = string.Concat(parts[i].Where(char.IsAsciiDigit));
            if (part.Length == AddressCode.Length)
            {
                found.Add(part);
            }
            else if (part.Length == AddressCode.AreaLength && i + 1 < parts.Length && parts[i + 1].Length == AddressCode.AreaLength
                && parts[i + 1].All(char.IsAsciiDigit) && parts.Length - 2 == parts.Count(p => p.Length < AddressCode.AreaLength))
            {
                found.Add(part + parts[++i]);
            }
        }
    }

    /// <summary>"NDAS3260612345": a label stuck to the code; a lone letter is more likely part of another scheme.</summary>
    private static bool EndsLabel(string words, int at)
    {
        var start = at;
        while (start > 0 && char.IsLetter(words[start - 1]))
        {
            start--;
        }
        return at - start >= 2;
    }

    private static bool IsJoint(char letter) => letter is ' ' or '.' or '-' or '_' or '·';

    private static char AsFigure(char letter) => letter switch { 'O' or 'o' => '0', 'l' or 'I' or '|' => '1', _ => '\0' };
}
