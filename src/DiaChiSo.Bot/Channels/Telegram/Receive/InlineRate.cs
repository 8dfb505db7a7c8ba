using System.Collections.Concurrent;
using DiaChiSo.Core;

namespace DiaChiSo.Bot.Channels.Telegram.Receive;

/// <summary>How often one person may ask inline: enough for somebody who types, too little for somebody who copies the register (domain.md §2: no bulk path).</summary>
internal sealed class InlineRate(TimeProvider time)
{
    private const int PeopleRemembered = 10_000;
    private readonly ConcurrentDictionary<long, Asked> people = [];

    public bool Allows(long person)
    {
        var now = time.GetUtcNow();
        if (people.Count >= PeopleRemembered)
        {
            foreach (var (id, old) in people.Where(one => now - one.Value.Hour >= TimeSpan.FromHours(1)))
            {
                people.TryRemove(new(id, old));
            }
            if (people.Count >= PeopleRemembered && !people.ContainsKey(person))
            {
                // A crowd of strangers at once is no crowd of people.
                return false;
            }
        }
        var asked = people.AddOrUpdate(person, _ => new Asked(now, 1, now, 1), (_, before) => before.And(now));
        return asked is { InMinute: <= Limits.InlinePerMinute, InHour: <= Limits.InlinePerHour };
    }

    private sealed record Asked(DateTimeOffset Minute, int InMinute, DateTimeOffset Hour, int InHour)
    {
        public Asked And(DateTimeOffset now)
        {
            var (newMinute, newHour) = (now - Minute >= TimeSpan.FromMinutes(1), now - Hour >= TimeSpan.FromHours(1));
            return new(newMinute ? now : Minute, newMinute ? 1 : InMinute + 1, newHour ? now : Hour, newHour ? 1 : InHour + 1);
        }
    }
}
