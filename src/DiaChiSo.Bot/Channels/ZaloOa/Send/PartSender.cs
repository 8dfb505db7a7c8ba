using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DiaChiSo.Bot.Health;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels.ZaloOa.Send;

/// <summary>Sends one message; where Zalo does not take its form, the same in a simpler one, down to bare words.</summary>
internal sealed partial class PartSender(ZaloLine line, ZaloOaSettings settings, Drawings drawings, ChannelNotes notes, Pulses pulses, TimeProvider time, ILogger<PartSender> log)
{
    /// <summary>Bytes of a picture; a file may have five times as many.</summary>
    public const int LargestImage = 1024 * 1024;

    private const int LargestFile = 5 * 1024 * 1024;

    // Zalo keeps an uploaded picture for seven days.
    private static readonly TimeSpan ImagesKept = TimeSpan.FromDays(6.5);

    /// <exception cref="ZaloRefused">What Zalo refused for another reason than the form, or in the simplest form too.</exception>
    public async Task Send(string user, Part part, CancellationToken ct)
    {
        var ways = Ways(user, part, ct).ToList();
        for (var at = 0; ; at++)
        {
            try
            {
                await ways[at]();
                return;
            }
            catch (ZaloRefused refused) when (at < ways.Count - 1 && IsOfTheForm(refused))
            {
                // The next way is simpler.
            }
        }
    }

    private IEnumerable<Func<Task>> Ways(string user, Part part, CancellationToken ct)
    {
        var words = WordsOf(part);
        switch (part)
        {
            case Part.Image { Picture: var picture }:
                yield return () => SendImage(user, picture, words, ct);
                break;
            case Part.File { Document: var document }:
                yield return () => SendFile(user, document, words, ct);
                break;
        }
        if (part.Choices is { Count: > 0 } choices && part is Part.Text)
        {
            yield return () => line.SendMessage(ZaloMessage.OfChoices(user, words, choices, settings.Buttons), ct);
        }
        yield return () => SendBare(user, part, words, ct);
    }

    // Nothing is lost without the buttons: their numbers and words stand in the text.
    private async Task SendBare(string user, Part part, string words, CancellationToken ct)
    {
        await line.SendMessage(ZaloMessage.OfText(user, words), ct);
        if (part is Part.Text && part.Choices.Count > 0)
        {
            pulses.Of(ZaloLine.Channel).Count("refusedButtons");
            LogNoButtons();
        }
    }

    private async Task SendImage(string user, Picture picture, string words, CancellationToken ct)
    {
        if (await KnownImage(picture, ct) is { } known)
        {
            try
            {
                await line.SendMessage(ZaloMessage.OfImage(user, words, known), ct);
                return;
            }
            // It may be refused at any time; then it is forgotten, drawn and uploaded anew.
            catch (ZaloRefused refused) when (IsOfTheForm(refused))
            {
                await notes.Keep(ZaloLine.Channel, NoteOf(picture)!, null, ct);
            }
        }
        if (drawings.FileOf(picture) is not { } file || file.Bytes.Length > LargestImage)
        {
            await line.SendMessage(ZaloMessage.OfText(user, words), ct);
            return;
        }
        var id = await Uploaded(() => line.UploadImage(file.Bytes, file.Name, ct));
        if (NoteOf(picture) is { } note)
        {
            await notes.Keep(ZaloLine.Channel, note, $"{time.GetUtcNow().ToUnixTimeSeconds()} {id}", ct);
        }
        await line.SendMessage(ZaloMessage.OfImage(user, words, id), ct);
    }

    private async Task SendFile(string user, Document document, string words, CancellationToken ct)
    {
        if (drawings.FileOf(document) is not { } file || file.Bytes.Length > LargestFile)
        {
            await line.SendMessage(ZaloMessage.OfText(user, words), ct);
            return;
        }
        // A file has no text beside it, and its name says what it is.
        await line.SendMessage(ZaloMessage.OfFile(user, await Uploaded(() => line.UploadFile(file.Bytes, file.Name, ct))), ct);
    }

    // The month's uploads are used up, or the application may not upload: the words go all the same. What else is wrong is said by the message's own call.
    private async Task<string> Uploaded(Func<Task<string>> upload)
    {
        try
        {
            return await upload();
        }
        catch (ZaloRefused refused) when (refused.Meant is Meant.Operator or Meant.Never or Meant.Unknown)
        {
            pulses.Of(ZaloLine.Channel).Count("refusedUploads");
            LogNoUpload(refused.Error);
            throw new ZaloRefused(-201);
        }
    }

    private async Task<string?> KnownImage(Picture picture, CancellationToken ct) =>
        NoteOf(picture) is { } note && await notes.Recall(ZaloLine.Channel, note, ct) is { } kept && kept.Split(' ', 2) is [var since, var id]
        && long.TryParse(since, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds) < ImagesKept
            ? id
            : null;

    // For this application and account only.
    private string? NoteOf(Block block) => drawings.KeyOf(block) is { } key
        ? $"file {settings.AppId} {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16))}"
        : null;

    private static bool IsOfTheForm(ZaloRefused refused) => refused.Meant is Meant.Form or Meant.Never && refused.Error != -244;

    private static string WordsOf(Part part)
    {
        var words = string.Concat(part.InWords().Select(run => run.Text));
        return string.IsNullOrWhiteSpace(words) ? "…" : words;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Zalo does not take the buttons, only the numbered lines; ZaloOa:Buttons=Off spares the attempt")]
    private partial void LogNoButtons();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Zalo takes no upload ({Error}); the words go without the picture or file")]
    private partial void LogNoUpload(int error);
}
