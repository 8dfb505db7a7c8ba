using System.Text.RegularExpressions;

namespace DiaChiSo.Core.Register.Reading;

/// <summary>The parts below the commune: house, street, village, landmark; read from the words that no unit took.</summary>
internal sealed partial class AddressParts(string plain, List<TypedWord> words)
{
    private const int LongestVillage = 6;
    private const int LongestLandmark = 8;

    private static readonly HashSet<string> Landmarks = ["gan", "canh", "doi dien", "sau", "phia sau", "truoc", "truoc cua", "ben canh", "sat", "ke", "cach", "dau doc", "cuoi doc"];

    // "Thôn em chưa có", "tổ nào": talk about a village names none.
    private static readonly string[] Talk =
    [
        "tôi", "em", "anh", "chị", "mình", "có", "chưa", "không", "nào", "gì", "ở", "đâu", "của", "là", "này", "đó", "ấy", "cho", "hỏi", "và", "thì", "bị", "mới", "ai", "chúng", "tui",
        "được", "làm", "muốn", "cần", "để", "vì", "rằng", "mà", "với", "thêm", "ông", "cô", "chú", "bác",
    ];

    private static readonly HashSet<string> Looking = ["tim", "tra", "cuu", "xin", "dia", "chi", "viet", "nam", "nha", "so", "cu", "nay", "moi", "giup", "thuoc", "tai", "nhe", "ah", "da"];

    private static readonly HashSet<string> TalkWithTones = [.. Talk.Select(VietnameseText.ToneKey)];
    private static readonly HashSet<string> TalkWithout = [.. Talk.Select(word => VietnameseText.Fold(word))];

    private readonly bool[] isTaken = new bool[words.Count];
    private readonly bool amongMarks = words.Exists(word => word.HasMarks);

    public string? House { get; private set; }
    public string? Street { get; private set; }
    public string? Village { get; private set; }
    public string? Landmark { get; private set; }

    /// <summary>Whether unexplained words stand behind this place, where the district and the province would stand.</summary>
    public bool HasWordsBehind(int at) => words.Where((word, i) => i >= at && IsLeft(word, i)).Any();

    /// <summary>Whether words are left that say more than that something is looked for.</summary>
    public bool HasMoreWords => HasWordsBehind(0);

    private bool IsLeft(TypedWord word, int at) => !isTaken[at] && word.Folded.Length > 1 && char.IsLetter(word.Folded[0]) && !IsTalk(word) && !Looking.Contains(word.Folded) && KindWords.At(words, at) is null;

    public bool Any => House is not null || Street is not null || Village is not null || Landmark is not null;

    /// <summary>Whether something is named that only lies inside a commune.</summary>
    public bool IsDetailed => House is not null || Street is not null || Village is not null;

    /// <summary>These words are a unit's or a known village's; a word of kind in front belongs to them.</summary>
    public void Take(Mention mention)
    {
        var start = mention.Start - (mention.Before?.Words.Length ?? 0);
        isTaken.AsSpan(start, mention.End - start).Fill(true);
    }

    /// <summary>The village by its official name; the words of it are taken.</summary>
    public void Know(KnownVillage village) => Village = village.InLine;

    /// <summary>Whether the word lies behind "gần", "đối diện": what is named there is not where the house is.</summary>
    public bool IsLandmark(int at)
    {
        for (var i = at - 1; i >= 0 && i >= at - 4; i--)
        {
            if (LandmarkAt(i) > 0)
            {
                return true;
            }
            if (words[i + 1].AfterBreak || KindWords.At(words, i + 1) is { Tones: not null })
            {
                return false;
            }
        }
        return false;
    }

    public void Read()
    {
        for (var at = 0; at < words.Count; at++)
        {
            if (isTaken[at])
            {
                continue;
            }
            var read = ReadHouse(at) is var house and > 0 ? house
                : LandmarkAt(at) is var mark and > 0 ? ReadLandmark(at, mark)
                : KindWords.At(words, at) is { Kind: NameKind.Village or NameKind.Street } kind ? ReadNamed(at, kind) : 0;
            isTaken.AsSpan(at, read).Fill(true);
            at += Math.Max(0, read - 1);
        }
    }

    private int ReadHouse(int at)
    {
        var marked = MarkerAt(at);
        var number = at + marked;
        var stands = number < words.Count && !isTaken[number] && Number().IsMatch(words[number].Folded)
            && (marked > 0 ? !words[number].AfterBreak || marked > 1 : words[number].Folded.Contains('/') || Alley().IsMatch(words[number].Folded) || IsFirstOfAddress(number));
        if (!stands || House is not null)
        {
            return 0;
        }
        var end = number + 1;
        while (end < words.Count && !isTaken[end] && !words[end].AfterBreak && Alley().IsMatch(words[end].Folded))
        {
            end++;
        }
        House = Typed(number, end);
        return end - at;
    }

    private int MarkerAt(int at)
    {
        var two = at + 1 < words.Count && (words[at].Folded, words[at + 1].Folded) is ("so", "nha") or ("nha", "so");
        return two ? 2 : words[at].Folded is "sn" or "so" or "nha" ? 1 : 0;
    }

    // "15 to 3 tt tua chua", "15, đường Thắng Lợi".
    private bool IsFirstOfAddress(int at) =>
        at == 0 && words.Count > 1 && words[0].Folded.Length <= 4 && (isTaken[1] || KindWords.At(words, 1) is not null);

    private int LandmarkAt(int at)
    {
        var two = at + 1 < words.Count && Landmarks.Contains($"{words[at].Folded} {words[at + 1].Folded}");
        return two ? 2 : Landmarks.Contains(words[at].Folded) && (at + 1 < words.Count && !words[at + 1].AfterBreak) ? 1 : 0;
    }

    private int ReadLandmark(int at, int length)
    {
        var end = RunEnd(at + length, LongestLandmark, isOver: IsKindHere);
        if (end > at + length && Landmark is null)
        {
            Landmark = Typed(at, end);
        }
        return Math.Max(length, end - at);
    }

    private int ReadNamed(int at, KindWord kind)
    {
        var start = at + kind.Words.Length;
        var end = RunEnd(start, LongestVillage, isOver: next => IsNextPart(next, start));
        if (end == start || IsTalk(words[start]))
        {
            return 0;
        }
        if (kind.Kind == NameKind.Street)
        {
            Street = Street is null ? Typed(at, end) : $"{Street}, {Typed(at, end)}";
        }
        else
        {
            var isNumber = words[start].IsNumber;
            end = isNumber ? Math.Min(end, start + (end > start + 1 && words[start + 1].Folded.Length == 1 ? 2 : 1)) : end;
            Village ??= isNumber ? $"{char.ToLowerInvariant(kind.Label[0])}{kind.Label[1..]} {Typed(start, end)}" : Typed(start, end);
        }
        return end - at;
    }

    private static bool IsTalk(TypedWord word) => word.HasMarks ? TalkWithTones.Contains(word.Tones) : TalkWithout.Contains(word.Folded);

    // In "đường Hoa Ban" the last word is no "bản": where all is typed with marks it would have had its own.
    private bool IsKindHere(int at) => KindWords.At(words, at) is { Tones: { } tones } && (!amongMarks || words[at].HasMarks || tones[0] == words[at].Folded);

    private bool IsNextPart(int next, int start) =>
        next > start && (IsKindHere(next)
            || MarkerAt(next) > 0 && next + 1 < words.Count && (words[next + 1].IsNumber || MarkerAt(next) > 1) || LandmarkAt(next) > 0 && words[next].HasMarks == words[start].HasMarks);

    private int RunEnd(int start, int most, Func<int, bool> isOver)
    {
        var end = start;
        while (end < words.Count && end < start + most && !isTaken[end] && (end == start || !words[end].AfterBreak) && !isOver(end))
        {
            end++;
        }
        return end;
    }

    private string Typed(int start, int end) => plain[words[start].Start..words[end - 1].End];

    [GeneratedRegex(@"^[a-z]{0,2}\d{1,5}[a-z]{0,2}(/[a-z]{0,2}\d{1,5}[a-z]?)*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Number();

    // "K448 H20/2": kiệt and hẻm, one number of two parts.
    [GeneratedRegex(@"^[kh]\d{1,4}(/\d{1,4})*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Alley();
}
