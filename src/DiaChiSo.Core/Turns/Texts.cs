using System.Collections.Concurrent;
using System.Reflection;

namespace DiaChiSo.Core.Turns;

/// <summary>All words of all dialogs in all languages, read once from what is embedded beside the dialogs.</summary>
public sealed class Texts
{
    /// <summary>The first is the original, and stands in where a language is unknown.</summary>
    public static readonly IReadOnlyList<string> Languages = ["vi", "en"];

    /// <summary>The folder of words that belong to no dialog.</summary>
    public const string Shared = "Shared";

    private readonly Dictionary<(string Folder, string Language), Sheet> sheets = [];

    /// <exception cref="FormatException">A file that cannot be read, with its name and line.</exception>
    public Texts(Assembly dialogs)
    {
        foreach (var name in dialogs.GetManifestResourceNames())
        {
            // LookUp/texts.vi.md
            var parts = name.Split('/', '.');
            if (parts is [.. var folders, "texts", var language, "md"] && folders.Length == 1)
            {
                using var reader = new StreamReader(dialogs.GetManifestResourceStream(name)!);
                sheets[(folders[0], language)] = TextsReader.Read(name, reader.ReadToEnd());
            }
        }
    }

    public IEnumerable<string> Folders => sheets.Keys.Select(key => key.Folder).Distinct().Order(StringComparer.Ordinal);

    /// <exception cref="KeyNotFoundException">No such dialog: a programmer's mistake.</exception>
    public Sheet Of(string dialog, string language) =>
        sheets.TryGetValue((dialog, language), out var sheet) || sheets.TryGetValue((dialog, Languages[0]), out sheet)
            ? sheet
            : throw new KeyNotFoundException($"no words for the dialog {dialog}");

    /// <exception cref="KeyNotFoundException">No such heading: a programmer's mistake.</exception>
    public Section Section(string dialog, string language, string key) =>
        Of(dialog, language).Sections.TryGetValue(key, out var section) ? section : throw new KeyNotFoundException($"{dialog}/texts.{language}.md has no heading «{key}»");

    /// <summary>
    /// A complaint of a state, or a phrase that fills one of its holes (<c>### key</c>). What several states say stands once, under the first of them.
    /// </summary>
    /// <exception cref="KeyNotFoundException">No such words: a programmer's mistake.</exception>
    public Section Aside(string dialog, string language, string state, string key) =>
        Section(dialog, language, state).Complaints.GetValueOrDefault(key)
        ?? Of(dialog, language).Sections.Values.Select(section => section.Complaints.GetValueOrDefault(key)).FirstOrDefault(found => found is not null)
        ?? throw new KeyNotFoundException($"{dialog}/texts.{language}.md has no «### {key}» under «{state}»");

    /// <summary>The words of <see cref="Aside"/> as plain text, for a hole of that state.</summary>
    public string Phrase(string dialog, string language, string state, string key, params IReadOnlyList<(string Hole, string Value)> holes) =>
        string.Join("\n\n", Pages.Make(Aside(dialog, language, state, key).Lines, holes.ToDictionary(hole => hole.Hole, hole => hole.Value)).Blocks.Select(block => block.PlainText()));

    public bool Speaks(string dialog, string language) => sheets.ContainsKey((dialog, language));

    public bool Has(string dialog, string language, string key) =>
        sheets.TryGetValue((dialog, language), out var sheet) && sheet.Sections.ContainsKey(key);

    /// <summary>One section of <c>Shared</c> as blocks.</summary>
    public IReadOnlyList<Block> SharedWords(string language, string key, params IReadOnlyList<(string Hole, string Value)> holes) =>
        Pages.Make(Section(Shared, language, key).Lines, holes.ToDictionary(hole => hole.Hole, hole => hole.Value)).Blocks;

    /// <summary>The same as plain text.</summary>
    public string SharedText(string language, string key, params IReadOnlyList<(string Hole, string Value)> holes) =>
        string.Join("\n\n", SharedWords(language, key, holes).Select(block => block.PlainText()));

    private static readonly ConcurrentDictionary<string, string> Keys = new();

    /// <summary>AskingName → asking-name.</summary>
    public static string KeyOf(string name) => Keys.GetOrAdd(name, static name =>
        string.Concat(name.Select((letter, at) => at > 0 && char.IsUpper(letter) ? "-" + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString())));

    /// <summary>asking-name → AskingName.</summary>
    public static string NameOf(string key) => string.Concat(key.Split('-').Select(word => word.Length == 0 ? "" : char.ToUpperInvariant(word[0]) + word[1..]));
}
