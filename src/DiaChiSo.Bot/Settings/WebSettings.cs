namespace DiaChiSo.Bot.Settings;

/// <summary>The section "Web".</summary>
public sealed class WebSettings
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>Where the program listens; several are parted by ;. <c>Urls</c> (ASP.NET's own name) goes before it.</summary>
    [Example(DefaultUrl)]
    public string Url { get; set; } = DefaultUrl;

    /// <summary>The address under which people reach the page from outside, behind a proxy; null: <see cref="Url"/>.</summary>
    [Example("https://diachiso.example.vn")]
    public string? PublicUrl { get; set; }

    /// <summary>What links to the bot's own page begin with, without a slash at the end.</summary>
    public string LinkBase => (PublicUrl ?? Url.Split(';')[0]).TrimEnd('/').Replace("//0.0.0.0", "//127.0.0.1").Replace("//[::]", "//127.0.0.1").Replace("//*", "//127.0.0.1").Replace("//+", "//127.0.0.1");

    public string? Fault()
    {
        if (!Url.Split(';').All(IsUrl))
        {
            return $"Web:Url: an address to listen on is wanted, for example {DefaultUrl}.";
        }
        return PublicUrl is null || IsUrl(PublicUrl) ? null : "Web:PublicUrl: an absolute address is wanted, for example https://diachiso.example.vn.";
    }

    // http://*:5080 is Kestrel's way to say "everywhere".
    private static bool IsUrl(string url) =>
        Uri.TryCreate(url.Trim().Replace("//*", "//any").Replace("//+", "//any"), UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && uri.Host.Length > 0 && uri.Query.Length == 0 && uri.UserInfo.Length == 0;
}
