using System.Security.Cryptography;
using System.Text;
using DiaChiSo.Core.Audit;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DiaChiSo.Core.People;

/// <summary>
/// One person agreed to one purpose: which words they read, where and when, so that it can be proved (Law 91/2025/QH15; domain.md §6).
/// Rows are never changed except by the withdrawal.
/// </summary>
public sealed class Consent
{
    public long Id { get; init; }
    [OfPerson]
    public long PersonId { get; init; }

    /// <summary>What for, by a key: one consent for each purpose.</summary>
    public required string Purpose { get; init; }

    /// <summary>Which words were read; the words themselves are in <see cref="ConsentText"/>.</summary>
    public required string Version { get; init; }

    /// <summary>The channel's name: on some of them the data leave the country, and the words said so.</summary>
    public required string Channel { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset GivenAt { get; init; }

    /// <summary>UTC; from then on it counts no more.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<Consent>
    {
        public void Configure(EntityTypeBuilder<Consent> table)
        {
            table.ToTable("Consents");
            table.HasIndex(row => new { row.PersonId, row.Purpose });
        }
    }
}

/// <summary>The words of a notice as people read them, kept as long as somebody's consent rests on them.</summary>
public sealed class ConsentText
{
    public required string Version { get; init; }
    public required string Words { get; init; }
    public DateTimeOffset FirstReadAt { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<ConsentText>
    {
        public void Configure(EntityTypeBuilder<ConsentText> table)
        {
            table.ToTable("ConsentTexts");
            table.HasKey(row => row.Version);
        }
    }
}

/// <summary>A notice in the words that one person gets to read. Its version is made of the words, so that changed words are a new version by themselves.</summary>
public sealed record ConsentNotice(string Words)
{
    private const int VersionLength = 16;

    /// <summary>16 hexadecimal figures.</summary>
    public string Version { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Words)))[..VersionLength];
}

/// <summary>The person pressed "Đồng ý" under these words.</summary>
public sealed record GiveConsent(string Purpose, ConsentNotice Notice) : Effect
{
    public override async Task Apply(EffectScope scope, CancellationToken ct)
    {
        if (await scope.Db.FindAsync<ConsentText>([Notice.Version], ct) is null)
        {
            scope.Db.Add(new ConsentText { Version = Notice.Version, Words = Notice.Words, FirstReadAt = scope.Now });
        }
        scope.Db.Add(new Consent
        {
            PersonId = scope.Turn.PersonId,
            Purpose = Purpose,
            Version = Notice.Version,
            Channel = scope.Turn.Channel,
            GivenAt = scope.Now,
        });
        scope.Write(AuditAct.ConsentGiven);
    }
}
