using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using DiaChiSo.Core.Register.Import;

namespace DiaChiSo.Bot.Commands;

/// <summary>
/// Reads an XLSX or PDF in a process of its own: this same program as <c>import-read</c>, with at most 512 MB, 10 seconds of processor time and
/// 2 ms more for each row that it brings. Formats such as these can be made to do harm, and then only that process falls.
/// </summary>
internal sealed class ReadInChild(string path, string kind, string pageWord) : HandOver(path)
{
    private const long MostMemory = 512L << 20;

    // What the runtime itself takes lies beside the heap.
    private const long MostHeap = 320L << 20;

    private static readonly TimeSpan MostProcessorTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MoreForEachRow = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    private string? killedFor;
    private long rows;
    private long waitingSince = Stopwatch.GetTimestamp();

    public override string Kind => kind;

    public override string PageWord => pageWord;

    public override IEnumerable<RawRow> Rows(CancellationToken ct)
    {
        using (var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read))
        {
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(file));
        }
        using var child = Start();
        using var stopping = ct.Register(() => Kill(child));
        using var watch = new Timer(_ => Watch(child), null, Between, Between);
        using var frames = RowFrames.Read(child.StandardOutput.BaseStream, done => Done = done).GetEnumerator();
        try
        {
            while (MoveNext(frames, ct))
            {
                Interlocked.Increment(ref rows);
                yield return frames.Current;
            }
        }
        finally
        {
            Kill(child);
        }
        Done = 1;
    }

    private bool MoveNext(IEnumerator<RawRow> frames, CancellationToken ct)
    {
        try
        {
            // Only while we wait is its silence its own: when the register is slow it cannot write.
            Volatile.Write(ref waitingSince, Stopwatch.GetTimestamp());
            return frames.MoveNext();
        }
        catch (Exception fault) when (fault is EndOfStreamException or InvalidDataException or IOException or FormatException)
        {
            ct.ThrowIfCancellationRequested();
            throw new HandOverFault($"{Name}: {Volatile.Read(ref killedFor) ?? "reading it broke down"}; it is damaged, or made to do harm. Open it in its own program and save it anew.");
        }
        finally
        {
            Volatile.Write(ref waitingSince, 0);
        }
    }

    private void Watch(Process child)
    {
        try
        {
            child.Refresh();
            var since = Volatile.Read(ref waitingSince);
            var why = child.WorkingSet64 > MostMemory ? "reading it takes more than 512 MB"
                : child.TotalProcessorTime > MostProcessorTime + MoreForEachRow * Interlocked.Read(ref rows) ? "reading it takes more than 10 seconds"
                : since != 0 && Stopwatch.GetElapsedTime(since) > LongestSilence ? "reading it brings nothing"
                : null;
            if (why is not null)
            {
                Interlocked.CompareExchange(ref killedFor, why, null);
                Kill(child);
            }
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception or NotSupportedException)
        {
            // It has ended by itself.
        }
    }

    private static void Kill(Process child)
    {
        try
        {
            child.Kill();
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself.
        }
    }

    private Process Start()
    {
        var (program, arguments) = ThisProgram();
        var start = new ProcessStartInfo
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = System.IO.Path.GetTempPath(),
        };
        // No core dump, and no file of its own: a file of other people's addresses must not be left anywhere.
        (start.FileName, string[] before) = OperatingSystem.IsWindows() ? (program, [])
            : ("/bin/sh", (string[])["-c", "ulimit -c 0; ulimit -f 0; ulimit -t 900; exec \"$0\" \"$@\"", program]);
        foreach (var argument in (string[])[.. before, .. arguments, "import-read", kind, Path])
        {
            start.ArgumentList.Add(argument);
        }
        // Of our surroundings it gets what a program needs to start, and none of our settings (a token may be among them).
        foreach (var name in start.Environment.Keys.Where(name => name is not ("PATH" or "HOME" or "TMPDIR" or "DOTNET_ROOT" or "SystemRoot" or "TEMP" or "TMP")).ToList())
        {
            start.Environment.Remove(name);
        }
        start.Environment["DOTNET_GCHeapHardLimit"] = MostHeap.ToString("X", System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";              // it maps its code twice by a file, which it may not write
        start.Environment["DOTNET_TieredPGO"] = "0";
        var child = Process.Start(start) ?? throw new IOException();
        child.ErrorDataReceived += (_, _) => { };
        child.BeginErrorReadLine();
        return child;
    }

    private static (string Program, string[] Arguments) ThisProgram()
    {
        var own = typeof(ReadInChild).Assembly.Location;
        if (own.Length == 0)
        {
            return (Environment.ProcessPath!, []);                             // published as one file
        }
        var running = Environment.ProcessPath ?? "";
        var runner = System.IO.Path.GetFileNameWithoutExtension(running) == "dotnet" ? running : "";
        var beside = System.IO.Path.ChangeExtension(own, OperatingSystem.IsWindows() ? "exe" : null);
        return runner.Length > 0 ? (runner, ["exec", own]) : File.Exists(beside) ? (beside, []) : ("dotnet", ["exec", own]);
    }
}
