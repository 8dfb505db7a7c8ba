using System.Text.Json;
using DiaChiSo.Core;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DiaChiSo.Tests.Chats;

/// <summary>
/// What a <c>given</c> line sets up for the person who is speaking: <c>given collaborator 03217,03226</c>, <c>given reviewer *</c>, <c>given revoked</c>,
/// <c>given collaborator 03217 villages Đội 5; Từ Ngài 1</c>, <c>given rights end in 10 minutes</c>, <c>given invite collaborator 03217</c> (made by this person), <c>given language en</c>, <c>given time 2026-11-22 09:00</c> (in Vietnam), <c>given calling Gate {json}</c>,
/// <c>given consent</c>, <c>given email an@example.invalid</c> (verified), and what <see cref="RequestGivens"/> knows.
/// </summary>
public static class Givens
{
    public static async Task Arrange(IStage stage, string who, string what)
    {
        var conversation = await stage.ConversationOf(who);
        var words = what.Split(' ', 2);
        var rest = words.Length > 1 ? words[1] : "";
        switch (words[0])
        {
            case "collaborator" or "reviewer" or "officer":
                await stage.Arrange((_, db) =>
                {
                    db.Grants.Add(new RoleGrant
                    {
                        PersonId = conversation.PersonId,
                        Role = Enum.Parse<Role>(words[0], ignoreCase: true),
                        Area = rest.Split(" villages ")[0].Replace(',', ' '),
                        Villages = rest.Contains(" villages ", StringComparison.Ordinal) ? rest.Split(" villages ")[1] : "",
                        GrantedAt = stage.Time.GetUtcNow(),
                    });
                    return Task.CompletedTask;
                });
                break;
            case "revoked":
                await stage.Arrange(async (_, db) =>
                {
                    foreach (var grant in await db.Grants.Where(grant => grant.PersonId == conversation.PersonId).ToListAsync())
                    {
                        grant.RevokedAt = stage.Time.GetUtcNow();
                    }
                });
                break;
            case "rights":
                var minutes = int.Parse(rest.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture);
                await stage.Arrange(async (_, db) =>
                {
                    foreach (var grant in await db.Grants.Where(grant => grant.PersonId == conversation.PersonId).ToListAsync())
                    {
                        grant.Until = stage.Time.GetUtcNow().AddMinutes(minutes);
                    }
                });
                break;
            case "invite":
                await stage.Arrange((services, db) => Invite.Make(db, services.GetRequiredService<Secrets>(), services.GetRequiredService<INumbers>(),
                    new InviteFor(Enum.Parse<Role>(rest.Split(' ')[0], ignoreCase: true), rest.Split(' ')[1].Replace(',', ' '), "", null), conversation.PersonId, stage.Time.GetUtcNow(), default));
                break;
            case "language":
                await stage.Arrange(async (_, db) => (await db.Conversations.SingleAsync(row => row.Id == conversation.Id)).Language = rest);
                break;
            case "time":
                stage.Time.SetUtcNow(DateTimeOffset.ParseExact(rest + " +07:00", "yyyy-MM-dd HH:mm zzz", System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime());
                break;
            case "calling":
                var call = rest.Split(' ', 2);
                var door = "given" + stage.NewKey();
                await stage.Arrange(async (_, db) =>
                {
                    db.Doors.Add(new Door
                    {
                        Id = door,
                        PersonId = conversation.PersonId,
                        Dialog = call[0],
                        Input = call.Length > 1 ? JsonDocument.Parse(call[1]).RootElement.GetRawText() : "null",
                        About = "given",
                        CreatedAt = stage.Time.GetUtcNow(),
                    });
                    await db.SaveChangesAsync();
                });
                await stage.Deliver(who, stage.NewKey(), new Pressed("d" + door, "ticket"));
                break;
            default:
                if (!await Extra(stage, conversation, what))
                {
                    throw new FormatException($"nobody knows how to set up «given {what}»");
                }
                break;
        }
    }

    /// <summary>What this person reads out to an officer: another installation's keys make another code.</summary>
    internal static async Task<string> CodeOf(IStage stage, string who)
    {
        var person = (await stage.ConversationOf(who)).PersonId;
        var code = "";
        await stage.Arrange((services, _) =>
        {
            code = services.GetRequiredService<PersonCodes>().Of(person);
            return Task.CompletedTask;
        });
        return code;
    }

    // What other folders of the core bring (consent, e-mail, requests) is added here, one line each.
    private static async Task<bool> Extra(IStage stage, Conversation conversation, string what)
    {
        switch (what.Split(' ', 2))
        {
            case ["consent"]:
                await stage.Arrange((services, db) => Accounts.Agree(services, db, conversation, stage.Time.GetUtcNow()));
                return true;
            case ["email", var email]:
                await stage.Arrange((services, db) => Accounts.Verify(services, db, conversation, email, stage.Time.GetUtcNow()));
                return true;
            case ["owner" or "visit" or "data-request", _]:
                await RightsGivens.Arrange(stage, conversation, what);
                return true;
            case ["sent-new" or "sent-update" or "sent-category" or "sent-village" or "sent-contact" or "verdict" or "address-withdrawn", _]:
                await RequestGivens.Arrange(stage, conversation, what);
                return true;
            case ["exported"] or ["announced"] or ["handed-over", _]:
                await LoopGivens.Arrange(stage, what);
                return true;
            default:
                return false;
        }
    }

    /// <summary>What the account dialog would have written.</summary>
    internal static class Accounts
    {
        public static Task Agree(IServiceProvider services, BotDb db, Conversation conversation, DateTimeOffset now)
        {
            var purpose = AccountNeed.ForRequests.Purpose;
            var notice = Dialogs.Account.Account.NoticeOf(
                services.GetRequiredService<Texts>(), services.GetRequiredService<OfficeSettings>(), purpose, conversation.Language, conversation.Channel);
            return new GiveConsent(purpose, notice).Apply(Scope(services, db, conversation, now), default);
        }

        public static async Task Verify(IServiceProvider services, BotDb db, Conversation conversation, string email, DateTimeOffset now)
        {
            var person = await db.People.SingleAsync(row => row.Id == conversation.PersonId);
            (person.Email, person.EmailHash, person.EmailVerifiedAt) = (email, EmailCode.HashOfEmail(services.GetRequiredService<Secrets>(), email), now);
        }

        private static EffectScope Scope(IServiceProvider services, BotDb db, Conversation conversation, DateTimeOffset now) =>
            new(db, new TurnContext(conversation.PersonId, conversation.Id, conversation.Language, now, conversation.Channel), services);
    }
}
