using System.Text.Json;
using DiaChiSo.Core;
using DiaChiSo.Core.Confirmations;
using DiaChiSo.Core.Owners;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Chats;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DiaChiSo.Tests.Owners;

/// <summary>By e-mail or by the minutes, never by a phone; and what does not hold says nothing, by no word and no row. The talk itself: MyAddresses/chats.</summary>
public sealed class ProvingAnAddress : IAsyncLifetime
{
    private static readonly AddressCode Address = new("3260600012");
    private const string Letters = "KXMTABAC";
    private const string OtherLetters = "ABCDEGHK";

    private Stage stage = null!;

    public async ValueTask InitializeAsync()
    {
        stage = await Stage.Open();
        await Agree("An");
    }

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    private async Task Agree(string who) => await RightsGivens.Do(stage, await stage.ConversationOf(who), new GiveConsent(Purposes.OwnAddresses, new ConsentNotice("given")));

    private async Task<ProofOutcome> ByLetters(string who, AddressCode code, string letters)
    {
        ProofOutcome? outcome = null;
        await RightsGivens.Do(stage, await stage.ConversationOf(who), new ProveByLetters(code, letters, told => outcome = told));
        return outcome!.Value;
    }

    private async Task<ProofOutcome> ByEmail(string who, AddressCode code)
    {
        ProofOutcome? outcome = null;
        await RightsGivens.Do(stage, await stage.ConversationOf(who), new ProveByEmail(code, told => outcome = told));
        return outcome!.Value;
    }

    private async Task<IReadOnlyList<OwnAddress>> Owned(string who)
    {
        var me = (await stage.ConversationOf(who)).PersonId;
        await using var scope = stage.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMyAddresses>().Of(me, default);
    }

    private Task Change(AddressChange change) => stage.Arrange((_, db) => change.ApplyTo(db, Address, "test", stage.Time.GetUtcNow(), default));

    [Fact]
    public async Task The_code_on_the_minutes_is_hashed_opens_once_and_notes_the_visit_and_the_collaborator()
    {
        await Givens.Arrange(stage, "An", "visit 3260600012");
        var visit = await stage.Ask(db => db.Set<Confirmation>().AsNoTracking().SingleAsync());
        Assert.DoesNotContain(Letters, visit.OwnerCodeHash);
        Assert.Equal(ProofOutcome.Proved, await ByLetters("An", Address, Letters));
        var row = await stage.Ask(db => db.Set<Ownership>().AsNoTracking().SingleAsync());
        Assert.Equal((OwnerProof.VisitCode, visit.Number, visit.PersonId), (row.Proof, row.Visit, row.VisitedBy));
        Assert.Equal("Người Thử Một", Assert.Single(await Owned("An")).Contact!.FullName);

        await Agree("Binh");
        Assert.Equal(ProofOutcome.NotProved, await ByLetters("Binh", Address, Letters));
        Assert.Empty(await Owned("Binh"));
    }

    [Fact]
    public async Task The_letters_go_to_nobody_but_the_collaborator()
    {
        await Givens.Arrange(stage, "An", "visit 3260600012");
        var (mails, told) = await stage.Ask(async db => (await db.Mails.CountAsync(), await db.Inbox.CountAsync(row => row.Channel == "bot")));
        Assert.Equal((0, 0), (mails, told));
    }

    [Theory]
    [InlineData("Người Thử Một", "mot@example.invalid", true)]      // nothing changed
    [InlineData("NGUOI THU MOT", "", true)]                        // the same name, without tones
    [InlineData("Người Thử Chín", "mot@example.invalid", true)]    // a name corrected; the e-mail is the same
    [InlineData("Người Thử Chín", "", false)]                      // somebody else
    public async Task The_letters_count_only_while_the_contact_is_still_the_one_of_that_visit(string name, string email, bool holds)
    {
        await Givens.Arrange(stage, "An", "visit 3260600012");
        // The same phone as before: families share them, it proves nothing.
        await Change(new AddressChange { Contact = new New<Contact?>(new Contact(ContactRole.Owner, name, "0912000001", email)) });
        Assert.Equal(holds ? ProofOutcome.Proved : ProofOutcome.NotProved, await ByLetters("An", Address, Letters));
    }

    [Fact]
    public async Task Only_the_last_visit_counts_and_only_for_a_year()
    {
        await Givens.Arrange(stage, "An", "visit 3260600012");
        stage.Time.Advance(Limits.OwnerCodeValid + TimeSpan.FromDays(1));
        Assert.Equal(ProofOutcome.NotProved, await ByLetters("An", Address, Letters));
        await Givens.Arrange(stage, "An", "visit 3260600012");
        Assert.Equal(ProofOutcome.Proved, await ByLetters("An", Address, Letters));
    }

    [Fact]
    public async Task The_email_must_be_verified_and_be_the_one_on_record_in_whatever_case()
    {
        Assert.Equal(ProofOutcome.NotProved, await ByEmail("An", Address));
        await stage.Arrange(async (_, db) => (await db.People.SingleAsync(row => row.Id == db.Conversations.Single(one => one.ChatKey == "An").PersonId)).Email = "mot@example.invalid");
        Assert.Equal(ProofOutcome.NotProved, await ByEmail("An", Address));
        await Givens.Arrange(stage, "An", "email MOT@example.invalid");
        Assert.Equal(ProofOutcome.Proved, await ByEmail("An", Address));
        // The contact of this one has no e-mail: no e-mail is not the same as none.
        Assert.Equal(ProofOutcome.NotProved, await ByEmail("An", new AddressCode("3260600013")));
    }

    [Fact]
    public async Task Without_consent_to_this_purpose_nothing_is_proved()
    {
        await Givens.Arrange(stage, "Binh", "consent");
        await Givens.Arrange(stage, "Binh", "email mot@example.invalid");
        Assert.Equal(ProofOutcome.NotProved, await ByEmail("Binh", Address));
        Assert.Empty(await Owned("Binh"));
    }

    /// <summary>Somebody else's, visited or not; one without a contact; one withdrawn; one that is not there: the same page letter for letter, and the same rows.</summary>
    [Fact]
    public async Task What_does_not_hold_says_nothing_by_no_word_and_no_row()
    {
        await Givens.Arrange(stage, "An", "visit 3260600013");
        await Givens.Arrange(stage, "An", "address-withdrawn 3260700021");
        var answers = new HashSet<string>();
        // The words of a notice are kept when the first one reads them.
        await stage.Deliver("First", stage.NewKey(), new Said("/diachicuatoi"));
        await stage.Deliver("First", stage.NewKey(), new Said("Nhận một địa chỉ"));
        await stage.Deliver("First", stage.NewKey(), new Said("Đồng ý"));
        foreach (var code in new[] { "3260600012", "3260600013", "3260600014", "3260700021", "3260699999" })
        {
            foreach (var byEmail in new[] { true, false })
            {
                var who = $"An {code} {byEmail}";
                await Givens.Arrange(stage, who, "consent");
                await Givens.Arrange(stage, who, "email an@example.invalid");
                await Agree(who);
                var before = await Counts();
                var shown = stage.Delivered.Count;
                foreach (var said in (string[])["/diachicuatoi", "Nhận một địa chỉ", "Đồng ý", code, .. byEmail ? (string[])["Bằng e-mail"] : ["Bằng biên bản", OtherLetters]])
                {
                    await stage.Deliver(who, stage.NewKey(), new Said(said));
                }
                var pages = stage.Delivered.OrderBy(page => page.Key).Skip(shown).Select(page => page.Value.Page.PlainText() + string.Join('|', page.Value.Page.Choices.Select(choice => choice.Label)));
                var rows = (await Counts()).Select(table => $"{table.Key} +{table.Value - before.GetValueOrDefault(table.Key)}").Where(line => !line.EndsWith("+0", StringComparison.Ordinal));
                var all = string.Join('\n', pages.Concat(rows)).Replace(new AddressCode(code).Grouped, "#", StringComparison.Ordinal)
                    // The example under the question, when it is not this very code.
                    .Replace("32606 00012", "#", StringComparison.Ordinal);
                answers.Add($"{byEmail} {all}");
            }
        }
        Assert.Equal(2, answers.Count);
        Assert.All(answers, all => Assert.Contains("ProofTry +1", all));
    }

    private async Task<Dictionary<string, int>> Counts()
    {
        var counts = new Dictionary<string, int>();
        foreach (var table in await stage.Ask(db => Task.FromResult(db.Model.GetEntityTypes().Select(entity => (entity.ClrType.Name, Table: entity.GetTableName()!)).ToList())))
        {
            var count = $"SELECT count(*) AS Value FROM \"{table.Table}\"";
            counts[table.Name] = await stage.Ask(db => db.Database.SqlQueryRaw<int>(count).SingleAsync());
        }
        return counts;
    }

    [Fact]
    public async Task After_five_wrong_proofs_even_the_right_one_waits_an_hour()
    {
        await Givens.Arrange(stage, "An", "visit 3260600012");
        for (var wrong = 0; wrong < Limits.OwnerProofTries; wrong++)
        {
            Assert.Equal(ProofOutcome.NotProved, await ByLetters("An", new AddressCode($"326060001{wrong}"), OtherLetters));
        }
        Assert.Equal(ProofOutcome.TooOften, await ByLetters("An", Address, Letters));
        stage.Time.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(ProofOutcome.Proved, await ByLetters("An", Address, Letters));
    }

    [Fact]
    public async Task It_ends_when_somebody_else_is_the_contact_or_the_address_is_withdrawn_by_whatever_way()
    {
        await Givens.Arrange(stage, "An", "owner 3260600012");
        await Change(new AddressChange { Contact = new New<Contact?>(null) });
        Assert.Single(await Owned("An"));
        await Change(new AddressChange { Contact = new New<Contact?>(new Contact(ContactRole.Owner, "Người Thử Chín", "0912000001", "")) });
        Assert.Empty(await Owned("An"));

        await Agree("Binh");
        await Givens.Arrange(stage, "Binh", "owner 3260600013");
        await Givens.Arrange(stage, "Binh", "address-withdrawn 3260600013");
        Assert.Empty(await Owned("Binh"));
    }

    [Fact]
    public async Task An_owner_whose_own_name_is_corrected_at_their_own_wish_stays_the_owner()
    {
        await Givens.Arrange(stage, "An", "consent");
        await Givens.Arrange(stage, "An", "email an@example.invalid");
        await Givens.Arrange(stage, "An", "owner 3260600012");
        await Givens.Arrange(stage, "An", "sent-contact 3260600012 Người Thử Mười");
        await Givens.Arrange(stage, "An", "verdict approved");
        Assert.Equal("Người Thử Mười", Assert.Single(await Owned("An")).Contact!.FullName);
    }

    [Fact]
    public async Task What_an_owner_is_told_has_nothing_of_the_requester_in_it()
    {
        await Givens.Arrange(stage, "An", "owner 3260600012");
        await Givens.Arrange(stage, "Binh", "consent");
        await Givens.Arrange(stage, "Binh", "email binh@example.invalid");
        await Givens.Arrange(stage, "Binh", "sent-contact 3260600012 Người Thử Chín");
        var told = Assert.Single(stage.Delivered.Values, page => page.Who == "An").Page;
        var all = JsonSerializer.Serialize(told, Saved.Json);
        Assert.Contains("người liên hệ", all);
        Assert.All(["binh", "Người Thử Chín", "0912000009", "YC26"], canary => Assert.DoesNotContain(canary, all, StringComparison.OrdinalIgnoreCase));
    }
}
