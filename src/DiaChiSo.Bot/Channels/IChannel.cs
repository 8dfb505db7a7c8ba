using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels;

/// <summary>
/// A way to reach people: a wall on purpose. Receiving is the channel's own business (a poller, a webhook, a socket) and ends in
/// <see cref="Inbox.Accept"/>; sending goes through here.
/// </summary>
public interface IChannel
{
    /// <summary>As it stands in the database: telegram, web, terminal, …</summary>
    string Name { get; }

    Capabilities Capabilities { get; }

    /// <summary>
    /// Sends a page or a toast. A page may go out as several messages: <paramref name="partSent"/> is told after each one, and a retry
    /// begins behind <see cref="Outgoing.PartsSent"/>. Throws nothing for the world's faults that the channel knows; what it does throw is retried.
    /// </summary>
    Task<Sending> Send(Outgoing outgoing, Func<int, Task> partSent, CancellationToken ct);
}

/// <summary>What a channel can do. A page is cut to it; what is only in a button, a picture or a pin is said in words as well.</summary>
public sealed record Capabilities
{
    /// <summary>Characters of one message.</summary>
    public required int TextLength { get; init; }

    /// <summary>Buttons under one message; 0: choices are numbered lines.</summary>
    public required int Buttons { get; init; }

    /// <summary>Characters on a button.</summary>
    public required int ButtonLength { get; init; }

    public bool SendsPins { get; init; }
    public bool SendsPictures { get; init; }
    public bool AsksForPlace { get; init; }
    public bool AsksForContact { get; init; }
    public bool ShowsToasts { get; init; }
}
