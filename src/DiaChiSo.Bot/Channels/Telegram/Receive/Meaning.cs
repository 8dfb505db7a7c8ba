using System.Globalization;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Core;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Turns;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;
using Contact = Telegram.Bot.Types.Contact;
using TypedCommands = DiaChiSo.Core.Turns.Commands;

namespace DiaChiSo.Bot.Channels.Telegram.Receive;

/// <summary>An update with Telegram taken off.</summary>
/// <param name="ChatKey">The chat's id; in a private chat that of the person.</param>
/// <param name="IncomingKey">What the inbox knows it by.</param>
/// <param name="Incoming">What the person did.</param>
/// <param name="Language">Of the phone, as far as the bot speaks it.</param>
internal sealed record PrivateMessage(string ChatKey, string IncomingKey, Incoming Incoming, string Language);

/// <summary>What an update of a private chat means. Whatever a person sends means something; what Telegram itself adds (a pinned message) means nothing.</summary>
internal static class Meaning
{
    /// <summary>What the bot asks Telegram for; the rest is not even sent (Bot API, getUpdates, allowed_updates).</summary>
    public static IReadOnlyList<UpdateType> Wanted(TelegramSettings settings) =>
        [UpdateType.Message, UpdateType.EditedMessage, UpdateType.CallbackQuery, UpdateType.MyChatMember, .. settings.Inline ? [UpdateType.InlineQuery] : Array.Empty<UpdateType>()];

    /// <summary>Null: nothing for a conversation (a group, another bot, a kind of update that is of no use here).</summary>
    public static PrivateMessage? Of(Update update) => update switch
    {
        { Message: { Chat.Type: ChatType.Private } message } => From(message, message.From, message.MediaGroupId is { } album ? $"album {album}" : null, OfMessage(message)),
        { EditedMessage: { Chat.Type: ChatType.Private } edited } => From(edited, edited.From, null, OfEdit(edited)),
        { CallbackQuery: { } query } when query.Message is null or { Chat.Type: ChatType.Private } =>
            Made(query.From.Id, query.From, null, new Pressed(query.Data ?? "", query.Id)),
        { MyChatMember: { Chat.Type: ChatType.Private } member } => Made(member.Chat.Id, member.From, null, OfMembership(member.NewChatMember.Status)),
        _ => null,

    } is { } made ? made with { IncomingKey = made.IncomingKey.Length > 0 ? made.IncomingKey : update.Id.ToString(CultureInfo.InvariantCulture) } : null;

    /// <summary>The language of this phone, or Vietnamese.</summary>
    public static string LanguageOf(User? person) =>
        Texts.Languages.FirstOrDefault(language => person?.LanguageCode?.Split('-')[0] == language) ?? Texts.Languages[0];

    private static PrivateMessage? From(Message message, User? person, string? key, Incoming? incoming) => Made(message.Chat.Id, person, key, incoming);

    private static PrivateMessage? Made(long chat, User? person, string? key, Incoming? incoming) =>
        incoming is null || person is not { IsBot: false } ? null : new PrivateMessage(chat.ToString(CultureInfo.InvariantCulture), key ?? "", incoming, LanguageOf(person));

    private static Incoming? OfMessage(Message message) => message switch
    {
        // Each picture of an album is an update of its own; all of them get the same key and the same meaning, so the inbox keeps one.
        { MediaGroupId: not null } => new SentThing(Thing.Album),
        { Text: { } text } => OfText(text),
        { Venue: { } venue } => new SharedPlace(PointOf(venue.Location), null, PlaceKind.Venue, venue.Title),
        // Forwarded: a place all right, but how exactly somebody else's phone stood there says nothing here.
        { Location: { } place, ForwardOrigin: not null } => new SharedPlace(PointOf(place)),
        { Location: { } place } => new SharedPlace(PointOf(place), place.HorizontalAccuracy, place.LivePeriod is null ? PlaceKind.Pin : PlaceKind.LiveStart),
        { Contact: { } contact } => new SharedContact(contact.PhoneNumber, NameOf(contact), contact.UserId == message.From?.Id && message.ForwardOrigin is null),
        // The sizes go up; the last one that is not too large is the best.
        { Photo: { Length: > 0 } sizes } => new SentPhoto((sizes.LastOrDefault(size => size.FileSize is null or <= Limits.PhotoBytes) ?? sizes[0]).FileId, message.Caption),
        // "Send as a file": a picture all the same.
        { Document: { MimeType: "image/jpeg" or "image/png" or "image/webp" } file } => new SentPhoto(file.FileId, message.Caption),
        _ => OfKind(message.Type) is { } thing ? new SentThing(thing) : null,
    };

    // The last update of a live location has no period any more: it was stopped, and says once more where.
    private static Incoming OfEdit(Message edited) => edited.Location is { } place
        ? new SharedPlace(PointOf(place), place.HorizontalAccuracy, PlaceKind.LiveUpdate)
        : new SentThing(Thing.Edited);

    private static Incoming OfText(string text) => text.StartsWith('/') && TypedCommands.TryRead(text, out var command)
        ? command.Name == "start" ? new Arrived(command.Argument) : command
        : new Said(text);

    private static Incoming? OfMembership(ChatMemberStatus status) => status switch
    {
        ChatMemberStatus.Kicked or ChatMemberStatus.Left => new Departed(),
        ChatMemberStatus.Member => new CameBack(),
        _ => null,
    };

    private static Thing? OfKind(MessageType type) => type switch
    {
        // A moving picture is sent like a sticker and meant like one.
        MessageType.Sticker or MessageType.Animation => Thing.Sticker,
        MessageType.Voice or MessageType.Audio => Thing.Voice,
        MessageType.Video or MessageType.VideoNote or MessageType.LivePhoto => Thing.Video,
        MessageType.Document => Thing.Document,
        MessageType.Dice or MessageType.Poll or MessageType.Game or MessageType.Story or MessageType.Invoice or MessageType.PaidMedia
            or MessageType.Giveaway or MessageType.Checklist or MessageType.RichMessage or MessageType.UsersShared or MessageType.ChatShared
            or MessageType.WebAppData or MessageType.PassportData or MessageType.Gift or MessageType.UniqueGift => Thing.Other,
        // A kind that came after this release: somebody sent it and waits.
        MessageType.Unknown => Thing.Other,
        _ => null,
    };

    private static GeoPoint PointOf(Location place) => new(place.Latitude, place.Longitude);

    private static string NameOf(Contact contact) => string.Join(' ', new[] { contact.LastName, contact.FirstName }.Where(part => !string.IsNullOrWhiteSpace(part)));
}
