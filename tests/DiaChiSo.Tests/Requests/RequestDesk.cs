using DiaChiSo.Core.Owners;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Chats;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DiaChiSo.Tests.Requests;

/// <summary>Citizens and reviewers who do things to requests on the chats' small register, each in a transaction as a turn is.</summary>
public sealed class RequestDesk(Stage stage) : IAsyncDisposable
{
    public const string TuaChua = "03217";

    public static readonly AddressCode HealthStation = new("3260700023");

    public Stage Stage => stage;

    public static async Task<RequestDesk> Open()
    {
        var desk = new RequestDesk(await Stage.Open());
        await desk.Verify("An");
        await desk.Grant("Bình", "03217 03226");
        await desk.Grant("Chi", "*");
        return desk;
    }

    public Task<RequestOutcome> Send(string who, FilledForm form) => Do(who, tells => new SubmitRequest(form, tells));

    public async Task<string> Sent(FilledForm form, string by = "An") => (await Send(by, form)).Number;

    /// <summary>One effect, in one transaction.</summary>
    public async Task<RequestOutcome> Do(string who, Func<Action<RequestOutcome>, Effect> make)
    {
        RequestOutcome? outcome = null;
        var conversation = await stage.ConversationOf(who);
        await stage.Arrange(async (services, db) =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            var turn = new TurnContext(conversation.PersonId, conversation.Id, "vi", stage.Time.GetUtcNow(), "chat");
            await make(told => outcome = told).Apply(new EffectScope(db, turn, services), default);
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
        });
        return outcome!;           // null where the effect tells something else
    }

    public async Task<Request> Row(string number) => await stage.Ask(db => db.Set<Request>().AsNoTracking().SingleAsync(row => row.Number == number));

    public Task<DigitalAddress?> Address(AddressCode code) => stage.Ask(db => db.Set<DigitalAddress>().AsNoTracking().FirstOrDefaultAsync(row => row.Code == code));

    public async Task<IReadOnlyList<Noticed>> NoticesTo(string who)
    {
        var id = (await stage.ConversationOf(who)).Id;
        var rows = await stage.Ask(db => db.Inbox.AsNoTracking().Where(row => row.ConversationId == id && row.Body != "").OrderBy(row => row.Id).ToListAsync());
        return [.. rows.Select(row => System.Text.Json.JsonSerializer.Deserialize<Incoming>(row.Body, Saved.Json)).OfType<Noticed>()];
    }

    public async Task<long> Id(string who) => (await stage.ConversationOf(who)).PersonId;

    public Task Change(AddressCode code, AddressChange change) =>
        stage.Arrange((_, db) => change.ApplyTo(db, code, "test", stage.Time.GetUtcNow(), default));

    public async Task<FilledForm> Update(AddressCode code, Func<RequestBody, RequestBody> wish)
    {
        var seen = (await Address(code))!.ToPublic(AdministrativeUnits.Shipped);
        return new(RequestKind.Update, wish(new RequestBody { Seen = SeenAddress.Of(seen) }), TuaChua, code, seen.Version);
    }

    public static FilledForm New(string? name = null) => new(RequestKind.New, new RequestBody
    {
        Category = AddressCategory.Home,
        Name = name,
        Detail = new AddressDetail(null, null, "Bản Tà Là Cáo", new(UnitSystem.Since2025, TuaChua), null),
        Contact = new Contact(ContactRole.Owner, "Người Thử Sáu", "0912000006", ""),
        Gate = new GateFix(new GeoPoint(21.861, 103.331), 8),
    }, TuaChua);

    public async Task Grant(string who, string area)
    {
        var conversation = await stage.ConversationOf(who);
        await stage.Arrange((_, db) =>
        {
            db.Grants.Add(new RoleGrant { PersonId = conversation.PersonId, Role = Role.Reviewer, Area = area, GrantedAt = stage.Time.GetUtcNow() });
            return Task.CompletedTask;
        });
    }

    /// <summary>They proved that it is theirs.</summary>
    public async Task Own(string who, AddressCode code)
    {
        var id = await Id(who);
        await stage.Arrange(async (services, db) =>
        {
            var own = new Ownership { PersonId = id, Code = code, Proof = OwnerProof.VisitCode, Since = stage.Time.GetUtcNow() };
            own.TakeAsOwn(PrivatePart.Of(await db.Set<DigitalAddress>().SingleAsync(row => row.Code == code)).Contact, services.GetRequiredService<Secrets>());
            db.Add(own);
        });
    }

    public async Task Verify(string who)
    {
        var conversation = await stage.ConversationOf(who);
        await stage.Arrange(async (_, db) =>
        {
            var person = await db.People.SingleAsync(row => row.Id == conversation.PersonId);
            (person.Email, person.EmailVerifiedAt) = ($"{conversation.Id}@example.invalid", stage.Time.GetUtcNow());
            db.Add(new Consent { PersonId = person.Id, Purpose = AccountNeed.ForRequests.Purpose, Version = "test", Channel = "chat", GivenAt = stage.Time.GetUtcNow() });
        });
    }

    public ValueTask DisposeAsync() => stage.DisposeAsync();
}
