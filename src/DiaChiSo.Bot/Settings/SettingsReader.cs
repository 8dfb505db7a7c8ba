using System.Collections;
using System.Globalization;
using System.Reflection;

namespace DiaChiSo.Bot.Settings;

/// <summary>An example of a right value; it stands in the line that a wrong one is answered with.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ExampleAttribute(string value) : Attribute
{
    public string Value { get; } = value;
}

/// <summary>Reads a section into its class, name by name, so that every fault can say which setting it is and what it should look like.</summary>
public sealed class SettingsReader(IConfiguration configuration)
{
    /// <param name="section">The section's name, e.g. Mail.</param>
    /// <param name="fault">What the area itself finds wrong, in one line that names the setting; null: nothing.</param>
    /// <exception cref="SettingFault">A setting is unknown, of the wrong kind, or the area finds it wrong.</exception>
    public T Read<T>(string section, Func<T, string?> fault) where T : class, new()
    {
        var area = new T();
        ReadInto(area, configuration.GetSection(section));
        return fault(area) is { } line ? throw new SettingFault(line) : area;
    }

    private static void ReadInto(object area, IConfigurationSection section)
    {
        var properties = area.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).ToList();
        foreach (var given in section.GetChildren())
        {
            var property = properties.Find(found => string.Equals(found.Name, given.Key, StringComparison.OrdinalIgnoreCase))
                // A misspelt setting would silently keep its default.
                ?? throw new SettingFault($"{given.Path}: there is no such setting; {section.Path} knows {string.Join(", ", properties.Select(known => known.Name))}.");
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (type == typeof(string[]))
            {
                property.SetValue(area, ReadList(given));
            }
            else if (typeof(IDictionary).IsAssignableFrom(type))
            {
                ReadTable((IDictionary)property.GetValue(area)!, type.GetGenericArguments()[1], given);
            }
            else if (type.IsClass && type != typeof(string))
            {
                ReadInto(property.GetValue(area)!, given);
            }
            else if (given.Value is { } words)
            {
                property.SetValue(area, ReadValue(words.Trim(), type) ?? throw Wrong(given.Path, property, type));
            }
            else if (given.GetChildren().Any())
            {
                throw Wrong(given.Path, property, type);
            }
        }
    }

    // A table by name: a row that is there is changed, one that is not is added.
    private static void ReadTable(IDictionary table, Type row, IConfigurationSection given)
    {
        foreach (var entry in given.GetChildren())
        {
            table[entry.Key] ??= Activator.CreateInstance(row)!;
            ReadInto(table[entry.Key]!, entry);
        }
    }

    private static string[] ReadList(IConfigurationSection given) =>
        given.Value is { } line
            ? line.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [.. given.GetChildren().Select(child => child.Value?.Trim() ?? "").Where(value => value.Length > 0)];

    private static object? ReadValue(string words, Type type) => type switch
    {
        _ when type == typeof(string) => words,
        _ when type == typeof(bool) => bool.TryParse(words, out var yes) ? yes : null,
        _ when type == typeof(int) => int.TryParse(words, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null,
        _ when type == typeof(double) => double.TryParse(words, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ when type == typeof(TimeSpan) => TimeSpan.TryParse(words, CultureInfo.InvariantCulture, out var span) ? span : null,
        { IsEnum: true } => Enum.TryParse(type, words, ignoreCase: true, out var one) && Enum.IsDefined(type, one) ? one : null,
        _ => throw new InvalidOperationException($"a setting cannot be a {type.Name}"),
    };

    private static SettingFault Wrong(string path, PropertyInfo property, Type type)
    {
        var wanted = type switch
        {
            _ when type == typeof(bool) => "true or false is wanted",
            _ when type == typeof(int) => "a whole number is wanted",
            _ when type == typeof(double) => "a number is wanted",
            _ when type == typeof(TimeSpan) => "a length of time (hours:minutes:seconds) is wanted",
            { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(type))} is wanted",
            _ => "one value is wanted, not a group",
        };
        return new SettingFault(property.GetCustomAttribute<ExampleAttribute>() is { } example ? $"{path}: {wanted}, for example {example.Value}." : $"{path}: {wanted}.");
    }
}
