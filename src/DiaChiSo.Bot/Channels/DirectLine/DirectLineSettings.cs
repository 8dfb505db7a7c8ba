using System.Globalization;
using DiaChiSo.Core.Register;

namespace DiaChiSo.Bot.Channels.DirectLine;

/// <summary>The section "Web" of the settings: the chat page and the Direct Line behind it.</summary>
public sealed class DirectLineSettings
{
    /// <summary>
    /// For other Bot Framework clients: who has it may make tokens. Without one, only a client on this machine may. The own page never needs it.
    /// </summary>
    public string? Secret { get; set; }

    /// <summary>Web sites besides our own whose pages may talk to the bot, "https://xa.example.vn".</summary>
    public IList<string> AllowedOrigins { get; set; } = [];

    /// <summary>Where "open the map" leads; {lat} and {lng} are degrees. Only a link: nothing is loaded from there before a person opens it.</summary>
    public string MapLinkTemplate { get; set; } = "https://www.openstreetmap.org/?mlat={lat}&mlon={lng}#map=17/{lat}/{lng}";

    /// <summary>New conversations and tokens from one address of the network, a minute.</summary>
    public int TokensPerMinute { get; set; } = 60;

    /// <summary>Messages in one conversation, a minute.</summary>
    public int MessagesPerMinute { get; set; } = 60;

    public string MapLinkOf(GeoPoint point) => MapLinkTemplate
        .Replace("{lat}", point.Latitude.ToString("0.00000", CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{lng}", point.Longitude.ToString("0.00000", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>Null when the settings are right; otherwise one line that names the setting and what is wanted.</summary>
    public string? Fault() =>
        Secret is { Length: > 0 and < 32 } ? "Web:Secret must have at least 32 letters; leave it out to allow only clients on this machine."
        : !MapLinkTemplate.Contains("{lat}", StringComparison.Ordinal) || !MapLinkTemplate.Contains("{lng}", StringComparison.Ordinal)
            || !(MapLinkTemplate.StartsWith("https://", StringComparison.Ordinal) || MapLinkTemplate.StartsWith("geo:", StringComparison.Ordinal))
            ? "Web:MapLinkTemplate must begin with https:// or geo: and hold {lat} and {lng}."
        : AllowedOrigins.FirstOrDefault(origin => !IsOrigin(origin)) is { } wrong ? $"Web:AllowedOrigins: {wrong} is not of the form https://host or https://host:port."
        : TokensPerMinute < 1 ? "Web:TokensPerMinute must be at least 1."
        : MessagesPerMinute < 1 ? "Web:MessagesPerMinute must be at least 1."
        : null;

    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.GetLeftPart(UriPartial.Authority) == origin;
}
