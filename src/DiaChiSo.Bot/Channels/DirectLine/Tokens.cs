using System.Security.Cryptography;
using System.Text.Json;
using DiaChiSo.Core.Store;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace DiaChiSo.Bot.Channels.DirectLine;

/// <summary>Who may talk in which conversation, until when (UTC).</summary>
/// <param name="ConversationId">Which.</param>
/// <param name="UserId">What the client calls its person; null: it did not say.</param>
/// <param name="Until">UTC.</param>
/// <param name="HasBegun">The conversation had begun when this was made: if it is not there any more, it has ended.</param>
public sealed record Admission(string ConversationId, string? UserId, DateTimeOffset Until, bool HasBegun = false)
{
    /// <summary>Of the bot's own page: it draws more than other clients do, and may be open in several tabs.</summary>
    public bool IsOwnPage => Tokens.IsOfOwnPage(ConversationId);
}

/// <summary>
/// Tokens are sealed and signed by the key ring (ASP.NET Data Protection) and kept nowhere: they are good after a restart, and nobody can
/// make one. The time comes from <see cref="TimeProvider"/>, not from the clock of the library.
/// </summary>
public sealed class Tokens(Secrets secrets, TimeProvider time)
{
    /// <summary>As Direct Line's.</summary>
    public static readonly TimeSpan Valid = TimeSpan.FromMinutes(30);

    // It stands in the address of the stream, and addresses get into logs of proxies: good only for opening the stream at once.
    private static readonly TimeSpan TicketValid = TimeSpan.FromMinutes(2);

    private const string OwnPage = "w-";

    private readonly IDataProtector forToken = secrets.For("DirectLine.Token.v1");
    private readonly IDataProtector forStream = secrets.For("DirectLine.Stream.v1");

    /// <summary>Whose page it was made for stands in the id, because a page is written for its client before anybody reads it.</summary>
    public static string NewConversationId(bool ofOwnPage = false) => (ofOwnPage ? OwnPage : "") + Convert.ToHexString(RandomNumberGenerator.GetBytes(16)).ToLowerInvariant();

    public static bool IsOfOwnPage(string conversationId) => conversationId.StartsWith(OwnPage, StringComparison.Ordinal);

    /// <summary>A token for this, good for <see cref="Valid"/> from now on, whatever its time was before.</summary>
    public string Make(Admission admission) => Seal(forToken, admission with { Until = time.GetUtcNow() + Valid });

    public string MakeStreamTicket(Admission admission) => Seal(forStream, admission with { Until = time.GetUtcNow() + TicketValid });

    /// <summary>What the token admits to, also when its time is over (<see cref="IsOver"/>); null when we did not make it.</summary>
    public Admission? Read(string token) => Open(forToken, token);

    public Admission? ReadStreamTicket(string ticket) => Open(forStream, ticket);

    public bool IsOver(Admission admission) => admission.Until <= time.GetUtcNow();

    private static string Seal(IDataProtector protector, Admission admission) =>
        WebEncoders.Base64UrlEncode(protector.Protect(JsonSerializer.SerializeToUtf8Bytes(admission)));

    private static Admission? Open(IDataProtector protector, string sealedText)
    {
        try
        {
            return sealedText.Length is > 0 and < 2_000 ? JsonSerializer.Deserialize<Admission>(protector.Unprotect(WebEncoders.Base64UrlDecode(sealedText))) : null;
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }
}
