using System.Diagnostics;
using DiaChiSo.Core.Register;
using Npgsql;

namespace DiaChiSo.Speed.Search;

/// <summary>PostgreSQL's trigrams over the rows: the nearest lines by distance. In a database of its own that the operator names; its table is dropped at the end.</summary>
internal sealed class TrigramsInPostgres : IRival, IDisposable
{
    private readonly NpgsqlConnection db;
    private readonly NpgsqlCommand search;

    public TrigramsInPostgres(string connection)
    {
        db = new(connection);
        db.Open();
        Execute("CREATE EXTENSION IF NOT EXISTS pg_trgm; DROP TABLE IF EXISTS speed_rows; CREATE UNLOGGED TABLE speed_rows (code bigint, line text)");
        search = new("SELECT code FROM speed_rows ORDER BY line <-> $1 LIMIT 5", db);
        search.Parameters.Add(new NpgsqlParameter<string>());
    }

    public long Length
    {
        get
        {
            using var size = new NpgsqlCommand("SELECT pg_total_relation_size('speed_rows')", db);
            return (long)size.ExecuteScalar()!;
        }
    }

    public TimeSpan Build(IEnumerable<Invented> addresses)
    {
        var time = new Stopwatch();
        using (var copy = db.BeginBinaryImport("COPY speed_rows (code, line) FROM STDIN (FORMAT BINARY)"))
        {
            foreach (var address in addresses)
            {
                time.Start();
                copy.StartRow();
                copy.Write(address.Code);
                copy.Write(SqliteRival.LineOf(address));
                time.Stop();
            }
            time.Start();
            copy.Complete();
        }
        Execute("CREATE INDEX ON speed_rows USING gist (line gist_trgm_ops(siglen = 64)); ANALYZE speed_rows");
        time.Stop();
        search.Prepare();
        return time.Elapsed;
    }

    public List<AddressCode> Search(string text)
    {
        ((NpgsqlParameter<string>)search.Parameters[0]).TypedValue = VietnameseText.Words(text);
        using var reader = search.ExecuteReader();
        var found = new List<AddressCode>();
        while (reader.Read())
        {
            found.Add(new(reader.GetInt64(0).ToString("D10")));
        }
        return found;
    }

    public void Dispose()
    {
        Execute("DROP TABLE speed_rows");
        db.Dispose();
    }

    private void Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, db) { CommandTimeout = 3_600 };
        command.ExecuteNonQuery();
    }
}
