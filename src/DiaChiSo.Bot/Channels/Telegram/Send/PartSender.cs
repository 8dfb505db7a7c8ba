using System.Security.Cryptography;
using System.Text;
using DiaChiSo.Core.Turns;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;
using Telegram.Bot.Types.ReplyMarkups;

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
        var text = part switch
        {
            Part.Text words => TelegramText.Of(words.Runs),
            Part.Image image => TelegramText.Of([new Run(image.Picture.Alt)]),
            Part.Place place => TelegramText.Of([new Run(place.Pin.Alt)]),
            _ => throw new InvalidOperationException($"{part.GetType().Name} is no part that Telegram knows"),
        };
        switch (part)
        {
            case Part.Image image:
                yield return () => SendKnownPhoto(chat, image.Picture, text, markup, ct);
                yield return () => UploadPhoto(chat, image.Picture, text, markup, ct);
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

    // A file id may be refused at any time; then it is forgotten and the picture drawn and uploaded anew.
    private async Task SendKnownPhoto(long chat, Picture picture, TelegramText alt, ReplyMarkup? markup, CancellationToken ct)
    {
        if (NoteOf(picture) is not { } note || await notes.Recall(TelegramLine.Channel, note, ct) is not { } fileId)
        {
            await UploadPhoto(chat, picture, alt, markup, ct);
            return;
        }
        try
        {
            await line.Client.SendPhoto(chat, InputFile.FromFileId(fileId), Caption(alt), replyMarkup: markup, cancellationToken: ct);
        }
        catch (ApiRequestException refused) when (refused.ErrorCode == 400)
        {
            await notes.Keep(TelegramLine.Channel, note, null, ct);
            throw;
        }
    }

    private async Task UploadPhoto(long chat, Picture picture, TelegramText alt, ReplyMarkup? markup, CancellationToken ct)
    {
        if (drawings.Png(picture) is not { } png)
        {
            await SendWords(chat, alt, markup, ct);
            return;
        }
        using var stream = new MemoryStream(png, writable: false);
        var sent = await line.Client.SendPhoto(chat, InputFile.FromStream(stream, $"{picture.Kind}.png"), Caption(alt), replyMarkup: markup, cancellationToken: ct);
        if (NoteOf(picture) is { } note && sent.Photo is { Length: > 0 } sizes)
        {
            await notes.Keep(TelegramLine.Channel, note, sizes[^1].FileId, ct);
        }
    }

    private string? NoteOf(Picture picture) => drawings.KeyOf(picture) is { } key
        ? $"file {line.BotKey} {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16))}"
        : null;

    private static string Caption(TelegramText alt) => Cut(alt.Text, LongestCaption).Text;

    private static string Line(string words, string otherwise) => Cut(string.IsNullOrWhiteSpace(words) ? otherwise : words, LongestVenueLine).Text;

    private static TelegramText Cut(string text, int most) =>
        new(text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1)] + "…", []);
}
