using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DiaChiSo.Fakes.Telegram;
using DiaChiSo.Fakes.Telegram.People;
using Telegram.Bot;
using Telegram.Bot.Exceptions;

namespace DiaChiSo.Tests.Channels;

/// <summary>A fake Telegram, the real client of Telegram.Bot on it, and a person called An whose chat is open.</summary>
internal sealed class TelegramTalk : IAsyncDisposable
{
    private readonly HttpClient http = new();

    private TelegramTalk(FakeTelegram telegram)
    {
        Telegram = telegram;
        var options = new TelegramBotClientOptions(telegram.Token, telegram.BaseUrl) { RetryCount = 0 };
        Bot = new TelegramBotClient(options, http, TestContext.Current.CancellationToken);
        An = telegram.Someone("An", "Nguyễn", "an_nguyen");
    }

    public FakeTelegram Telegram { get; }

    public TelegramBotClient Bot { get; }

    public FakePerson An { get; }

    /// <summary>Without flood limits, unless a test asks for them. These are the fake's own tests: half of their requests are wrong on purpose.</summary>
    public static async Task<TelegramTalk> Start(FakeTelegramOptions? options = null, bool open = true)
    {
        var telegram = await FakeTelegram.Start((options ?? new FakeTelegramOptions { Flood = FloodLimits.None }) with { AllowsMisfits = true });
        var talk = new TelegramTalk(telegram);
        if (open)
        {
            talk.An.Start();
        }

        return talk;
    }

    /// <summary>The error that the real client makes of a refused call.</summary>
    public static async Task<ApiRequestException> Refused(Func<Task> call) => await Assert.ThrowsAsync<ApiRequestException>(call);

    /// <summary>A call by plain HTTP with a JSON body.</summary>
    public Task<(HttpStatusCode Status, JsonObject Answer)> Json(string method, string body) =>
        Raw(method, new StringContent(body, Encoding.UTF8, "application/json"));

    /// <summary>A call by plain HTTP; without a body it is a GET.</summary>
    public async Task<(HttpStatusCode Status, JsonObject Answer)> Raw(string method, HttpContent? body = null, string? token = null)
    {
        var url = $"{Telegram.BaseUrl}/bot{token ?? Telegram.Token}/{method}";
        using var response = body is null ? await http.GetAsync(url) : await http.PostAsync(url, body);
        return (response.StatusCode, (JsonObject)JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    /// <summary>A call by plain HTTP that must be refused with 400.</summary>
    public async Task<string> RefusedJson(string method, string body)
    {
        var (status, answer) = await Json(method, body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.False((bool)answer["ok"]!);
        Assert.Equal(400, (int)answer["error_code"]!);
        return (string)answer["description"]!;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Telegram.DisposeAsync();
    }
}
