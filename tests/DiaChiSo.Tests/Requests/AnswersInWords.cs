using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Engine;
using Xunit;

namespace DiaChiSo.Tests.Requests;

/// <summary>Every answer to a request is told in the chat and by e-mail, in both languages, with its reason where it has one.</summary>
public sealed class AnswersInWords
{
    private static readonly Dictionary<string, string[]> HolesOf = new()
    {
        ["code-issued"] = ["number", "code"],
        ["waiting-for-code"] = ["number"],
        ["changed"] = ["number", "code"],
        ["changed-in-part"] = ["number", "code", "taken", "kept", "reason"],
        ["rejected"] = ["number", "reason"],
        ["more-wanted"] = ["number", "reason"],
        ["duplicate"] = ["number", "original"],
        ["taken-back"] = ["number"],
    };

    public static TheoryData<string, string> Verdicts
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var verdict in HolesOf.Keys)
            {
                foreach (var language in Texts.Languages)
                {
                    all.Add(verdict, language);
                }
            }
            return all;
        }
    }

    [Theory, MemberData(nameof(Verdicts))]
    public void It_is_told_in_the_chat_with_a_door_and_by_email_with_a_subject(string verdict, string language)
    {
        var holes = HolesOf[verdict].ToDictionary(hole => hole, hole => $"«{hole}»");
        var notice = Pages.Make(AllDialogs.Texts.Section("Track", language, $"notice-{verdict}").Lines, holes);
        var mail = Pages.Make(AllDialogs.Texts.Section("Track", language, $"mail-{verdict}").Lines, holes);
        Assert.Equal("open", Assert.Single(notice.Choices).Target);
        var (chat, letter) = (string.Join('\n', notice.Blocks.Select(block => block.PlainText())), string.Join('\n', mail.Blocks.Select(block => block.PlainText())));
        Assert.All(holes.Values, value => Assert.Contains(value, chat, StringComparison.Ordinal));
        Assert.All(holes.Values, value => Assert.Contains(value, letter, StringComparison.Ordinal));
        Assert.Contains("\n\n", letter, StringComparison.Ordinal);
        Assert.Contains("«number»", letter.Split('\n')[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_status_is_said_in_words_of_its_own()
    {
        foreach (var language in Texts.Languages)
        {
            Assert.Equal(Enum.GetValues<RequestStatus>().Length, Enum.GetValues<RequestStatus>().Select(status => status.In(language)).Distinct().Count());
        }
    }

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public void Reasons_to_pick_are_whole_sentences(string language) =>
        Assert.All(
            [.. CommonReasons.ForRejecting(language), .. CommonReasons.ForMore(language), .. CommonReasons.ForKeeping(language)],
            reason => Assert.True(reason.EndsWith('.') && char.IsUpper(reason[0]) && reason.Length is > 20 and < 100, reason));
}
