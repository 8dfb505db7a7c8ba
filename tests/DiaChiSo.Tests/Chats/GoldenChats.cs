using Xunit;

namespace DiaChiSo.Tests.Chats;

/// <summary>Every chat beside the dialogs reads as it was written down, in every weather. GOLDEN=write writes down what is said now; read it before you commit it.</summary>
public sealed class GoldenChats
{
    public static TheoryData<string> All => [.. ChatFiles.Paths.Select(path => Path.GetRelativePath(ChatFiles.Root, path))];

    [Theory, MemberData(nameof(All))]
    public async Task It_reads_as_it_was_written_down(string path)
    {
        var chat = ChatFile.Read(Path.Combine(ChatFiles.Root, path));
        var said = await In(Weather.Calm, chat);
        if (Environment.GetEnvironmentVariable("GOLDEN") == "write")
        {
            await File.WriteAllTextAsync(chat.Path, said, TestContext.Current.CancellationToken);
        }
        else
        {
            Assert.Equal(chat.Text, said);
        }
    }

    [Theory, MemberData(nameof(All))]
    public Task It_reads_the_same_with_a_restart_after_every_turn(string path) => SameIn(Weather.Restart, path);

    [Theory, MemberData(nameof(All))]
    public Task It_reads_the_same_when_every_message_comes_three_times(string path) => SameIn(Weather.ThreeTimes, path);

    [Theory, MemberData(nameof(All))]
    public Task It_reads_the_same_when_all_earlier_messages_come_back(string path) => SameIn(Weather.EarlierAgain, path);

    [Theory, MemberData(nameof(All))]
    public Task It_reads_the_same_when_old_and_forged_buttons_are_pressed(string path) => SameIn(Weather.OldButtons, path);

    [Theory, MemberData(nameof(All))]
    public async Task It_reads_the_same_when_the_power_goes_at_any_commit(string path)
    {
        var chat = ChatFile.Read(Path.Combine(ChatFiles.Root, path));
        var calm = await In(Weather.Calm, chat);
        foreach (var after in (bool[])[false, true])
        {
            // One replay for each k, until a replay in which no turn had so many commits.
            for (var commit = 1; ; commit++)
            {
                var weather = Weather.Crash(commit, after);
                await using var stage = await Stage.Open();
                var said = await new Replay(stage, weather).Play(chat);
                Assert.Equal(calm, said);
                if (!stage.HasLostPower)
                {
                    Assert.True(commit > 2, "no turn had even two commits: the crashes were never tried");
                    break;
                }
            }
        }
    }

    private static async Task SameIn(Weather weather, string path)
    {
        var chat = ChatFile.Read(Path.Combine(ChatFiles.Root, path));
        Assert.Equal(await In(Weather.Calm, chat), await In(weather, chat));
    }

    private static async Task<string> In(Weather weather, ChatFile chat)
    {
        await using var stage = await Stage.Open();
        return await new Replay(stage, weather).Play(chat);
    }
}
