using System.Text;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Import;
using DiaChiSo.Core.Store;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DiaChiSo.Tests.Register.Import;

/// <summary>An operator's desk: a register of its own on a file of its own, and hand-over files beside it.</summary>
internal sealed class ImportDesk : IAsyncDisposable
{
    public static readonly DateOnly HandedOver = new(2026, 10, 1);

    private static readonly Secrets SharedSecrets = new(new EphemeralDataProtectionProvider(), new byte[32]);

    private readonly ServiceProvider services;
    private int files;

    private ImportDesk()
    {
        Directory.CreateDirectory(Folder);
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddDiaChiSo(Database, SharedSecrets, typeof(DiaChiSo.Dialogs.LookUp.LookUp).Assembly);
        collection.AddSingleton<TimeProvider>(Time);
        services = collection.BuildServiceProvider();
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 22, 2, 0, 0, TimeSpan.Zero));

    public string Folder { get; } = Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"diachiso-import-{Guid.NewGuid():N}");

    public string Database => Path.Combine(Folder, "desk.db");

    public static async Task<ImportDesk> Open()
    {
        var desk = new ImportDesk();
        await desk.services.PrepareStore();
        return desk;
    }

    public HandOver Csv(string text, DateOnly? date = null) => Csv(Encoding.UTF8.GetBytes(text), date);

    public HandOver Csv(byte[] bytes, DateOnly? date = null)
    {
        var path = NewFile("csv");
        File.WriteAllBytes(path, bytes);
        return new CsvRows(path) { Date = date ?? HandedOver };
    }

    public string NewFile(string ending) => Path.Combine(Folder, $"tay{++files}.{ending}");

    public Task<ImportResult> Look(params HandOver[] handed) => Run(true, null, handed);

    public Task<ImportResult> Apply(params HandOver[] handed) => Run(false, null, handed);

    /// <summary>As a person would: the same text twice makes two files with the same content.</summary>
    public Task<ImportResult> Apply(string csv, DateOnly? date = null) => Apply(Csv(csv, date));

    public async Task<ImportResult> Run(bool isDry, Action<SqliteConnection>? before, HandOver[] handed, TextWriter? report = null, CancellationToken ct = default)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            before?.Invoke((SqliteConnection)db.Database.GetDbConnection());
            return await scope.ServiceProvider.GetRequiredService<RegisterImporter>().Run(new(handed, isDry, "operator", report), null, ct);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    public async Task<UndoResult> Undo(long id)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ImportUndoing>().Undo(id, "operator", null, default);
    }

    public async Task<T> Ask<T>(Func<BotDb, Task<T>> question)
    {
        await using var scope = services.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<BotDb>());
    }

    /// <summary>Somebody corrects an address here.</summary>
    public Task Correct(string code, AddressChange change, string by = "CN26-000001") => Ask(async db =>
    {
        await change.ApplyTo(db, new(code), by, Time.GetUtcNow(), default);
        return await db.SaveChangesAsync();
    });

    public Task<DigitalAddress?> Address(string code) => Ask(db => db.Set<DigitalAddress>().AsNoTracking().FirstOrDefaultAsync(row => row.Code == new AddressCode(code)));

    public Task<RegisterImport> Import(long id) => Ask(db => db.Set<RegisterImport>().AsNoTracking().SingleAsync(row => row.Id == id));

    /// <summary>All that the register says, opened; without the counters that only ever rise.</summary>
    public async Task<string> Whole() => string.Join('\n', (await Ask(db => db.Set<DigitalAddress>().AsNoTracking().OrderBy(row => row.Code).ToListAsync()))
        .Select(row => string.Join('|', row.Code, row.Category, row.PublicName, row.House, row.Street, row.Village, row.Commune, row.FormerCommune,
            row.Latitude?.ToString("R"), row.Longitude?.ToString("R"), row.Status, row.StatusReason, row.ContactSealed, row.AddedByImport)));

    /// <summary>Every table, to the byte, as it lies in the file.</summary>
    public async Task<string> Bytes()
    {
        var all = new StringBuilder();
        await using var connection = new SqliteConnection($"Data Source={Database}");
        await connection.OpenAsync();
        foreach (var table in (string[])["DigitalAddresses", "RegisterChanges", "RegisterImports", "Requests", "Inbox", "Mails", "Sequences"])
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\" ORDER BY 1";
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                for (var i = 0; i < rows.FieldCount; i++)
                {
                    all.Append(rows.IsDBNull(i) ? "-" : rows.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : rows.GetValue(i)).Append('|');
                }
                all.Append('\n');
            }
        }
        return all.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }
}
