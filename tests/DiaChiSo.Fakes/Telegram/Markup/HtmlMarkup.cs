using System.Globalization;
using System.Text;
using DiaChiSo.Fakes.Telegram.Server;

namespace DiaChiSo.Fakes.Telegram.Markup;

/// <summary>Text with its entities, sorted by offset.</summary>
internal sealed record FormattedText(string Text, IReadOnlyList<SeenEntity> Entities);

/// <summary>
/// parse_mode HTML as Telegram reads it (Bot API, "HTML style"). Errors carry the byte offset in UTF-8, as the real ones do.
/// </summary>
internal sealed class HtmlMarkup
{
    private static readonly Dictionary<string, string> Types = new()
    {
        ["b"] = "bold",
        ["strong"] = "bold",
        ["i"] = "italic",
        ["em"] = "italic",
        ["u"] = "underline",
        ["ins"] = "underline",
        ["s"] = "strikethrough",
        ["strike"] = "strikethrough",
        ["del"] = "strikethrough",
        ["code"] = "code",
        ["pre"] = "pre",
        ["a"] = "text_link",
        ["blockquote"] = "blockquote",
        ["tg-spoiler"] = "spoiler",
        ["span"] = "spoiler",
    };

    private readonly string html;
    private readonly StringBuilder text = new();
    private readonly List<SeenEntity> entities = [];
    private readonly Stack<OpenTag> open = new();
    private int at;

    private HtmlMarkup(string html) => this.html = html;

    private sealed record OpenTag(string Name, string Type, int Start, string? Argument);

    /// <exception cref="ApiRefusal">400 <c>can't parse entities: …</c></exception>
    public static FormattedText Parse(string html) => new HtmlMarkup(html).Run();

    private FormattedText Run()
    {
        while (at < html.Length)
        {
            if (html[at] == '&' && Character() is { } character)
            {
                text.Append(character);
            }
            else if (html[at] != '<')
            {
                text.Append(html[at++]);
            }
            else if (at + 1 < html.Length && html[at + 1] == '/')
            {
                Close();
            }
            else
            {
                Open();
            }
        }

        return open.TryPeek(out var unclosed)
            ? throw Bad($"Can't find end tag corresponding to start tag \"{unclosed.Name}\"")
            : new FormattedText(text.ToString(), MessageText.Sorted(entities));
    }

    private void Open()
    {
        var begin = at++;
        var name = Take(letter => !char.IsWhiteSpace(letter) && letter != '>').ToLowerInvariant();
        if (at >= html.Length)
        {
            throw Bad($"Unclosed start tag at byte offset {Bytes(begin)}");
        }

        if (!Types.TryGetValue(name, out var type))
        {
            throw Bad($"Unsupported start tag \"{name}\" at byte offset {Bytes(begin)}");
        }

        var attributes = Attributes(name, begin);
        if (name == "span" && attributes.GetValueOrDefault("class") != "tg-spoiler")
        {
            throw Bad($"Tag \"span\" must have class \"tg-spoiler\" at byte offset {Bytes(begin)}");
        }

        var argument = name switch
        {
            "a" => attributes.GetValueOrDefault("href", ""),
            "code" => attributes.GetValueOrDefault("class", "").StartsWith("language-", StringComparison.Ordinal) ? attributes["class"][9..] : null,
            "blockquote" => attributes.ContainsKey("expandable") ? "expandable" : null,
            _ => null,
        };
        open.Push(new OpenTag(name, type, text.Length, argument));
    }

    private Dictionary<string, string> Attributes(string tag, int begin)
    {
        var attributes = new Dictionary<string, string>();
        while (true)
        {
            Take(char.IsWhiteSpace);
            if (at >= html.Length)
            {
                throw Bad($"Unclosed start tag \"{tag}\" at byte offset {Bytes(begin)}");
            }

            if (html[at] == '>')
            {
                at++;
                return attributes;
            }

            var name = Take(letter => !char.IsWhiteSpace(letter) && letter is not ('=' or '>' or '/' or '"' or '\''));
            if (name.Length == 0)
            {
                throw Bad($"Empty attribute name in the tag \"{tag}\" at byte offset {Bytes(begin)}");
            }

            Take(char.IsWhiteSpace);
            attributes[name.ToLowerInvariant()] = at < html.Length && html[at] == '=' ? Value(tag, begin) : "";
        }
    }

    private string Value(string tag, int begin)
    {
        at++;
        Take(char.IsWhiteSpace);
        if (at >= html.Length)
        {
            throw Bad($"Unclosed start tag \"{tag}\" at byte offset {Bytes(begin)}");
        }

        if (html[at] is not ('"' or '\''))
        {
            var token = Take(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-');
            return at < html.Length && (char.IsWhiteSpace(html[at]) || html[at] == '>')
                ? token
                : throw Bad($"Unexpected end of name token at byte offset {Bytes(at)}");
        }

        var quote = html[at++];
        var value = new StringBuilder();
        while (at < html.Length && html[at] != quote)
        {
            value.Append(html[at] == '&' && Character() is { } character ? character : html[at++].ToString());
        }

        return at++ < html.Length ? value.ToString() : throw Bad($"Unclosed start tag at byte offset {Bytes(begin)}");
    }

    private void Close()
    {
        var begin = at;
        if (!open.TryPop(out var tag))
        {
            throw Bad($"Unexpected end tag at byte offset {Bytes(begin)}");
        }

        at += 2;
        var name = Take(letter => !char.IsWhiteSpace(letter) && letter != '>').ToLowerInvariant();
        Take(char.IsWhiteSpace);
        if (at >= html.Length || html[at] != '>')
        {
            throw Bad($"Unclosed end tag at byte offset {Bytes(begin)}");
        }

        at++;
        if (name.Length > 0 && name != tag.Name)
        {
            throw Bad($"Unmatched end tag at byte offset {Bytes(begin)}, expected \"</{tag.Name}>\", found \"</{name}>\"");
        }

        var length = text.Length - tag.Start;
        if (length == 0)
        {
            return;
        }

        if (tag.Name == "a")
        {
            AddLink(tag, length);
        }
        else if (tag.Name == "code" && open.TryPeek(out var outer) && outer.Name == "pre" && outer.Start == tag.Start && tag.Argument is not null)
        {
            open.Pop();
            open.Push(outer with { Argument = tag.Argument });
        }
        else
        {
            var type = tag.Name == "blockquote" && tag.Argument is not null ? "expandable_blockquote" : tag.Type;
            entities.Add(new SeenEntity(type, tag.Start, length, Language: tag.Name == "pre" ? tag.Argument : null));
        }
    }

    /// <summary>A link that is no address is dropped without a word; its text stays.</summary>
    private void AddLink(OpenTag tag, int length)
    {
        var address = tag.Argument is { Length: > 0 } href ? href : text.ToString(tag.Start, length);
        if (WebAddress.Check(address) is (true, { } url))
        {
            entities.Add(new SeenEntity("text_link", tag.Start, length, url));
        }
    }

    /// <summary>&amp;lt; &amp;gt; &amp;amp; &amp;quot; and numbers; anything else is left as it stands.</summary>
    private string? Character()
    {
        var end = html.IndexOf(';', at, Math.Min(12, html.Length - at));
        if (end < 0)
        {
            return null;
        }

        var name = html[(at + 1)..end];
        var character = name switch
        {
            "lt" => "<",
            "gt" => ">",
            "amp" => "&",
            "quot" => "\"",
            _ => Numbered(name),
        };
        at = character is null ? at : end + 1;
        return character;
    }

    private static string? Numbered(string name)
    {
        var hex = name.StartsWith("#x", StringComparison.OrdinalIgnoreCase);
        return name.StartsWith('#')
            && int.TryParse(hex ? name[2..] : name[1..], hex ? NumberStyles.HexNumber : NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            && Rune.IsValid(code) && code > 0
            ? new Rune(code).ToString() : null;
    }

    private string Take(Func<char, bool> belongs)
    {
        var begin = at;
        while (at < html.Length && belongs(html[at]))
        {
            at++;
        }

        return html[begin..at];
    }

    private int Bytes(int index) => Encoding.UTF8.GetByteCount(html.AsSpan(0, index));

    private static ApiRefusal Bad(string words) => ApiRefusal.BadRequest("can't parse entities: " + words);
}
