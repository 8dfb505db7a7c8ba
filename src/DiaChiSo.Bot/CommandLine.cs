namespace DiaChiSo.Bot;

/// <summary>One line of arguments, two readers: settings (<c>--Mail:Host=…</c>, <c>--urls …</c>) go to the configuration, the rest are commands.</summary>
internal static class CommandLine
{
    public static (IReadOnlyList<string> Settings, IReadOnlyList<string> Commands) Divide(IReadOnlyList<string> args)
    {
        var settings = new List<string>();
        var commands = new List<string>();
        for (var at = 0; at < args.Count; at++)
        {
            if (!IsSetting(args[at]))
            {
                commands.Add(args[at]);
            }
            else if (args[at].Contains('=') || at + 1 == args.Count)
            {
                settings.Add(args[at].Contains('=') ? args[at] : args[at] + "=");
            }
            else
            {
                settings.Add($"{args[at]}={args[++at]}");
            }
        }
        return (settings, commands);
    }

    private static bool IsSetting(string arg)
    {
        if (!arg.StartsWith("--", StringComparison.Ordinal))
        {
            return false;
        }
        var name = arg.AsSpan(2);
        var end = name.IndexOf('=');
        name = end < 0 ? name : name[..end];
        return name.Contains(':') || name.Equals("urls", StringComparison.OrdinalIgnoreCase);
    }
}
