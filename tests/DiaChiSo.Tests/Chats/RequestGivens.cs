using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Tests.Chats;

/// <summary>
/// Requests that were sent before a chat begins, and what a reviewer off the stage does to the newest one: <c>given sent-new Nhà sàn</c>,
/// <c>given sent-update 3260700023 New name</c>, <c>given sent-contact 3260600012 New owner</c>, <c>given sent-category 3260700021 office</c>,
/// <c>given sent-village 3260700023 Đội 6, New name</c> (village, and a name where one is given), <c>given verdict opened</c>,
/// <c>… approved-without-code</c>, <c>… more-wanted words</c>, <c>… rejected words</c>,
/// <c>… approved 3260600099</c>, <c>… duplicate 3260600012</c>; and an address that is no more: <c>given address-withdrawn 3260700021</c>.
/// </summary>
public static class RequestGivens
{
    private const string Reviewer = "(reviewer)";
    private const string TuaChua = "03217";

    public static async Task Arrange(IStage stage, Conversation who, string what)
    {
        switch (what.Split(' ', 3))
        {
            case ["sent-new", ..]:
                await Do(stage, who, tells => new SubmitRequest(NewHome(what[9..]), tells));
                break;
            case ["sent-update", var code, var name]:
                await Update(stage, who, code, body => body with { Name = name, Changed = [RequestField.Name] });
                break;
            case ["sent-category", var code, var category]:
                await Update(stage, who, code, body => body with { Category = AddressCategory.Of(category), Changed = [RequestField.Category] });
                break;
            case ["sent-village", var code, var village]:
                var parts = village.Split(", ");
                await Update(stage, who, code, body => body with
                {
                    Detail = body.Seen!.Detail with { Village = parts[0] },
                    Name = parts.Length > 1 ? parts[1] : null,
                    Changed = parts.Length > 1 ? [RequestField.Name, RequestField.Detail] : [RequestField.Detail],
                });
                break;
            case ["sent-contact", var place, var person]:
                await Update(stage, who, place, body => body with { Contact = new Contact(ContactRole.Owner, person, "0912000009", ""), Changed = [RequestField.Contact] });
                break;
            case ["verdict", var verdict, .. var rest]:
                await Decide(stage, verdict, rest is [var words] ? words : "");
                break;
            case ["address-withdrawn", var gone]:
                await stage.Arrange((_, db) => new AddressChange { Status = AddressStatus.Withdrawn }.ApplyTo(db, new AddressCode(gone), "given", stage.Time.GetUtcNow(), default));
                break;
            default:
                throw new FormatException($"nobody knows how to set up «given {what}»");
        }
        await stage.Settle();
    }

    private static async Task Update(IStage stage, Conversation who, string code, Func<RequestBody, RequestBody> wish)
    {
        var address = await stage.Ask(async db => (await db.Set<DigitalAddress>().AsNoTracking().SingleAsync(row => row.Code == new AddressCode(code))).ToPublic(AdministrativeUnits.Shipped));
        var form = new FilledForm(RequestKind.Update, wish(new RequestBody { Seen = SeenAddress.Of(address) }), address.Commune.Key.Code, address.Code, address.Version);
        await Do(stage, who, tells => new SubmitRequest(form, tells));
    }

    private static FilledForm NewHome(string name) => new(RequestKind.New, new RequestBody
    {
        Category = AddressCategory.Home,
        Name = name,
        Detail = new AddressDetail(null, null, "Bản Tà Là Cáo", new(UnitSystem.Since2025, TuaChua), null),
        Contact = new Contact(ContactRole.Owner, "Người Thử Sáu", "0912000006", ""),
        Gate = new GateFix(new GeoPoint(21.91, 103.37), 8),
    }, TuaChua);

    private static async Task Decide(IStage stage, string verdict, string words)
    {
        var reviewer = await stage.ConversationOf(Reviewer);
        await stage.Arrange((_, db) =>
        {
            db.Grants.Add(new RoleGrant { PersonId = reviewer.PersonId, Role = Role.Reviewer, Area = "*", GrantedAt = stage.Time.GetUtcNow() });
            return Task.CompletedTask;
        });
        var number = await stage.Ask(db => db.Set<Request>().OrderByDescending(row => row.Id).Select(row => row.Number).FirstAsync());
        await Do(stage, reviewer, tells => new ClaimRequest(number, tells));
        switch (verdict)
        {
            case "opened":
                break;
            case "more-wanted":
                await Do(stage, reviewer, tells => new AskForMore(number, words, tells));
                break;
            case "rejected":
                await Do(stage, reviewer, tells => new RejectRequest(number, words, tells));
                break;
            case "approved":
                await Do(stage, reviewer, tells => new ApproveRequest(number, words.Length == 0 ? null : new AddressCode(words), null, tells));
                break;
            case "approved-without-code":
                await Do(stage, reviewer, tells => new ApproveWithoutCode(number, tells));
                break;
            case "duplicate":
                await Do(stage, reviewer, tells => new MarkDuplicate(number, words, tells));
                break;
            default:
                throw new FormatException($"a reviewer knows no verdict «{verdict}»");
        }
        // Off the stage again: what is sent later is no news to anybody here.
        await stage.Arrange(async (_, db) => db.Grants.RemoveRange(await db.Grants.Where(grant => grant.PersonId == reviewer.PersonId).ToListAsync()));
    }

    private static Task Do(IStage stage, Conversation who, Func<Action<RequestOutcome>, Effect> make) => stage.Arrange(async (services, db) =>
    {
        RequestOutcome? outcome = null;
        await using var transaction = await db.Database.BeginTransactionAsync();
        var turn = new TurnContext(who.PersonId, who.Id, who.Language, stage.Time.GetUtcNow(), who.Channel);
        await make(told => outcome = told).Apply(new EffectScope(db, turn, services), default);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        if (outcome?.IsDone != true)
        {
            throw new FormatException($"what was given was refused: {outcome?.Refusal}");
        }
    });
}
