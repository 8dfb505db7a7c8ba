using System.Text.Json;
using DiaChiSo.Bot.Channels.Connector.Send;
using DiaChiSo.Bot.Channels.DirectLine;
using DiaChiSo.Bot.Health;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Core.Turns;
using Microsoft.AspNetCore.Http.Features;

namespace DiaChiSo.Bot.Channels.Connector.Receive;

/// <summary>
/// <c>POST /api/messages</c>, where the channels of the Azure Bot Service bring what people do (channels.md §3.2). 200 when it is in the inbox or needs
/// no answer; with <c>deliveryMode: expectReplies</c> the answer is in the response; 401 without a token, 403 with one that is not good, 503 while
/// the framework's keys cannot be had.
/// </summary>
internal sealed partial class MessagesEndpoint(
    BotFrameworkSettings settings, CallerCheck callers, ChatAddresses addresses, Inbox inbox, ExpectedReplies expected, ActivityPost post, GroupSentence groups, Pulses pulses, ILogger<MessagesEndpoint> log)
{
    public const string Path = "/api/messages";

    private const int BiggestBody = 256 * 1024;

    public void Map(IEndpointRouteBuilder app) => app.MapPost(Path, Take);

    private async Task<IResult> Take(HttpContext http, CancellationToken ct)
    {
        var authorization = http.Request.Headers.Authorization.ToString() is { Length: > 0 } header ? header : null;
        if (authorization is null && !settings.AllowAnonymous)
        {
            return Errors.Unauthorized();
        }
        var (activity, wrong) = await ActivityIn(http, ct);
        if (activity is null)
        {
            return wrong!;
        }
        CallerVerdict verdict;
        try
        {
            verdict = await callers.Judge(authorization, activity, Gatekeeper.IsOnThisMachine(http), ct);
        }
        catch (HttpRequestException)
        {
            pulses.Of(ConnectorLine.Channel).Failed();
            http.Response.Headers.RetryAfter = "30";
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
        if (verdict.Refused is { } why)
        {
            LogRefused(why);
            return authorization is null ? Errors.Unauthorized() : Errors.Forbidden("The token is not good for this activity");
        }
        pulses.Of(ConnectorLine.Channel).Heard();
        return activity.Type == "invoke" ? Results.StatusCode(StatusCodes.Status501NotImplemented) : await Hear(activity, verdict.IsVouchedFor, ct);
    }

    private async Task<IResult> Hear(Activity activity, bool isVouchedFor, CancellationToken ct)
    {
        if (activity is not { ChannelId.Length: > 0 and <= 100, Conversation.Id.Length: > 0 and <= 1_000, ServiceUrl.Length: <= 1_000 } || activity.From?.Id?.Length > 1_000 || activity.Id?.Length > 1_000)
        {
            return Errors.Bad("MissingProperty", "channelId or conversation.id is missing or too long");
        }
        if (Heard.IsInGroup(activity))
        {
            if (activity.Type == "message" && Heard.NamesTheBot(activity))
            {
                groups.SayTo(ChatAddress.Of(activity, activity.From?.Id ?? "", isVouchedFor), ActivityDoor.LanguageOf(activity.Locale));
            }
            return Answer(activity, []);
        }
        Heard? heard;
        try
        {
            heard = Heard.Of(activity, isVouchedFor);
        }
        catch (BadActivity bad)
        {
            return Errors.Bad(bad.Code, bad.Message);
        }
        catch (InvalidOperationException)
        {
            return Errors.Bad("BadSyntax", "a text in the activity is not valid Unicode");
        }
        if (heard is null)
        {
            return Answer(activity, []);
        }
        var address = ChatAddress.Of(activity, heard.PersonId, isVouchedFor);
        var chatKey = addresses.KeyOf(address);
        // That somebody joined is told in several ways, each with an id of its own; one greeting is enough.
        var key = $"{chatKey}:{(heard.Incoming is Arrived && activity.Type != "event" ? "joined" : activity.Id ?? Guid.NewGuid().ToString("N"))}";
        var language = ActivityDoor.LanguageOf(activity.Locale);
        if (activity.DeliveryMode != "expectReplies")
        {
            await Accept(CancellationToken.None);
            return Results.Ok();
        }
        using var replies = expected.Open(chatKey);
        await Accept(CancellationToken.None);
        var given = await replies.Gather(key);
        if (ct.IsCancellationRequested)
        {
            // Nobody reads the response any more.
            await SendInstead(address, given);
        }
        return Answer(activity, given);

        // Not the request's token: a caller who hangs up early has still handed it over.
        Task Accept(CancellationToken stop) => inbox.Accept(ConnectorLine.Channel, chatKey, key, heard.Incoming, language, stop, db => addresses.Keep(db, chatKey, address));
    }

    private async Task SendInstead(ChatAddress address, IReadOnlyList<Activity> given)
    {
        try
        {
            foreach (var one in given)
            {
                await post.Send(address, one, CancellationToken.None);
            }
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
        {
            LogLost(fault.GetType().Name);
        }
    }

    private static IResult Answer(Activity activity, IReadOnlyList<Activity> replies) =>
        activity.DeliveryMode == "expectReplies" ? Results.Json(new { activities = replies }, ActivityJson.Options) : Results.Ok();

    private static async Task<(Activity? Activity, IResult? Refusal)> ActivityIn(HttpContext http, CancellationToken ct)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = BiggestBody;
        }
        try
        {
            return await JsonSerializer.DeserializeAsync<Activity>(http.Request.Body, ActivityJson.Options, ct) is { Type.Length: > 0 } activity
                ? (activity, null)
                : (null, Errors.Bad("MissingProperty", "type is missing"));
        }
        catch (BadHttpRequestException fault) when (fault.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, Errors.TooBig());
        }
        catch (JsonException)
        {
            return (null, Errors.Bad("BadSyntax", "the body is not the JSON that is expected here"));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A caller hung up before its answers came, and they were not taken the other way: {Fault}")]
    private partial void LogLost(string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An activity was refused: {Why}")]
    private partial void LogRefused(string why);
}
