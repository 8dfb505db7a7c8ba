using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Import;
using DiaChiSo.Fakes.HandOver;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Speed.Import;

/// <summary>What the import is measured against: the same rows into the same table with the same indexes and pragmas, in one transaction, already in memory.</summary>
internal static class Baselines
{
    private const string Insert =
        "INSERT INTO \"DigitalAddresses\" (\"Code\", \"Category\", \"PublicName\", \"House\", \"Street\", \"Village\", \"Commune\", \"FormerCommune\", \"Latitude\", \"Longitude\", "
        + "\"Status\", \"IsDemo\", \"Version\", \"ChangedAt\", \"AddedByImport\") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'NotYetConfirmed', 0, 1, 1763800000000, 1)";

    /// <summary>One prepared SqliteCommand, its parameters set for each row: what a program in C# does when it wants to be fast.</summary>
    public static Task Ado(ImportDesk desk, InventedRow[] rows) => desk.With(async db =>
    {
        await db.Database.OpenConnectionAsync();
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = Insert;
        var parameters = Enumerable.Range(1, 10).Select(i => command.Parameters.Add($"${i}", i > 8 ? SqliteType.Real : SqliteType.Text)).ToArray();
        command.Prepare();
        foreach (var row in rows)
        {
            parameters[0].Value = row.Code;
            parameters[1].Value = KeyOf(row);
            parameters[2].Value = (object?)row.Name ?? DBNull.Value;
            parameters[3].Value = (object?)row.House ?? DBNull.Value;
            parameters[4].Value = (object?)row.Street ?? DBNull.Value;
            parameters[5].Value = row.Village;
            parameters[6].Value = row.CommuneKey;
            parameters[7].Value = (object?)row.FormerKey ?? DBNull.Value;
            parameters[8].Value = row.Latitude;
            parameters[9].Value = row.Longitude;
            command.ExecuteNonQuery();
        }
        transaction.Commit();
        await db.Database.CloseConnectionAsync();
    });

    /// <summary>SQLite's own functions, without ADO.NET between.</summary>
    public static Task Bare(ImportDesk desk, InventedRow[] rows) => desk.With(async db =>
    {
        await db.Database.OpenConnectionAsync();
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        using var transaction = connection.BeginTransaction();
        using (var insert = new Prepared(connection, Insert))
        {
            foreach (var row in rows)
            {
                insert.With(row.Code).With(KeyOf(row)).With(row.Name).With(row.House).With(row.Street).With(row.Village).With(row.CommuneKey).With(row.FormerKey)
                    .With(row.Latitude).With(row.Longitude).Run();
            }
        }
        transaction.Commit();
        await db.Database.CloseConnectionAsync();
    });

    /// <summary>Entities added and saved, a thousand at a time, in one transaction, without looking for changes.</summary>
    public static Task ChangeTracker(ImportDesk desk, InventedRow[] rows) => desk.With(async db =>
    {
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync();
        foreach (var some in rows.Chunk(1_000))
        {
            db.Set<DigitalAddress>().AddRange(some.Select(row => new AddressChange
            {
                Category = AddressCategory.Of(KeyOf(row)),
                Name = row.Name,
                House = row.House,
                Street = row.Street,
                Village = row.Village,
                Commune = UnitKey.Parse(row.CommuneKey),
                FormerCommune = row.FormerKey is null ? null : (UnitKey?)UnitKey.Parse(row.FormerKey),
                Gate = (GeoPoint?)new GeoPoint(row.Latitude, row.Longitude),
            }.NewAddress(new(row.Code), isDemo: false, DateTimeOffset.UnixEpoch)));
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
        }
        await transaction.CommitAsync();
    });

    private static string KeyOf(InventedRow row) => row.Name is null ? "home" : "office";
}
