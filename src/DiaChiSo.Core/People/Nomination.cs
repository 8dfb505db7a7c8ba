using System.Globalization;
using DiaChiSo.Core.Audit;
using DiaChiSo.Core.Offices;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Tickets;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DiaChiSo.Core.People;

/// <summary>Where a nomination stands (domain.md §2: nominated, collected and passed on, trained, then the right is given).</summary>
public enum NominationStatus { Nominated, Exported, Trained, Granted, Declined }

/// <summary>How well somebody works with apps on a phone.</summary>
public enum AppSkill
{
    /// <summary>Calls only.</summary>
    None,

    /// <summary>Sends messages and pictures.</summary>
    Messages,

    /// <summary>Fills in forms, shares positions.</summary>
    Forms,
}

/// <summary>
/// Somebody whom a commune names as a collaborator. Smartphone, mobile data and skill with apps are conditions of the plan: what is missing is
/// recorded and said, and decided by people.
/// </summary>
public sealed class Nomination
{
    public long Id { get; set; }

    /// <summary>"DC26-000001": đề cử, the year in Vietnam, a running number.</summary>
    public required string Number { get; init; }

    /// <summary>Code of today's commune.</summary>
    public required string Commune { get; init; }

    /// <summary>As <see cref="RoleGrant.Villages"/>.</summary>
    public string Villages { get; set; } = "";

    [Sealed]
    public required string Name { get; set; }

    /// <summary>Ten or eleven figures.</summary>
    [Sealed]
    public required string Phone { get; set; }

    /// <summary>Keyed hash of phone and commune: nobody is named twice in one commune.</summary>
    public required string Key { get; init; }

    public bool HasSmartphone { get; set; }
    public bool HasData { get; set; }
    public AppSkill Skill { get; set; }

    /// <summary>The officer said that the nominee agreed to be named, with name and phone passed on (UTC).</summary>
    public DateTimeOffset AgreedAt { get; init; }

    /// <summary>The officer; null: a list on the host.</summary>
    [OfPerson(Follows = false)]
    public long? NamedBy { get; init; }

    public DateTimeOffset NamedAt { get; init; }

    public NominationStatus Status { get; internal set; }
    public DateTimeOffset StatusAt { get; internal set; }
    public DateTimeOffset? ExportedAt { get; internal set; }

    /// <summary>Who accepted the invite.</summary>
    [OfPerson]
    public long? GrantedPersonId { get; internal set; }

    /// <summary>All conditions of the plan are met.</summary>
    public bool IsFit => HasSmartphone && HasData && Skill != AppSkill.None;

    private sealed class Mapping : IEntityTypeConfiguration<Nomination>
    {
        public void Configure(EntityTypeBuilder<Nomination> table)
        {
            table.ToTable("Nominations");
            table.Property(row => row.Number).HasMaxLength(20);
            table.Property(row => row.Commune).HasMaxLength(5);
            table.Property(row => row.Key).HasMaxLength(22);
            table.Property(row => row.Skill).HasConversion<string>().HasMaxLength(20);
            table.Property(row => row.Status).HasConversion<string>().HasMaxLength(20);
            table.Ignore(row => row.IsFit);
            table.HasIndex(row => row.Number).IsUnique();
            table.HasIndex(row => row.Key);
            table.HasIndex(row => new { row.Commune, row.Status });
        }
    }
}

/// <summary>A nomination as it is filled in.</summary>
/// <param name="Commune">Code of today's commune.</param>
/// <param name="Villages">As <see cref="RoleGrant.Villages"/>; empty: the whole commune.</param>
/// <param name="Phone">As <see cref="People.Phone.Read"/> gives it.</param>
public sealed record Nominee(string Commune, string Villages, string Name, string Phone, bool HasSmartphone, bool HasData, AppSkill Skill);

/// <summary>What became of naming somebody.</summary>
public enum NamingResult
{
    Named,

    /// <summary>The same person was named before: what is known of them is what was said last.</summary>
    Merged,

    /// <summary>This phone is named in this commune under another name.</summary>
    OtherName,
}

/// <summary>An officer names somebody. The right in the commune is asked again.</summary>
/// <param name="Answer">What became of it, and the number; null: no right there.</param>
public sealed record NameCollaborator(Nominee Who, Action<NamingResult?, string> Answer) : Effect
{
    private bool isNamed;

    public override bool IsSubmission => isNamed;

    public override async Task Apply(EffectScope scope, CancellationToken ct)
    {
        var me = scope.Turn.PersonId;
        if (!await scope.Get<Policy>().May(me, Right.Office, scope.Now, Who.Commune, ct))
        {
            Answer(null, "");
            return;
        }
        var (result, row) = await Nominations.Name(scope.Db, scope.Get<Secrets>(), Who, me, scope.Now, ct);
        if (result != NamingResult.OtherName)
        {
            isNamed = true;
            scope.Write(AuditAct.Nominated, number: row.Number, by: Right.Office);
            if (result == NamingResult.Named)
            {
                await TellAbove(scope, row, ct);
            }
        }
        Answer(result, row.Number);
    }

    // Up to the office that collects them; who it is stands in the list, not in the message.
    private static async Task TellAbove(EffectScope scope, Nomination row, CancellationToken ct)
    {
        var offices = scope.Get<OfficeTable>();
        if (offices.Coordinating(offices.For(row.Commune)) is not { } above)
        {
            return;
        }
        var commune = scope.Get<AdministrativeUnits>().Find(new UnitKey(UnitSystem.Since2025, row.Commune))?.InLine ?? row.Commune;
        foreach (var officer in await TicketRules.OfficersOf(scope.Db, offices, above, row.Commune, scope.Turn.PersonId, scope.Now, ct))
        {
            await new Tell(officer, "Nominate", "notice-named", new Dictionary<string, string> { ["number"] = row.Number, ["commune"] = commune }, row.Number).Apply(scope, ct);
        }
    }
}

/// <summary>Nominations as the host and the officers work with them.</summary>
public sealed class Nominations(BotDb db, Secrets secrets, TimeProvider time)
{
    /// <summary>Names somebody, or finds that they are named; saves.</summary>
    internal static async Task<(NamingResult Result, Nomination Row)> Name(BotDb db, Secrets secrets, Nominee who, long? by, DateTimeOffset now, CancellationToken ct)
    {
        var key = KeyOf(secrets, who);
        if (await db.Set<Nomination>().Where(row => row.Key == key && row.Status != NominationStatus.Declined).OrderByDescending(row => row.Id).FirstOrDefaultAsync(ct) is { } known)
        {
            if (VietnameseText.Words(known.Name) != VietnameseText.Words(who.Name))
            {
                return (NamingResult.OtherName, known);
            }
            (known.Villages, known.HasSmartphone, known.HasData, known.Skill) = (who.Villages, who.HasSmartphone, who.HasData, who.Skill);
            await db.SaveChangesAsync(ct);
            return (NamingResult.Merged, known);
        }
        var series = string.Create(CultureInfo.InvariantCulture, $"DC{now.ToOffset(TimeSpan.FromHours(7)).Year % 100:00}");
        var running = await Sequence.Next(db, series, ct);
        var row = new Nomination
        {
            Number = string.Create(CultureInfo.InvariantCulture, $"{series}-{running:000000}"),
            Commune = who.Commune,
            Villages = who.Villages,
            Name = who.Name,
            Phone = who.Phone,
            Key = key,
            HasSmartphone = who.HasSmartphone,
            HasData = who.HasData,
            Skill = who.Skill,
            AgreedAt = now,
            NamedBy = by,
            NamedAt = now,
            StatusAt = now,
        };
        db.Add(row);
        await db.SaveChangesAsync(ct);
        return (NamingResult.Named, row);
    }

    internal static string KeyOf(Secrets secrets, Nominee who) => secrets.Hash("nomination", $"{who.Commune} {who.Phone}");

    /// <summary>The invite of this nomination was accepted.</summary>
    internal static async Task Granted(BotDb db, string number, long personId, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Set<Nomination>().FirstOrDefaultAsync(row => row.Number == number, ct) is { } row)
        {
            (row.Status, row.StatusAt, row.GrantedPersonId) = (NominationStatus.Granted, now, personId);
        }
    }

    /// <summary>Names a whole list, all or none. What cannot be named is told by its place in the list.</summary>
    /// <param name="isForReal">False: it is only said what would be done.</param>
    public async Task<NamedList> NameAll(IReadOnlyList<Nominee> list, bool isForReal, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = time.GetUtcNow();
        var (named, merged, otherName) = (0, 0, new List<int>());
        for (var at = 0; at < list.Count; at++)
        {
            switch (await Name(db, secrets, list[at], null, now, ct))
            {
                case (NamingResult.Named, var row):
                    named++;
                    db.WriteAsHost(now, AuditAct.Nominated, number: row.Number);
                    break;
                case (NamingResult.Merged, _):
                    merged++;
                    break;
                default:
                    otherName.Add(at);
                    break;
            }
        }
        if (isForReal && otherName.Count == 0)
        {
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }
        return new NamedList(named, merged, otherName);
    }

    /// <summary>By commune and number; <paramref name="area"/> null: all communes.</summary>
    public async Task<IReadOnlyList<Nomination>> All(IReadOnlyCollection<string>? area, CancellationToken ct) =>
        await db.Set<Nomination>().AsNoTracking().Where(row => area == null || area.Contains(row.Commune)).OrderBy(row => row.Commune).ThenBy(row => row.Id).ToListAsync(ct);

    /// <summary>Those for whom an officer of these communes may make an invite: neither granted nor declined; those trained first.</summary>
    public async Task<IReadOnlyList<Nomination>> Waiting(IReadOnlyList<RoleGrant> grants, CancellationToken ct)
    {
        var rows = await db.Set<Nomination>().AsNoTracking().Where(row => row.Status != NominationStatus.Granted && row.Status != NominationStatus.Declined).OrderBy(row => row.Id).ToListAsync(ct);
        return [.. rows.Where(row => grants.Any(grant => grant.Covers(row.Commune))).OrderBy(row => row.Status == NominationStatus.Trained ? 0 : 1)];
    }

    /// <summary>What was not exported yet (or all), for the post office. Marked in one transaction with the writing: a file that fails has marked nobody.</summary>
    /// <param name="write">Puts the rows on the disk for good, or throws.</param>
    /// <returns>How many.</returns>
    public async Task<int> Export(bool all, Action<IReadOnlyList<Nomination>> write, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var rows = await db.Set<Nomination>().Where(row => row.Status != NominationStatus.Declined && (all || row.ExportedAt == null)).OrderBy(row => row.Commune).ThenBy(row => row.Id).ToListAsync(ct);
        if (rows.Count == 0)
        {
            return 0;
        }
        var now = time.GetUtcNow();
        foreach (var row in rows)
        {
            row.ExportedAt ??= now;
            if (row.Status == NominationStatus.Nominated)
            {
                (row.Status, row.StatusAt) = (NominationStatus.Exported, now);
            }
        }
        db.WriteAsHost(now, AuditAct.NominationsExported);
        await db.SaveChangesAsync(ct);
        write(rows);
        await transaction.CommitAsync(ct);
        return rows.Count;
    }

    /// <summary>Notes that somebody was trained, or is not to be a collaborator. Null: there is no such nomination, or the right was given already.</summary>
    public async Task<Nomination?> Mark(string number, NominationStatus status, CancellationToken ct)
    {
        if (await db.Set<Nomination>().FirstOrDefaultAsync(row => row.Number == number, ct) is not { Status: not NominationStatus.Granted } row)
        {
            return null;
        }
        (row.Status, row.StatusAt) = (status, time.GetUtcNow());
        db.WriteAsHost(row.StatusAt, status == NominationStatus.Declined ? AuditAct.NominationDeclined : AuditAct.NomineeTrained, number: number);
        await db.SaveChangesAsync(ct);
        return row;
    }
}

/// <param name="OtherName">Places in the list (from 0) of those whose phone is named under another name.</param>
public sealed record NamedList(int Named, int Merged, IReadOnlyList<int> OtherName);
