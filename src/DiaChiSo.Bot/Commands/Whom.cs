using DiaChiSo.Core.People;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Bot.Commands;

/// <summary>The person that a command is about: by the code that they read out, by channel and chat, or by a verified e-mail.</summary>
internal static class Whom
{
    /// <exception cref="CommandFault">Nobody, or more than one.</exception>
    public static async Task<Person> Find(IServiceProvider services, BotDb db, string? person, string? email, CancellationToken ct) => (person, email) switch
    {
        ({ } words, null) => await ByCode(services, db, words.Trim(), ct),
        (null, { } words) => await ByEmail(services, db, words.Trim(), ct),
        _ => throw new CommandFault("--person or --email: one of the two is wanted, for example --person 17-KXMT (the person types /toi in the chat to see it)."),
    };

    private static async Task<Person> ByCode(IServiceProvider services, BotDb db, string words, CancellationToken ct)
    {
        if (services.GetRequiredService<PersonCodes>().TryRead(words, out var id))
        {
            return await db.People.FindAsync([id], ct) ?? throw Nobody();
        }
        if (words.Split(':', 2) is not [var channel, var chat])
        {
            throw Nobody();
        }
        var conversation = await db.Conversations.AsNoTracking().SingleOrDefaultAsync(row => row.Channel == channel && row.ChatKey == chat, ct) ?? throw Nobody();
        return await db.People.SingleAsync(row => row.Id == conversation.PersonId, ct);
    }

    private static async Task<Person> ByEmail(IServiceProvider services, BotDb db, string words, CancellationToken ct)
    {
        var hash = services.GetRequiredService<Secrets>().Hash("email", EmailText.Key(words));
        var found = await db.People.Where(row => row.EmailHash == hash && row.EmailVerifiedAt != null).OrderBy(row => row.Id).Take(2).ToListAsync(ct);
        return found switch
        {
            [var one] => one,
            [] => throw new CommandFault("--email: nobody has verified this e-mail in the chat; ask the person for the code that /toi shows, and use --person."),
            _ => throw new CommandFault("--email: more than one person has verified this e-mail; ask for the code that /toi shows, and use --person."),
        };
    }

    private static CommandFault Nobody() =>
        new("--person: nobody has this code; ask the person to type /toi in the chat and to read it out, for example 17-KXMT. A letter misheard makes it nobody's.");
}
