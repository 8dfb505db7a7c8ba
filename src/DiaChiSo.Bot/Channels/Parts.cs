using System.Globalization;
using System.Net;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels;

/// <summary>
/// Cuts a page to what a channel can do; one way for all of them. What is too much for buttons is written as numbered lines: the number, the
/// number in words and the label, with or without tones, are heard like the button.
/// </summary>
public static class Parts
{
    public static IReadOnlyList<Part> Of(Page page, Capabilities can, PartWords words)
    {
        var parts = new List<Part>();
        var runs = new List<Run>();
        foreach (var block in page.Blocks)
        {
            switch (block)
            {
                case Words paragraph:
                    AddParagraph(paragraph.Runs);
                    break;
                case Picture picture when can.Pictures != PictureWay.None:
                    Close();
                    parts.Add(new Part.Image(picture));
                    break;
                case Pin pin when can.SendsPins:
                    Close();
                    parts.Add(new Part.Place(pin));
                    break;
                case Document document when can.SendsDocuments:
                    Close();
                    parts.Add(new Part.File(document));
                    break;
                default:
                    // What the channel cannot show is said in words.
                    AddParagraph([new Run(block.PlainText())]);
                    break;
            }
        }
        var (buttons, lines) = Divide(page.Choices, can, words);
        foreach (var paragraph in lines)
        {
            AddParagraph([new Run(paragraph)]);
        }
        Close();
        if (buttons.Count > 0)
        {
            if (parts.Count == 0)
            {
                parts.Add(new Part.Text([new Run("…")]));
            }
            parts[^1] = parts[^1] with { Choices = buttons };
        }
        return parts;

        void AddParagraph(IReadOnlyList<Run> more)
        {
            if (runs.Count > 0)
            {
                runs.Add(new Run("\n\n"));
            }
            runs.AddRange(more);
        }

        void Close()
        {
            parts.AddRange(Cutting.Cut(runs, can.TextLength).Select(text => new Part.Text(text)));
            runs.Clear();
        }
    }

    /// <summary>As it stands on a button or in a line: the number that may be typed, and the label.</summary>
    public static string Line(Choice choice) => choice.Number is { } number ? $"{number}. {choice.Label}" : choice.Label;

    /// <summary>Whether a phone gets anywhere with it; to some channels a link to this machine spoils the whole message.</summary>
    public static bool OpensOnAPhone(string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        && uri.Host.Contains('.') && !IPAddress.TryParse(uri.Host, out _) && !uri.IsLoopback;

    private static (List<Choice> Buttons, List<string> Paragraphs) Divide(IReadOnlyList<Choice> choices, Capabilities can, PartWords words)
    {
        var wishes = choices.Where(choice => choice.Data == "@place" && can.AsksForPlace || choice.Data == "@contact" && can.AsksForContact);
        var plain = choices.Where(choice => !choice.Data.StartsWith('@') && !IsLinkInWords(choice, can)).ToList();
        var inLines = can.WritesChoices || plain.Count > can.Buttons
            ? plain
            // A list whose lines do not fit on buttons is written out, and its buttons carry the number and what fits.
            : [.. plain.Where(choice => choice.Number is not null && Line(choice).Length > can.ButtonLength)];
        var numbered = inLines.Where(choice => choice.Number is not null).Select(Line).ToList();
        // Where figures are an answer a choice has no number, and its words are typed.
        var worded = inLines.Where(choice => choice is { Number: null, IsLink: false }).Select(choice => choice.Label).ToList();
        var links = choices.Where(choice => IsLinkInWords(choice, can)).Select(choice => $"{choice.Label}: {choice.Data}").ToList();
        List<string> paragraphs = links.Count > 0 ? [string.Join('\n', links)] : [];
        if (numbered.Count > 0)
        {
            paragraphs.Add(string.Join('\n', plain.Count > can.Buttons || can.WritesChoices ? [words.ByNumber, .. numbered] : numbered));
        }
        if (worded.Count > 0)
        {
            paragraphs.Add(words.OrWrite(worded));
        }
        return ([.. plain.Take(can.Buttons).Select(choice => choice with { Label = Shortened(choice, can.ButtonLength) }), .. wishes], paragraphs);
    }

    private static bool IsLinkInWords(Choice choice, Capabilities can) => choice.IsLink && !(can.LinkButtons && OpensOnAPhone(choice.Data));

    private static string Shortened(Choice choice, int most)
    {
        var room = most - (choice.Number is { } number ? number.ToString(CultureInfo.InvariantCulture).Length + 2 : 0);
        return choice.Label.Length <= room ? choice.Label : choice.Label[..(room - 1)].TrimEnd() + "…";
    }
}

/// <summary>What the renderer itself has to say, in the person's language.</summary>
/// <param name="ByNumber">Over numbered lines.</param>
/// <param name="OrWrite">The labels that may be typed.</param>
/// <param name="ChooseBelow">The sentence over buttons that must stand alone.</param>
public sealed record PartWords(string ByNumber, Func<IReadOnlyList<string>, string> OrWrite, string ChooseBelow)
{
    public static PartWords Of(Texts texts, string language) => new(
        Said(texts, language, "choose-by-number"),
        labels => Said(texts, language, "or-write", ("labels", string.Join(", ", labels.Select(label => $"«{label}»")))),
        Said(texts, language, "choose-below"));

    private static string Said(Texts texts, string language, string key, params IReadOnlyList<(string, string)> holes) =>
        texts.SharedText(language, key, holes);
}
