namespace DiaChiSo.Core.Turns;

/// <summary>Links that open this bot on its channels with something to begin with (<see cref="Arrived"/>).</summary>
public interface IDeepLinks
{
    /// <summary>One for each channel that is set up and has such links.</summary>
    /// <param name="payload">A command's name without the slash, an underscore, what follows it; letters, figures and underscores, at most 64.</param>
    Task<IReadOnlyList<DeepLink>> To(string payload, CancellationToken ct);
}

/// <param name="Channel">Its name, as people say it: "Telegram".</param>
/// <param name="Url">Absolute.</param>
public sealed record DeepLink(string Channel, string Url);

/// <summary>Without channels there are none: the letters are read aloud.</summary>
internal sealed class NoDeepLinks : IDeepLinks
{
    public Task<IReadOnlyList<DeepLink>> To(string payload, CancellationToken ct) => Task.FromResult<IReadOnlyList<DeepLink>>([]);
}
