using DiaChiSo.Bot.Photos;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels.DirectLine;

/// <summary>Where activities come in, alone or with files beside them: read, echoed, and in the inbox when the client is answered.</summary>
internal sealed class ActivityDoor(Gatekeeper gatekeeper, Chatlog chatlog, Listeners listeners, PhotoTray tray, UploadShelf shelf)
{
    /// <summary>What a client that speaks of no language is answered in.</summary>
    public static string LanguageOf(string? locale) => locale?.StartsWith("en", StringComparison.OrdinalIgnoreCase) == true ? "en" : "vi";

    public static string? UserOf(Account? user) => user?.Id is { Length: > 0 and <= 64 } id ? id : null;

    /// <param name="http">The request.</param>
    /// <param name="admission">Who speaks, in which conversation.</param>
    /// <param name="activity">As the client sent it.</param>
    /// <param name="files">What it uploaded with it.</param>
    /// <param name="mustHoldPhoto">The body is larger than words need.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<IResult> Take(HttpContext http, Admission admission, Activity activity, IReadOnlyList<UploadedFile> files, bool mustHoldPhoto, CancellationToken ct)
    {
        var id = admission.ConversationId;
        string? clientId;
        ActivityPhoto? photo;
        Incoming? incoming;
        try
        {
            clientId = ActivityEcho.ClientIdOf(activity);
            photo = files is [var only] && activity.Attachments is null or { Count: 0 } ? ActivityPhoto.Of(only, id, clientId) : ActivityPhoto.In(activity, id, clientId);
            if (photo is null && mustHoldPhoto)
            {
                return Errors.TooBig();
            }
            incoming = ActivityReading.Read(activity with { Attachments = [.. activity.Attachments ?? [], .. files.Select(file => new Attachment(file.ContentType, Name: file.Name))] }, photo);
        }
        catch (BadActivity bad)
        {
            return Errors.Bad(bad.Code, bad.Message);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, inside a value that nobody looked into before.
            return Errors.Bad("BadSyntax", "a text in the activity is not valid Unicode");
        }

        if (incoming is null)
        {
            return Results.Json(new { id = $"{id}|0000000" });
        }
        var isNew = !await chatlog.HasHeard(id, clientId, ct);
        // One that is sent again after a lost answer was counted before.
        if (isNew && photo is not null && files.Count == 0 && gatekeeper.SendsPhotosTooFast(http, id) is { } slower)
        {
            return slower;
        }
        if (isNew && photo?.Bytes is { } bytes && !tray.Lay(photo.Key, bytes))
        {
            return Errors.TooMany();
        }
        var language = LanguageOf(activity.Locale);
        // Told before it is taken: told after it, it could come behind a quick answer.
        listeners.Typing(id);
        if (incoming is Arrived or Departed)
        {
            return Results.Json(new { id = await chatlog.Arrive(id, clientId, incoming, language, ct) });
        }
        var uploaded = isNew ? files.Select(file => new Attachment(file.ContentType, shelf.Put(file.Bytes), file.Name)).ToList() : [];
        var echo = ActivityEcho.Of(activity, uploaded, admission.UserId ?? UserOf(activity.From) ?? "user");
        return Results.Json(new { id = await chatlog.Hear(id, clientId, echo, incoming, language, ct) });
    }
}
