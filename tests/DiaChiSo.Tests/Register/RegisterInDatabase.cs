using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DiaChiSo.Tests.Register;

public sealed class RegisterInDatabase : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 5, 0, 0, TimeSpan.Zero);
    private static readonly UnitKey TuaChua = UnitKey.Parse("2025:03217");
    private static readonly AddressCode First = new("3260612345");
    private static readonly CancellationToken Ct = CancellationToken.None;

    private readonly SqliteConnection connection = new("Data Source=:memory:");
    private readonly Secrets secrets = new(new EphemeralDataProtectionProvider(), new byte[32]);
    private readonly RegisterMemory memory = new(AdministrativeUnits.Shipped);

    public RegisterInDatabase()
    {
        connection.Open();
        using var db = Open();
        db.Database.EnsureCreated();
    }

    public void Dispose()
    {
        memory.Dispose();
        connection.Dispose();
    }

    private BotDb Open() => new(new DbContextOptionsBuilder<BotDb>().UseSqlite(connection).Options, secrets);

    private AddressRegister Register(BotDb db) => new(db, memory);

    private const long Collaborator = 7;

    private ContactBook Book(BotDb db) => new(db, new Policy(db), memory.Units);

    private async Task<AddressPeople?> OpenedByACollaborator(BotDb db)
    {
        db.Grants.Add(new RoleGrant { PersonId = Collaborator, Role = Role.Collaborator, Area = "*", GrantedAt = Noon });
        await db.SaveChangesAsync(Ct);
        return await Book(db).Open(Collaborator, First, Noon, Ct);
    }

    private async Task FillWithDemo()
    {
        await using var db = Open();
        Assert.InRange(await DemoRegister.Fill(db, Noon, Ct), 2_000, 4_000);
        Assert.Equal(0, await DemoRegister.Fill(db, Noon, Ct));
    }

    private static AddressChange Home(string house, string village = "Thôn Thử") => new()
    {
        Category = AddressCategory.Home,
        Commune = TuaChua,
        House = house,
        Village = village,
        Gate = (GeoPoint?)new GeoPoint(21.8474, 103.3438),
        Contact = new Contact(ContactRole.Owner, "Người Thử Nghiệm", "0900000999", "thu@example.invalid"),
    };

    [Fact]
    public async Task Nearby_gives_metres_direction_and_neighbours_and_never_more_than_five()
    {
        await FillWithDemo();
        await using var db = Open();
        var home = await db.Set<DigitalAddress>().AsNoTracking().FirstAsync(a => a.Latitude != null && a.Status == AddressStatus.Confirmed && a.PublicName == null, Ct);
        var from = home.Gate!.Value.Moved(0, -20);
        var near = await Register(db).Nearby(from, 150, 5, Ct);
        var itself = near.Single(n => n.Address.Code == home.Code);
        Assert.InRange(itself.Metres, 19, 21);
        Assert.Equal(CompassDirection.North, itself.Direction);
        Assert.All(near, n => Assert.True(n.Metres <= 150.5 && n.Neighbours.Count <= 2));
        Assert.Contains(near, n => n.Neighbours.Count > 0 && n.Neighbours.All(neighbour => neighbour.Metres > 0 && neighbour.Label.Length > 0));
        Assert.Equal(5, (await Register(db).Nearby(new(21.8474, 103.3438), 5_000, 1_000, Ct)).Count);
        Assert.Equal(5, (await Register(db).Search("xã Sín Chải", 1_000, Ct)).Count);
    }

    [Fact]
    public async Task The_index_file_is_opened_again_and_built_anew_when_it_is_damaged_or_an_import_came()
    {
        var folder = Directory.CreateTempSubdirectory("index");
        var file = Path.Combine(folder.FullName, "register.idx");
        try
        {
            await FillWithDemo();
            var first = await Written();
            Assert.Equal(first, await Written());

            File.Delete(file);                              // a mapped file is replaced, never written over
            await File.WriteAllBytesAsync(file, new byte[5_000], Ct);
            var mended = await Written();
            Assert.True(new FileInfo(file).Length > 5_000);

            await using (var db = Open())
            {
                db.Add(new Core.Register.Import.RegisterImport { At = Noon, By = "test", Revision = 1 });
                await db.SaveChangesAsync(Ct);
            }
            Assert.NotEqual(mended, await Written());
            Assert.DoesNotContain(folder.GetFiles(), left => left.Name != "register.idx");
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        async Task<DateTime> Written()
        {
            await using var db = Open();
            using var memory = new RegisterMemory(AdministrativeUnits.Shipped, file);
            Assert.NotEmpty(await new AddressRegister(db, memory).Search("xã Sín Chải", 5, Ct));
            return File.GetLastWriteTimeUtc(file);
        }
    }

    [Fact]
    public async Task The_demo_register_is_found_by_code_by_words_and_by_place()
    {
        await FillWithDemo();
        await using var db = Open();
        var register = Register(db);
        var address = await register.Find(First, Ct);
        Assert.NotNull(address);
        Assert.True(address.IsDemo);
        Assert.Null(await register.Find(new("3260600000"), Ct));
        Assert.Equal(First, Assert.Single(await register.Search("NDAS: 32606 12345", 5, Ct)).Address.Code);
        Assert.NotEmpty(await register.Search("trạm y tế Sín Chải", 5, Ct));
        Assert.NotEmpty(await register.Nearby(new(21.8474, 103.3438), 500, 5, Ct));
    }

    [Fact]
    public async Task A_change_writes_its_row_and_is_searchable_at_once()
    {
        await FillWithDemo();
        await using var db = Open();
        var register = Register(db);
        Assert.Empty(await register.Search("thôn Thử Nghiệm", 5, Ct));
        var change = await new AddressChange { House = "777", Village = "Thôn Thử Nghiệm" }.ApplyTo(db, First, "CN-1", Noon, Ct);
        await db.SaveChangesAsync(Ct);

        Assert.NotNull(change);
        Assert.Equal(1, await db.Set<RegisterChange>().CountAsync(Ct));
        Assert.Equal(2, (await register.Find(First, Ct))!.Version);
        Assert.Equal(First, Assert.Single(await register.Search("sn 777 thon thu nghiem", 5, Ct)).Address.Code);
    }

    [Fact]
    public async Task A_change_that_changes_nothing_writes_nothing()
    {
        await using var db = Open();
        await Home("15").AddTo(db, First, "YC-1", Noon, Ct);
        await db.SaveChangesAsync(Ct);
        Assert.Null(await new AddressChange { House = " 15 ", Category = AddressCategory.Home }.ApplyTo(db, First, "CN-2", Noon, Ct));
        await db.SaveChangesAsync(Ct);
        Assert.Equal(1, await db.Set<RegisterChange>().CountAsync(Ct));
        Assert.Equal(1, (await Register(db).Find(First, Ct))!.Version);
    }

    [Fact]
    public async Task A_new_address_is_added_once_and_is_whole()
    {
        await using var db = Open();
        await Home("15").AddTo(db, First, "YC-1", Noon, Ct);
        await db.SaveChangesAsync(Ct);
        await using var later = Open();
        var address = await Register(later).Find(First, Ct);
        Assert.Equal("Số nhà 15, thôn Thử, xã Tủa Chùa, tỉnh Điện Biên", address!.Line);
        Assert.Equal("", address.FormerLine);
        Assert.False(address.IsDemo);
        Assert.Equal(1, address.Version);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Home("16").AddTo(later, First, "YC-2", Noon, Ct));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Home("16").ApplyTo(later, new("3260600001"), "CN-2", Noon, Ct));
        await Assert.ThrowsAsync<ArgumentException>(() => new AddressChange { House = "1" }.AddTo(later, new("3260600001"), "YC-3", Noon, Ct));
        await Assert.ThrowsAsync<ArgumentException>(() => Home(new string('1', 201)).ApplyTo(later, First, "CN-4", Noon, Ct));
    }

    [Fact]
    public async Task What_a_search_saw_of_a_rolled_back_change_is_forgotten()
    {
        await FillWithDemo();
        await using (var db = Open())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            await new AddressChange { Village = "Thôn Không Thành" }.ApplyTo(db, First, "CN-1", Noon, Ct);
            await db.SaveChangesAsync(Ct);
            Assert.NotEmpty(await Register(db).Search("không thành", 5, Ct));
            await transaction.RollbackAsync(Ct);
        }
        await using var after = Open();
        Assert.Empty(await Register(after).Search("không thành", 5, Ct));
        await new AddressChange { Village = "Thôn Đã Thành" }.ApplyTo(after, First, "CN-2", Noon, Ct);
        await after.SaveChangesAsync(Ct);
        Assert.NotEmpty(await Register(after).Search("thôn đã thành", 5, Ct));
        Assert.Empty(await Register(after).Search("không thành", 5, Ct));
    }

    [Fact]
    public async Task The_turn_sees_its_own_change_before_it_is_saved()
    {
        await FillWithDemo();
        await using var db = Open();
        await new AddressChange { House = "777" }.ApplyTo(db, First, "CN-1", Noon, Ct);
        Assert.Equal("777", (await Register(db).Find(First, Ct))!.House);
    }

    [Fact]
    public async Task The_contact_is_kept_and_lies_sealed_in_the_file()
    {
        await using var db = Open();
        await (Home("15") with { Name = "Nhà bà Thử" }).AddTo(db, First, "YC-1", Noon, Ct);
        await db.SaveChangesAsync(Ct);
        await using var later = Open();
        var people = await OpenedByACollaborator(later);
        var contact = people!.Contact;
        Assert.Equal("0900000999", contact!.Phone);
        Assert.Equal("Nhà bà Thử", people.HomeName);
        Assert.DoesNotContain("Thử", people.ToString(), StringComparison.Ordinal);
        Assert.Null(await Book(later).Open(Collaborator + 1, First, Noon, Ct));
        Assert.Null((await Register(later).Find(First, Ct))!.Name);
        Assert.DoesNotContain("0900000999", contact.ToString());
        await AssertNowhereInClear("0900000999", "thu@example.invalid", "Nghiệm", "bà Thử");
    }

    [Fact]
    public async Task A_name_goes_onto_the_plate_and_off_it_with_the_category()
    {
        await using var db = Open();
        var register = Register(db);
        await (Home("15") with { Name = "Quán Thử" }).AddTo(db, First, "YC-1", Noon, Ct);
        await db.SaveChangesAsync(Ct);
        Assert.Null((await register.Find(First, Ct))!.Name);
        await new AddressChange { Category = AddressCategory.Business }.ApplyTo(db, First, "CN-2", Noon, Ct);
        await db.SaveChangesAsync(Ct);
        Assert.Equal("Quán Thử", (await register.Find(First, Ct))!.Name);
        await new AddressChange { Category = AddressCategory.Home }.ApplyTo(db, First, "CN-3", Noon, Ct);
        await db.SaveChangesAsync(Ct);
        Assert.Null((await register.Find(First, Ct))!.Name);
        var people = await OpenedByACollaborator(db);
        Assert.Equal("Quán Thử", people!.HomeName);
        Assert.NotNull(people.Contact);
    }

    [Fact]
    public async Task A_field_can_be_emptied_and_a_change_goes_through_json()
    {
        await using var db = Open();
        await Home("15").AddTo(db, First, "YC-1", Noon, Ct);
        await db.SaveChangesAsync(Ct);
        var change = new AddressChange { House = new New<string?>(null), Gate = new New<GeoPoint?>(null), Status = AddressStatus.Confirmed, FormerCommune = (UnitKey?)UnitKey.Parse("2024:03250") };
        var read = System.Text.Json.JsonSerializer.Deserialize<AddressChange>(System.Text.Json.JsonSerializer.Serialize(change))!;
        Assert.Equal(change, read);
        await read.ApplyTo(db, First, "CN-1", Noon, Ct);
        await db.SaveChangesAsync(Ct);
        var address = await Register(db).Find(First, Ct);
        Assert.Null(address!.House);
        Assert.Null(address.Gate);
        Assert.Equal(AddressStatus.Confirmed, address.Status);
        Assert.Equal("Xã Mường Báng", address.FormerCommune!.FullName);
    }

    private async Task AssertNowhereInClear(params string[] words)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "select hex(ContactSealed), '' from DigitalAddresses where ContactSealed is not null union all select hex(ChangedSealed), \"By\" from RegisterChanges";
        await using var rows = await command.ExecuteReaderAsync(Ct);
        var count = 0;
        while (await rows.ReadAsync(Ct))
        {
            var text = System.Text.Encoding.UTF8.GetString(Convert.FromHexString(rows.GetString(0))) + rows.GetString(1);
            Assert.All(words, word => Assert.DoesNotContain(word, text, StringComparison.Ordinal));
            count++;
        }
        Assert.True(count >= 2);
    }
}
