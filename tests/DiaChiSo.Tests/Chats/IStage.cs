using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.Extensions.Time.Testing;

namespace DiaChiSo.Tests.Chats;

/// <summary>Where a chat can be played: the bare engine (<see cref="Stage"/>), or the whole program behind a channel.</summary>
public interface IStage
{
    FakeTimeProvider Time { get; }

    IServiceProvider Services { get; }

    string NewKey();

    /// <summary>The person of this name, known to the bot from now on if not before.</summary>
    Task<Conversation> ConversationOf(string who);

    Task<T> Ask<T>(Func<BotDb, Task<T>> question);

    /// <summary>What the operator does before or between the turns.</summary>
    Task Arrange(Func<IServiceProvider, BotDb, Task> work);

    /// <summary>Puts something into the inbox, past any channel, and does what follows.</summary>
    Task Deliver(string who, string key, Incoming incoming);

    /// <summary>Turns, timers and sendings until nothing is due.</summary>
    Task Settle();
}
