using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Search;

namespace DiaChiSo.Speed.Search;

/// <summary>
/// The register's search against known addresses of an invented country: time, recall, size, build; and the same queries against what one would
/// otherwise take. Each query is asked once; the code is warmed up with others before.
/// </summary>
internal static class SearchSpeed
{
    private const string Usage = "dotnet run -c Release --project tests/DiaChiSo.Speed -- search --units DIR [--count 200000,2000000,23400000] [--queries 3000] [--seed N] [--misses N] [--rivals] [--postgres \"Host=…\"]";

    private static readonly QueryKind[] Kinds = Enum.GetValues<QueryKind>();

    public static void Run(string[] args)
    {
        var options = args.Where(arg => arg != "--rivals").Chunk(2).ToDictionary(pair => pair[0], pair => pair.ElementAtOrDefault(1) ?? "");
        if (!options.TryGetValue("--units", out var folder) || !File.Exists(Path.Combine(folder, "vn_units_old.csv")))
        {
            Console.Error.WriteLine($"--units must name the folder with the tables of units (vn_units_old.csv …). {Usage}");
            return;
        }
        var seed = options.TryGetValue("--seed", out var given) ? int.Parse(given, CultureInfo.InvariantCulture) : Environment.TickCount & 0xFFFFFF;
        var queries = int.Parse(options.GetValueOrDefault("--queries", "3000"), CultureInfo.InvariantCulture);
        var misses = int.Parse(options.GetValueOrDefault("--misses", "0"), CultureInfo.InvariantCulture);
        var country = new InventedCountry(CountryUnits.Read(folder), 2026);
        Console.WriteLine($"seed of the queries {seed}, {queries} of each kind");
        foreach (var count in options.GetValueOrDefault("--count", "200000,2000000").Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture)))
        {
            var workplace = Directory.CreateDirectory(Path.Combine(Directory.GetCurrentDirectory(), $"speed-{Environment.ProcessId}-{count}")).FullName;
            try
            {
                One(country, CountryUnits.Read(folder), count, seed, queries, misses, args.Contains("--rivals"), options.GetValueOrDefault("--postgres"), workplace);
            }
            finally
            {
                Directory.Delete(workplace, recursive: true);
            }
        }
    }

    private static void One(InventedCountry country, CountryUnits units, int count, int seed, int queries, int misses, bool withRivals, string? postgres, string folder)
    {
        var sample = new Sample(queries * 3, seed);
        var named = new Sample(queries, seed);
        var path = Path.Combine(folder, "register.idx");
        var building = Build(country, units, count, sample, named, path);
        GC.Collect();
        var opening = Stopwatch.StartNew();
        var index = RegisterIndex.Open(path);
        index.Search("thôn", 1);
        opening.Stop();
        Console.WriteLine($"== {index.Count:N0} addresses: built in {building.TotalSeconds:0.0} s (inventing them not counted), {index.Length / 1e6:0.0} MB, {(double)index.Length / index.Count:0.0} bytes an address, opened (with one search) in {opening.Elapsed.TotalMilliseconds:0.0} ms");

        WarmUp(index, sample);
        var asked = new Dictionary<QueryKind, List<Query>>();
        var all = new Samples();
        foreach (var kind in Kinds)
        {
            asked[kind] = Make(kind, kind == QueryKind.PlaceName ? named : sample, queries, seed + (int)kind);
            Measure(index, kind.ToString(), asked[kind], misses, all);
        }
        Console.WriteLine($"   all of these  p50 {all.P(50):0.000} ms   p99 {all.P(99):0.000} ms");
        Codes(index, sample, named);
        Nearest(index, sample, seed);
        Resident(path, [.. asked.Values.SelectMany(queries => queries.Select(query => query.Text))], folder);
        if (withRivals)
        {
            Rivals.Run(country, count, asked, index, building, folder, postgres);
        }
    }

    /// <summary>The same queries by a process that has only the index: what it keeps in memory.</summary>
    private static void Resident(string index, string[] queries, string folder)
    {
        var file = Path.Combine(folder, "queries.txt");
        File.WriteAllLines(file, queries);
        // Started as a program of its own, or as "dotnet DiaChiSo.Speed.dll".
        string[] itself = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(SearchSpeed).Assembly.Location] : [];
        using var other = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [.. itself, "search-alone", index, file]))!;
        other.WaitForExit();
    }

    /// <summary>Opens an index, asks it these lines, and says what is resident.</summary>
    public static void Alone(string path, string queries)
    {
        var opening = Stopwatch.StartNew();
        var index = RegisterIndex.Open(path);
        index.Search("thôn", 1);
        opening.Stop();
        foreach (var line in File.ReadLines(queries))
        {
            foreach (var match in index.Search(line, IAddressRegister.Most))
            {
                index.Contains(match.Code);
            }
        }
        using var self = Process.GetCurrentProcess();
        Console.WriteLine($"   in a process of its own: opened (with one search, JIT and all) in {opening.Elapsed.TotalMilliseconds:0} ms, {self.PeakWorkingSet64 / 1e6:0} MB resident at most after all these queries");
    }

    private static TimeSpan Build(InventedCountry country, CountryUnits units, int count, Sample sample, Sample named, string path)
    {
        var builder = new RegisterIndexBuilder(key => units[key]);
        var adding = new Stopwatch();
        foreach (var part in country.Addresses(count).Chunk(10_000))
        {
            foreach (var address in part)
            {
                sample.Offer(address);
                if (address.Name is not null)
                {
                    named.Offer(address);
                }
            }
            var rows = Array.ConvertAll(part, address => address.Indexed);
            adding.Start();
            foreach (var row in rows)
            {
                builder.Add(row);
            }
            adding.Stop();
        }
        adding.Start();
        builder.WriteTo(path, default);
        adding.Stop();
        return adding.Elapsed;
    }

    private static List<Query> Make(QueryKind kind, Sample sample, int count, int seed)
    {
        var queries = new InventedQueries(seed);
        return [.. sample.Shuffled(seed).Select(address => queries.Of(kind, address)).OfType<Query>().Take(count)];
    }

    private static void WarmUp(RegisterIndex index, Sample sample)
    {
        var queries = new InventedQueries(7);
        foreach (var address in sample.Shuffled(7).Take(2_000))
        {
            foreach (var kind in Kinds)
            {
                if (queries.Of(kind, address) is { } query)
                {
                    index.Search(query.Text, IAddressRegister.Most);
                }
            }
            index.Nearest(address.Gate, 1_000, 5);
            index.LineOf(new(address.Code.ToString("D10", CultureInfo.InvariantCulture)));
        }
        // The JIT's second thoughts: until it has none for a while.
        for (var compiled = -1L; compiled != JitInfo.GetCompiledMethodCount();)
        {
            compiled = JitInfo.GetCompiledMethodCount();
            Thread.Sleep(200);
        }
    }

    private static void Measure(RegisterIndex index, string name, List<Query> queries, int misses, Samples all)
    {
        var samples = new Samples();
        var (first, five) = (0, 0);
        foreach (var query in queries)
        {
            var start = Stopwatch.GetTimestamp();
            var found = index.Search(query.Text, IAddressRegister.Most);
            var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            samples.Add(time);
            all.Add(time);
            var place = -1;
            for (var i = 0; i < found.Count && place < 0; i++)
            {
                place = query.IsAnsweredBy(found[i].Code, found[i].Line) ? i : -1;
            }
            first += place == 0 ? 1 : 0;
            five += place >= 0 ? 1 : 0;
            if (place != 0 && misses-- > 0)
            {
                Console.WriteLine($"   missed: {query.Text} → {(found.Count == 0 ? "nothing" : string.Join(" | ", found.Take(2).Select(match => $"{match.Line} {match.Score:0.00}")))}   wanted {index.LineOf(new(query.Meant.Code.ToString("D10", CultureInfo.InvariantCulture)))} ({query.Meant.Place.FormerName}) at {place}");
            }
        }
        Console.WriteLine($"   {name,-13} p50 {samples.P(50):0.000} ms   p99 {samples.P(99):0.000} ms   first {(double)first / queries.Count:0.0000}   first five {(double)five / queries.Count:0.0000}   of {queries.Count}");
    }

    private static void Codes(RegisterIndex index, Sample sample, Sample others)
    {
        foreach (var other in others.Shuffled(4))
        {
            index.Contains(new(other.Code.ToString("D10", CultureInfo.InvariantCulture)));
        }
        var codes = sample.Shuffled(3).Select(address => new AddressCode(address.Code.ToString("D10", CultureInfo.InvariantCulture))).ToArray();
        var (exact, prefix) = (new Samples(), new Samples());
        foreach (var code in codes)
        {
            var start = Stopwatch.GetTimestamp();
            var has = index.Contains(code);
            exact.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            if (!has)
            {
                throw new InvalidOperationException("A code of the register was not found.");
            }
        }
        foreach (var code in codes)
        {
            var start = Stopwatch.GetTimestamp();
            var found = index.BeginningWith(code.ToString()[..8], 5);
            prefix.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            if (found.Count == 0 || found.Any(one => !one.ToString().StartsWith(code.ToString()[..8], StringComparison.Ordinal)))
            {
                throw new InvalidOperationException("A code's beginning was not found.");
            }
        }
        Console.WriteLine($"   exact code    p50 {exact.P(50):0.00} µs   p99 {exact.P(99):0.00} µs      code prefix p50 {prefix.P(50):0.00} µs   p99 {prefix.P(99):0.00} µs   of {codes.Length}, all found");
    }

    private static void Nearest(RegisterIndex index, Sample sample, int seed)
    {
        var random = new Random(seed);
        var samples = new Samples();
        var addresses = sample.Shuffled(5).ToArray();
        foreach (var address in addresses)
        {
            var from = address.Gate.Moved(30 * (random.NextDouble() - 0.5), 30 * (random.NextDouble() - 0.5));
            var start = Stopwatch.GetTimestamp();
            var near = index.Nearest(from, 1_000, 5);
            samples.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            if (near.Count == 0 || near[0].Metres > from.MetresTo(address.Gate) + 0.5)    // a gate is kept to about 0.2 m
            {
                throw new InvalidOperationException("The nearest gate is farther than one that is known.");
            }
        }
        Console.WriteLine($"   nearest five  p50 {samples.P(50):0.00} µs   p99 {samples.P(99):0.00} µs   of {addresses.Length}");
    }
}

/// <summary>Some addresses of a stream, each as likely as the other.</summary>
internal sealed class Sample(int size, int seed)
{
    private readonly List<Invented> kept = new(size);
    private readonly Random random = new(seed);
    private long offered;

    public void Offer(Invented address)
    {
        offered++;
        if (kept.Count < size)
        {
            kept.Add(address);
        }
        else if (random.NextInt64(offered) is var at && at < size)
        {
            kept[(int)at] = address;
        }
    }

    public IEnumerable<Invented> Shuffled(int seed)
    {
        var random = new Random(seed);
        return kept.OrderBy(_ => random.Next());
    }
}
