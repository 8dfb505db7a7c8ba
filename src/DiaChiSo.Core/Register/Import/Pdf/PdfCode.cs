namespace DiaChiSo.Core.Register.Import.Pdf;

/// <summary>A code as it is printed, in one word or in two or three: what a row of a hand-over is recognised by.</summary>
/// <param name="Line">Index of its line.</param>
/// <param name="First">Index of its first word in the line.</param>
/// <param name="Count">Of its words.</param>
internal readonly record struct PdfCode(AddressCode Code, int Line, int First, int Count, double Left, double Right)
{
    private const int MostWords = 3;
    private const int LongestLabel = 12;

    /// <summary>All codes of these lines, from the top, each line from left to right.</summary>
    /// <param name="from">Only words that begin right of this.</param>
    /// <param name="to">And whose middle is left of this.</param>
    public static List<PdfCode> Among(IReadOnlyList<PdfLine> lines, double from = double.MinValue, double to = double.MaxValue)
    {
        var codes = new List<PdfCode>();
        for (var line = 0; line < lines.Count; line++)
        {
            var words = lines[line].Words;
            for (var first = 0; first < words.Count; first++)
            {
                if (words[first].Centre >= from && words[first].Centre <= to && At(words, first, line) is { } code)
                {
                    codes.Add(code);
                    first += code.Count - 1;
                }
            }
        }
        // A phone number has ten figures too. Codes of a list are of a few communes, so what looks like a phone among them is one.
        return codes.Exists(code => !IsLikePhone(code.Code)) ? codes.FindAll(code => !IsLikePhone(code.Code)) : codes;
    }

    private static PdfCode? At(IReadOnlyList<PdfWord> words, int first, int line)
    {
        Span<char> figures = stackalloc char[AddressCode.Length];
        var count = 0;
        for (var n = 0; n < MostWords && first + n < words.Count; n++)
        {
            var text = words[first + n].Text.AsSpan();
            if (n > 0 && words[first + n].Left - words[first + n - 1].Right > words[first].Size)
            {
                return null;                                 // the next column
            }
            text = n == 0 ? WithoutLabel(text) : text;
            foreach (var letter in text.TrimEnd(",;:.)–-"))
            {
                if (char.IsAsciiDigit(letter) && count < figures.Length)
                {
                    figures[count++] = letter;
                }
                else if (letter is not ('.' or '-' or '·' or '_') || count == 0)
                {
                    return null;
                }
            }
            if (count == AddressCode.Length)
            {
                return new(new AddressCode(figures.ToString()), line, first, n + 1, words[first].Left, words[first + n].Right);
            }
            if (count != AddressCode.AreaLength && n == 0 && count < AddressCode.AreaLength)
            {
                return null;
            }
        }
        return null;
    }

    // "NDAS:3260612345", "Mã:32606".
    private static ReadOnlySpan<char> WithoutLabel(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        return colon is >= 0 and <= LongestLabel ? text[(colon + 1)..] : text;
    }

    private static bool IsLikePhone(AddressCode code) => code.ToString() is ['0', '3' or '5' or '7' or '8' or '9', ..];
}
