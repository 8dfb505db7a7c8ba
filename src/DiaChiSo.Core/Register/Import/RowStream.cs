using System.Threading.Channels;

namespace DiaChiSo.Core.Register.Import;

/// <summary>One row on its way from the files to the register: an address, or why it is refused.</summary>
internal readonly record struct HandedRow(HandedAddress? Address, RefusedRow? Refused);

/// <summary>
/// Reads the files and understands their rows on a thread of its own, while the register is written on another; a few thousand rows lie
/// between them, however large the files are.
/// </summary>
internal sealed class RowStream(IReadOnlyList<HandOver> files, AdministrativeUnits units)
{
    private const int RowsInBatch = 512;
    private const int BatchesAhead = 8;

    private readonly RowReading reading = new(units);
    private readonly SeenCodes seen = new();
    private readonly Dictionary<HandOver, long> rows = [];
    private readonly Channel<List<HandedRow>> batches = Channel.CreateBounded<List<HandedRow>>(new BoundedChannelOptions(BatchesAhead) { SingleReader = true, SingleWriter = true });
    private volatile HandOver current = files[0];

    /// <summary>The file that is being read.</summary>
    public HandOver Current => current;

    /// <summary>Rows that said once more what a row before them said.</summary>
    public long Repeated { get; private set; }

    /// <summary>Sentences about what was read, for after the end.</summary>
    public List<string> Notes { get; } = [];

    public long RowsOf(HandOver file) => rows.GetValueOrDefault(file);

    /// <summary>Reads everything; returns when it is done. A fault comes out at the other end, behind the rows before it.</summary>
    public void ReadAll(CancellationToken ct)
    {
        try
        {
            var batch = new List<HandedRow>(RowsInBatch);
            foreach (var file in files)
            {
                current = file;
                foreach (var row in RowsIn(file, ct))
                {
                    batch.Add(row);
                    if (batch.Count == RowsInBatch)
                    {
                        Hand(batch, ct);
                        batch = new List<HandedRow>(RowsInBatch);
                    }
                }
            }
            Hand(batch, ct);
            AddNotes();
            batches.Writer.Complete();
        }
        catch (Exception fault)
        {
            batches.Writer.Complete(fault);
        }
    }

    /// <summary>The batches, in order; for one thread.</summary>
    /// <exception cref="HandOverFault">A file cannot be read.</exception>
    public IEnumerable<List<HandedRow>> Batches(CancellationToken ct)
    {
        while (Wait(batches.Reader.WaitToReadAsync(ct)))
        {
            while (batches.Reader.TryRead(out var batch))
            {
                yield return batch;
            }
        }
    }

    private void Hand(List<HandedRow> batch, CancellationToken ct)
    {
        while (!batches.Writer.TryWrite(batch))
        {
            if (!Wait(batches.Writer.WaitToWriteAsync(ct)))
            {
                return;
            }
        }
    }

    // Both ends are threads of their own and have nothing else to do.
    private static bool Wait(ValueTask<bool> ready) => ready.IsCompleted ? ready.Result : ready.AsTask().GetAwaiter().GetResult();

    private IEnumerable<HandedRow> RowsIn(HandOver file, CancellationToken ct)
    {
        var table = new HandedTable(file);
        var count = 0L;
        foreach (var raw in file.Rows(ct))
        {
            if (table.Read(raw) is not { } cells)
            {
                continue;
            }
            count++;
            var place = new RowPlace(file, raw.Page, raw.Row);
            var (address, refused) = reading.Read(place, cells);
            if (address is not null)
            {
                switch (seen.Add(address.Code, address.Fingerprint()))
                {
                    case SeenCodes.Seen.Same:
                        Repeated++;
                        continue;
                    case SeenCodes.Seen.Different:
                        (address, refused) = (null, new(place, "the code stands in a row before with other words; one of the two is wrong, and the first one is taken"));
                        break;
                }
            }
            yield return new(address, refused);
        }
        if (!table.HasHeader)
        {
            throw HandedTable.NoHeader(file.Name);
        }
        rows[file] = count;
        if (table.Unread.Count > 0)
        {
            Notes.Add($"{file.Name}: not read, because the name of the column is not known: {string.Join(", ", table.Unread.Distinct().Take(10))}");
        }
    }

    private void AddNotes()
    {
        if (reading.UnknownCategories.Count > 0)
        {
            Notes.Add("Kinds of address that are not in our list; new addresses of them are taken as \"other\": "
                + string.Join(", ", reading.UnknownCategories.Take(10).Select(pair => $"{pair.Key} ({pair.Value})")));
        }
        if (reading.ContactsLeftOut > 0)
        {
            Notes.Add($"{reading.ContactsLeftOut} contacts left out: their phone or e-mail cannot be one; for example 0912 345 678");
        }
    }
}
