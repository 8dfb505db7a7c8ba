using System.Text.Json;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Tests.Chats;

/// <summary>
/// What a <c>given</c> line sets up for the person who is speaking: <c>given collaborator 03217,03226</c>, <c>given reviewer *</c>, <c>given revoked</c>,
/// <c>given language en</c>, <c>given time 2026-11-22 09:00</c> (in Vietnam), <c>given calling Gate {json}</c>.
/// </summary>
public static class Givens
{
    public static async Task Arrange(Stage stage, string who, string what)
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
                        Area = rest.Replace(',', ' '),
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
            case "language":
                await stage.Arrange(async (_, db) => (await db.Conversations.SingleAsync(row => row.Id == conversation.Id)).Language = rest);
                break;
            case "time":
                stage.Time.SetUtcNow(DateTimeOffset.ParseExact(rest + " +07:00", "yyyy-MM-dd HH:mm zzz", System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime());
                break;
            case "calling":
                var call = rest.Split(' ', 2);
                await stage.Arrange(async (_, db) =>
                {
                    db.Doors.Add(new Door
                    {
                        Id = "given",
                        PersonId = conversation.PersonId,
                        Dialog = call[0],
                        Input = call.Length > 1 ? JsonDocument.Parse(call[1]).RootElement.GetRawText() : "null",
                        About = "given",
                        CreatedAt = stage.Time.GetUtcNow(),
                    });
                    await db.SaveChangesAsync();
                });
                await stage.Deliver(who, stage.NewKey(), new Pressed("dgiven", "ticket"));
                break;
            default:
                if (!await Extra(stage, conversation, what))
                {
                    throw new FormatException($"nobody knows how to set up «given {what}»");
                }
                break;
        }
    }

    // What other folders of the core bring (consent, e-mail, requests) is added here, one line each.
    private static Task<bool> Extra(Stage stage, Conversation conversation, string what) => Task.FromResult(false);
}
