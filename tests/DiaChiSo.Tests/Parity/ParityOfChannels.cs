using System.Collections.Concurrent;
using DiaChiSo.Tests.Chats;
using Xunit;

namespace DiaChiSo.Tests.Parity;

/// <summary>
/// Every golden chat on every channel, through the channel's fake over HTTP: after every line the conversation stands where the chat's file
/// says, nothing doubles, and in the end the register, the requests, the records and the rights are the same.
/// </summary>
public abstract class ParityOfChannels(ParityTable table, string name)
{
    public static TheoryData<string> Chats => [.. ChatFiles.Paths.Select(path => Path.GetRelativePath(ChatFiles.Root, path))];

    [Theory, MemberData(nameof(Chats))]
    public Task It_goes_on_and_ends_as_it_was_written_down(string path) => ParityOfAChat.Holds(table, name, path, times: 1);
}

public sealed class ParityOnTelegram(ParityTable table) : ParityOfChannels(table, "Telegram");

public sealed class ParityOnTheWeb(ParityTable table) : ParityOfChannels(table, "web page");

public sealed class ParityOnTheBotFramework(ParityTable table) : ParityOfChannels(table, "Bot Framework");

public sealed class ParityOnTheZaloBot(ParityTable table) : ParityOfChannels(table, "Zalo bot");

public sealed class ParityOnTheZaloOfficialAccount(ParityTable table) : ParityOfChannels(table, "Zalo OA");

/// <summary>
/// The same when every message comes three times: each chat on one of the channels, its neighbour on the next, so that a run stays short; with
/// PARITY=whole each chat on each channel.
/// </summary>
public sealed class ParityWhenEverythingComesThreeTimes(ParityTable table)
{
    public static TheoryData<string, string> Rows
    {
        get
        {
            var isWhole = Environment.GetEnvironmentVariable("PARITY") == "whole";
            var channels = ParityOfAChat.Channels;
            var rows = new TheoryData<string, string>();
            foreach (var (path, at) in ChatFiles.Paths.Order(StringComparer.Ordinal).Select((path, at) => (Path.GetRelativePath(ChatFiles.Root, path), at)))
            {
                foreach (var channel in channels.Where((_, which) => isWhole || which == at % channels.Count))
                {
                    rows.Add(channel, path);
                }
            }
            return rows;
        }
    }

    [Theory, MemberData(nameof(Rows))]
    public Task It_goes_on_and_ends_as_it_was_written_down(string channel, string path) => ParityOfAChat.Holds(table, channel, path, times: 3);
}

internal static class ParityOfAChat
{
    private static readonly Dictionary<string, Func<int, Rig>> Rigs = new()
    {
        ["Telegram"] = times => new TelegramRig { Times = times },
        ["web page"] = times => new WebRig { Times = times },
        ["Bot Framework"] = times => new BotFrameworkRig { Times = times },
        ["Zalo bot"] = times => new ZaloBotRig { Times = times },
        ["Zalo OA"] = times => new ZaloOaRig { Times = times },
    };

    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Calm = new();

    /// <summary>As they stand in the table.</summary>
    public static IReadOnlyList<string> Channels { get; } = [.. Rigs.Keys.Order(StringComparer.Ordinal)];

    public static async Task Holds(ParityTable table, string channel, string path, int times)
    {
        var chat = ChatFile.Read(Path.Combine(ChatFiles.Root, path));
        await using var stage = await ChannelStage.Open(Rigs[channel](times));
        var states = await new ChannelReplay(stage).Play(chat);
        if (states is null)
        {
            // A limit of the channel: named, and in the table.
            Assert.NotEmpty(stage.Rig.Lacks);
            table.Note(channel, chat, times, string.Join(", ", stage.Rig.Lacks));
            return;
        }
        Assert.Equal(ChannelReplay.StatesOf(chat), states);
        Assert.Equal(await Calm.GetOrAdd(path, _ => new Lazy<Task<string>>(() => DigestOf(chat))).Value, await stage.Ask(Digest.In));
        table.Note(channel, chat, times, null);
    }

    private static async Task<string> DigestOf(ChatFile chat)
    {
        await using var stage = await Stage.Open();
        await new Replay(stage, Weather.Calm).Play(chat);
        return await stage.Ask(Digest.In);
    }
}
