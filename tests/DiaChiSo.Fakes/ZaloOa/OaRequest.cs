using System.Text.Json.Nodes;

namespace DiaChiSo.Fakes.ZaloOa;

/// <summary>One call as it came, and what it was answered.</summary>
public sealed record OaRequest
{
    /// <summary>UTC, by the fake's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The path without its first slash.</summary>
    public required string Call { get; init; }

    public required string ContentType { get; init; }

    /// <summary>The bytes of the body.</summary>
    public required byte[] Body { get; init; }

    /// <summary>The header <c>access_token</c>.</summary>
    public string? AccessToken { get; init; }

    /// <summary>The header <c>secret_key</c> of the OAuth address.</summary>
    public string? SecretKey { get; init; }

    /// <summary>The body where it is JSON.</summary>
    public JsonObject? Json { get; init; }

    /// <summary>The fields where it is a form, files left out.</summary>
    public IReadOnlyDictionary<string, string> Form { get; init; } = new Dictionary<string, string>();

    /// <summary>HTTP status; 0 when the connection was cut.</summary>
    public int Status { get; init; }

    /// <summary>The number in <c>error</c>; 0 is success.</summary>
    public int Error { get; init; }

    /// <summary>Zalo's words to the error.</summary>
    public string? Words { get; init; }
}
