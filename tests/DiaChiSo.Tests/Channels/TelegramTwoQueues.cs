using System.Text;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Tests.Channels;

/// <summary>
/// Telegram keeps two queues, messages by chat and presses by person, and brings them over several connections: a press and a message of one
/// person come at the same moment or the wrong way round. Each is taken once.
/// </summary>
public sealed class TelegramTwoQueues
{
    [Fact]
    public async Task Presses_and_messages_of_one_moment_are_all_taken_once()
    {
        const int People = 4, Rounds = 5;
        await using var bot = await BotUnderTest.Start(webhook: true);
        var people = Enumerable.Range(0, People).Select(number => bot.Telegram.Someone($"Người {number}")).ToList();
        people.ForEach(person => person.Start());
        foreach (var person in people)
        {
            await person.Chat.WaitForMessage(message => message.Labels.Count > 0);
        }
        await bot.UntilQuiet();

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var person in people)
            {
                var shown = person.Chat.Messages.Last(message => message.Labels.Count > 0);
                person.PressOn(shown, shown.Labels[0]);
                person.Say("/menu");
            }
        }
        await bot.UntilQuiet();

        var rows = await bot.Ask(db => db.Inbox.Where(row => row.Channel == "telegram").Select(row => new { row.IncomingKey, row.Status }).ToListAsync());
        Assert.Equal(People * (1 + 2 * Rounds), rows.Count);
        Assert.All(rows, row => Assert.Equal(RowStatus.Done, row.Status));
        Assert.Equal(rows.Count, rows.Select(row => row.IncomingKey).Distinct().Count());
        // Every press is answered once, with a toast or an empty one; a second answer would have been refused.
        Assert.All(people, person => Assert.Equal(Rounds, person.Chat.Toasts.Count));
        Assert.Empty(bot.Telegram.Refusals);
        // Whatever order it was: the last thing everybody sees is a page that can be answered.
        Assert.All(people, person => Assert.NotEmpty(person.Chat.Last.Labels.Concat(person.Chat.Keyboard.SelectMany(row => row).Select(key => key.Label))));
    }

    [Fact]
    public async Task What_comes_the_wrong_way_round_and_twice_over_another_connection_is_taken_once()
    {
        await using var bot = await BotUnderTest.Start(webhook: true);
        var an = bot.Telegram.Someone("An");
        an.Start();
        await an.Chat.WaitForMessage(message => message.Labels.Count > 0);
        await bot.UntilQuiet();
        var before = await bot.Ask(db => db.Inbox.CountAsync());

        // The later update first, the earlier behind it, both again at once: connections that broke before the answer.
        string[] updates = [Message(7_000_003, an.Id, "3260700023"), Message(7_000_001, an.Id, "3260600012"), Message(7_000_002, an.Id, "3260700024")];
        await Task.WhenAll(updates.Concat(updates).Concat(updates).Select(body => Bring(bot, body)));
        await bot.UntilQuiet();

        Assert.Equal(before + updates.Length, await bot.Ask(db => db.Inbox.CountAsync()));
        Assert.All(["32607 00023", "32606 00012", "32607 00024"], code => Assert.Single(an.Chat.Messages, message => message.Method == "sendMessage" && message.Text.Contains(code, StringComparison.Ordinal)));
    }

    private static string Message(int update, long id, string text) =>
        $$$"""{"update_id":{{{update}}},"message":{"message_id":{{{update % 100}}},"from":{"id":{{{id}}},"is_bot":false,"first_name":"An"},"chat":{"id":{{{id}}},"type":"private","first_name":"An"},"date":1790000000,"text":"{{{text}}}"}}""";

    private static async Task Bring(BotUnderTest bot, string body)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, bot.Url + "/telegram") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Telegram-Bot-Api-Secret-Token", BotUnderTest.WebhookSecret);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
