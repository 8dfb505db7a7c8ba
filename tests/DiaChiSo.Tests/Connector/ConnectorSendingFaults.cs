using System.Net;
using DiaChiSo.Core.Turns;
using DiaChiSo.Fakes.BotFramework;
using DiaChiSo.Tests.Channels;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Tests.Connector;

/// <summary>What the framework's servers refuse, and to whom the bot shows its token.</summary>
public sealed class ConnectorSendingFaults
{
    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(500)]
    [InlineData(-1)]
    public async Task What_passes_is_sent_again(int status)
    {
        await using var site = await ConnectorSite.With();
        var an = site.Framework.Someone("An");
        site.Framework.Next(new ScriptedAnswer(status, RetryAfter: status is 429 or 503 ? 1 : null));
        await an.Say("/menu");
        await BotUnderTest.Until(() => Task.FromResult(an.Chat.Messages.Count == 1));
        Assert.Empty(site.Framework.Refusals);
    }

    [Fact]
    public async Task A_token_that_is_refused_is_renewed_once()
    {
        await using var site = await ConnectorSite.With();
        var an = site.Framework.Someone("An");
        await site.Do(an, "/menu", "/trogiup");
        Assert.Equal(1, site.Framework.TokensGiven);
        site.Framework.ForgetTokens();
        await site.Do(an, "/menu");
        Assert.Equal(2, site.Framework.TokensGiven);
    }

    [Fact]
    public async Task A_token_is_used_until_shortly_before_its_end()
    {
        await using var site = await ConnectorSite.With();
        var an = site.Framework.Someone("An");
        await site.Do(an, "/menu");
        site.Site.Time.Ahead = TimeSpan.FromMinutes(54);
        await site.Do(an, "/trogiup");
        Assert.Equal(1, site.Framework.TokensGiven);
        site.Site.Time.Ahead = TimeSpan.FromMinutes(56);
        await an.Post(an.Activity("message", ("text", "/menu")), site.Framework.Keys[0].Token(Later(an)));
        await BotUnderTest.Until(() => Task.FromResult(an.Chat.Messages.Count == 3));
        Assert.Equal(2, site.Framework.TokensGiven);

        System.Text.Json.Nodes.JsonObject Later(BotFrameworkPerson person)
        {
            var claims = person.Claims();
            claims["exp"] = DateTimeOffset.UtcNow.AddHours(3).ToUnixTimeSeconds();
            return claims;
        }
    }

    [Fact]
    public async Task What_is_replied_to_may_be_gone_and_the_answer_still_comes()
    {
        await using var site = await ConnectorSite.With();
        var an = site.Framework.Someone("An");
        site.Framework.Next(new ScriptedAnswer(404));
        await an.Say("/menu");
        await BotUnderTest.Until(() => Task.FromResult(an.Chat.Messages.Count == 1));
        Assert.Null(an.Chat.Messages[0]["replyToId"]);
        Assert.Empty(site.Framework.Refusals);
    }

    [Fact]
    public async Task A_conversation_that_is_gone_gets_nothing_until_its_person_writes_again()
    {
        await using var site = await ConnectorSite.With();
        var an = site.Framework.Someone("An");
        an.Chat.IsOpen = false;
        await an.Say("/menu");
        await BotUnderTest.Until(() => site.Ask(db => db.Conversations.AnyAsync(row => row.IsGone)));
        an.Chat.IsOpen = true;
        await site.Do(an, "/menu");
        Assert.False(await site.Ask(db => db.Conversations.AnyAsync(row => row.IsGone)));
    }

    [Fact]
    public async Task A_card_that_a_channel_does_not_take_goes_as_words_with_its_choices()
    {
        await using var site = await ConnectorSite.With();
        var an = site.Framework.Someone("An");
        site.Framework.Next(new ScriptedAnswer(400));
        await an.Say("/xacnhan");
        await site.UntilQuiet();
        var words = an.Chat.Messages[0];
        Assert.Null(words["suggestedActions"]);
        Assert.Null(words["attachments"]);
        Assert.Contains("\n", words["text"]!.GetValue<string>());
        Assert.False(await site.Ask(db => db.Outbox.AnyAsync(row => row.Status == RowStatus.Parked)));
    }

    [Fact]
    public async Task The_bots_token_goes_only_to_who_was_vouched_for()
    {
        await using var site = await ConnectorSite.With("--BotFramework:AllowAnonymous=true");
        var an = site.Framework.Someone("An");
        an.Chat.WantsToken = false;
        Assert.Equal(HttpStatusCode.OK, (await an.Post(an.Activity("message", ("text", "/menu")), null)).StatusCode);
        await BotUnderTest.Until(() => Task.FromResult(an.Chat.Messages.Count == 1));
        Assert.DoesNotContain(site.Framework.Requests, request => request.HasToken);
        Assert.Equal(0, site.Framework.TokensGiven);

        // The same words with a token are another chat: nobody walks into a talk by calling themselves the same.
        await an.Say("/trogiup");
        await BotUnderTest.Until(() => Task.FromResult(an.Chat.Messages.Count == 2));
        Assert.Equal(2, await site.Ask(db => db.Conversations.CountAsync()));
        Assert.Contains(site.Framework.Requests, request => request.HasToken);
    }
}
