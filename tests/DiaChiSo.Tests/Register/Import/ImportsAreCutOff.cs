using DiaChiSo.Core.Register.Import;
using Microsoft.Data.Sqlite;

namespace DiaChiSo.Tests.Register.Import;

/// <summary>An import that was cut off, wherever it was, leaves the register as it was, to the byte.</summary>
public sealed class ImportsAreCutOff
{
    private const int Rows = 3_000;
    private const int Known = 600;

    [Fact]
    public async Task At_a_hundred_random_rows_the_stick_is_pulled_out()
    {
        await using var desk = await Begun();
        var before = await desk.Bytes();
        var random = new Random(20261123);
        for (var cut = 0; cut < 100; cut++)
        {
            var at = random.Next(Rows + 1);
            await Assert.ThrowsAsync<IOException>(() => desk.Apply(new PulledOut(desk.Csv(Table(Rows)), at)));
            Assert.Equal(before, await desk.Bytes());
        }
        var whole = await desk.Apply(Table(Rows));
        Assert.Equal((Rows - Known, (long)Known), (whole.Findings.New, whole.Findings.Changed));
    }

    [Fact]
    public async Task At_a_hundred_random_pages_the_disk_is_full()
    {
        await using var desk = await Begun();
        var before = await desk.Bytes();
        var random = new Random(20261124);
        var full = 0;
        for (var cut = 0; cut < 100; cut++)
        {
            var more = random.Next(1, 120);
            try
            {
                await desk.Run(false, connection => MayGrow(connection, more), [desk.Csv(Table(Rows))]);
                Assert.Fail("The disk should have been full.");
            }
            catch (Exception fault) when (fault is SqliteException or Microsoft.EntityFrameworkCore.DbUpdateException)
            {
                full++;
            }
            Assert.Equal(before, await desk.Bytes());
        }
        Assert.Equal(100, full);
        await desk.Run(false, connection => MayGrow(connection, 1_000_000), [desk.Csv(Table(Rows))]);
    }

    [Fact]
    public async Task At_random_moments_the_operator_stops_it()
    {
        await using var desk = await Begun();
        var before = await desk.Bytes();
        var random = new Random(20261125);
        var stopped = 0;
        for (var cut = 0; cut < 30; cut++)
        {
            using var stop = new CancellationTokenSource();
            var at = random.Next(Rows);
            try
            {
                await desk.Run(false, null, [new PulledOut(desk.Csv(Table(Rows)), at, stop)], ct: stop.Token);
            }
            catch (OperationCanceledException)
            {
                stopped++;
            }
            Assert.Equal(before, await desk.Bytes());
        }
        Assert.Equal(30, stopped);
    }

    private static async Task<ImportDesk> Begun()
    {
        var desk = await ImportDesk.Open();
        await desk.Apply(Table(Known).Replace("Thôn Thử", "Thôn Cũ", StringComparison.Ordinal));
        return desk;
    }

    private static void MayGrow(SqliteConnection connection, int pages)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA page_count";
        var now = (long)command.ExecuteScalar()!;
        command.CommandText = $"PRAGMA max_page_count = {now + pages}";
        command.ExecuteNonQuery();
    }

    private static string Table(int rows) => "Mã;Số nhà;Thôn;Xã\n" + string.Concat(Enumerable.Range(0, rows).Select(i => $"{3261200000 + i * 7};{i};Thôn Thử {i % 40};Sín Chải\n"));

    // Ends its rows with a fault, or has somebody stop the import there.
    private sealed class PulledOut(HandOver file, int at, CancellationTokenSource? stop = null) : HandOver(file.Path)
    {
        public override string Kind => file.Kind;

        public override IEnumerable<RawRow> Rows(CancellationToken ct)
        {
            var row = 0;
            foreach (var raw in file.Rows(ct))
            {
                if (row++ == at && stop is null)
                {
                    throw new IOException();
                }
                if (row == at + 1)
                {
                    stop?.Cancel();
                }
                ct.ThrowIfCancellationRequested();
                yield return raw;
            }
            if (stop is null)
            {
                throw new IOException();
            }
        }
    }
}
