namespace DiaChiSo.Core.Register.Search;

/// <summary>What a person typed, parted into words, with the levels that words of kind announce. Places of words are bits: at most 60 are read.</summary>
internal sealed class TypedQuery
{
    private const int MostWords = 60;

    private readonly Lexicon lexicon;
    private readonly string text;
    private readonly List<(int Start, int End)> places = [];
    private readonly bool?[] mayBeType = new bool?[MostWords];
    private string?[]? toneKeys;

    public TypedQuery(string typed, Lexicon lexicon)
    {
        this.lexicon = lexicon;
        text = VietnameseText.Plain(typed.Length > 1_000 ? typed[..1_000] : typed);
        foreach (var (word, start, end) in WordText.Parts(text))
        {
            if (Words.Count >= MostWords)
            {
                break;
            }
            Add(word, start, end);
        }
        FindTypes();
    }

    public List<string> Words { get; } = [];

    /// <summary>What the words of kind right before each word announce.</summary>
    public Level[] Before { get; private set; } = [];

    /// <summary>Which word of kind it was; see <see cref="TypeWords"/>.</summary>
    public byte[] KindBefore { get; private set; } = [];

    /// <summary>The words that an address must hold.</summary>
    public ulong Asked { get; private set; }

    /// <summary>Those of <see cref="Asked"/> with a figure in them.</summary>
    public ulong Numeric { get; private set; }

    /// <summary>Where a house number can stand: not behind words that make the number a name's ("tổ 3", "phường 8").</summary>
    public ulong MayBeHouse { get; private set; }

    /// <summary>Whether any letter carries a tone or a hat: only then can tones tell names apart.</summary>
    public bool HasTones { get; private set; }

    /// <summary>The word with the letters that the person typed.</summary>
    public string AsTyped(int at) => text[places[at].Start..places[at].End];

    public string ToneKey(int at) => (toneKeys ??= new string?[Words.Count])[at] ??= VietnameseText.ToneKey(AsTyped(at));

    /// <summary>Whether only a space parts this word from the next.</summary>
    public bool IsOneSpaceAfter(int at) => text.AsSpan(places[at].End, Math.Max(0, places[at + 1].Start - places[at].End)).Trim(' ').IsEmpty;

    /// <summary>Whether the word may be a word of kind with a slip: "tih bac ninh".</summary>
    public bool MayBeType(int at) => (mayBeType[at] ??= (Words[at].Length <= 3 || lexicon.Find(Words[at]) < 0) && TypeWords.IsNearAny(Words[at])) == true;

    private void Add(string word, int start, int end)
    {
        if (TypeWords.Parted(word) is var (type, number))
        {
            Put(type, start, start + type.Length);
            Put(number, start + type.Length, end);
            return;
        }
        if (word.Length > 5 && !WordText.IsNumeric(word) && !lexicon.HasNear(word) && RunTogether.Parts(word, lexicon) is { } parts)
        {
            foreach (var part in parts)
            {
                Put(part, start, end);
            }
            return;
        }
        Put(word, start, end);
    }

    private void Put(string word, int start, int end)
    {
        if (Words.Count < MostWords)
        {
            Words.Add(word);
            places.Add((start, Math.Min(end, text.Length)));
        }
    }

    private void FindTypes()
    {
        Before = new Level[Words.Count + 1];
        KindBefore = new byte[Words.Count + 1];
        var slipped = 0UL;
        for (var at = 0; at < Words.Count; at++)
        {
            if (TypeWords.At(Words, at) is var (length, level, kind))
            {
                Announce(at + length, level, kind);
            }
        }
        for (var at = 0; at < Words.Count; at++)
        {
            // The longest first: behind "to dan ho" the number is a tổ dân phố's, not a tổ's.
            if (!WordText.IsNumeric(Words[at]) && TypeWords.NearlyAt(Words, at, word => lexicon.Find(word) >= 0) is var (length, level, kind) && KindBefore[at + length] == 0)
            {
                Announce(at + length, level, kind);
                // "thanh phu" may be a name; "to dan ho" is none.
                slipped |= length == 2 && Words.GetRange(at, length).TrueForAll(word => lexicon.Find(word) >= 0) ? 0 : ((1UL << length) - 1) << at;
                MayBeHouse |= 1UL << (at + length);
            }
        }
        for (var at = 0; at < Words.Count; at++)
        {
            if (WordText.IsNumeric(Words[at]))
            {
                Numeric |= 1UL << at;
                Asked |= 1UL << at;
                MayBeHouse |= (Before[at] & ~Level.House) == 0 ? 1UL << at : 0;
            }
            else if (!TypeWords.IsSaidOnly(Words[at]) && !IsForMe(at) && (slipped >> at & 1) == 0)
            {
                Asked |= 1UL << at;
            }
        }
        HasTones = text.AsSpan().IndexOfAnyExceptInRange('\0', '\u007F') >= 0;
    }

    // "cho em hỏi": not the market, chợ.
    private bool IsForMe(int at) => Words[at] == "cho" && at + 1 < Words.Count && Words[at + 1] is "em" or "toi" or "hoi" or "minh" or "chau" or "con" or "bac";

    private void Announce(int at, Level level, byte kind)
    {
        if (KindBefore[at] == 0)
        {
            (Before[at], KindBefore[at]) = (level, kind);
        }
    }
}
