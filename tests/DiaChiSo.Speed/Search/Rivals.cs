using System.Diagnostics;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Search;
using Microsoft.Data.Sqlite;

namespace DiaChiSo.Speed.Search;

/// <summary>Something else that finds addresses by words.</summary>
internal interface IRival
{
    List<AddressCode> Search(string text);
}

/// <summary>The same queries against what one would otherwise take, in the same run: SQLite's FTS5 over the rows, and over villages and streets with a table of house numbers.</summary>
internal static class Rivals
{
    private const int QueriesEach = 20;                     // some take seconds

    public static void Run(InventedCountry country, int count, Dictionary<QueryKind, List<Query>> asked, RegisterIndex index, TimeSpan building, string folder, string? postgres)
    {
        using (var rows = new RowsInFts5(Path.Combine(folder, "rows.db")))
        {
            var built = rows.Build(country.Addresses(count));
            Console.WriteLine($"   -- FTS5 over the rows: built in {built.TotalSeconds:0.0} s, {rows.Length / 1e6:0} MB; ours took {building / built:0.00} of that");
            Compare(rows, asked, index);
        }
        using var names = new NamesInFts5(Path.Combine(folder, "names.db"));
        var time = names.Build(country.Addresses(count));
        Console.WriteLine($"   -- FTS5 over villages and streets, and a table of house numbers: built in {time.TotalSeconds:0.0} s, {names.Length / 1e6:0} MB");
        Compare(names, asked, index);
        if (postgres is not null)
        {
            using var trigrams = new TrigramsInPostgres(postgres);
            Console.WriteLine($"   -- PostgreSQL, pg_trgm over the rows (GiST, <->): built in {trigrams.Build(country.Addresses(count)).TotalSeconds:0.0} s, {trigrams.Length / 1e6:0} MB");
            Compare(trigrams, asked, index);
        }
    }

    private static void Compare(IRival rival, Dictionary<QueryKind, List<Query>> asked, RegisterIndex index)
    {
        foreach (var (kind, queries) in asked)
        {
            var (theirs, ours) = (new Samples(), new Samples());
            var (first, five, ourFirst, ourFive) = (0, 0, 0, 0);
            var few = queries.Take(QueriesEach).ToList();
            foreach (var query in few)
            {
                var start = Stopwatch.GetTimestamp();
                var found = rival.Search(query.Text);
                theirs.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                Count(found.ConvertAll(code => (code, index.LineOf(code)!)), query, ref first, ref five);
            }
            foreach (var query in few)
            {
                var start = Stopwatch.GetTimestamp();
                var own = index.Search(query.Text, IAddressRegister.Most);
                ours.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                Count([.. own.Select(match => (match.Code, match.Line))], query, ref ourFirst, ref ourFive);
            }
            Console.WriteLine($"      {kind,-13} p50 {theirs.P(50),8:0.00} ms   first {(double)first / few.Count:0.00}   first five {(double)five / few.Count:0.00}   ours p50 {ours.P(50):0.000} ms, {(double)ourFirst / few.Count:0.00}, {(double)ourFive / few.Count:0.00}: {theirs.P(50) / ours.P(50),8:0} times faster   of {few.Count}");
        }
    }

    private static void Count(List<(AddressCode Code, string Line)> found, Query query, ref int first, ref int five)
    {
        var place = found.FindIndex(one => query.IsAnsweredBy(one.Code, one.Line));
        first += place == 0 ? 1 : 0;
        five += place >= 0 ? 1 : 0;
    }
}

/// <summary>A search in a SQLite file: every word of the query; where that finds nothing, any word, the best first.</summary>
internal abstract class SqliteRival : IRival, IDisposable
{
    private readonly string path;

    protected SqliteRival(string path)
    {
        this.path = path;
        Db = new($"Data Source={path};Pooling=False");
        Db.Open();
        Execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; PRAGMA mmap_size = 8000000000;");
    }

    public long Length => new FileInfo(path).Length;

    protected SqliteConnection Db { get; }

    /// <summary>The time without inventing the addresses.</summary>
    public TimeSpan Build(IEnumerable<Invented> addresses)
    {
        var time = new Stopwatch();
        Execute("BEGIN");
        foreach (var part in addresses.Chunk(10_000))
        {
            time.Start();
            Add(part);
            time.Stop();
        }
        time.Start();
        Execute("COMMIT");
        time.Stop();
        return time.Elapsed;
    }

    public abstract List<AddressCode> Search(string text);

    public void Dispose() => Db.Dispose();

    protected abstract void Add(Invented[] addresses);

    internal static string LineOf(Invented address) => VietnameseText.Fold(string.Join(' ', new[]
    {
        address.Name, address.House is null ? null : "số nhà " + address.House, address.Street, address.Village, address.Place.FormerType, address.Place.FormerName, address.Place.District, address.Place.Province,
        address.Place.PresentType, address.Place.PresentName, address.Place.PresentProvince,
    }.OfType<string>()));

    protected static IEnumerable<string> Tokens(string text) => VietnameseText.Words(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    protected static string Matching(IEnumerable<string> tokens, string with) => string.Join(with, tokens.Select(token => $"\"{token}\""));

    protected void Execute(string sql)
    {
        using var command = Db.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

internal sealed class RowsInFts5 : SqliteRival
{
    private readonly SqliteCommand insert;
    private readonly SqliteCommand search;

    public RowsInFts5(string path)
        : base(path)
    {
        Execute("CREATE VIRTUAL TABLE rows USING fts5(line, content='', tokenize='unicode61 remove_diacritics 2')");
        insert = Db.CreateCommand();
        insert.CommandText = "INSERT INTO rows (rowid, line) VALUES ($code, $line)";
        insert.Parameters.Add("$code", SqliteType.Integer);
        insert.Parameters.Add("$line", SqliteType.Text);
        search = Db.CreateCommand();
        search.CommandText = "SELECT rowid FROM rows WHERE rows MATCH $words ORDER BY rank LIMIT 5";
        search.Parameters.Add("$words", SqliteType.Text);
    }

    public override List<AddressCode> Search(string text)
    {
        var tokens = Tokens(text).ToList();
        var found = Ask(Matching(tokens, " "));
        return found.Count > 0 ? found : Ask(Matching(tokens, " OR "));
    }

    protected override void Add(Invented[] addresses)
    {
        foreach (var address in addresses)
        {
            insert.Parameters[0].Value = address.Code;
            insert.Parameters[1].Value = LineOf(address);
            insert.ExecuteNonQuery();
        }
    }

    private List<AddressCode> Ask(string words)
    {
        search.Parameters[0].Value = words;
        using var reader = search.ExecuteReader();
        var found = new List<AddressCode>();
        while (reader.Read())
        {
            found.Add(new(reader.GetInt64(0).ToString("D10")));
        }
        return found;
    }
}

internal sealed class NamesInFts5 : SqliteRival
{
    private readonly Dictionary<(UnitKey, string?, string?), long> groups = [];
    private readonly SqliteCommand insertGroup;
    private readonly SqliteCommand insertHouse;
    private readonly SqliteCommand search;
    private readonly SqliteCommand house;

    public NamesInFts5(string path)
        : base(path)
    {
        Execute("CREATE VIRTUAL TABLE names USING fts5(line, content='', tokenize='unicode61 remove_diacritics 2'); CREATE TABLE houses (grp INTEGER, house TEXT, code INTEGER, PRIMARY KEY (grp, house, code)) WITHOUT ROWID");
        insertGroup = Command("INSERT INTO names (rowid, line) VALUES ($a, $b)");
        insertHouse = Command("INSERT INTO houses (grp, house, code) VALUES ($a, $b, $c)");
        search = Command("SELECT rowid FROM names WHERE names MATCH $a ORDER BY rank LIMIT 50");
        house = Command("SELECT code FROM houses WHERE grp = $a AND house = $b LIMIT 5");
    }

    public override List<AddressCode> Search(string text)
    {
        // The house number: behind "số nhà", or the first number.
        var words = VietnameseText.Fold(text).Split([' ', ',', '.'], StringSplitOptions.RemoveEmptyEntries).ToList();
        var at = words.FindIndex(word => word is "sn" or "nha") is >= 0 and var said && said + 1 < words.Count && char.IsAsciiDigit(words[said + 1][0]) ? said + 1 : -1;
        var number = at < 0 ? "" : words[at];
        var tokens = words.Where((_, i) => i != at).SelectMany(Tokens).Where(token => token is not ("so" or "nha" or "sn")).ToList();
        var found = Ask(Matching(tokens, " "), number);
        return found.Count > 0 ? found : Ask(Matching(tokens, " OR "), number);
    }

    protected override void Add(Invented[] addresses)
    {
        foreach (var address in addresses)
        {
            var key = (address.Place.Former, address.Village, address.Street);
            if (!groups.TryGetValue(key, out var group))
            {
                group = groups[key] = groups.Count + 1;
                insertGroup.Parameters[0].Value = group;
                insertGroup.Parameters[1].Value = LineOf(address with { House = null, Name = null });
                insertGroup.ExecuteNonQuery();
            }
            insertHouse.Parameters[0].Value = group;
            insertHouse.Parameters[1].Value = address.House?.ToLowerInvariant() ?? "";
            insertHouse.Parameters[2].Value = address.Code;
            insertHouse.ExecuteNonQuery();
        }
    }

    private List<AddressCode> Ask(string words, string number)
    {
        var found = new List<AddressCode>();
        if (words.Length == 0)
        {
            return found;
        }
        search.Parameters[0].Value = words;
        using var reader = search.ExecuteReader();
        while (reader.Read() && found.Count < 5)
        {
            house.Parameters[0].Value = reader.GetInt64(0);
            house.Parameters[1].Value = number;
            using var codes = house.ExecuteReader();
            while (codes.Read() && found.Count < 5)
            {
                found.Add(new(codes.GetInt64(0).ToString("D10")));
            }
        }
        return found;
    }

    private SqliteCommand Command(string sql)
    {
        var command = Db.CreateCommand();
        command.CommandText = sql;
        foreach (var name in (string[])["$a", "$b", "$c"])
        {
            if (sql.Contains(name, StringComparison.Ordinal))
            {
                command.Parameters.AddWithValue(name, 0);
            }
        }
        return command;
    }
}
