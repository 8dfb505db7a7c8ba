using Xunit;

namespace DiaChiSo.Tests.Chats;

/// <summary>Every chat beside the dialogs reads as it was written down. GOLDEN=write writes down what is said now; read it before you commit it.</summary>
public sealed class GoldenChats
{
    public static TheoryData<string> All => [.. ChatFiles.Paths.Select(path => Path.GetRelativePath(ChatFiles.Root, path))];

    [Theory, MemberData(nameof(All))]
    public async Task It_reads_as_it_was_written_down(string path)
    {
        var chat = ChatFile.Read(Path.Combine(ChatFiles.Root, path));
        await using var stage = await Stage.Open();
        var said = await new Replay(stage, Weather.Calm).Play(chat);
        if (Environment.GetEnvironmentVariable("GOLDEN") == "write")
        {
            await File.WriteAllTextAsync(chat.Path, said, TestContext.Current.CancellationToken);
        }
        else
        {
            Assert.Equal(chat.Text, said);
        }
    }
}

/// <summary>
/// The same chats under every weather (design.md §4). Each weather is a class of its own, so that they run beside each other, and each is held
/// against the file: what is calm is read once.
/// </summary>
public abstract class ChatsUnder(Weather weather)
{
    public static TheoryData<string> All => GoldenChats.All;

    [Theory, MemberData(nameof(All))]
    public async Task It_reads_the_same(string path)
    {
        var chat = ChatFile.Read(Path.Combine(ChatFiles.Root, path));
        await using var stage = await Stage.Open();
        Assert.Equal(chat.Text, await new Replay(stage, weather).Play(chat));
    }
}

public sealed class ChatsUnderRestartsAfterEveryTurn() : ChatsUnder(Weather.Restart);

public sealed class ChatsWhereEveryMessageComesThreeTimes() : ChatsUnder(Weather.ThreeTimes);

public sealed class ChatsWhereAllEarlierMessagesComeBack() : ChatsUnder(Weather.EarlierAgain);

public sealed class ChatsWhereOldAndForgedButtonsArePressed() : ChatsUnder(Weather.OldButtons);

/// <summary>The power goes at the k-th commit of every turn, one replay for each k, until a replay in which no turn had so many commits.</summary>
public abstract class ChatsUnderPowerCuts(bool after)
{
    public static TheoryData<string> All => GoldenChats.All;

    [Theory, MemberData(nameof(All))]
    public async Task It_reads_the_same(string path)
    {
        var chat = ChatFile.Read(Path.Combine(ChatFiles.Root, path));
        for (var commit = 1; ; commit++)
        {
            await using var stage = await Stage.Open();
            Assert.Equal(chat.Text, await new Replay(stage, Weather.Crash(commit, after)).Play(chat));
            if (!stage.HasLostPower)
            {
                Assert.True(commit > 2, "no turn had even two commits: the crashes were never tried");
                break;
            }
        }
    }
}

public sealed class ChatsWherePowerGoesBeforeACommit() : ChatsUnderPowerCuts(after: false);

public sealed class ChatsWherePowerGoesAfterACommit() : ChatsUnderPowerCuts(after: true);
