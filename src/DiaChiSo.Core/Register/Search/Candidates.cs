namespace DiaChiSo.Core.Register.Search;

/// <summary>The best so far, and what is hardly worse.</summary>
internal sealed class Candidates
{
    /// <summary>What is this much worse than the best is no answer.</summary>
    public const float Spread = 1.0f;

    private const int Most = 512;
    private const float Alike = 0.01f;

    private readonly List<Candidate> kept = [];

    public float BestScore { get; private set; }

    public bool IsEmpty => kept.Count == 0;

    /// <summary>Those that are as good as the best.</summary>
    public IEnumerable<Candidate> Best => kept.Where(one => one.Score > BestScore - Alike);

    public IEnumerable<Candidate> All => kept.Where(one => one.Score > BestScore - Spread);

    public void Add(Candidate candidate)
    {
        if (candidate.Score <= BestScore - Spread || (candidate.Score <= 0 && candidate.Fit.Value < 1))
        {
            return;
        }
        BestScore = Math.Max(BestScore, candidate.Score);
        kept.Add(candidate);
        if (kept.Count > Most)
        {
            kept.RemoveAll(one => one.Score < BestScore - Spread);
        }
        if (kept.Count > Most)
        {
            kept.Sort((a, b) => b.Score.CompareTo(a.Score));
            kept.RemoveRange(Most / 2, kept.Count - Most / 2);
        }
    }

    public void Clear()
    {
        kept.Clear();
        BestScore = 0;
    }
}
