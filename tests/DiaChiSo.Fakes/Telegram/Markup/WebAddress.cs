namespace DiaChiSo.Fakes.Telegram.Markup;

/// <summary>Which links Telegram takes: http, https, tg and ton, with a host that has a dot in it.</summary>
internal static class WebAddress
{
    /// <summary>The address as it is kept, or why not.</summary>
    public static (bool Ok, string Result) Check(string address)
    {
        var full = address.Contains("://", StringComparison.Ordinal) ? address : "http://" + address;
        if (!Uri.TryCreate(full, UriKind.Absolute, out var uri))
        {
            return (false, "Wrong HTTP URL");
        }

        return uri.Scheme switch
        {
            "tg" or "ton" => (true, full),
            "http" or "https" when uri.Host.Length == 0 => (false, "URL host is empty"),
            "http" or "https" when !uri.Host.Contains('.') => (false, "Wrong HTTP URL"),
            "http" or "https" => (true, uri is { PathAndQuery: "/", Fragment: "" } && !full.EndsWith('/') ? full + "/" : full),
            _ => (false, "Unsupported URL protocol"),
        };
    }
}
