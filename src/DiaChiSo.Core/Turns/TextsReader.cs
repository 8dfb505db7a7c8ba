using System.Text.RegularExpressions;

namespace DiaChiSo.Core.Turns;

/// <summary>The words of one dialog in one language, read from its <c>texts.xx.md</c>.</summary>
/// <param name="Title">The first heading: how the dialog is called in a menu.</param>
/// <param name="Summary">The line behind <c>&gt;</c>: what it is for, as the help tells it.</param>
/// <param name="Sections">By key: a state (<c>asking-name</c>), a notice (<c>notice-…</c>), a mail (<c>mail-…</c>).</param>
public sealed record Sheet(string Title, string Summary, IReadOnlyDictionary<string, Section> Sections);

/// <summary>One heading: what is said there, what is offered, and the complaints (<c>###</c>) that may come before it.</summary>
public sealed record Section(string Key, IReadOnlyList<Line> Lines, IReadOnlyDictionary<string, Section> Complaints);

public abstract record Line;

/// <summary>A line of words; empty text is a paragraph's end.</summary>
public sealed record TextLine(string Template) : Line;

/// <summary><c>![alt](kind:argument)</c>.</summary>
public sealed record PictureLine(string Alt, string Kind, string Argument) : Line;

/// <summary><c>[label](target)</c>: a trigger, an engine's move (<c>back</c>, <c>cancel</c>, <c>change:state</c>, <c>go:Dialog</c>), a wish (<c>@place</c>, <c>@contact</c>) or <c>url:{hole}</c>.</summary>
public sealed record ChoiceLine(string Label, string Target) : Line;

/// <summary><c>{#each list}</c> … <c>{/each}</c>.</summary>
public sealed record EachLine(string List, IReadOnlyList<Line> Body) : Line;

/// <summary>Reads a <c>texts.xx.md</c>. Anything that it does not know is refused with file and line: a slip in the words stops the program's start.</summary>
public static partial class TextsReader
{
    /// <exception cref="FormatException">With the file's name and the line, when the text is not of the form of dialogs/README.md.</exception>
    public static Sheet Read(string fileName, string text)
    {
        string? title = null;
        var summary = "";
        var sections = new Dictionary<string, Section>();
        string? section = null, complaint = null;
        var lines = new List<Line>();
        var complaints = new Dictionary<string, Section>();
        var sectionLines = new List<Line>();
        var each = new Stack<(string List, List<Line> Outer)>();
        var number = 0;

        foreach (var raw in text.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            var line = raw.TrimEnd();
            if (line.StartsWith("### ", StringComparison.Ordinal))
            {
                CloseComplaint();
                if (section is null) { throw Wrong("a complaint (###) outside a section (##)"); }
                complaint = line[4..].Trim();
            }
            else if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                CloseSection();
                section = line[3..].Trim();
                if (sections.ContainsKey(section)) { throw Wrong($"the heading «{section}» stands twice"); }
            }
            else if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                if (title is not null) { throw Wrong("a second title (#)"); }
                title = line[2..].Trim();
            }
            else if (line.StartsWith("> ", StringComparison.Ordinal) && section is null)
            {
                summary = line[2..].Trim();
            }
            else if (section is null)
            {
                if (line.Length > 0) { throw Wrong("words before the first section (##)"); }
            }
            else if (EachStart().Match(line) is { Success: true } start)
            {
                each.Push((start.Groups[1].Value, lines));
                lines = [];
            }
            else if (line == "{/each}")
            {
                if (each.Count == 0) { throw Wrong("{/each} without {#each …}"); }
                var (list, outer) = each.Pop();
                outer.Add(new EachLine(list, lines));
                lines = outer;
            }
            else if (PictureForm().Match(line) is { Success: true } picture)
            {
                lines.Add(new PictureLine(picture.Groups[1].Value, picture.Groups[2].Value, picture.Groups[3].Value));
            }
            else if (ChoicesForm().IsMatch(line))
            {
                lines.AddRange(ChoiceForm().Matches(line).Select(match => new ChoiceLine(match.Groups[1].Value, match.Groups[2].Value)));
            }
            else
            {
                lines.Add(new TextLine(line));
            }
        }
        CloseSection();
        return new Sheet(title ?? throw Wrong("no title (#)"), summary, sections);

        void CloseComplaint()
        {
            if (each.Count > 0) { throw Wrong("{#each …} is not closed"); }
            if (complaint is not null)
            {
                if (!complaints.TryAdd(complaint, new Section(complaint, lines, new Dictionary<string, Section>())))
                {
                    throw Wrong($"the complaint «{complaint}» stands twice");
                }
            }
            else
            {
                sectionLines = lines;
            }
            lines = [];
        }

        void CloseSection()
        {
            CloseComplaint();
            if (section is not null)
            {
                sections.Add(section, new Section(section, sectionLines, complaints));
            }
            section = complaint = null;
            complaints = [];
            sectionLines = [];
        }

        FormatException Wrong(string what) => new($"{fileName}, line {number}: {what}");
    }

    [GeneratedRegex(@"^\{#each ([a-z-]+)\}$")]
    private static partial Regex EachStart();

    [GeneratedRegex(@"^!\[(.*)\]\(([a-z]+):(.+)\)$")]
    private static partial Regex PictureForm();

    [GeneratedRegex(@"^(\[[^\]]+\]\([^)]+\)\s*)+$")]
    private static partial Regex ChoicesForm();

    [GeneratedRegex(@"\[([^\]]+)\]\(([^)]+)\)")]
    private static partial Regex ChoiceForm();
}
