using System.Text.RegularExpressions;
using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Chats;

namespace DiaChiSo.Tests.Engine;

/// <summary>What the words offer and what the map allows are one thing, in every language.</summary>
public sealed partial class WordsFitTheMap
{
    [Fact]
    public void There_are_dialogs_and_pages_to_look_at()
    {
        Assert.True(AllDialogs.Names.Count >= 5);
        Assert.True(AllDialogs.Pages.Count() >= 10);
    }

    [Theory, MemberData(nameof(AllDialogs.Names), MemberType = typeof(AllDialogs))]
    public void Every_page_has_words_in_every_language_and_every_heading_is_a_page(string name)
    {
        var pages = AllDialogs.PagesOf(name).Select(Texts.KeyOf).ToHashSet();
        Assert.NotEmpty(pages);
        foreach (var language in Texts.Languages)
        {
            var sheet = AllDialogs.Texts.Of(name, language);
            Assert.NotEmpty(sheet.Title);
            Assert.NotEmpty(sheet.Summary);
            var headings = sheet.Sections.Keys.Where(key => !IsForSomebodyElse(key)).ToHashSet();
            Assert.Equal(pages.Order(), headings.Order());
        }
    }

    [Theory, MemberData(nameof(AllDialogs.Names), MemberType = typeof(AllDialogs))]
    public void Every_button_is_a_move_that_its_page_permits(string name)
    {
        var dialog = AllDialogs.Standing(name);
        foreach (var language in Texts.Languages)
        {
            foreach (var (key, section) in AllDialogs.Texts.Of(name, language).Sections.Where(section => !IsForSomebodyElse(section.Key)))
            {
                var permitted = dialog.PermittedFrom(Texts.NameOf(key));
                foreach (var choice in Choices(section.Lines))
                {
                    var where = $"{name}/texts.{language}.md, «{key}», [{choice.Label}]({choice.Target})";
                    switch (choice.Target.Split(':'))
                    {
                        case ["back"] or ["cancel"] or ["@place"] or ["@contact"] or ["url", _, ..]:
                            break;
                        case ["change", var state]:
                            Assert.True(dialog.IsQuestion(Texts.NameOf(state)), $"{where}: not one of Questions()");
                            break;
                        case ["go", var other]:
                            Assert.True(AllDialogs.Catalogue.Named(other) is not null, $"{where}: no such dialog");
                            break;
                        case [var trigger]:
                            Assert.True(permitted.Contains(Texts.NameOf(trigger)), $"{where}: the map permits {string.Join(", ", permitted)}");
                            break;
                        default:
                            Assert.Fail($"{where}: no move of the engine");
                            break;
                    }
                }
            }
        }
    }

    [Fact]
    public void Every_dialog_that_another_one_names_is_there()
    {
        var named = Directory.EnumerateFiles(Path.Combine(ChatFiles.Root, "dialogs"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(path => NamedDialog().Matches(File.ReadAllText(path)).Select(match => (In: Path.GetFileName(path), Name: match.Groups[1].Value))).ToList();
        Assert.True(named.Count >= 10, "hardly any dialog names another one: the look for them is wrong");
        Assert.All(named, found => Assert.True(AllDialogs.Catalogue.Named(found.Name) is not null, $"{found.In} names {found.Name}, which is not there"));
    }

    [Fact]
    public void Every_language_says_the_same_things()
    {
        var (vi, en) = ("vi", "en");
        Assert.Contains(Texts.Shared, AllDialogs.Texts.Folders);
        foreach (var folder in AllDialogs.Texts.Folders)
        {
            var original = AllDialogs.Texts.Of(folder, vi).Sections;
            var other = AllDialogs.Texts.Of(folder, en).Sections;
            Assert.Equal(original.Keys, other.Keys);
            foreach (var key in original.Keys)
            {
                Assert.Equal(Skeleton(original[key]), Skeleton(other[key]));
            }
        }
    }

    private static bool IsForSomebodyElse(string key) => key.StartsWith("notice-", StringComparison.Ordinal) || key.StartsWith("mail-", StringComparison.Ordinal);

    private static IEnumerable<ChoiceLine> Choices(IReadOnlyList<Line> lines) =>
        lines.SelectMany(line => line switch { ChoiceLine choice => [choice], EachLine each => Choices(each.Body), _ => Enumerable.Empty<ChoiceLine>() });

    // What must not differ between the languages: buttons, pictures, holes, complaints.
    private static string Skeleton(Section section) => string.Join('\n',
        [.. Targets(section.Lines), "holes " + Holes(section.Lines), .. section.Complaints.Values.OrderBy(complaint => complaint.Key, StringComparer.Ordinal).Select(complaint => $"### {complaint.Key} {Holes(complaint.Lines)}")]);

    private static IEnumerable<string> Targets(IReadOnlyList<Line> lines) => lines.SelectMany(line => line switch
    {
        ChoiceLine choice => [choice.Target],
        PictureLine picture => [$"{picture.Kind}:{picture.Argument}"],
        EachLine each => [$"each {each.List}", .. Targets(each.Body)],
        _ => Enumerable.Empty<string>(),
    });

    private static string Holes(IReadOnlyList<Line> lines) => string.Join(' ', lines.SelectMany(HolesOf).Distinct().Order(StringComparer.Ordinal));

    private static IEnumerable<string> HolesOf(Line line) => line switch
    {
        TextLine text => In(text.Template),
        ChoiceLine choice => In(choice.Label + choice.Target),
        PictureLine picture => In(picture.Alt + picture.Argument),
        EachLine each => each.Body.SelectMany(HolesOf),
        _ => [],
    };

    private static IEnumerable<string> In(string template) => Hole().Matches(template).Select(match => match.Value);

    [GeneratedRegex(@"(?:HandOver|StartDialog|Calls)\([^)""]*""([A-Za-z]+)""")]
    private static partial Regex NamedDialog();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Hole();
}
