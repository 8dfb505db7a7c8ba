namespace DiaChiSo.Core.Register.Search;

/// <summary>Addresses of a group that fit alike.</summary>
/// <param name="First">The first one.</param>
/// <param name="Count">How many follow it, itself counted.</param>
/// <param name="Group">The village and street in which they lie.</param>
/// <param name="IsNarrow">Whether more than the commune was named.</param>
/// <param name="MatchesHouse">Whether the typed house number is theirs.</param>
/// <param name="IsPlace">Whether the one address has a name.</param>
internal sealed record Candidate(int First, int Count, int Group, Fit Fit, float Score, bool IsNarrow, bool MatchesHouse, bool IsPlace);
