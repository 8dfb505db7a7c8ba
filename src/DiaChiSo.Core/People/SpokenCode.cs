using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DiaChiSo.Core.People;

/// <summary>
/// Eight letters that are read aloud or typed once: they join two chats (<see cref="LinkCode"/>), or bring a role (<see cref="Invite"/>). Kept as a keyed
/// hash only; who types wrong ones is counted, over all kinds together.
/// </summary>
public static class SpokenCode
{
    /// <summary>Letters of a code; of 18 each, so that a guess within the tries is hopeless.</summary>
    public const int Length = 8;

    // Without those that look or, read aloud in Vietnamese, sound like another one.
    internal const string Letters = "ABCDEGHKLMNPRTUVXY";

    /// <summary>"kxmt-abcd", "KXMT ABCD" → KXMTABCD. False: no code.</summary>
    public static bool TryRead(string words, out string code)
    {
        code = string.Concat(words.Where(letter => letter is not (' ' or '-' or '.' or '_'))).ToUpperInvariant();
        return code.Length == Length && code.All(Letters.Contains);
    }

    /// <summary>KXMT-ABCD, as it is shown and read out; empty for what is none.</summary>
    public static string Grouped(string code) => code.Length == Length ? $"{code[..(Length / 2)]}-{code[(Length / 2)..]}" : "";

    /// <summary>What is kept of a code: each purpose has hashes of its own.</summary>
    internal static string HashOf(Secrets secrets, string purpose, string code) => secrets.Hash(purpose, code);
}

/// <summary>A wrong code was typed: counted, so that nobody tries them all.</summary>
public sealed class SpokenTry
{
    public long Id { get; init; }

    [OfPerson]
    public required long PersonId { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset At { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<SpokenTry>
    {
        public void Configure(EntityTypeBuilder<SpokenTry> table)
        {
            table.ToTable("SpokenTries");
            table.HasIndex(row => new { row.PersonId, row.At });
        }
    }
}

/// <summary>How often somebody was wrong.</summary>
public sealed class SpokenTries(BotDb db)
{
    /// <summary>Whether this person typed so many wrong ones within the hour that they are asked to wait.</summary>
    public async Task<bool> AreTooMany(long personId, DateTimeOffset now, CancellationToken ct)
    {
        var since = now.AddHours(-1);
        return await db.Set<SpokenTry>().CountAsync(row => row.PersonId == personId && row.At > since, ct) >= Limits.SpokenCodeTries;
    }
}

/// <summary>A wrong code was typed.</summary>
public sealed record CountSpokenTry : Effect
{
    public override Task Apply(EffectScope scope, CancellationToken ct)
    {
        scope.Db.Add(new SpokenTry { PersonId = scope.Turn.PersonId, At = scope.Now });
        return Task.CompletedTask;
    }
}
