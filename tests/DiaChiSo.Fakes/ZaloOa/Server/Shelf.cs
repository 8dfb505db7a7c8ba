using System.Security.Cryptography;

namespace DiaChiSo.Fakes.ZaloOa.Server;

/// <summary>What was uploaded, and what people sent.</summary>
internal sealed class Shelf
{
    public const int LargestImage = 1024 * 1024;
    public const int LargestFile = 5 * 1024 * 1024;

    /// <summary>An uploaded picture is good for so long.</summary>
    public static readonly TimeSpan ImagesLive = TimeSpan.FromDays(7);

    private readonly Lock gate = new();
    private readonly Dictionary<string, (byte[] Bytes, DateTimeOffset At)> images = [];
    private readonly Dictionary<string, SeenOaFile> files = [];
    private readonly Dictionary<string, byte[]> photos = [];

    /// <exception cref="OaRefusal">-210 too large, -201 no picture or no name's end.</exception>
    public string AddImage(string fileName, byte[] bytes, DateTimeOffset now)
    {
        Check(fileName, bytes, LargestImage, [".jpg", ".jpeg", ".png"]);
        if (!(bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]) || bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])))
        {
            throw OaRefusal.Parameter("file is not an image");
        }
        return Keep(images, (bytes, now));
    }

    /// <inheritdoc cref="AddImage"/>
    public string AddFile(string fileName, byte[] bytes)
    {
        Check(fileName, bytes, LargestFile, [".pdf", ".doc", ".docx", ".csv"]);
        if (fileName.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase) && !bytes.AsSpan().StartsWith("%PDF-"u8))
        {
            throw OaRefusal.Parameter("file is not a PDF");
        }
        return Keep(files, new SeenOaFile(fileName, bytes));
    }

    public string AddPhoto(byte[] bytes) => Keep(photos, bytes);

    public byte[]? Image(string id, DateTimeOffset now)
    {
        lock (gate)
        {
            return images.TryGetValue(id, out var image) && image.At > now - ImagesLive ? image.Bytes : null;
        }
    }

    /// <summary>A token sends its file once.</summary>
    public SeenOaFile? TakeFile(string token)
    {
        lock (gate)
        {
            return files.Remove(token, out var file) ? file : null;
        }
    }

    public byte[]? Photo(string id)
    {
        lock (gate)
        {
            return photos.GetValueOrDefault(id);
        }
    }

    public void ForgetImages()
    {
        lock (gate)
        {
            images.Clear();
        }
    }

    private static void Check(string fileName, byte[] bytes, int most, string[] ends)
    {
        if (!ends.Contains(Path.GetExtension(fileName).ToLowerInvariant()))
        {
            throw OaRefusal.Parameter("file type is not supported");
        }
        if (bytes.Length == 0)
        {
            throw OaRefusal.Parameter("file is empty");
        }
        if (bytes.Length > most)
        {
            throw new OaRefusal(-210, "Parameter exceeds allowable limit");
        }
    }

    private string Keep<T>(Dictionary<string, T> shelf, T what)
    {
        var id = Convert.ToHexString(RandomNumberGenerator.GetBytes(10));
        lock (gate)
        {
            shelf.Add(id, what);
        }
        return id;
    }
}
