using System.Security.Cryptography;
using System.Text.Json;
using DiaChiSo.Bot.Channels.DirectLine;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.AspNetCore.DataProtection;

namespace DiaChiSo.Bot.Channels.Connector;

/// <summary>Where a chat is answered: taken from its last activity, after that was checked.</summary>
/// <param name="ServiceUrl">Vouched for by the token, or on this machine.</param>
/// <param name="ChannelId">The framework's name of the channel: msteams, webchat, …</param>
/// <param name="Conversation">The channel's conversation.</param>
/// <param name="Bot">What the bot is called there.</param>
/// <param name="Person">What the person is called there.</param>
/// <param name="ActivityId">What is replied to; null: nothing in particular.</param>
/// <param name="IsVouchedFor">By a token of the framework: only then does the bot show its own.</param>
internal sealed record ChatAddress(string ServiceUrl, string ChannelId, ConversationAccount Conversation, Account Bot, Account Person, string? ActivityId, bool IsVouchedFor)
{
    /// <param name="activity">Checked by <see cref="Receive.CallerCheck"/>.</param>
    /// <param name="personId">Who is meant.</param>
    /// <param name="isVouchedFor">By its token.</param>
    public static ChatAddress Of(Activity activity, string personId, bool isVouchedFor) => new(
        activity.ServiceUrl!, activity.ChannelId!, new ConversationAccount(activity.Conversation!.Id, TenantId: activity.Conversation.TenantId),
        // No names: nothing needs them.
        new Account(activity.Recipient?.Id), new Account(personId), activity.Id, isVouchedFor);
}

/// <summary>The addresses of the chats, kept over a restart: sealed, for on some channels a person's id is an e-mail address.</summary>
internal sealed class ChatAddresses(ChannelNotes notes, Secrets secrets, TimeProvider time)
{
    private readonly IDataProtector protector = secrets.For("BotFramework.Chat.v1");

    /// <summary>
    /// The chat's name in our own tables: a keyed hash, that says nothing. Who was not vouched for has chats of their own, so that nobody on this
    /// machine walks into somebody's talk by calling themselves the same.
    /// </summary>
    public string KeyOf(ChatAddress address) =>
        secrets.Hash("bot-framework chat", $"{(address.IsVouchedFor ? "" : "unvouched")}\n{address.ChannelId}\n{address.Conversation.Id}\n{address.Person.Id}");

    /// <summary>Kept in the caller's transaction.</summary>
    public Task Keep(BotDb db, string chatKey, ChatAddress address) =>
        ChannelNotes.Write(db, ConnectorLine.Channel, NoteOf(chatKey), Convert.ToBase64String(protector.Protect(JsonSerializer.SerializeToUtf8Bytes(address, Saved.Json))), time.GetUtcNow());

    /// <summary>Null: none was kept, or its keys are lost.</summary>
    public async Task<ChatAddress?> Find(string chatKey, CancellationToken ct)
    {
        try
        {
            return await notes.Recall(ConnectorLine.Channel, NoteOf(chatKey), ct) is { } kept
                ? JsonSerializer.Deserialize<ChatAddress>(protector.Unprotect(Convert.FromBase64String(kept)), Saved.Json)
                : null;
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    private static string NoteOf(string chatKey) => "chat " + chatKey;
}
