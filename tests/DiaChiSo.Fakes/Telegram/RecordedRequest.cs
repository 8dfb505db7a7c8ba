using System.Text.Json.Nodes;

namespace DiaChiSo.Fakes.Telegram;

/// <summary>One request as it came, and what it was answered.</summary>
public sealed record RecordedRequest
{
    public required int Number { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>GET, POST, or WEBHOOK for a method that came as the answer to a webhook.</summary>
    public required string Verb { get; init; }

    /// <summary>The method in the API's own spelling, or as it was asked for when the API has none of that name.</summary>
    public required string Method { get; init; }

    public required string ContentType { get; init; }

    /// <summary>The bytes of the body.</summary>
    public required byte[] Body { get; init; }

    /// <summary>
    /// The arguments as one JSON object, the same whatever the wire form was: numbers and booleans as such, nested objects
    /// parsed, <c>parse_mode</c> in the documented spelling. Made for a schema to judge.
    /// </summary>
    public required JsonObject Arguments { get; init; }

    /// <summary>HTTP status of the answer; 0 when the connection was cut.</summary>
    public required int Status { get; init; }

    /// <summary>The error's words; null when it was no error.</summary>
    public string? Refusal { get; init; }
}

/// <summary>All requests so far. Safe to read from any thread.</summary>
internal sealed class Journal
{
    private readonly Lock gate = new();
    private readonly List<RecordedRequest> entries = [];

    public IReadOnlyList<RecordedRequest> All
    {
        get { lock (gate) { return [.. entries]; } }
    }

    public void Add(Func<int, RecordedRequest> entry)
    {
        lock (gate) { entries.Add(entry(entries.Count + 1)); }
    }
}
