using DiaChiSo.Core;
using DiaChiSo.Core.Confirmations;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Chats;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Tests.Confirmations;

/// <summary>What a visit changes at once, what a reviewer must see first, and what it may not do at all (domain.md §2).</summary>
public sealed class RecordingVisits : IAsyncLifetime
{
    private static readonly AddressCode Home = new("3260600012");
    private static readonly AddressCode Neighbour = new("3260600013");
    private static readonly GeoPoint Gate = new(21.85630, 103.32910);
    private static readonly AddressDetail Detail = new("15", "đường Thử Nghiệm", "Tổ dân phố Thắng Lợi II", new(UnitSystem.Since2025, "03217"), new(UnitSystem.Until2025, "03217"));

    private Stage stage = null!;
    private Conversation collaborator = null!;

    public async ValueTask InitializeAsync()
    {
        stage = await Stage.Open();
        await Givens.Arrange(stage, "collaborator", "collaborator 03217");
        collaborator = await stage.ConversationOf("collaborator");
    }

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Fact]
    public async Task Done_with_nothing_to_change_confirms_the_address()
    {
        var result = await Record(Done());

        Assert.True(result.IsRecorded);
        Assert.Equal("BB26-000001", result.Number);
        Assert.Equal("", result.RequestNumber);
        var address = await Address(Home);
        Assert.Equal((AddressStatus.Confirmed, null, 2), (address.Status, address.StatusReason, address.Version));
        var minutes = await stage.Ask(db => db.Set<Confirmation>().SingleAsync());
        Assert.Equal((Home, VisitOutcome.Done, "03217", collaborator.PersonId), (minutes.Code, minutes.Outcome, minutes.Commune, minutes.PersonId));
        Assert.Equal(OwnerAgreement.SaidAloud, minutes.Body.Agreement);
        Assert.Equal("Người Thử Một", minutes.Body.SeenContact!.FullName);
        Assert.Empty(minutes.Body.Corrections.Changed);
    }

    [Fact]
    public async Task Corrections_are_written_with_the_confirmation_in_one_change()
    {
        var contact = new Contact(ContactRole.Occupant, "Người Thử Mới", "0912000099", "");
        var result = await Record(Done(new RequestBody
        {
            Changed = [RequestField.Name, RequestField.Detail, RequestField.Contact, RequestField.Gate],
            Name = "Nhà thử",
            Detail = Detail with { House = "15A" },
            Contact = contact,
            Gate = new GateFix(Gate.Moved(40, 0), 8),
        }));

        Assert.Equal("", result.RequestNumber);
        var address = await Address(Home);
        Assert.Equal(("15A", AddressStatus.Confirmed, 2), (address.House, address.Status, address.Version));
        Assert.InRange(new GeoPoint(address.Latitude!.Value, address.Longitude!.Value).MetresTo(Gate), 39, 41);
        Assert.Null(address.PublicName);     // a home's name is its people's
        Assert.Equal(contact, PrivatePart.Of(address).Contact);
        Assert.Equal("Nhà thử", PrivatePart.Of(address).HomeName);
        Assert.Equal(1, await stage.Ask(db => db.Set<RegisterChange>().CountAsync(change => change.By == result.Number)));
    }

    [Theory]
    [InlineData(Limits.GateFarMetres - 5, false)]
    [InlineData(Limits.GateFarMetres + 5, true)]
    public async Task A_gate_further_than_the_limit_goes_to_review_and_the_rest_is_applied(double metres, bool isForReview)
    {
        var result = await Record(Done(new RequestBody
        {
            Changed = [RequestField.Detail, RequestField.Gate],
            Detail = Detail with { House = "15A" },
            Gate = new GateFix(Gate.Moved(metres, 0), 8),
        }));

        var address = await Address(Home);
        Assert.Equal(("15A", AddressStatus.Confirmed), (address.House, address.Status));
        Assert.Equal(isForReview, address.Longitude == Gate.Longitude);
        Assert.Equal(isForReview ? "YC26-000001" : "", result.RequestNumber);
        var requests = await stage.Ask(db => db.Set<Request>().ToListAsync());
        if (isForReview)
        {
            var request = Assert.Single(requests);
            Assert.Equal((RequestStatus.Sent, RequestKind.Update, Home, address.Version), (request.Status, request.Kind, request.TargetCode!.Value, request.BaseVersion!.Value));
            Assert.Equal([RequestField.Gate], request.Body.Changed);
            Assert.Equal(8, request.Body.Gate!.AccuracyMetres);
            Assert.Null(request.Body.Contact);
        }
        else
        {
            Assert.Empty(requests);
        }
    }

    [Fact]
    public async Task Another_commune_takes_the_whole_detail_to_review()
    {
        var result = await Record(Done(new RequestBody
        {
            Changed = [RequestField.Category, RequestField.Detail],
            Category = AddressCategory.Business,
            Detail = Detail with { House = "1", Commune = new UnitKey(UnitSystem.Since2025, "03226") },
        }));

        var address = await Address(Home);
        Assert.Equal(("15", "2025:03217", AddressCategory.Business.Key), (address.House, address.Commune, address.Category));
        var request = await stage.Ask(db => db.Set<Request>().SingleAsync());
        Assert.Equal((result.RequestNumber, "03217"), (request.Number, request.Commune));
        Assert.Equal([RequestField.Detail], request.Body.Changed);
    }

    [Fact]
    public async Task The_reviewers_of_the_commune_are_told_of_what_waits_for_them()
    {
        await Givens.Arrange(stage, "reviewer", "reviewer 03217");
        await Givens.Arrange(stage, "elsewhere", "reviewer 03226");
        await Record(Done(new RequestBody { Changed = [RequestField.Gate], Gate = new GateFix(Gate.Moved(900, 0), 8) }));
        await stage.Settle();

        Assert.Contains(stage.Delivered.Values, shown => shown.Who == "reviewer" && shown.Page.PlainText().Contains("YC26-000001", StringComparison.Ordinal));
        Assert.DoesNotContain(stage.Delivered.Values, shown => shown.Who == "elsewhere");
    }

    [Theory]
    [InlineData(VisitOutcome.NobodyHome, AddressStatus.Appointed)]
    [InlineData(VisitOutcome.Refused, AddressStatus.NotConfirmable)]
    [InlineData(VisitOutcome.NotFound, AddressStatus.NotConfirmable)]
    [InlineData(VisitOutcome.NoLongerThere, AddressStatus.NotConfirmable)]
    [InlineData(VisitOutcome.WrongArea, AddressStatus.NotConfirmable)]
    [InlineData(VisitOutcome.Duplicate, AddressStatus.NotConfirmable)]
    public async Task Any_other_outcome_sets_the_status_and_says_why(VisitOutcome outcome, AddressStatus status)
    {
        await Record(Other(outcome));

        var address = await Address(Home);
        Assert.Equal((status, outcome.ToString()), (address.Status, address.StatusReason));
        var minutes = await stage.Ask(db => db.Set<Confirmation>().SingleAsync());
        Assert.Equal(outcome == VisitOutcome.NobodyHome ? new DateOnly(2026, 11, 25) : null, minutes.ComeAgainOn);
        Assert.Equal(outcome == VisitOutcome.Duplicate ? Neighbour.ToString() : null, minutes.DuplicateOf);
        Assert.Equal("hàng xóm nói vậy", minutes.Body.Note);
    }

    [Theory]
    [InlineData(VisitOutcome.NobodyHome, AddressStatus.Confirmed)]
    [InlineData(VisitOutcome.Refused, AddressStatus.Confirmed)]
    [InlineData(VisitOutcome.NoLongerThere, AddressStatus.NotConfirmable)]
    public async Task What_was_confirmed_stays_so_unless_the_place_itself_is_in_doubt(VisitOutcome later, AddressStatus status)
    {
        await Record(Done());
        var result = await Record(Other(later));

        Assert.True(result.IsRecorded);
        Assert.Equal(status, (await Address(Home)).Status);
        Assert.Equal(2, await stage.Ask(db => db.Set<Confirmation>().CountAsync()));
    }

    [Fact]
    public async Task A_record_that_somebody_changed_meanwhile_is_not_confirmed_unread()
    {
        await stage.Arrange((_, db) => new AddressChange { House = "16" }.ApplyTo(db, Home, "test", stage.Time.GetUtcNow(), default));
        var result = await Record(Done());

        Assert.Equal((VisitRefusal.AddressChanged, 2), (result.Refusal, result.Version));
        Assert.Equal(AddressStatus.NotYetConfirmed, (await Address(Home)).Status);
        Assert.Equal(0, await stage.Ask(db => db.Set<Confirmation>().CountAsync()));
        Assert.True((await Record(Done() with { SeenVersion = 2 })).IsRecorded);
    }

    [Theory]
    [InlineData("given nothing", VisitRefusal.NoRight)]
    [InlineData("collaborator 03226", VisitRefusal.NoRight)]
    [InlineData("reviewer 03217", VisitRefusal.NoRight)]
    [InlineData("collaborator 03217", null)]
    [InlineData("collaborator *", null)]
    public async Task Only_who_holds_the_right_in_this_commune_records(string grant, VisitRefusal? refusal)
    {
        await Givens.Arrange(stage, "collaborator", "revoked");
        if (grant != "given nothing")
        {
            await Givens.Arrange(stage, "collaborator", grant);
        }
        Assert.Equal(refusal, (await Record(Done())).Refusal);
        Assert.Equal(refusal is null ? 1 : 0, await stage.Ask(db => db.Set<Confirmation>().CountAsync()));
    }

    [Fact]
    public async Task A_withdrawn_address_and_a_duplicate_of_itself_or_of_nothing_are_refused()
    {
        Assert.Equal(VisitRefusal.OriginalNotThere, (await Record(Other(VisitOutcome.Duplicate) with { DuplicateOf = Home })).Refusal);
        Assert.Equal(VisitRefusal.OriginalNotThere, (await Record(Other(VisitOutcome.Duplicate) with { DuplicateOf = new AddressCode("3260699999") })).Refusal);
        await stage.Arrange((_, db) => new AddressChange { Status = AddressStatus.Withdrawn }.ApplyTo(db, Home, "test", stage.Time.GetUtcNow(), default));
        Assert.Equal(VisitRefusal.AddressGone, (await Record(Done())).Refusal);
        Assert.Equal(VisitRefusal.AddressGone, (await Record(Done() with { Code = new AddressCode("3260699999") })).Refusal);
        Assert.Equal(0, await stage.Ask(db => db.Set<Confirmation>().CountAsync()));
    }

    [Fact]
    public async Task The_minutes_lie_sealed_in_the_file()
    {
        await Record(Done() with { Note = "ghi chú riêng" });
        var kept = await stage.Ask(db => db.Database.SqlQueryRaw<byte[]>("SELECT BodySealed AS Value FROM Confirmations").SingleAsync());

        Assert.DoesNotContain("ghi chú", System.Text.Encoding.UTF8.GetString(kept), StringComparison.Ordinal);
        Assert.Equal("Minutes", (await stage.Ask(db => db.Set<Confirmation>().SingleAsync())).Body.ToString());
    }

    private static Visit Done(RequestBody? corrections = null) =>
        new(Home, 1, VisitOutcome.Done) { Corrections = corrections ?? new RequestBody(), Agreement = OwnerAgreement.SaidAloud };

    private static Visit Other(VisitOutcome outcome) => new(Home, 1, outcome)
    {
        ComeAgainOn = outcome == VisitOutcome.NobodyHome ? new DateOnly(2026, 11, 25) : null,
        DuplicateOf = outcome == VisitOutcome.Duplicate ? Neighbour : null,
        Note = "hàng xóm nói vậy",
    };

    private async Task<VisitResult> Record(Visit visit)
    {
        VisitResult? result = null;
        await stage.Arrange((services, db) => new RecordVisit(visit, told => result = told)
            .Apply(new EffectScope(db, new TurnContext(collaborator.PersonId, collaborator.Id, "vi", stage.Time.GetUtcNow(), "chat"), services), default));
        return result!;
    }

    private Task<DigitalAddress> Address(AddressCode code) => stage.Ask(db => db.Set<DigitalAddress>().AsNoTracking().SingleAsync(address => address.Code == code));
}
