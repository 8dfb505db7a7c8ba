using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DiaChiSo.Core.People;

/// <summary>
/// A code (<see cref="SpokenCode"/>) by which somebody shows that two chats are theirs: shown in one, typed in the other, once, within <see cref="Limits.LinkCodeValid"/>.
/// The row holds its keyed hash only.
/// </summary>
public sealed class LinkCode
{
    public required string Hash { get; init; }

    [OfPerson]
    public required long PersonId { get; init; }

    /// <summary>The chat in which it was shown.</summary>
    public required long ConversationId { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset Until { get; init; }

    public DateTimeOffset? UsedAt { get; set; }

    internal static string HashOf(Secrets secrets, string code) => SpokenCode.HashOf(secrets, "link-code", code);

    private sealed class Mapping : IEntityTypeConfiguration<LinkCode>
    {
        public void Configure(EntityTypeBuilder<LinkCode> table)
        {
            table.ToTable("LinkCodes");
            table.HasKey(row => row.Hash);
            table.HasIndex(row => row.Until);
        }
    }
}

/// <summary>Makes a code for this chat; an older one of it is good no more.</summary>
/// <param name="Answer">Told the code, before the page is made.</param>
public sealed record MakeLinkCode(Action<string> Answer) : Effect
{
    public override async Task Apply(EffectScope scope, CancellationToken ct)
    {
        foreach (var older in await scope.Db.Set<LinkCode>().Where(row => row.ConversationId == scope.Turn.ConversationId && row.UsedAt == null).ToListAsync(ct))
        {
            scope.Db.Remove(older);
        }
        var code = scope.Get<INumbers>().NewSpokenCode();
        var hash = LinkCode.HashOf(scope.Get<Secrets>(), code);
        if (await scope.Db.FindAsync<LinkCode>([hash], ct) is { } same)
        {
            // One in ten thousand million: that chat then asks for a new one.
            scope.Db.Remove(same);
            await scope.Db.SaveChangesAsync(ct);
        }
        scope.Db.Add(new LinkCode
        {
            Hash = hash,
            PersonId = scope.Turn.PersonId,
            ConversationId = scope.Turn.ConversationId,
            Until = scope.Now + Limits.LinkCodeValid,
        });
        Answer(code);
    }
}
