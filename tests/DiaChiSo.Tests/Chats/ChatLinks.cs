using DiaChiSo.Core.Turns;

namespace DiaChiSo.Tests.Chats;

/// <summary>One channel that takes a payload behind its link, for the golden chats. Nobody listens there.</summary>
public sealed class ChatLinks : IDeepLinks
{
    public Task<IReadOnlyList<DeepLink>> To(string payload, CancellationToken ct) => Task.FromResult<IReadOnlyList<DeepLink>>([new DeepLink("Web", $"https://bot.example.invalid/?start={payload}")]);
}
