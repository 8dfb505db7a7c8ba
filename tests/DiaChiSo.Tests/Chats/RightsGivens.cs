using DiaChiSo.Core.Confirmations;
using DiaChiSo.Core.DataRights;
using DiaChiSo.Core.Owners;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DiaChiSo.Tests.Chats;

/// <summary>
/// What people have done about their data and addresses before a chat begins: <c>given owner 3260600012</c> (agreed, and proved by the minutes of a visit),
/// <c>given visit 3260600012</c> (somebody off the stage confirmed it; the owner's code is KXMT-ABAC), <c>given data-request Correct words</c>.
/// </summary>
public static class RightsGivens
{
    private const string Collaborator = "(collaborator)";

    public static async Task Arrange(IStage stage, Conversation who, string what)
    {
        switch (what.Split(' ', 3))
        {
            case ["visit", var code]:
                await Visit(stage, new AddressCode(code));
                break;
            case ["owner", var code]:
                await Visit(stage, new AddressCode(code));
                ProofOutcome? outcome = null;
                await Do(stage, who, new GiveConsent(Purposes.OwnAddresses, new ConsentNotice("given")));
                await Do(stage, who, new ProveByLetters(new AddressCode(code), "KXMTABAC", told => outcome = told));
                if (outcome != ProofOutcome.Proved)
                {
                    throw new FormatException($"what was given was refused: {outcome}");
                }
                break;
            case ["data-request", var kind, var wish]:
                await Do(stage, who, new AskAboutData(Enum.Parse<DataRequestKind>(kind), wish, _ => { }));
                break;
            default:
                throw new FormatException($"nobody knows how to set up «given {what}»");
        }
        await stage.Settle();
    }

    // The minutes are counted in the chats, and the right is gone again before anybody is told of anything.
    private static async Task Visit(IStage stage, AddressCode code)
    {
        var collaborator = await stage.ConversationOf(Collaborator);
        await stage.Arrange((_, db) =>
        {
            db.Grants.Add(new RoleGrant { PersonId = collaborator.PersonId, Role = Role.Collaborator, Area = "*", GrantedAt = stage.Time.GetUtcNow() });
            return Task.CompletedTask;
        });
        var version = await stage.Ask(db => db.Set<DigitalAddress>().Where(row => row.Code == code).Select(row => row.Version).SingleAsync());
        VisitResult? result = null;
        await Do(stage, collaborator, new RecordVisit(new Visit(code, version, VisitOutcome.Done) { Agreement = OwnerAgreement.SaidAloud }, told => result = told));
        await stage.Arrange(async (_, db) => db.Grants.RemoveRange(await db.Grants.Where(grant => grant.PersonId == collaborator.PersonId).ToListAsync()));
        if (result?.IsRecorded != true)
        {
            throw new FormatException($"what was given was refused: {result?.Refusal}");
        }
    }

    /// <summary>One effect, in one transaction, as a turn has it.</summary>
    public static Task Do(IStage stage, Conversation who, Effect effect) => stage.Arrange(async (services, db) =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var turn = new TurnContext(who.PersonId, who.Id, who.Language, stage.Time.GetUtcNow(), who.Channel);
        await effect.Apply(new EffectScope(db, turn, services), default);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    });
}
