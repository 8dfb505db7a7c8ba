using System.Security.Cryptography;
using System.Text;
using DiaChiSo.Core.Turns;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;
using Telegram.Bot.Types.ReplyMarkups;
using Document = DiaChiSo.Core.Turns.Document;

namespace DiaChiSo.Bot.Channels.Telegram.Send;

/// <summary>Sends one message; where Telegram takes it for invalid (400), the same in a simpler form, down to bare words.</summary>
internal sealed class PartSender(TelegramLine line, Drawings drawings, ChannelNotes notes)
{
    private const int LongestCaption = 1024;
    private const int LongestVenueLine = 256;

    private static readonly LinkPreviewOptions NoPreview = new() { IsDisabled = true };

    /// <exception cref="ApiRequestException">What Telegram refused for another reason than the form, or in the simplest form too.</exception>
    public async Task<Sending> Send(long chat, TelegramMessage message, CancellationToken ct)
    {
        var ways = Ways(chat, message, ct).ToList();
        for (var at = 0; ; at++)
        {
            try
            {
                await ways[at]();
                return new Sending.Done();
            }
            catch (ApiRequestException refused) when (refused.ErrorCode == 400 && at < ways.Count - 1)
            {
                // The next way is simpler.
            }
        }
    }

    private IEnumerable<Func<Task>> Ways(long chat, TelegramMessage message, CancellationToken ct)
    {
        var (part, markup) = message;
        var text = TelegramText.Of(part.InWords());
        switch (part)
        {
            case Part.Image { Picture: var picture }:
                yield return () => SendKnown(chat, picture, text, markup, ct);
                yield return () => Upload(chat, picture, text, markup, ct);
                break;
            case Part.File { Document: var document }:
                yield return () => SendKnown(chat, document, text, markup, ct);
                yield return () => Upload(chat, document, text, markup, ct);
                break;
            case Part.Place { Pin: var pin }:
                yield return () => line.Client.SendVenue(chat, pin.Point.Latitude, pin.Point.Longitude, Line(pin.Title, text.Text), Line(pin.Alt, text.Text), replyMarkup: markup, cancellationToken: ct);
                break;
            case Part.Text:
                yield return () => SendWords(chat, text, markup, ct);
                break;
        }
        yield return () => SendWords(chat, text with { Entities = [] }, markup, ct);
        // Without buttons; their numbers and words may be typed.
        yield return () => SendWords(chat, Cut(text.Text + string.Concat(part.Choices.Select(choice => "\n" + Parts.Line(choice))), TelegramMessages.Capabilities.TextLength), null, ct);
    }

    private Task SendWords(long chat, TelegramText text, ReplyMarkup? markup, CancellationToken ct) =>
        line.Client.SendMessage(chat, text.Text, replyMarkup: markup, linkPreviewOptions: NoPreview, entities: text.Entities, cancellationToken: ct);

    // A file id may be refused at any time; then it is forgotten and the picture or file made and uploaded anew.
    private async Task SendKnown(long chat, Block block, TelegramText alt, ReplyMarkup? markup, CancellationToken ct)
    {
        if (NoteOf(block) is not { } note || await notes.Recall(TelegramLine.Channel, note, ct) is not { } fileId)
        {
            await Upload(chat, block, alt, markup, ct);
            return;
        }
        try
        {
            await SendFile(chat, block, InputFile.FromFileId(fileId), alt, markup, ct);
        }
        catch (ApiRequestException refused) when (refused.ErrorCode == 400)
        {
            await notes.Keep(TelegramLine.Channel, note, null, ct);
            throw;
        }
    }

    private async Task Upload(long chat, Block block, TelegramText alt, ReplyMarkup? markup, CancellationToken ct)
    {
        if (drawings.FileOf(block) is not { } file)
        {
            await SendWords(chat, alt, markup, ct);
            return;
        }
        using var stream = new MemoryStream(file.Bytes, writable: false);
        var sent = await SendFile(chat, block, InputFile.FromStream(stream, file.Name), alt, markup, ct);
        if (NoteOf(block) is { } note && (sent.Document?.FileId ?? sent.Photo?.LastOrDefault()?.FileId) is { } fileId)
        {
            await notes.Keep(TelegramLine.Channel, note, fileId, ct);
        }
    }

    private Task<Message> SendFile(long chat, Block block, InputFile file, TelegramText alt, ReplyMarkup? markup, CancellationToken ct) => block is Document
        ? line.Client.SendDocument(chat, file, Caption(alt), replyMarkup: markup, cancellationToken: ct)
        : line.Client.SendPhoto(chat, file, Caption(alt), replyMarkup: markup, cancellationToken: ct);

    private string? NoteOf(Block block) => drawings.KeyOf(block) is { } key
        ? $"file {line.BotKey} {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16))}"
        : null;

    private static string Caption(TelegramText alt) => Cut(alt.Text, LongestCaption).Text;

    private static string Line(string words, string otherwise) => Cut(string.IsNullOrWhiteSpace(words) ? otherwise : words, LongestVenueLine).Text;

    private static TelegramText Cut(string text, int most) =>
        new(text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1)] + "…", []);
}
