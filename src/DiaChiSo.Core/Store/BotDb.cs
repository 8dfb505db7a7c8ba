using DiaChiSo.Core.Audit;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace DiaChiSo.Core.Store;

/// <summary>
/// Everything that is kept. Each entity stands, with its mapping, in the folder that talks about it; what can hold a person's words is
/// marked <see cref="SealedAttribute"/> and never reaches the file in clear.
/// </summary>
public sealed class BotDb(DbContextOptions<BotDb> options, Secrets secrets) : DbContext(options)
{
    public DbSet<Conversation> Conversations => Set<Conversation>();
    public DbSet<InboxRow> Inbox => Set<InboxRow>();
    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();
    public DbSet<MailRow> Mails => Set<MailRow>();
    public DbSet<TimerRow> Timers => Set<TimerRow>();
    public DbSet<Door> Doors => Set<Door>();
    public DbSet<DraftRow> Drafts => Set<DraftRow>();
    public DbSet<WebActivity> WebActivities => Set<WebActivity>();
    public DbSet<Person> People => Set<Person>();
    public DbSet<RoleGrant> Grants => Set<RoleGrant>();

    internal Secrets Secrets => secrets;

    private readonly List<AuditRow> unlinked = [];

    /// <summary>Adds a row that is tied to the chain when it is saved.</summary>
    internal void AddToAudit(AuditRow row)
    {
        Add(row);
        unlinked.Add(row);
    }

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken ct = default)
    {
        if (unlinked.Count > 0)
        {
            // Rows of a turn that failed were let go by the context; they are in no chain.
            var fresh = unlinked.Where(row => Entry(row).State == EntityState.Added).ToList();
            unlinked.Clear();
            await AuditTrail.Link(this, fresh, ct);
        }
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, ct);
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) => unlinked.Count == 0
        ? base.SaveChanges(acceptAllChangesOnSuccess)
        : throw new InvalidOperationException("what the audit tells of is saved by SaveChangesAsync");

    protected override void OnConfiguring(DbContextOptionsBuilder builder) => builder.ReplaceService<IModelCacheKeyFactory, PerSecrets>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.ApplyConfigurationsFromAssembly(typeof(BotDb).Assembly);
        foreach (var property in model.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            if (property.PropertyInfo?.IsDefined(typeof(SealedAttribute), true) == true)
            {
                property.SetValueConverter(new ValueConverter<string, byte[]>(clear => secrets.Seal(clear), kept => secrets.Open(kept)));
            }
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        // SQLite has no time type that sorts; milliseconds since 1970, UTC.
        conventions.Properties<DateTimeOffset>().HaveConversion<ToUnixMilliseconds>();
    }

    private sealed class ToUnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        time => time.ToUnixTimeMilliseconds(), kept => DateTimeOffset.FromUnixTimeMilliseconds(kept));

    // The model holds the sealing converter, so another key ring is another model.
    private sealed class PerSecrets : IModelCacheKeyFactory
    {
        public object Create(DbContext context, bool designTime) => (context.GetType(), ((BotDb)context).Secrets, designTime);
    }
}
