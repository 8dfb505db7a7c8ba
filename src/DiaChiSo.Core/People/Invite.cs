using System.Globalization;
using DiaChiSo.Core.Audit;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DiaChiSo.Core.People;

/// <summary>
/// A role that waits for its holder: whoever opens it within <see cref="Limits.InviteValid"/>, by link, QR or by the eight letters read aloud, has it
/// in that chat, once. The row keeps keyed hashes: of all letters, and of the first half, by which wrong tries are counted on it.
/// </summary>
public sealed class Invite
{
    public long Id { get; set; }
    public Role Role { get; init; }

    /// <summary>As <see cref="RoleGrant.Area"/>.</summary>
    public required string Area { get; init; }

    /// <summary>As <see cref="RoleGrant.Villages"/>.</summary>
    public string Villages { get; init; } = "";

    /// <summary>The last day of the role, in Vietnam; null: until it is taken back.</summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>The nomination that it answers, or null.</summary>
    public string? Nomination { get; init; }

    public required string Hash { get; init; }

    /// <summary>Of the first four letters: who has them and misses the rest has tried this one.</summary>
    public required string BeginningHash { get; init; }

    /// <summary>Wrong letters behind the right beginning; at <see cref="Limits.InviteTries"/> it is dead.</summary>
    public int Tries { get; internal set; }

    /// <summary>The officer; null: made on the host.</summary>
    [OfPerson(Follows = false)]
    public long? MadeBy { get; init; }

    public DateTimeOffset MadeAt { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset Until { get; init; }

    public DateTimeOffset? UsedAt { get; internal set; }

    /// <summary>Who has it.</summary>
    [OfPerson]
    public long? UsedBy { get; internal set; }

    public DateTimeOffset? WithdrawnAt { get; internal set; }

    public bool IsGoodAt(DateTimeOffset now) => UsedAt is null && WithdrawnAt is null && now < Until && Tries < Limits.InviteTries;

    private const string Purpose = "invite";

    internal static string HashOf(Secrets secrets, string code) => SpokenCode.HashOf(secrets, Purpose, code);

    internal static string BeginningOf(Secrets secrets, string code) => SpokenCode.HashOf(secrets, Purpose, code[..(SpokenCode.Length / 2)]);

    /// <summary>Makes one and saves it. The letters are told once and kept nowhere.</summary>
    internal static async Task<(Invite Invite, string Code)> Make(BotDb db, Secrets secrets, INumbers numbers, InviteFor what, long? madeBy, DateTimeOffset now, CancellationToken ct)
    {
        var code = numbers.NewSpokenCode();
        var invite = new Invite
        {
            Role = what.Role,
            Area = what.Area,
            Villages = what.Villages,
            LastDay = what.LastDay,
            Nomination = what.Nomination,
            Hash = HashOf(secrets, code),
            BeginningHash = BeginningOf(secrets, code),
            MadeBy = madeBy,
            MadeAt = now,
            Until = now + Limits.InviteValid,
        };
        db.Add(invite);
        await db.SaveChangesAsync(ct);
        return (invite, code);
    }

    private sealed class Mapping : IEntityTypeConfiguration<Invite>
    {
        public void Configure(EntityTypeBuilder<Invite> table)
        {
            table.ToTable("Invites");
            table.Property(row => row.Role).HasConversion<string>().HasMaxLength(20);
            table.Property(row => row.Nomination).HasMaxLength(20);
            table.Property(row => row.Hash).HasMaxLength(22);
            table.Property(row => row.BeginningHash).HasMaxLength(22);
            table.HasIndex(row => row.Hash);
            table.HasIndex(row => row.BeginningHash);
        }
    }
}

/// <summary>What an invite gives.</summary>
public sealed record InviteFor(Role Role, string Area, string Villages, DateOnly? LastDay, string? Nomination = null);

/// <summary>Invites on the host, and what stands behind letters that were typed.</summary>
public sealed class Invites(BotDb db, Secrets secrets, INumbers numbers, TimeProvider time)
{
    public async Task<(Invite Invite, string Code)> Make(InviteFor what, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var made = await Invite.Make(db, secrets, numbers, what, null, time.GetUtcNow(), ct);
        db.WriteAsHost(time.GetUtcNow(), AuditAct.InviteMade, number: made.Invite.Id.ToString(CultureInfo.InvariantCulture));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return made;
    }

    /// <summary>Takes an invite back that nobody has used. Null: there is none.</summary>
    public async Task<Invite?> Withdraw(long id, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (await db.Set<Invite>().FirstOrDefaultAsync(row => row.Id == id, ct) is not { } invite || !invite.IsGoodAt(now))
        {
            return null;
        }
        invite.WithdrawnAt = now;
        db.WriteAsHost(now, AuditAct.InviteWithdrawn, number: id.ToString(CultureInfo.InvariantCulture));
        await db.SaveChangesAsync(ct);
        return invite;
    }

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<Invite>> All(CancellationToken ct) => await db.Set<Invite>().AsNoTracking().OrderByDescending(row => row.Id).ToListAsync(ct);

    /// <summary>What these letters give; null: unknown, used, over, tried too often, or this person's own making; nobody is told which.</summary>
    public async Task<InviteFor?> Find(string code, long personId, DateTimeOffset now, CancellationToken ct)
    {
        var hash = Invite.HashOf(secrets, code);
        var rows = await db.Set<Invite>().AsNoTracking().Where(row => row.Hash == hash).OrderByDescending(row => row.Id).ToListAsync(ct);
        return rows.FirstOrDefault(row => row.IsGoodAt(now) && row.MadeBy != personId) is { } row ? new InviteFor(row.Role, row.Area, row.Villages, row.LastDay) : null;
    }
}

/// <summary>Wrong letters: counted for the person, and on the invites that begin so.</summary>
public sealed record CountInviteTry(string Code) : Effect
{
    public override async Task Apply(EffectScope scope, CancellationToken ct)
    {
        await new CountSpokenTry().Apply(scope, ct);
        var beginning = Invite.BeginningOf(scope.Get<Secrets>(), Code);
        foreach (var near in await scope.Db.Set<Invite>().Where(row => row.BeginningHash == beginning && row.UsedAt == null).ToListAsync(ct))
        {
            near.Tries++;
        }
    }
}

/// <summary>Makes an invite in the chat. Asked again here: the maker's right in every commune of it.</summary>
/// <param name="Answer">Told the letters before the page is made, and until when (UTC); no letters: it was not made.</param>
public sealed record MakeInvite(InviteFor What, Action<string, DateTimeOffset> Answer) : Effect
{
    public override bool IsSubmission => true;

    public override async Task Apply(EffectScope scope, CancellationToken ct)
    {
        var grants = await scope.Get<Policy>().GrantsOf(scope.Turn.PersonId, Right.Office, scope.Now, ct);
        var offices = scope.Get<Offices.OfficeTable>();
        if (!What.Area.Split(' ').All(commune => grants.Any(grant => grant.Covers(commune) && offices.OfArea(grant.Area).Tier >= Offices.OfficeTier.Coordinating)))
        {
            Answer("", default);
            return;
        }
        var (invite, code) = await Invite.Make(scope.Db, scope.Get<Secrets>(), scope.Get<INumbers>(), What, scope.Turn.PersonId, scope.Now, ct);
        scope.Write(AuditAct.InviteMade, number: invite.Id.ToString(CultureInfo.InvariantCulture), by: Right.Office);
        Answer(code, invite.Until);
    }
}

/// <summary>Binds the role to this person, once.</summary>
/// <param name="Answer">True: they have it; false: it is not good any more.</param>
public sealed record TakeInvite(string Code, Action<bool> Answer) : Effect
{
    private bool isDone;

    public override bool IsSubmission => isDone;

    public override async Task Apply(EffectScope scope, CancellationToken ct)
    {
        var hash = Invite.HashOf(scope.Get<Secrets>(), Code);
        var me = scope.Turn.PersonId;
        var found = (await scope.Db.Set<Invite>().Where(row => row.Hash == hash).OrderByDescending(row => row.Id).ToListAsync(ct)).FirstOrDefault(row => row.IsGoodAt(scope.Now) && row.MadeBy != me);
        if (found is null)
        {
            Answer(false);
            return;
        }
        (found.UsedAt, found.UsedBy) = (scope.Now, me);
        var grant = await Grants.Begin(scope.Db, me, found.Role, found.Area, found.Villages, found.LastDay, scope.Now, ct);
        scope.Write(AuditAct.InviteAccepted, number: found.Id.ToString(CultureInfo.InvariantCulture));
        scope.Write(AuditAct.RoleGranted, number: grant.Id.ToString(CultureInfo.InvariantCulture));
        if (found.Nomination is { } number)
        {
            await Nominations.Granted(scope.Db, number, me, scope.Now, ct);
        }
        if (found.MadeBy is { } officer)
        {
            var holes = new Dictionary<string, string> { ["nomination"] = found.Nomination ?? "", ["area"] = Grants.AreaInWords(found.Area, scope.Get<Register.AdministrativeUnits>()) };
            await new Tell(officer, "GiveWork", "notice-accepted", holes, $"invite {found.Id}").Apply(scope, ct);
        }
        isDone = true;
        Answer(true);
    }
}
