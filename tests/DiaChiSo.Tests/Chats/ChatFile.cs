using System.Globalization;
using System.Text.RegularExpressions;

namespace DiaChiSo.Tests.Chats;

/// <summary>
/// A golden chat: the lines written by hand (<c>#</c>, <c>given</c>, <c>as</c>, <c>&gt;</c>, <c>~</c>); what follows them is generated once, read by a person and
/// checked ever after. The form is told in dialogs/README.md.
/// </summary>
public sealed record ChatFile(string Path, IReadOnlyList<ChatLine> Lines, string Text)
{
    /// <summary>LookUp/by-code: how a failing test names it.</summary>
    public string Name => $"{System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(System.IO.Path.GetDirectoryName(Path)))}/{System.IO.Path.GetFileNameWithoutExtension(Path)}";

    public static ChatFile Read(string path)
    {
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        return new ChatFile(path, [.. text.Split('\n').Select(ChatLine.Of).OfType<ChatLine>()], text);
    }
}

/// <summary>One line written by hand, exactly as it stands.</summary>
public abstract partial record ChatLine(string Raw)
{
    /// <summary>A comment, kept where it stands.</summary>
    public sealed record Title(string Raw) : ChatLine(Raw);

    /// <summary>What is so before, or between, the turns.</summary>
    public sealed record Given(string Raw, string What) : ChatLine(Raw);

    /// <summary>From here on somebody else is speaking.</summary>
    public sealed record As(string Raw, string Who) : ChatLine(Raw);

    public sealed record Pass(string Raw, TimeSpan Time) : ChatLine(Raw);

    public sealed record Says(string Raw, string What) : ChatLine(Raw);

    public static ChatLine? Of(string raw) => raw switch
    {
        "" or ['<', ..] or ['=', ..] or [' ', ..] or ['@', ..] => null,
        ['#', ..] => new Title(raw),
        _ when raw.StartsWith("given ", StringComparison.Ordinal) => new Given(raw, raw["given ".Length..].Trim()),
        _ when raw.StartsWith("as ", StringComparison.Ordinal) => new As(raw, raw["as ".Length..].Trim()),
        _ when PassForm().Match(raw) is { Success: true } pass => new Pass(raw, TimeOf(pass)),
        _ when raw.StartsWith("> ", StringComparison.Ordinal) => new Says(raw, raw[2..]),
        _ => throw new FormatException($"a line of a chat that says nothing known: «{raw}»"),
    };

    private static TimeSpan TimeOf(Match pass)
    {
        var number = int.Parse(pass.Groups[1].Value, CultureInfo.InvariantCulture);
        return pass.Groups[2].Value switch
        {
            "second" => TimeSpan.FromSeconds(number),
            "minute" => TimeSpan.FromMinutes(number),
            "hour" => TimeSpan.FromHours(number),
            _ => TimeSpan.FromDays(number),
        };
    }

    [GeneratedRegex(@"^~ (\d+) (second|minute|hour|day)s? pass(es)?$")]
    private static partial Regex PassForm();
}

/// <summary>The chats that lie beside the dialogs.</summary>
public static class ChatFiles
{
    /// <summary>The folder of the solution, looked for upwards from where the tests run.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>All of them; CHATS=RequestNew takes only those whose path has that in it.</summary>
    public static IReadOnlyList<string> Paths { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(Root, "dialogs"), "*.chat", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(Path.GetDirectoryName(path)) == "chats" && path.Contains(Environment.GetEnvironmentVariable("CHATS") ?? "", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DiaChiSo.Bot.sln")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new InvalidOperationException("the tests do not run inside the repository");
    }
}
