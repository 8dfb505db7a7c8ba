using System.Text.Json;
using DiaChiSo.Bot.Settings;
using Microsoft.IdentityModel.Tokens;

namespace DiaChiSo.Bot.Channels.Connector.Receive;

/// <summary>A key that the Bot Framework signs with, and the channels that it may speak for.</summary>
internal sealed record SigningKey(JsonWebKey Key, IReadOnlySet<string> Endorsements);

/// <summary>
/// The keys of the Bot Framework: asked for when they are needed, again after a day, and when somebody shows a key that is not known, but then not more
/// often than <see cref="AskAgainAfter"/>: anybody can invent keys. While they cannot be had, those that are known go on being good.
/// </summary>
internal sealed partial class SigningKeys(ConnectorLine line, BotFrameworkSettings settings, TimeProvider time, ILogger<SigningKeys> log) : IDisposable
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(24);

    private readonly SemaphoreSlim asking = new(1);
    private volatile IReadOnlyDictionary<string, SigningKey> keys = new Dictionary<string, SigningKey>();
    private DateTimeOffset asked = DateTimeOffset.MinValue;
    private DateTimeOffset known = DateTimeOffset.MinValue;

    /// <summary>The key of this name; null: there is none.</summary>
    /// <exception cref="HttpRequestException">No key was ever had, and none can be had now.</exception>
    public async Task<SigningKey?> Find(string kid, CancellationToken ct)
    {
        if (keys.TryGetValue(kid, out var found) && time.GetUtcNow() - known < Fresh)
        {
            return found;
        }
        await asking.WaitAsync(ct);
        try
        {
            if (time.GetUtcNow() - asked >= AskAgainAfter && (!keys.ContainsKey(kid) || time.GetUtcNow() - known >= Fresh))
            {
                await Ask(ct);
            }
        }
        finally
        {
            asking.Release();
        }
        return keys.Count > 0 ? keys.GetValueOrDefault(kid) : throw new HttpRequestException("the signing keys of the Bot Framework cannot be had");
    }

    private async Task Ask(CancellationToken ct)
    {
        try
        {
            asked = time.GetUtcNow();
            using var metadata = await Get(settings.OpenIdMetadata, ct);
            var address = metadata.RootElement.GetProperty("jwks_uri").GetString() ?? "";
            if (!BotFrameworkSettings.IsAddress(address))
            {
                throw new HttpRequestException("the keys are announced at an address without TLS");
            }
            using var set = await Get(address, ct);
            keys = Read(set.RootElement);
            known = asked;
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException
            || (fault is OperationCanceledException && !ct.IsCancellationRequested))
        {
            LogUnreachable(fault.GetType().Name);
            if (keys.Count == 0)
            {
                // Nothing can be checked without them, so they are asked for again soon; but not by every caller.
                asked += TryAgainAfter - AskAgainAfter;
            }
        }
    }

    private async Task<JsonDocument> Get(string address, CancellationToken ct) => JsonDocument.Parse(await line.Http.GetByteArrayAsync(address, ct));

    private static Dictionary<string, SigningKey> Read(JsonElement set)
    {
        var read = new Dictionary<string, SigningKey>();
        foreach (var one in set.GetProperty("keys").EnumerateArray())
        {
            var key = new JsonWebKey(one.GetRawText());
            if (key is { Kty: JsonWebAlgorithmsKeyTypes.RSA, Kid.Length: > 0, N: not null, E: not null })
            {
                read[key.Kid] = new SigningKey(key, one.TryGetProperty("endorsements", out var channels) && channels.ValueKind == JsonValueKind.Array
                    ? channels.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!).ToHashSet()
                    : new HashSet<string>());
            }
        }
        return read;
    }

    public void Dispose() => asking.Dispose();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The signing keys of the Bot Framework were not reached: {Fault}")]
    private partial void LogUnreachable(string fault);
}
