using System.Collections.Concurrent;
using DiaChiSo.Tests.Chats;
using Xunit;

namespace DiaChiSo.Tests.Parity;

/// <summary>
/// Every golden chat on every channel, through the channel's fake over HTTP: after every line the conversation stands where the chat's file
/// says, nothing doubles, and in the end the register, the requests, the records and the rights are the same.
/// </summary>
public abstract class ParityOfChannels(ParityTable table)
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Calm = new();

    public static TheoryData<string> Chats => [.. ChatFiles.Paths.Select(path => Path.GetRelativePath(ChatFiles.Root, path))];

    /// <summary>As it stands in the table.</summary>
    protected abstract string Name { get; }

    private protected abstract Rig NewRig(int times);

    [Theory, MemberData(nameof(Chats))]
    public Task It_goes_on_and_ends_as_it_was_written_down(string path) => Plays(path, times: 1);

    [Theory, MemberData(nameof(Chats))]
    public Task It_does_so_when_everything_comes_three_times(string path) => Plays(path, times: 3);

    private async Task Plays(string path, int times)
    {
        var chat = ChatFile.Read(Path.Combine(ChatFiles.Root, path));
        await using var stage = await ChannelStage.Open(NewRig(times));
        var states = await new ChannelReplay(stage).Play(chat);
        if (states is null)
        {
            // A limit of the channel: named, and in the table.
            Assert.NotEmpty(stage.Rig.Lacks);
            table.Note(Name, chat, times, string.Join(", ", stage.Rig.Lacks));
            return;
        }
        Assert.Equal(ChannelReplay.StatesOf(chat), states);
        Assert.Equal(await Calm.GetOrAdd(path, _ => new Lazy<Task<string>>(() => DigestOf(chat))).Value, await stage.Ask(Digest.In));
        table.Note(Name, chat, times, null);
    }

    private static async Task<string> DigestOf(ChatFile chat)
    {
        await using var stage = await Stage.Open();
        await new Replay(stage, Weather.Calm).Play(chat);
        return await stage.Ask(Digest.In);
    }
}

public sealed class ParityOnTelegram(ParityTable table) : ParityOfChannels(table)
{
    protected override string Name => "Telegram";

    private protected override Rig NewRig(int times) => new TelegramRig { Times = times };
}

public sealed class ParityOnTheWeb(ParityTable table) : ParityOfChannels(table)
{
    protected override string Name => "web page";

    private protected override Rig NewRig(int times) => new WebRig { Times = times };
}

public sealed class ParityOnTheBotFramework(ParityTable table) : ParityOfChannels(table)
{
    protected override string Name => "Bot Framework";

    private protected override Rig NewRig(int times) => new BotFrameworkRig { Times = times };
}
