using System.Collections;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using DiaChiSo.Core;
using DiaChiSo.Core.Register.Reading;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Photos;

/// <summary>Has a photo decoded by a process of its own, a few at a time, and kills the one that takes too long.</summary>
internal sealed class PhotoDecoder
{
    /// <summary>More at once would take the processors from the conversations.</summary>
    private static readonly int AtOnce = Math.Clamp(Environment.ProcessorCount / 2, 1, 4);

    private const int LongestAnswer = 256 * 1024;

    // What the process needs of the surroundings; the rest of them may hold secrets.
    private static readonly string[] Passed = ["PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64", "SystemRoot", "TMPDIR", "TEMP"];

    private readonly SemaphoreSlim places = new(AtOnce);
    private readonly Lazy<(string File, string[] Arguments)> command;
    private readonly TimeSpan within;
    private readonly Understanding understanding;

    public PhotoDecoder(Understanding understanding) : this(understanding, null, Limits.PhotoDecodedWithin)
    {
    }

    /// <summary>For tests: another program in the decoder's place, how long it may take, a system without one.</summary>
    internal PhotoDecoder(Understanding understanding, (string File, string[] Arguments)? program, TimeSpan within, bool isThere = true)
    {
        this.understanding = understanding;
        IsThere = isThere && Zbar.IsThere();
        command = new(() => program ?? Command());
        this.within = within;
    }

    /// <summary>There is a decoder on this system.</summary>
    public bool IsThere { get; }

    /// <summary>What the photo holds. The picture's own faults are a sight too.</summary>
    public async Task<PhotoSight> Look(byte[] picture, CancellationToken ct)
    {
        if (!IsThere)
        {
            return new PhotoSight(PhotoHolds.NotLookedAt);
        }
        if (picture.Length is 0 or > Limits.PhotoBytes)
        {
            return new PhotoSight(PhotoHolds.NotReadable);
        }
        await places.WaitAsync(ct);
        try
        {
            return await Decode(picture, ct) switch
            {
                { HasLooked: true, Texts: { } texts } => PhotoSight.Of([.. texts], understanding),
                { HasLooked: false } => new PhotoSight(PhotoHolds.NotLookedAt),
                _ => new PhotoSight(PhotoHolds.NotReadable),
            };
        }
        finally
        {
            places.Release();
        }
    }

    // Null: it died of the picture, or babbled.
    private async Task<DecoderProcess.Finding?> Decode(byte[] picture, CancellationToken ct)
    {
        var start = new ProcessStartInfo(command.Value.File, command.Value.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        start.Environment.Clear();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (Passed.Contains((string)variable.Key))
            {
                start.Environment[(string)variable.Key] = (string?)variable.Value;
            }
        }
        // Loops are worth compiling well at once; no files of its own (FileBytes is 0), no door for debuggers, a small heap.
        (string Name, string Value)[] own =
        [
            ("DOTNET_TC_QuickJitForLoops", "0"), ("DOTNET_TieredPGO", "0"), ("DOTNET_EnableWriteXorExecute", "0"), ("DOTNET_EnableDiagnostics", "0"),
            ("DOTNET_gcServer", "0"), ("DOTNET_gcConcurrent", "0"), ("DOTNET_GCHeapHardLimit", "0x0C000000"), ("DOTNET_NOLOGO", "1"),
        ];
        foreach (var (name, value) in own)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("the decoder's process did not start");
        using var late = CancellationTokenSource.CreateLinkedTokenSource(ct);
        late.CancelAfter(within);
        try
        {
            // What a library complains about is drained, so that it does not stand still, and read by nobody.
            _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, late.Token);
            var answer = ReadAnswer(process.StandardOutput.BaseStream, late.Token);
            var writing = Write(process, picture, late.Token);
            if (await answer is not { } found)
            {
                return null;
            }
            await writing;
            await process.WaitForExitAsync(late.Token);
            return process.ExitCode == 0 ? JsonSerializer.Deserialize<DecoderProcess.Finding>(found) : null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Too slow: the picture's doing, or that of a busy machine. Either way nobody has looked to the end.
            return new DecoderProcess.Finding(false, null);
        }
        catch (Exception fault) when (fault is IOException or JsonException)
        {
            return null;
        }
        finally
        {
            Kill(process);
        }
    }

    private static async Task Write(Process process, byte[] picture, CancellationToken ct)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(picture, ct);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is gone already; its exit code says so.
        }
    }

    private static async Task<byte[]?> ReadAnswer(Stream output, CancellationToken ct)
    {
        using var whole = new MemoryStream();
        var piece = new byte[16 * 1024];
        int read;
        while ((read = await output.ReadAsync(piece, ct)) > 0)
        {
            if (whole.Length + read > LongestAnswer)
            {
                return null;
            }
            whole.Write(piece, 0, read);
        }
        return whole.ToArray();
    }

    private static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (InvalidOperationException)
        {
            // It ended by itself meanwhile.
        }
    }

    // This program once more: as one file it is the process itself, otherwise its assembly under the runtime that runs this process.
    private static (string File, string[] Arguments) Command()
    {
        var assembly = Path.Combine(AppContext.BaseDirectory, $"{typeof(PhotoDecoder).Assembly.GetName().Name}.dll");
        var host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        return File.Exists(assembly) && File.Exists(host)
            ? (host, ["exec", assembly, DecoderProcess.Word])
            : (Environment.ProcessPath ?? throw new InvalidOperationException("this process has no file"), [DecoderProcess.Word]);
    }
}
