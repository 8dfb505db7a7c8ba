using System.Globalization;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Channels;

/// <summary>One message of a page, cut to a channel; the choices are on the last one.</summary>
public abstract record Part
{
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    public sealed record Text(IReadOnlyList<Run> Runs) : Part;

    public sealed record Image(Picture Picture) : Part;

    public sealed record Place(Pin Pin) : Part;
}

/// <summary>Cuts a page to what a channel can do; one way for all of them.</summary>
public static class Parts
{
    public static IReadOnlyList<Part> Of(Page page, Capabilities can)
    {
        var parts = new List<Part>();
        var runs = new List<Run>();
        foreach (var block in page.Blocks)
        {
            switch (block)
            {
                case Words words:
                    AddParagraph(words.Runs);
                    break;
                case Picture picture when can.SendsPictures:
                    Close();
                    parts.Add(new Part.Image(picture));
                    break;
                case Pin pin when can.SendsPins:
                    Close();
                    parts.Add(new Part.Place(pin));
                    break;
                default:
                    // What the channel cannot show is said in words.
                    AddParagraph([new Run(block.PlainText())]);
                    break;
            }
        }
        var (asButtons, asLines) = Divide(page.Choices, can);
        if (asLines.Count > 0)
        {
            AddParagraph([new Run(string.Join('\n', asLines.Select(Line)))]);
        }
        Close();
        if (asButtons.Count > 0 || page.Choices.Count > 0)
        {
            if (parts.Count == 0)
            {
                parts.Add(new Part.Text([new Run("…")]));
            }
            parts[^1] = parts[^1] with { Choices = [.. asButtons, .. page.Choices.Where(choice => choice.Data.StartsWith('@'))] };
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
            parts.AddRange(Cut(runs, can.TextLength).Select(text => new Part.Text(text)));
            runs.Clear();
        }
    }

    /// <summary>As it stands on a button or in a line: the number that may be typed, and the label.</summary>
    public static string Line(Choice choice) => choice.Number is { } number ? $"{number}. {choice.Label}" : choice.Label;

    // A list whose lines do not fit on buttons is written out, and its buttons carry the number and what fits.
    private static (List<Choice> Buttons, List<Choice> Lines) Divide(IReadOnlyList<Choice> choices, Capabilities can)
    {
        var plain = choices.Where(choice => !choice.Data.StartsWith('@')).ToList();
        var tooMany = plain.Count > can.Buttons;
        var lines = tooMany ? plain : plain.Where(choice => choice.Number is not null && Line(choice).Length > can.ButtonLength).ToList();
        var buttons = plain.Take(can.Buttons).Select(choice => choice with { Label = Shortened(choice, can.ButtonLength) }).ToList();
        return (can.Buttons == 0 ? [] : buttons, lines);
    }

    private static string Shortened(Choice choice, int most)
    {
        var room = most - (choice.Number is { } number ? number.ToString(CultureInfo.InvariantCulture).Length + 2 : 0);
        return choice.Label.Length <= room ? choice.Label : choice.Label[..(room - 1)].TrimEnd() + "…";
    }

    /// <summary>Cuts runs into texts of at most <paramref name="most"/> characters, at a paragraph, a sentence or a space where there is one.</summary>
    private static IEnumerable<IReadOnlyList<Run>> Cut(IReadOnlyList<Run> runs, int most)
    {
        var now = new List<Run>();
        var left = most;
        foreach (var run in runs)
        {
            var rest = run.Text;
            while (rest.Length > left)
            {
                var at = CutAt(rest, left);
                if (at > 0)
                {
                    now.Add(run with { Text = rest[..at] });
                    rest = rest[at..].TrimStart();
                }
                if (now.Count > 0)
                {
                    yield return [.. now];
                }
                now.Clear();
                left = most;
            }
            if (rest.Length > 0)
            {
                now.Add(run with { Text = rest });
                left -= rest.Length;
            }
        }
        if (now.Any(run => !string.IsNullOrWhiteSpace(run.Text)))
        {
            yield return now;
        }
    }

    private static int CutAt(string text, int most)
    {
        foreach (var end in (ReadOnlySpan<string>)["\n\n", "\n", ". ", " "])
        {
            var at = text.LastIndexOf(end, Math.Max(0, most - end.Length), StringComparison.Ordinal);
            if (at > most / 3)
            {
                return at + end.TrimEnd().Length;
            }
        }
        // Never through a pair of surrogates.
        return most > 0 && char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
    }
}
