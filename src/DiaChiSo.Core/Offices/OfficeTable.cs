using System.Globalization;
using DiaChiSo.Core.Confirmations;
using DiaChiSo.Core.Register;

namespace DiaChiSo.Core.Offices;

/// <summary>
/// The offices, their tiers and who reports to whom: the section "Offices" of the settings. Asked for whom a person in trouble is answered by
/// and until when, whom nominations go up to, whom the help names, and who keeps the data.
/// </summary>
public sealed class OfficeTable
{
    private const int Longest = 200;
    private const string DefaultHours = "Mon-Fri 07:30-11:30 13:30-17:00";

    /// <summary>By key.</summary>
    public Dictionary<string, Office> Table { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The key of the office that keeps the data, as a consent names it; empty: the words speak of the commune's office.</summary>
    public string DataKeeper { get; set; } = "";

    /// <summary>Where an office says nothing else.</summary>
    public string Hours { get; set; } = DefaultHours;

    /// <summary>Somebody who asks for help is answered within so many hours of office time.</summary>
    public int AnswerWithinHours { get; set; } = 4;

    /// <summary>Days on which no office is open, as 2027-01-01.</summary>
    public string[] Holidays { get; set; } = [];

    /// <summary><see cref="Holidays"/> as days.</summary>
    internal IReadOnlySet<DateOnly> ClosedDays => Holidays.Select(DayOf).OfType<DateOnly>().ToHashSet();

    /// <summary>The office that keeps the data and whom the help names.</summary>
    public OfficeSettings Keeper
    {
        get
        {
            var keeper = Find(DataKeeper);
            var called = keeper is { Contact.Length: > 0 } ? keeper : All.FirstOrDefault(office => office is { Tier: OfficeTier.Coordinating, Contact.Length: > 0 });
            return new OfficeSettings { Name = keeper?.Name ?? "", Contact = called?.Contact ?? "" };
        }
    }

    public Office? Find(string key)
    {
        if (!Table.TryGetValue(key, out var office))
        {
            return null;
        }
        office.Called = Table.Keys.First(known => known.Equals(key, StringComparison.OrdinalIgnoreCase));
        return office;
    }

    /// <summary>All of them, by tier and key.</summary>
    public IReadOnlyList<Office> All => [.. Table.Keys.Select(key => Find(key)!).OrderBy(office => office.Tier).ThenBy(office => office.Key, StringComparer.Ordinal)];

    /// <summary>The lowest office that works for a commune (its code); without one, the lowest that works for several. Never null: the nameless one stands in.</summary>
    public Office For(string? commune) =>
        (commune is null ? null : All.FirstOrDefault(office => office.WorksFor(commune))) ?? All.FirstOrDefault(office => office.Tier != OfficeTier.Commune) ?? Office.Nameless;

    public Office? Above(Office office) => office.ReportsTo.Length == 0 ? null : Find(office.ReportsTo);

    /// <summary>The office itself if it coordinates, or the first above it that does; null: none.</summary>
    public Office? Coordinating(Office office)
    {
        for (var (at, steps) = ((Office?)office, 0); at is not null && steps <= Table.Count; at = Above(at), steps++)
        {
            if (at.Tier == OfficeTier.Coordinating)
            {
                return at;
            }
        }
        return null;
    }

    /// <summary>The office to which an officer with a grant of this area belongs: the one with the fewest communes that works for all of them.</summary>
    /// <param name="area">As <see cref="People.RoleGrant.Area"/>.</param>
    public Office OfArea(string area) =>
        All.Where(office => office.WorksForAll(area)).OrderBy(office => office.Communes is [Office.Everywhere]).ThenBy(office => office.Communes.Length).FirstOrDefault()
        // Everywhere, and no office says so of itself: the one for most.
        ?? All.Where(office => office.Tier == OfficeTier.Coordinating).OrderByDescending(office => office.Communes.Length).FirstOrDefault()
        ?? Office.Nameless;

    public OfficeHours HoursOf(Office office) => OfficeHours.Read(office.Hours.Length > 0 ? office.Hours : Hours) ?? OfficeHours.Read(DefaultHours)!;

    /// <summary>Until when (UTC) somebody who asks now is answered.</summary>
    public DateTimeOffset AnsweredBy(Office office, DateTimeOffset now) =>
        HoursOf(office).After(now, TimeSpan.FromHours(AnswerWithinHours), ClosedDays);

    /// <summary>"11:30 thứ hai 23/11".</summary>
    /// <param name="language">"vi" or "en".</param>
    public static string Said(DateTimeOffset moment, string language) =>
        string.Create(CultureInfo.InvariantCulture, $"{moment.ToOffset(TimeSpan.FromHours(7)):HH\\:mm} {moment.DayInVietnam().In(language)}");

    /// <summary>"11:30 23/11": for who may read any language.</summary>
    internal static string InFigures(DateTimeOffset moment)
    {
        var local = moment.ToOffset(TimeSpan.FromHours(7));
        return string.Create(CultureInfo.InvariantCulture, $"{local:HH\\:mm} {local.Day}/{local.Month}");
    }

    /// <summary>Null when the settings are right; otherwise one line that names the setting and what is wanted.</summary>
    public string? Fault(AdministrativeUnits units) =>
        All.Select(office => FaultOf(office, units)).FirstOrDefault(fault => fault is not null)
        ?? this switch
        {
            _ when DataKeeper.Length > 0 && Find(DataKeeper) is null => $"Offices:DataKeeper: one of the offices in Offices:Table is wanted{Known}.",
            _ when OfficeHours.Read(Hours) is null => $"Offices:Hours: days and times are wanted, for example {DefaultHours}.",
            { AnswerWithinHours: < 1 or > 80 } => "Offices:AnswerWithinHours: hours of office time from 1 to 80 are wanted, for example 4.",
            _ when Array.Exists(Holidays, day => DayOf(day) is null) => "Offices:Holidays: days are wanted, for example [ \"2027-01-01\", \"2027-02-06\" ].",
            _ => null,
        };

    private string? FaultOf(Office office, AdministrativeUnits units)
    {
        var name = $"Offices:Table:{office.Key}";
        return office switch
        {
            _ when office.Key.Length > 40 || !office.Key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_') => "Offices:Table: an office is called by letters, figures and dashes, for example xa-sin-chai.",
            _ when office.Name.Length is 0 or > Longest => $"{name}:Name: the name as people read it is wanted, at most {Longest} letters, for example UBND xã Sín Chải.",
            { Communes: [] } => $"{name}:Communes: codes of today's communes are wanted, for example \"03226\", or \"*\" for everywhere.",
            { Communes: not [Office.Everywhere] } when office.Communes.FirstOrDefault(code => units.Find(new UnitKey(UnitSystem.Since2025, code)) is null) is { } unknown
                => $"{name}:Communes: {unknown} is no commune of today's list; wanted are codes such as 03226, or \"*\" for everywhere.",
            { Tier: OfficeTier.Commune } when All.FirstOrDefault(other => other != office && other.Tier == OfficeTier.Commune && other.Communes.Intersect(office.Communes).Any()) is { } other
                => $"{name}:Communes: {other.Key} works for the same commune; one office of the tier Commune for each is wanted.",
            _ when office.Contact.Length > Longest => $"{name}:Contact: at most {Longest} letters are wanted, for example \"UBND xã Sín Chải, 0215 3 000 000\".",
            { Hours.Length: > 0 } when OfficeHours.Read(office.Hours) is null => $"{name}:Hours: days and times are wanted, for example {DefaultHours}.",
            { ReportsTo.Length: > 0 } when Above(office) is null => $"{name}:ReportsTo: one of the offices in Offices:Table is wanted{Known}.",
            { ReportsTo.Length: > 0 } when Above(office)!.Tier == OfficeTier.Commune => $"{name}:ReportsTo: {Above(office)!.Key} is a commune's office; one of a higher tier is wanted{Known}.",
            _ when GoesRound(office) => $"{name}:ReportsTo: the offices report to each other in a circle; the highest one reports to nobody.",
            _ => null,
        };
    }

    private bool GoesRound(Office office)
    {
        var steps = 0;
        for (var at = Above(office); at is not null; at = Above(at))
        {
            if (at == office || ++steps > Table.Count)
            {
                return true;
            }
        }
        return false;
    }

    private string Known => Table.Count == 0 ? "" : ", here: " + string.Join(", ", All.Select(office => office.Key));

    private static DateOnly? DayOf(string words) => DateOnly.TryParseExact(words, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
