namespace DiaChiSo.Bot.Channels.DirectLine;

/// <summary>What is in the log, as this client is to have it: with addresses that it can reach, and in a form that it draws.</summary>
internal sealed class ClientForm(Gatekeeper gatekeeper, UploadShelf shelf)
{
    public ActivitySet Of(HttpContext http, Admission admission, ActivitySet set)
    {
        var host = $"{(gatekeeper.IsSecure(http) ? "https" : "http")}://{http.Request.Host}";
        return set with
        {
            Activities = [.. set.Activities.Select(activity => activity with
            {
                Attachments = activity.Attachments is null ? null : [.. activity.Attachments.Select(one => Reachable(admission.IsOwnPage ? one : ForeignForm.WithWidePicture(one), host))],
            })
            .Select(activity => admission.IsOwnPage ? activity : WithoutGaps(ForeignForm.Of(activity, host)))],
        };
    }

    // Web Chat makes a paragraph of every line, and so a hole of an empty one.
    private static Activity WithoutGaps(Activity activity) =>
        activity is { From.Role: "bot", Text: { } text } ? activity with { Text = text.Replace("\n\n", "\n", StringComparison.Ordinal) } : activity;

    // Addresses of ours are kept without host: which one is right depends on who reads.
    private Attachment Reachable(Attachment one, string host) => one.ContentUrl switch
    {
        ['/', ..] path when path.StartsWith(UploadShelf.Path, StringComparison.Ordinal) && !shelf.Has(path) =>
            // A name to read instead of a broken picture.
            one with { ContentUrl = null, ContentType = "application/octet-stream" },
        ['/', ..] path => one with { ContentUrl = host + path, ThumbnailUrl = path.StartsWith(UploadShelf.Path, StringComparison.Ordinal) ? host + path : null },
        _ => one,
    };
}
