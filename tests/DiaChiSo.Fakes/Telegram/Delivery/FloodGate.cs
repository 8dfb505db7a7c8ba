namespace DiaChiSo.Fakes.Telegram.Delivery;

/// <summary>Sliding windows of sent messages.</summary>
internal sealed class FloodGate(TimeProvider clock, FloodLimits limits)
{
    private readonly Dictionary<long, Queue<DateTimeOffset>> chats = [];
    private readonly Dictionary<long, Queue<DateTimeOffset>> groups = [];
    private readonly Queue<DateTimeOffset> everywhere = [];

    public FloodLimits Limits { get; set; } = limits;

    /// <summary>Counts one message, or says after how many seconds it may be tried again. A refused message does not count.</summary>
    public int? Refuse(FakeChat chat)
    {
        var now = clock.GetUtcNow();
        var perChat = Window(chats, chat.Id);
        var wait = Wait(perChat, Limits.PerChatPerSecond, TimeSpan.FromSeconds(1), now)
            ?? (chat.IsPrivate ? null : Wait(Window(groups, chat.Id), Limits.PerGroupPerMinute, TimeSpan.FromMinutes(1), now))
            ?? Wait(everywhere, Limits.OverallPerSecond, TimeSpan.FromSeconds(1), now);
        if (wait is { } time)
        {
            return Math.Max(1, (int)Math.Ceiling(time.TotalSeconds));
        }

        perChat.Enqueue(now);
        everywhere.Enqueue(now);
        if (!chat.IsPrivate)
        {
            Window(groups, chat.Id).Enqueue(now);
        }

        return null;
    }

    private static Queue<DateTimeOffset> Window(Dictionary<long, Queue<DateTimeOffset>> windows, long chatId)
    {
        if (!windows.TryGetValue(chatId, out var window))
        {
            windows[chatId] = window = [];
        }

        return window;
    }

    private static TimeSpan? Wait(Queue<DateTimeOffset> window, int allowed, TimeSpan length, DateTimeOffset now)
    {
        while (window.TryPeek(out var oldest) && oldest + length <= now)
        {
            window.Dequeue();
        }

        return window.Count < allowed ? null : window.Peek() + length - now;
    }
}
