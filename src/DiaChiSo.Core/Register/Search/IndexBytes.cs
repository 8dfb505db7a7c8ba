using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace DiaChiSo.Core.Register.Search;

/// <summary>
/// The bytes of an index: a file mapped into memory, so that it is open in milliseconds however big it is, and its pages are shared by all
/// processes; or, for the day's changes, an array. Released when nobody holds it any more: a search that still runs keeps it.
/// </summary>
internal sealed unsafe class IndexBytes
{
    private readonly MemoryMappedFile? file;
    private readonly MemoryMappedViewAccessor? view;
    private readonly byte[]? array;
    private readonly byte* start;
    private readonly long length;
    private readonly (long Offset, long Length)[] sections = new (long, long)[IndexFormat.MostSections];

    private IndexBytes(byte[] array)
    {
        this.array = array;
        start = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(array, 0);
        length = array.Length;
        ReadHeader();
    }

    private IndexBytes(string path)
    {
        length = new FileInfo(path).Length;
        if (length < IndexFormat.HeaderLength)
        {
            throw NotAnIndex("it is too short");
        }
        file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        ReadHeader();
    }

    ~IndexBytes()
    {
        if (view is not null)
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
            view.Dispose();
            file!.Dispose();
        }
        GC.KeepAlive(array);
    }

    /// <exception cref="InvalidDataException">It is no index of this format.</exception>
    public static IndexBytes Map(string path) => new(path);

    /// <param name="written">An index in memory; its array must be pinned.</param>
    public static IndexBytes Of(byte[] written) => new(written);

    public long Length => length;

    public Column<T> Column<T>(Section section)
        where T : unmanaged
    {
        var (offset, bytes) = sections[(int)section];
        return new(start + offset, checked((int)(bytes / sizeof(T))));
    }

    public Lists<T> Lists<T>(Section starts, Section values)
        where T : unmanaged => new(Column<uint>(starts), Column<T>(values));

    public Words Words(Section starts, Section letters) => new(Column<uint>(starts), Column<byte>(letters));

    /// <summary>
    /// Touches these sections beside everything else: what is looked up anywhere in them would otherwise meet a new page of the file each time.
    /// </summary>
    public void Warm(params Section[] which)
    {
        if (file is null)
        {
            return;
        }
        ThreadPool.UnsafeQueueUserWorkItem(_ =>
        {
            foreach (var section in which)
            {
                var (offset, bytes) = sections[(int)section];
                for (var at = 0L; at < bytes; at += 4096)
                {
                    Volatile.Read(ref start[offset + at]);
                }
            }
            GC.KeepAlive(this);
        }, null);
    }

    private void ReadHeader()
    {
        if (length < IndexFormat.HeaderLength)
        {
            throw NotAnIndex("it is too short");
        }
        var header = new ReadOnlySpan<byte>(start, IndexFormat.HeaderLength);
        if (!header.StartsWith(IndexFormat.Magic))
        {
            throw NotAnIndex("it does not begin as one, or is of another version");
        }
        if (MemoryMarshal.Read<ulong>(SHA256.HashData(header[..^8])) != MemoryMarshal.Read<ulong>(header[^8..]))
        {
            throw NotAnIndex("its table of contents is damaged");
        }
        var table = MemoryMarshal.Cast<byte, long>(header[IndexFormat.Magic.Length..^8]);
        for (var i = 0; i < IndexFormat.MostSections; i++)
        {
            var (offset, bytes) = (table[2 * i], table[2 * i + 1]);
            if (offset < 0 || bytes < 0 || offset + bytes > length)
            {
                throw NotAnIndex("it is cut off");
            }
            sections[i] = (offset, bytes);
        }
    }

    private static InvalidDataException NotAnIndex(string why) =>
        new($"This is no search index of this version: {why}. Delete the file; it is built again.");
}
