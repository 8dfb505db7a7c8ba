using System.Globalization;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;

namespace DiaChiSo.Bot.Commands;

/// <summary>Areas, villages and days as they are typed on the operator's machine.</summary>
internal static class GrantWords
{
    private static readonly TimeSpan VietnamAheadOfUtc = TimeSpan.FromHours(7);

    /// <exception cref="CommandFault">No commune of today, or none at all.</exception>
    public static string AreaOf(string words, AdministrativeUnits units)
    {
        if (words.Trim() == "*")
        {
            return "*";
        }
        var codes = words.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries).Distinct().Order(StringComparer.Ordinal).ToList();
        foreach (var code in codes)
        {
            // Codes were used again for other units (domain.md §4), so what was before 1/7/2025 is not guessed at.
            if (units.Find(new UnitKey(UnitSystem.Since2025, code)) is null)
            {
                throw new CommandFault($"--area: {code} is no commune of today; wanted are codes such as 03217 (Tủa Chùa), or * for everywhere.");
            }
        }
        return codes.Count > 0 ? string.Join(' ', codes) : throw new CommandFault("--area: codes of communes are wanted, for example 03217,03226, or * for everywhere.");
    }

    /// <summary>As <see cref="RoleGrant.Villages"/>.</summary>
    /// <exception cref="CommandFault">Villages of several communes, or for another role than a collaborator's.</exception>
    public static string VillagesOf(string? words, string area, Role role)
    {
        var names = (words ?? "").Split([';', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToList();
        return names.Count == 0 ? ""
            : role != Role.Collaborator || area == "*" || area.Contains(' ') ? throw new CommandFault("--villages: only for a collaborator in one commune, for example collaborator --area 03217 --villages \"Đội 5; Từ Ngài 1\".")
            : string.Join(RoleGrant.VillagesApart, names);
    }

    /// <exception cref="CommandFault">No day, or one that is over.</exception>
    public static DateOnly? DayOf(string? words, IServiceProvider services)
    {
        if (words is null)
        {
            return null;
        }
        if (!DateOnly.TryParseExact(words, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            throw new CommandFault("--until: a day is wanted, for example 2027-01-31.");
        }
        var today = DateOnly.FromDateTime(services.GetRequiredService<TimeProvider>().GetUtcNow().ToOffset(VietnamAheadOfUtc).DateTime);
        return day >= today ? day : throw new CommandFault("--until: that day is over; the last day on which it holds is wanted, for example 2027-01-31.");
    }

    /// <summary>A moment in Vietnam: 2026-11-29 09:00.</summary>
    public static string Local(DateTimeOffset moment) => moment.ToOffset(VietnamAheadOfUtc).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
