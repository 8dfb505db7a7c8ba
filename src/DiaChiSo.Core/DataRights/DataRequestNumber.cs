using System.Globalization;
using DiaChiSo.Core.Confirmations;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;

namespace DiaChiSo.Core.DataRights;

/// <summary>"QL26-000001": quyền lợi, the year in Vietnam, a running number, as requests have theirs.</summary>
public static class DataRequestNumber
{
    private const string Letters = "QL";

    internal static async Task<string> Next(BotDb db, DateTimeOffset now, CancellationToken ct)
    {
        var series = string.Create(CultureInfo.InvariantCulture, $"{Letters}{now.DayInVietnam().Year % 100:00}");
        var running = await Sequence.Next(db, series, ct);
        return string.Create(CultureInfo.InvariantCulture, $"{series}-{running:000000}");
    }

    /// <summary>Reads what people type of it: "ql26-1", "QL 26 000001".</summary>
    public static bool TryRead(string? words, out string number)
    {
        var plain = VietnameseText.Words(words).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        var isOne = plain.StartsWith(Letters, StringComparison.Ordinal) && plain.Length is >= 5 and <= 12 && !plain.AsSpan(2).ContainsAnyExceptInRange('0', '9');
        number = isOne ? $"{plain[..4]}-{plain[4..].TrimStart('0').PadLeft(6, '0')}" : "";
        return isOne;
    }
}
