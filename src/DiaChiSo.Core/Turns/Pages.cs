using System.Globalization;
using DiaChiSo.Core.Register;

namespace DiaChiSo.Core.Turns;

/// <summary>A page made of a section's words: what it shows and what it offers.</summary>
public sealed record MadePage(IReadOnlyList<Block> Blocks, IReadOnlyList<ChoiceLine> Choices);

/// <summary>
/// Fills the holes of a section. A line with an empty hole is dropped, a block under <c>{#each}</c> repeats; nothing more.
/// What fills a hole is always text: a person's words are never markup.
/// </summary>
public static class Pages
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyDictionary<string, string>>> NoLists =
        new Dictionary<string, IReadOnlyList<IReadOnlyDictionary<string, string>>>();

    /// <exception cref="KeyNotFoundException">A hole that nothing fills: a programmer's mistake, found by the liveness test.</exception>
    public static MadePage Make(
        IReadOnlyList<Line> lines,
        IReadOnlyDictionary<string, string> holes,
        IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyDictionary<string, string>>>? lists = null)
    {
        var making = new Making(lists ?? NoLists);
        making.Add(lines, holes);
        return making.Done();
    }

    private sealed class Making(IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyDictionary<string, string>>> lists)
    {
        private readonly List<Block> blocks = [];
        private readonly List<ChoiceLine> choices = [];
        private readonly List<Run> runs = [];
        private bool paragraphEnded;

        public void Add(IReadOnlyList<Line> lines, IReadOnlyDictionary<string, string> holes)
        {
            foreach (var line in lines)
            {
                switch (line)
                {
                    case TextLine { Template: "" }:
                        paragraphEnded = true;
                        break;
                    case TextLine text when Filled(text.Template, holes) is { } filled:
                        NewLine();
                        runs.AddRange(filled);
                        break;
                    case PictureLine picture when Plain(picture.Argument, holes) is { } argument && Plain(picture.Alt, holes) is { } alt:
                        CloseWords();
                        blocks.Add(picture.Kind switch
                        {
                            "place" => PinOf(argument, alt),
                            "file" => DocumentOf(argument, alt),
                            var kind => new Picture(kind, argument, alt),
                        });
                        break;
                    case ChoiceLine choice when Plain(choice.Label, holes) is { } label && Plain(choice.Target, holes) is { } target:
                        choices.Add(new ChoiceLine(label, target));
                        break;
                    case EachLine each:
                        foreach (var item in lists.TryGetValue(each.List, out var items) ? items : throw new KeyNotFoundException($"nothing fills the list {{#each {each.List}}}"))
                        {
                            Add(each.Body, new Layered(item, holes));
                        }
                        break;
                }
            }
        }

        public MadePage Done()
        {
            CloseWords();
            return new MadePage(blocks, choices);
        }

        private void NewLine()
        {
            if (runs.Count > 0)
            {
                runs.Add(new Run(paragraphEnded ? "\n\n" : "\n"));
            }
            paragraphEnded = false;
        }

        private void CloseWords()
        {
            if (runs.Count > 0)
            {
                blocks.Add(new Words([.. runs]));
                runs.Clear();
            }
            paragraphEnded = false;
        }

        // The argument is "card:3260612345 Đội 5, …": the maker, and of what.
        private static Document DocumentOf(string argument, string alt) =>
            argument.Split(':', 2) is [var maker, var what] ? new Document(maker, what, alt) : throw new FormatException("a file needs its maker, for example (file:card:{digits})");

        // The argument is "lat,lng" or "lat,lng title", invariant, as GeoPoint writes itself.
        private static Pin PinOf(string argument, string alt)
        {
            var space = argument.IndexOf(' ');
            var (place, title) = space < 0 ? (argument, alt) : (argument[..space], argument[(space + 1)..]);
            var parts = place.Split(',');
            return new Pin(new GeoPoint(double.Parse(parts[0], CultureInfo.InvariantCulture), double.Parse(parts[1], CultureInfo.InvariantCulture)), title, alt);
        }
    }

    /// <summary>The template with its holes filled and its markup dropped, or null when a hole is empty.</summary>
    public static string? Plain(string template, IReadOnlyDictionary<string, string> holes) =>
        Filled(template, holes) is { } runs ? string.Concat(runs.Select(run => run.Text)) : null;

    // **bold**, `code` and {hole}; the fill is never looked into.
    private static List<Run>? Filled(string template, IReadOnlyDictionary<string, string> holes)
    {
        var runs = new List<Run>();
        var style = RunStyle.Plain;
        var start = 0;
        for (var at = 0; at <= template.Length; at++)
        {
            var rest = template.AsSpan(at);
            var bold = rest.StartsWith("**");
            var code = !bold && rest.StartsWith("`");
            var hole = !bold && !code && rest.StartsWith("{") && rest.IndexOf('}') > 0;
            if (at < template.Length && !bold && !code && !hole)
            {
                continue;
            }
            if (at > start)
            {
                Put(template[start..at]);
            }
            if (hole)
            {
                var end = at + rest.IndexOf('}');
                var name = template[(at + 1)..end];
                var value = holes.TryGetValue(name, out var found) ? found : throw new KeyNotFoundException($"nothing fills the hole {{{name}}}");
                if (value.Length == 0)
                {
                    return null;
                }
                Put(value);
                at = end;
            }
            else if (bold)
            {
                style = style == RunStyle.Bold ? RunStyle.Plain : RunStyle.Bold;
                at++;
            }
            else if (code)
            {
                style = style == RunStyle.Code ? RunStyle.Plain : RunStyle.Code;
            }
            start = at + 1;
        }
        return runs;

        void Put(string text)
        {
            if (runs.Count > 0 && runs[^1].Style == style)
            {
                runs[^1] = new Run(runs[^1].Text + text, style);
            }
            else
            {
                runs.Add(new Run(text, style));
            }
        }
    }

    private sealed class Layered(IReadOnlyDictionary<string, string> inner, IReadOnlyDictionary<string, string> outer) : IReadOnlyDictionary<string, string>
    {
        public bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out string value) =>
            inner.TryGetValue(key, out value) || outer.TryGetValue(key, out value);

        public string this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(key);
        public bool ContainsKey(string key) => inner.ContainsKey(key) || outer.ContainsKey(key);
        public IEnumerable<string> Keys => inner.Keys.Concat(outer.Keys);
        public IEnumerable<string> Values => Keys.Select(key => this[key]);
        public int Count => inner.Count + outer.Count;
        public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => inner.Concat(outer).GetEnumerator();
        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
