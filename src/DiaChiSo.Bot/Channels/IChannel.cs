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

    /// <summary>Choices are written as lines also where they are buttons: nobody can say that this person sees the buttons.</summary>
    public bool WritesChoices { get; init; }

    /// <summary>A button may open a link.</summary>
    public bool LinkButtons { get; init; }

    public PictureWay Pictures { get; init; }

    public bool SendsPins { get; init; }
    public bool SendsDocuments { get; init; }
    public bool AsksForPlace { get; init; }
    public bool AsksForContact { get; init; }

    /// <summary>A press gets a short answer of its own. Where it does not, toasts do not reach the channel.</summary>
    public bool ShowsToasts { get; init; }

    /// <summary>A message that is out can be changed.</summary>
    public bool Edits { get; init; }

    /// <summary>How long after their last message a person may be written to; null: always.</summary>
    public TimeSpan? ReplyWindow { get; init; }
}

/// <summary>How a picture gets to a person.</summary>
public enum PictureWay
{
    /// <summary>Not at all: its words stand in.</summary>
    None,

    /// <summary>Its bytes are handed over.</summary>
    Upload,

    /// <summary>The channel's server fetches it from an address of ours that everybody can reach.</summary>
    Address,
}
