using System.Security.Cryptography;
using System.Text;
using DiaChiSo.Core;

namespace DiaChiSo.Bot.Channels.DirectLine;

/// <summary>
/// A photo that a client put into its activity as a data: URI, or uploaded beside it. Only what the client hands over itself is looked at: nothing
/// is fetched from an address that it names.
/// </summary>
/// <param name="Key">By which the tray knows it; the same when the same activity comes again.</param>
/// <param name="Bytes">The file; null: a data: URI that holds none, or one that is too large.</param>
internal sealed record ActivityPhoto(string Key, byte[]? Bytes)
{
    /// <summary>There is something to look at: here, or where its channel fetches it.</summary>
    public bool IsAtHand { get; init; } = Bytes is not null;

    private const string DataUri = "data:image/";

    /// <returns>Null: there is no photo of its own in it.</returns>
    public static ActivityPhoto? In(Activity activity, string conversationId, string? clientId)
    {
        if (activity is not { Type: "message", Attachments: [{ ContentUrl: { } uri } only] }
            || only.ContentType?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) != true || !uri.StartsWith(DataUri, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }
        return new ActivityPhoto(KeyOf(conversationId, clientId), BytesOf(uri));
    }

    /// <summary>A photo that was uploaded beside its activity.</summary>
    /// <returns>Null: the file is no picture, as its client says.</returns>
    public static ActivityPhoto? Of(UploadedFile file, string conversationId, string? clientId) =>
        file.ContentType.StartsWith("image/", StringComparison.OrdinalIgnoreCase) ? new ActivityPhoto(KeyOf(conversationId, clientId), file.Bytes) : null;

    private static string KeyOf(string conversationId, string? clientId) => clientId is null
        ? Convert.ToHexString(RandomNumberGenerator.GetBytes(16))
        : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{conversationId}\n{clientId}")).AsSpan(0, 16));

    // data:image/jpeg;base64,… — RFC 2397; other encodings than base64 nobody uses for pictures.
    private static byte[]? BytesOf(string uri)
    {
        var comma = uri.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0 || comma > 200 || !uri.AsSpan(0, comma).EndsWith(";base64", StringComparison.OrdinalIgnoreCase) || (uri.Length - comma) / 4L * 3 > Limits.WebPhotoBytes)
        {
            return null;
        }
        var bytes = new byte[(uri.Length - comma) / 4 * 3 + 3];
        return Convert.TryFromBase64Chars(uri.AsSpan(comma + 1), bytes, out var length) && length > 0 ? bytes[..length] : null;
    }
}
