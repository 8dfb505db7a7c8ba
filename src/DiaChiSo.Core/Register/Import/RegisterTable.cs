using System.Text.Json;
using DiaChiSo.Core.Store;
using Microsoft.Data.Sqlite;

namespace DiaChiSo.Core.Register.Import;

/// <summary>
/// The register's tables by prepared statements, for imports only: everything else changes addresses by <see cref="AddressChange"/>. Writes
/// the same rows and seals the same columns; takes part in the transaction that is open on the connection.
/// </summary>
internal sealed class RegisterTable(SqliteConnection connection, Secrets secrets) : IDisposable
{
    private readonly Prepared find = new(connection, $"SELECT {RegisterRow.Columns} FROM \"DigitalAddresses\" WHERE \"Code\" = ?");
    private readonly Prepared insert = new(connection,
        $"INSERT INTO \"DigitalAddresses\" ({RegisterRow.Columns}, \"ChangedAt\", \"AddedByImport\") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '{nameof(AddressStatus.NotYetConfirmed)}', NULL, ?, 0, 1, ?, ?) ON CONFLICT (\"Code\") DO NOTHING");
    private readonly Prepared update = new(connection,
        "UPDATE \"DigitalAddresses\" SET \"Category\" = ?, \"PublicName\" = ?, \"House\" = ?, \"Street\" = ?, \"Village\" = ?, \"Commune\" = ?, \"FormerCommune\" = ?, \"Latitude\" = ?, "
        + "\"Longitude\" = ?, \"ContactSealed\" = ?, \"Version\" = \"Version\" + 1, \"ChangedAt\" = ? WHERE \"Code\" = ?");
    private readonly Prepared addChange = new(connection, "INSERT INTO \"RegisterChanges\" (\"Code\", \"ChangedSealed\", \"By\", \"At\", \"Stamp\") VALUES (?, ?, ?, ?, ?)");
    private readonly Prepared changesOf = new(connection, "SELECT \"ChangedSealed\", \"By\", \"At\" FROM \"RegisterChanges\" WHERE \"Code\" = ? ORDER BY \"Id\"");

    /// <summary>One change that the register remembers.</summary>
    public sealed record Change(IReadOnlyList<FieldChange> Fields, string By, DateTimeOffset At);

    public RegisterRow? Find(AddressCode code)
    {
        find.With(code.ToString());
        if (!find.Read())
        {
            return null;
        }
        var row = new RegisterRow(secrets, find);
        find.Reset();
        return row;
    }

    /// <summary>Adds a new address, as nobody has confirmed it yet; false: the register has this code.</summary>
    public bool TryAdd(HandedAddress handed, long importId, DateTimeOffset at)
    {
        var category = handed.Category ?? AddressCategory.Other.Key;
        var (publicName, people) = RegisterRow.Stored(secrets, category, handed.Name, handed.Contact);
        return insert.With(handed.Code.ToString()).With(category).With(publicName).With(handed.House).With(handed.Street).With(handed.Village)
            .With(handed.Commune).With(handed.FormerCommune).With(handed.Gate?.Latitude).With(handed.Gate?.Longitude).With(people)
            .With(at.ToUnixTimeMilliseconds()).With(importId).Run() > 0;
    }

    /// <summary>Writes the row as it is now, and the change that led there.</summary>
    public void Write(RegisterRow row, IReadOnlyList<FieldChange> changes, string by, DateTimeOffset at)
    {
        var (publicName, people) = row.NameAndPeople();
        update.With(row.Category).With(publicName).With(row.House).With(row.Street).With(row.Village).With(row.Commune).With(row.FormerCommune)
            .With(row.Latitude).With(row.Longitude).With(people).With(at.ToUnixTimeMilliseconds()).With(row.Code.ToString()).Run();
        addChange.With(row.Code.ToString()).With(secrets.Seal(JsonSerializer.Serialize(changes))).With(by).With(at.ToUnixTimeMilliseconds())
            .With(Guid.NewGuid().ToString().ToUpperInvariant()).Run();
    }

    /// <summary>The changes of an address, oldest first, without imports that were undone: what stands.</summary>
    public List<Change> StandingChangesOf(AddressCode code)
    {
        var standing = new List<Change>();
        foreach (var change in ChangesOf(code))
        {
            if (standing is [.., var last] && change.By == last.By + RegisterImport.UndoneMark)
            {
                standing.RemoveAt(standing.Count - 1);
            }
            else
            {
                standing.Add(change);
            }
        }
        return standing;
    }

    private List<Change> ChangesOf(AddressCode code)
    {
        var changes = new List<Change>();
        changesOf.With(code.ToString());
        while (changesOf.Read())
        {
            var fields = JsonSerializer.Deserialize<List<FieldChange>>(secrets.Open(changesOf.Bytes(0)!))!;
            changes.Add(new(fields, changesOf.Text(1), DateTimeOffset.FromUnixTimeMilliseconds(changesOf.Number(2))));
        }
        return changes;
    }

    public void Dispose()
    {
        find.Dispose();
        insert.Dispose();
        update.Dispose();
        addChange.Dispose();
        changesOf.Dispose();
    }
}
