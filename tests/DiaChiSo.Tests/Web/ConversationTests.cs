using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DiaChiSo.Tests.Web;

public sealed class ConversationTests(WebSite site) : IClassFixture<WebSite>
{
    [Fact]
    public async Task A_conversation_begins_with_a_greeting_and_is_found_again()
    {
        var talk = await (await site.Start()).Greeted();
        var again = await site.Send(HttpMethod.Post, "/v3/directline/conversations", talk.Ticket.Token, new { });
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(talk.Ticket.ConversationId, (await again.Content.ReadFromJsonAsync<Ticket>())!.ConversationId);
        Assert.Single((await talk.Read()).Activities);
    }

    [Fact]
    public async Task The_language_is_the_clients()
    {
        Assert.Equal("en", (await (await site.Start("en-US")).Answer("0")).Locale);
        Assert.Equal("vi", (await (await site.Start("vi-VN")).Answer("0")).Locale);
        Assert.Equal("vi", (await (await site.Start()).Answer("0")).Locale);
    }

    [Fact]
    public async Task What_the_person_said_comes_back_with_its_clients_id_before_the_answer()
    {
        var talk = await (await site.Start()).Greeted();
        var id = await talk.Say("32606 12345", "abc-1");
        await talk.Answer(Talk.Number(id));
        var set = await talk.Read();
        var (own, answer) = (set.Activities[1], set.Activities[2]);
        Assert.Equal((id, "user", "32606 12345"), (own.Id, own.From!.Role, own.Text));
        Assert.Equal("abc-1", own.ChannelData!.Value.GetProperty("clientActivityID").GetString());
        Assert.Equal(("bot", id), (answer.From!.Role, answer.ReplyToId));
        Assert.Equal(talk.Ticket.ConversationId, answer.Conversation!.Id);
        Assert.Equal("3", set.Watermark);
    }

    [Fact]
    public async Task The_same_activity_three_times_is_one()
    {
        var talk = await (await site.Start()).Greeted();
        var ids = new[] { await talk.Say("Mường Báng", "same"), await talk.Say("Mường Báng", "same"), await talk.Say("Mường Báng", "same") };
        Assert.Single(ids.Distinct());
        await talk.Answer(Talk.Number(ids[0]));
        await talk.Ask("/menu");
        Assert.Single((await talk.Read()).Activities, activity => activity.Text == "Mường Báng");

        // Another person's client may use the same name.
        var other = await (await site.Start()).Greeted();
        Assert.NotEqual(ids[0], await other.Say("Mường Báng", "same"));
    }

    [Fact]
    public async Task A_watermark_gives_only_what_came_after_it()
    {
        var talk = await (await site.Start()).Greeted();
        var first = await talk.Read();
        Assert.Empty((await talk.Read(long.Parse(first.Watermark))).Activities);
        await talk.Ask("/trogiup");
        var second = await talk.Read(long.Parse(first.Watermark));
        Assert.Equal(["user", "bot"], second.Activities.Select(activity => activity.From!.Role));
        var wrong = await site.Send(HttpMethod.Get, talk.Path + "/activities?watermark=abc", talk.Ticket.Token, null);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Theory]
    [InlineData("""{"type":"message"}""", "MissingProperty")]
    [InlineData("""{"text":"1"}""", "MissingProperty")]
    [InlineData("""{"type":"message","text":""", "BadSyntax")]
    [InlineData("""[]""", "BadSyntax")]
    [InlineData("""{"type":"message","text":"\ud800"}""", "BadSyntax")]
    [InlineData("""{"type":"message","value":{"choice":"\ud800"}}""", "BadSyntax")]
    [InlineData("""{"type":"message","entities":[{"type":"Place","geo":{"latitude":91,"longitude":0}}]}""", "BadArgument")]
    [InlineData("""{"type":"message","entities":[{"type":"Place","geo":{"latitude":"x","longitude":0}}]}""", "BadArgument")]
    public async Task A_malformed_activity_is_refused_with_its_reason(string body, string code)
    {
        var talk = await (await site.Start()).Greeted();
        var response = await talk.Post(new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(code, await WebSite.ErrorCode(response));
        Assert.Single((await talk.Read()).Activities);
    }

    [Fact]
    public async Task A_body_that_is_too_big_is_refused()
    {
        var talk = await site.Start();
        var response = await talk.Post(new { type = "message", text = new string('x', 70_000) });
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Theory]
    [InlineData("""{"type":"typing"}""")]
    [InlineData("""{"type":"event","name":"webchat/join"}""")]
    [InlineData("""{"type":"messageReaction"}""")]
    public async Task What_needs_no_answer_is_taken_and_kept_nowhere(string body)
    {
        var talk = await (await site.Start()).Greeted();
        Assert.Equal(HttpStatusCode.OK, (await talk.Post(new StringContent(body, Encoding.UTF8, "application/json"))).StatusCode);
        Assert.Single((await talk.Read()).Activities);
    }

    [Theory]
    [InlineData("image/png")]
    [InlineData("audio/ogg")]
    [InlineData("video/mp4")]
    [InlineData("application/pdf")]
    public async Task Every_kind_of_attachment_has_an_answer_and_nothing_is_fetched(string contentType)
    {
        var talk = await (await site.Start()).Greeted();
        var response = await talk.Post(new { type = "message", attachments = new[] { new { contentType, contentUrl = "http://127.0.0.1:1/secret", name = "x" } } });
        var answer = await talk.Answer(Talk.Number((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!));
        Assert.NotEmpty(answer.Text!);
        Assert.DoesNotContain((await talk.Read()).Activities, activity => activity.Attachments?.Any(one => one.ContentUrl?.Contains("secret") == true) == true);
    }

    [Fact]
    public async Task A_citizen_id_is_not_repeated_even_to_the_one_who_typed_it()
    {
        var talk = await (await site.Start()).Greeted();
        await talk.Ask("CCCD của em là 011203004567");
        Assert.DoesNotContain("011203004567", JsonSerializer.Serialize(await talk.Read()));
    }

    [Fact]
    public async Task What_is_kept_is_sealed()
    {
        var talk = await (await site.Start()).Greeted();
        await talk.Ask("Bản Tà Là Cáo");
        await using var scope = site.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        var kept = await db.Database.SqlQuery<byte[]>($"SELECT Body AS Value FROM WebActivities WHERE ChatKey = {talk.Ticket.ConversationId}").ToListAsync(TestContext.Current.CancellationToken);
        Assert.True(kept.Count >= 3);
        Assert.All(kept, body => Assert.DoesNotContain("Cáo", Encoding.UTF8.GetString(body)));
    }

    [Fact]
    public async Task Who_writes_too_fast_waits()
    {
        await using var slow = await WebSite.With("--Web:MessagesPerMinute=2");
        var talk = await (await slow.Start()).Greeted();
        await talk.Say("1");
        await talk.Say("2");
        var refused = await talk.Post(new { type = "message", text = "3" });
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
    }
}
