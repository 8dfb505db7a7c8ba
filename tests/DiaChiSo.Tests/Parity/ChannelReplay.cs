using System.Globalization;
using System.Text.RegularExpressions;
using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Chats;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Tests.Parity;

/// <summary>
/// Plays a chat's lines through a channel and writes down, turn by turn, where the conversation stands and what must not double: the lines
/// that begin with = in the chat's file. What is said there is the channel's, so only how it goes on is compared.
/// </summary>
internal sealed partial class ChannelReplay(ChannelStage stage)
{
    private const int LongestTyped = 4_000;

    private readonly Canaries canaries = new();
    private readonly Dictionary<string, long> firstOf = [];
    private readonly HashSet<string> people = [];
    private string who = "citizen";

    /// <summary>The state lines, or null from the first line on which this channel has no way to say.</summary>
    public async Task<IReadOnlyList<string>?> Play(ChatFile chat)
    {
        var states = new List<string>();
        foreach (var line in chat.Lines)
        {
            switch (line)
            {
                case ChatLine.Given given:
                    canaries.Heard((await stage.ConversationOf(who)).PersonId, new Said(given.What));
                    await Givens.Arrange(stage, who, given.What);
                    break;
                case ChatLine.As other:
                    who = other.Who.Split(' ')[0];
                    await stage.ConversationOf(who);
                    break;
                case ChatLine.Pass pass:
                    stage.Time.Advance(pass.Time);
                    await stage.Settle();
                    break;
                case ChatLine.Says says:
                    people.Add(who);
                    firstOf.TryAdd(who, (await stage.ConversationOf(who)).PersonId);
                    if (!await Say(says.What))
                    {
                        return null;
                    }
                    await stage.Settle();
                    var counts = await stage.Ask(db => ChatCounts.In(db, default));
                    states.Add($"= {ChatScript.StateOf(await stage.ConversationOf(who))}, {counts}");
                    break;
            }
        }
        foreach (var person in people)
        {
            // Who has their data deleted begins as a stranger: what stands on the screen was shown to who they were.
            var was = firstOf[person];
            var id = await stage.Ask(db => db.People.AnyAsync(row => row.Id == was && row.ErasedAt != null)) ? was : (await stage.ConversationOf(person)).PersonId;
            stage.Rig.ScreenOf(person).ToList().ForEach(shown => canaries.Showed(id, null, shown));
        }
        Assert.Empty(await canaries.Leaks(stage));
        return states;
    }

    /// <summary>The lines of the file that begin with =.</summary>
    public static IReadOnlyList<string> StatesOf(ChatFile chat) => [.. chat.Text.Split('\n').Where(line => line.StartsWith("= ", StringComparison.Ordinal))];

    private async Task<bool> Say(string what)
    {
        if (ButtonForm().Match(what) is { Success: true } press)
        {
            return await stage.Rig.Choose(who, press.Groups[2].Value, isOld: press.Groups[1].Success);
        }
        if (what.StartsWith("$code", StringComparison.Ordinal))
        {
            var mail = await stage.Ask(db => db.Mails.OrderByDescending(row => row.Id).FirstAsync());
            what = SixDigits().Match(mail.Body).Value;
        }
        if (what.StartsWith("$person ", StringComparison.Ordinal))
        {
            what = await Givens.CodeOf(stage, what["$person ".Length..]);
        }
        // No client of a channel lets anybody send more at once; it is too long all the same.
        var words = LongForm().Replace(what, match => new string('a', Math.Min(LongestTyped, int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))));
        var said = ChatScript.Read(words, []) ?? throw new InvalidOperationException($"there is no such thing: «{what}»");
        canaries.Heard((await stage.ConversationOf(who)).PersonId, said);
        return await stage.Rig.Hand(who, said);
    }

    [GeneratedRegex(@"^(old )?\[(.+)\]$")]
    private static partial Regex ButtonForm();

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex SixDigits();

    [GeneratedRegex(@"\{long (\d+)\}")]
    private static partial Regex LongForm();
}
