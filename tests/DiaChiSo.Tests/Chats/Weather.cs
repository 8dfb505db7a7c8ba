namespace DiaChiSo.Tests.Chats;

/// <summary>Under what a chat is replayed. It must read the same, letter for letter, under every one (design.md §4).</summary>
public sealed record Weather(string Name)
{
    public int Times { get; init; } = 1;
    public bool Restarts { get; init; }
    public bool RepeatsEarlier { get; init; }
    public bool PressesOldButtons { get; init; }

    /// <summary>The power goes at this commit of every turn; 0: never.</summary>
    public int CrashesAt { get; init; }
    public bool CrashesAfter { get; init; }

    public bool IgnoresStaleLine => PressesOldButtons;

    public static readonly Weather Calm = new("calm");
    public static readonly Weather Restart = new("a restart after every turn") { Restarts = true };
    public static readonly Weather ThreeTimes = new("every message three times") { Times = 3 };
    public static readonly Weather EarlierAgain = new("all earlier messages come back") { RepeatsEarlier = true };
    public static readonly Weather OldButtons = new("old and forged buttons after each step") { PressesOldButtons = true };

    public static Weather Crash(int commit, bool after) => new($"the power goes {(after ? "after" : "before")} commit {commit} of every turn") { CrashesAt = commit, CrashesAfter = after };

    /// <summary>One turn in this weather.</summary>
    public async Task Around(Stage stage, Func<Task> turn)
    {
        if (CrashesAt > 0)
        {
            stage.Crash.Arm(CrashesAt, CrashesAfter);
        }
        await turn();
        stage.Crash.Disarm();
    }
}
