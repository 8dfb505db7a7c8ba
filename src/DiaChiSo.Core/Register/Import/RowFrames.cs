using System.Text;

namespace DiaChiSo.Core.Register.Import;

/// <summary>
/// How rows come out of the process that reads a file which may be hostile: one byte of kind, then numbers and texts with their lengths. What
/// comes in is as little trusted as the file itself.
/// </summary>
public static class RowFrames
{
    private const byte Row = 1;
    private const byte Progress = 2;
    private const byte Fault = 3;
    private const byte End = 4;
    private const int RowsBetweenFlushes = 64;
    private const int LongestFault = 400;

    /// <summary>All rows of a file, then its end or the sentence why it cannot be read. Throws nothing but what writing throws.</summary>
    public static void Write(HandOver file, Stream output)
    {
        using var writer = new BinaryWriter(new BufferedStream(output, 1 << 16), Encoding.UTF8, leaveOpen: true);
        try
        {
            var count = 0;
            foreach (var row in file.Rows(CancellationToken.None))
            {
                writer.Write(Row);
                writer.Write7BitEncodedInt(row.Section);
                writer.Write7BitEncodedInt(row.Page);
                writer.Write7BitEncodedInt64(row.Row);
                writer.Write7BitEncodedInt(row.Cells.Length);
                Array.ForEach(row.Cells, writer.Write);
                if (++count % RowsBetweenFlushes == 0)
                {
                    writer.Write(Progress);
                    writer.Write(file.Done);
                    writer.Flush();
                }
            }
            writer.Write(End);
        }
        catch (HandOverFault fault)
        {
            WriteFault(writer, fault.Message);
        }
        catch (OutOfMemoryException)
        {
            WriteFault(writer, $"{file.Name}: reading it takes more memory than any hand-over file does; it is damaged, or made to do harm.");
        }
        catch (Exception fault) when (fault is not IOException)
        {
            WriteFault(writer, $"{file.Name}: it is damaged, or not the {file.Kind.ToUpperInvariant()} file that it seems to be; open it in its own program and save it anew.");
        }
        writer.Flush();
    }

    /// <summary>The rows as they come; ends behind the end mark.</summary>
    /// <param name="done">Hears how much of the file was read.</param>
    /// <exception cref="HandOverFault">The other process says so.</exception>
    /// <exception cref="InvalidDataException">What comes is no frame.</exception>
    /// <exception cref="EndOfStreamException">It stopped in the middle.</exception>
    public static IEnumerable<RawRow> Read(Stream input, Action<double> done)
    {
        using var reader = new BinaryReader(new BufferedStream(input, 1 << 16), Encoding.UTF8, leaveOpen: true);
        while (true)
        {
            switch (reader.ReadByte())
            {
                case Row:
                    yield return ReadRow(reader);
                    break;
                case Progress:
                    done(reader.ReadDouble());
                    break;
                case Fault:
                    throw new HandOverFault(ReadText(reader, LongestFault * 2));
                case End:
                    yield break;
                default:
                    throw new InvalidDataException();
            }
        }
    }

    private static RawRow ReadRow(BinaryReader reader)
    {
        var (section, page, row) = (reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt64());
        var count = reader.Read7BitEncodedInt();
        if (count is < 0 or > HandOver.MostCells)
        {
            throw new InvalidDataException();
        }
        var cells = new string[count];
        for (var i = 0; i < count; i++)
        {
            cells[i] = ReadText(reader, HandOver.LongestCell * 3);
        }
        return new(section, page, row, cells);
    }

    private static string ReadText(BinaryReader reader, int mostBytes)
    {
        var length = reader.Read7BitEncodedInt();
        if (length == 0)
        {
            return "";
        }
        if (length < 0 || length > mostBytes)
        {
            throw new InvalidDataException();
        }
        Span<byte> bytes = length <= 1024 ? stackalloc byte[length] : new byte[length];
        reader.BaseStream.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    private static void WriteFault(BinaryWriter writer, string sentence)
    {
        writer.Write(Fault);
        writer.Write(sentence.Length <= LongestFault ? sentence : sentence[..LongestFault]);
    }
}
