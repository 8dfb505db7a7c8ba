namespace DiaChiSo.Fakes.Telegram.People;

/// <summary>What a chat shows of the bot. All lists are copies of this moment.</summary>
public sealed class ChatView
{
    private readonly World world;
    private readonly FakeChat chat;
    private int read;
    private int readToasts;

    internal ChatView(World world, FakeChat chat) => (this.world, this.chat) = (world, chat);

    public long Id => chat.Id;

    /// <summary>Every message of the bot, deleted ones too (<see cref="SeenMessage.Deleted"/>), as it looks now.</summary>
    public IReadOnlyList<SeenMessage> Messages
    {
        get { lock (world.Gate) { return [.. chat.Messages.Where(message => message.Seen is not null).Select(message => message.Seen!)]; } }
    }

    /// <summary>The newest message of the bot that is not deleted.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public SeenMessage Last => Messages.LastOrDefault(message => !message.Deleted)
        ?? throw new InvalidOperationException("The bot has not said anything here.");

    public IReadOnlyList<SeenToast> Toasts
    {
        get { lock (world.Gate) { return [.. chat.Toasts]; } }
    }

    /// <summary>The chat actions ("typing" …) so far.</summary>
    public IReadOnlyList<string> Actions
    {
        get { lock (world.Gate) { return [.. chat.Actions]; } }
    }

    /// <summary>The reply keyboard under the input field now; empty = none.</summary>
    public IReadOnlyList<IReadOnlyList<SeenButton>> Keyboard
    {
        get { lock (world.Gate) { return chat.ReplyKeyboard; } }
    }

    /// <summary>The next message that was not read by this method or <see cref="WaitForMessage"/> yet.</summary>
    /// <exception cref="TimeoutException">None came within the (real) time.</exception>
    public Task<SeenMessage> NextMessage(TimeSpan? within = null) => WaitForMessage(_ => true, within);

    /// <summary>The next unread message for which <paramref name="matches"/> is true; those before it count as read.</summary>
    /// <exception cref="TimeoutException">None came within the (real) time.</exception>
    public Task<SeenMessage> WaitForMessage(Func<SeenMessage, bool> matches, TimeSpan? within = null) => world.WaitUntil(() =>
    {
        var all = Messages;
        for (var i = read; i < all.Count; i++)
        {
            if (matches(all[i]))
            {
                read = i + 1;
                return all[i];
            }
        }

        return null;
    }, "a message", within);

    /// <summary>Waits until a message that was seen before looks as wanted (after an edit).</summary>
    /// <exception cref="TimeoutException">It did not within the (real) time.</exception>
    public Task<SeenMessage> WaitForChange(SeenMessage message, Func<SeenMessage, bool> matches, TimeSpan? within = null) =>
        world.WaitUntil(() => Messages.FirstOrDefault(each => each.Id == message.Id && matches(each)), "an edit", within);

    /// <summary>The next toast that was not read by this method yet.</summary>
    /// <exception cref="TimeoutException">None came within the (real) time.</exception>
    public Task<SeenToast> NextToast(TimeSpan? within = null) => world.WaitUntil(() =>
    {
        var all = Toasts;
        return readToasts < all.Count ? all[readToasts++] : null;
    }, "a toast", within);
}
