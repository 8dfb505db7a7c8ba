using System.Globalization;
using DiaChiSo.Core.Register;

namespace DiaChiSo.Bot.Settings;

/// <summary>The section "Web": where the program listens, the chat page, and the Direct Line behind it.</summary>
public sealed class WebSettings
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>Where the program listens; several are parted by ;. <c>Urls</c> (ASP.NET's own name) goes before it.</summary>
    [Example(DefaultUrl)]
    public string Url { get; set; } = DefaultUrl;

    /// <summary>The address under which people reach the page from outside, behind a proxy; null: <see cref="Url"/>.</summary>
    [Example("https://diachiso.example.vn")]
    public string? PublicUrl { get; set; }

    /// <summary>
    /// For other Bot Framework clients: who has it may make Direct Line tokens. Without one only a client on this machine may. The own page never needs it.
    /// </summary>
    public string? Secret { get; set; }

    /// <summary>Web sites besides our own whose pages may talk to the bot.</summary>
    [Example("https://xa.example.vn")]
    public string[] AllowedOrigins { get; set; } = [];

    /// <summary>Where "open the map" leads; {lat} and {lng} are degrees. Only a link: nothing is loaded from there before a person opens it.</summary>
    [Example("https://www.openstreetmap.org/?mlat={lat}&mlon={lng}#map=17/{lat}/{lng}")]
    public string MapLinkTemplate { get; set; } = "https://www.openstreetmap.org/?mlat={lat}&mlon={lng}#map=17/{lat}/{lng}";

    /// <summary>Visits, tokens and plates shown to one address of the network, each a minute.</summary>
    [Example("60")]
    public int TokensPerMinute { get; set; } = 60;

    /// <summary>Messages in one conversation, a minute.</summary>
    [Example("60")]
    public int MessagesPerMinute { get; set; } = 60;

    public string MapLinkOf(GeoPoint point) => MapLinkTemplate
        .Replace("{lat}", point.Latitude.ToString("0.00000", CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{lng}", point.Longitude.ToString("0.00000", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>What links to the bot's own page begin with, without a slash at the end.</summary>
    public string LinkBase => (PublicUrl ?? Url.Split(';')[0]).TrimEnd('/').Replace("//0.0.0.0", "//127.0.0.1").Replace("//[::]", "//127.0.0.1").Replace("//*", "//127.0.0.1").Replace("//+", "//127.0.0.1");

    /// <summary>What links that everybody can reach begin with, without a slash at the end; null where the operator has not said under which address that is.</summary>
    public string? PublicBase => PublicUrl?.TrimEnd('/');

    public string? Fault()
    {
        if (!Url.Split(';').All(IsUrl))
        {
            return $"Web:Url: an address to listen on is wanted, for example {DefaultUrl}.";
        }
        return PublicUrl is null || IsUrl(PublicUrl) ? FaultOfDirectLine() : "Web:PublicUrl: an absolute address is wanted, for example https://diachiso.example.vn.";
    }

    private string? FaultOfDirectLine() =>
        Secret is { Length: < 32 } ? "Web:Secret: at least 32 letters are wanted; leave it out to let in only clients on this machine."
        : AllowedOrigins.FirstOrDefault(origin => !IsOrigin(origin)) is not null ? "Web:AllowedOrigins: addresses without a path are wanted, for example https://xa.example.vn."
        : !MapLinkTemplate.Contains("{lat}", StringComparison.Ordinal) || !MapLinkTemplate.Contains("{lng}", StringComparison.Ordinal)
            || !(MapLinkTemplate.StartsWith("https://", StringComparison.Ordinal) || MapLinkTemplate.StartsWith("geo:", StringComparison.Ordinal))
            ? "Web:MapLinkTemplate: a link that begins with https:// or geo: and holds {lat} and {lng} is wanted, for example geo:{lat},{lng}."
        : TokensPerMinute < 1 ? "Web:TokensPerMinute: at least 1 is wanted, for example 60."
        : MessagesPerMinute < 1 ? "Web:MessagesPerMinute: at least 1 is wanted, for example 60."
        : null;

    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.GetLeftPart(UriPartial.Authority) == origin;

    // http://*:5080 is Kestrel's way to say "everywhere".
    private static bool IsUrl(string url) =>
        Uri.TryCreate(url.Trim().Replace("//*", "//any").Replace("//+", "//any"), UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && uri.Host.Length > 0 && uri.Query.Length == 0 && uri.UserInfo.Length == 0;
}
