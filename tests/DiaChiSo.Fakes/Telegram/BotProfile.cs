namespace DiaChiSo.Fakes.Telegram;

/// <summary>One line of the command menu.</summary>
public sealed record MenuCommand(string Command, string Description);

/// <summary>What the bot has told Telegram about itself.</summary>
public sealed class BotProfile
{
    internal Lock Gate { get; } = new();

    internal Dictionary<(string Scope, string Language), IReadOnlyList<MenuCommand>> CommandSets { get; } = [];

    internal Dictionary<(string Field, string Language), string> WordSets { get; } = [];

    /// <summary>The commands that were set for exactly this scope (<c>default</c>, <c>all_private_chats</c>, <c>chat:700000001</c> …) and language ("" = all).</summary>
    public IReadOnlyList<MenuCommand> Commands(string scope = "default", string language = "")
    {
        lock (Gate) { return CommandSets.GetValueOrDefault((scope, language)) ?? []; }
    }

    /// <summary>Name, description or short_description for a language, or for all when that language has none.</summary>
    public string Words(string field, string language = "")
    {
        lock (Gate) { return WordSets.GetValueOrDefault((field, language)) ?? WordSets.GetValueOrDefault((field, ""), ""); }
    }
}
