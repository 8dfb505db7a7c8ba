using System.Globalization;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;

namespace DiaChiSo.Core.Requests;

/// <summary>
/// "YC26-000123": yêu cầu, the year in Vietnam, a running number. Short enough to be read out on the telephone; it says nothing about who or where.
/// </summary>
public static class RequestNumber
{
    private const string Letters = "YC";

    /// <summary>The next number of this year, taken inside the turn's transaction: a turn that is rolled back gives it back.</summary>
    internal static async Task<string> Next(BotDb db, DateTimeOffset now, CancellationToken ct)
    {
        var series = string.Create(CultureInfo.InvariantCulture, $"{Letters}{now.ToOffset(TimeSpan.FromHours(7)).Year % 100:00}");
        var running = await Sequence.Next(db, series, ct);
        return string.Create(CultureInfo.InvariantCulture, $"{series}-{running:000000}");
    }

    /// <summary>Reads what people type of it: "yc26-123", "YC 26 000123".</summary>
    public static bool TryRead(string? words, out string number)
    {
        var figures = VietnameseText.Words(words).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        number = "";
        if (!figures.StartsWith(Letters, StringComparison.Ordinal) || figures.Length is < 5 or > 12 || !figures.AsSpan(2).ContainsOnlyFigures())
        {
            return false;
        }
        number = $"{figures[..4]}-{figures[4..].TrimStart('0').PadLeft(6, '0')}";
        return true;
    }

    private static bool ContainsOnlyFigures(this ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
