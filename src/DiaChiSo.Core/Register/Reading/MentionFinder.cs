namespace DiaChiSo.Core.Register.Reading;

/// <summary>
/// Finds the names in a person's words, in layers: the same words with and without tones, then by sound, then with slips; a later layer only
/// looks at what an earlier one left unexplained (domain.md §5).
/// </summary>
internal sealed class MentionFinder(UnitNames names, List<TypedWord> words)
{
    private const float SoundTooFar = 1;

    // Two marks off in one name, and the same sounds may be meant for another one.
    private const float Sure = 0.2f;

    private readonly List<Mention> found = [];
    private readonly bool amongMarks = words.Exists(word => word.HasMarks);
    private readonly bool[] isExplained = new bool[words.Count];

    public List<Mention> Find()
    {
        FindSame();
        DropChance();
        DropContained();
        foreach (var mention in found.Where(mention => mention.Cost < Sure && (mention.Name.Reach != Reach.Country || mention.Before is not null)))
        {
            isExplained.AsSpan(mention.Start, mention.Length).Fill(true);
        }
        MarkWordsOfKind();
        var exact = found.ToList();
        FindSounding();
        FindWithSlips();
        found.RemoveAll(mention => mention.IsSlip && !IsMeant(mention, exact));
        return found;
    }

    private void FindSame()
    {
        for (var at = 0; at < words.Count; at++)
        {
            for (var length = names.Known(words, at); length > 0; length--)
            {
                foreach (var name in names.Same(words, at, length))
                {
                    var before = KindWords.Before(words, at);
                    if (length > 1 || MayStandAlone(name, at, before))
                    {
                        found.Add(new(at, name, CostOfTones(name, at), before));
                    }
                }
            }
        }
    }

    /// <summary>A name of one word needs a word of kind before it; an abbreviation of a province may stand at the end.</summary>
    private bool MayStandAlone(Named name, int at, KindWord? before)
    {
        var isLast = at + 1 == words.Count || words[at + 1].AfterBreak;
        return before is not null || (name.Higher is { IsProvince: true } && isLast && (name.IsAlias ? at > 0 : at == 0 || words[at].AfterBreak));
    }

    private float CostOfTones(Named name, int at)
    {
        var cost = 0f;
        var tones = name.Tones;
        for (var i = 0; i < name.Words.Length && i < tones.Length; i++)
        {
            cost += WordCost.OfTones(words[at + i], tones[i], amongMarks);
        }
        return cost;
    }

    /// <summary>
    /// Among ten thousand communes every other pair of words is somewhere a name ("đường Hoa Ban": there is a Đường Hoa). One far away is only meant
    /// with its word of kind, with its province or district, or as a part of its own between commas.
    /// </summary>
    private void DropChance()
    {
        var isElsewhere = found.Exists(mention => mention.Name is { Higher: not null, Reach: Reach.Country });
        found.RemoveAll(mention => mention is { Before: null, Name: { Commune: not null, Reach: Reach.Country } } && !isElsewhere
            && !((mention.Start == 0 || words[mention.Start].AfterBreak) && (mention.End == words.Count || words[mention.End].AfterBreak)));
    }

    // "Điện Biên" in "Điện Biên Phủ" is not meant; "Sín Chải" with its own word of kind inside something longer may be.
    private void DropContained() => found.RemoveAll(inner => found.Exists(outer =>
        outer.Length > inner.Length && outer.Start <= inner.Start && inner.End <= outer.End
        && outer.KindCost < Mention.Never && outer.Cost <= inner.Cost + Mention.Slip && !(inner.Before is not null && inner.Start > outer.Start)));

    private void MarkWordsOfKind()
    {
        for (var at = 0; at < words.Count; at++)
        {
            if (words[at].IsNumber || words[at].Folded.Length < 2 || (KindWords.At(words, at) is { } kind && (kind.Words.Length > 1 || !IsNameOf(at))))
            {
                isExplained[at] = true;
            }
        }
    }

    // In "xã Xá Nhè" the second "xa" is no word of kind.
    private bool IsNameOf(int at) => at > 0 && KindWords.Before(words, at) is { Kind: NameKind.Commune or NameKind.Village };

    private void FindSounding()
    {
        if (Array.TrueForAll(isExplained, explained => explained))
        {
            return;
        }
        var sounds = words.Select(names.SoundOf).ToArray();
        for (var at = 0; at < words.Count; at++)
        {
            for (var length = 2; length <= UnitNames.LongestName && at + length <= words.Count && sounds[at + length - 1] >= 0 && sounds[at] >= 0 && !words[at + length - 1].AfterBreak; length++)
            {
                if (Array.IndexOf(isExplained, false, at, length) < 0)
                {
                    continue;
                }
                foreach (var name in names.Sounding(sounds, at, length))
                {
                    var before = KindWords.Before(words, at);
                    var cost = CostOf(name, at);
                    if (cost is > 0 and < SoundTooFar && (name.Reach != Reach.Country || before is not null))
                    {
                        found.Add(new(at, name, Math.Max(cost, Mention.Slip), before));
                    }
                }
            }
        }
    }

    private void FindWithSlips()
    {
        var bySound = found.Where(mention => mention.IsSlip).ToList();
        var elsewhere = found.Where(mention => !mention.IsSlip && mention.Name is { Higher.IsProvince: true, Reach: Reach.Country }).Select(mention => mention.Name.Higher!.ProvinceCode).FirstOrDefault();
        var slips = names.WithSlips(elsewhere);
        for (var at = 0; at < words.Count; at++)
        {
            if (isExplained[at] || bySound.Exists(mention => mention.Start <= at && at < mention.End))
            {
                continue;
            }
            foreach (var (name, start, cost) in slips.Around(words, at))
            {
                if (cost >= Mention.Slip && !found.Exists(mention => mention.Start == start && ReferenceEquals(mention.Name, name)))
                {
                    found.Add(new(start, name, cost, KindWords.Before(words, start)));
                }
            }
        }
    }

    private float CostOf(Named name, int at)
    {
        var cost = 0f;
        for (var i = 0; i < name.Words.Length; i++)
        {
            cost += WordCost.Of(words[at + i].Folded, names.Vocabulary[name.Words[i]]);
        }
        return cost;
    }

    /// <summary>"xin chào" is a slip from Xín Chải and means none: a slip needs a word of kind before it, or a name beside it that is sure.</summary>
    private static bool IsMeant(Mention mention, List<Mention> exact) =>
        mention.KindCost < Mention.Never
        && (mention.Before is not null || exact.Exists(sure => sure.Name.IsUnit && sure.KindCost < Mention.Never && !sure.Overlaps(mention) && (sure.Name.Reach != Reach.Country || sure.Name.Higher is not null)));
}
