using System.Reflection;

namespace DiaChiSo.Core.Register;

/// <summary>The small tables that are compiled into this assembly. They are our own files: plain commas, no quotes.</summary>
internal static class CoreData
{
    private static readonly Assembly Here = typeof(CoreData).Assembly;

    /// <summary>Opens an embedded file, "Register.Data.categories.csv".</summary>
    public static Stream Open(string name) =>
        Here.GetManifestResourceStream($"DiaChiSo.Core.{name}")
        ?? throw new InvalidOperationException($"The embedded file {name} is missing.");

    /// <summary>The rows of an embedded table by the names in its first line. Lines that start with # are comments.</summary>
    public static IEnumerable<IReadOnlyDictionary<string, string>> Rows(string name)
    {
        using var reader = new StreamReader(Open(name));
        foreach (var row in Rows(reader))
        {
            yield return row;
        }
    }

    public static IEnumerable<IReadOnlyDictionary<string, string>> Rows(TextReader reader)
    {
        string[]? header = null;
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }
            var cells = line.Split(',');
            if (header is null)
            {
                header = cells;
                continue;
            }
            if (cells.Length != header.Length)
            {
                throw new FormatException("A row of a table does not have as many cells as its first line.");
            }
            yield return header.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second);
        }
    }
}
