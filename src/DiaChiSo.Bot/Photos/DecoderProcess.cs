using System.Runtime.InteropServices;
using System.Text.Json;
using DiaChiSo.Core;

namespace DiaChiSo.Bot.Photos;

/// <summary>
/// The program as the decoder of one photo: picture on standard input, one line of JSON on standard output, and gone. It has no settings, no
/// keys and no database, little memory and little time. What a picture does to it nobody else feels.
/// </summary>
internal static class DecoderProcess
{
    /// <summary>The word on the command line. Not for people, so the help does not name it.</summary>
    public const string Word = "decode-a-photo";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Returns the exit code.</summary>
    public static int Run(Stream input, Stream output)
    {
        Confinement.Enter();
        using var picture = new MemoryStream();
        input.CopyTo(picture);
        JsonSerializer.Serialize(output, Look(picture.ToArray(), Patience));
        output.Flush();
        return 0;
    }

    /// <summary>What the process says of a picture; after <paramref name="patience"/> nothing new is tried.</summary>
    internal static Finding Look(byte[] bytes, TimeSpan patience)
    {
        using var zbar = Zbar.Open();
        if (zbar is null)
        {
            return new Finding(false, null);
        }
        if (PictureFile.Read(bytes, out var isWhole) is not { } picture)
        {
            return new Finding(true, null);
        }
        var texts = QrSearch.Texts(picture, zbar.Read, patience);
        return new Finding(true, texts.Count > 0 || isWhole ? [.. texts] : null);
    }

    /// <param name="HasLooked">False: there is no decoder, or it was not given the time.</param>
    /// <param name="Texts">What the QRs say; null: the picture could not be opened, or not to its end.</param>
    internal sealed record Finding(bool HasLooked, IReadOnlyList<string>? Texts);
}

/// <summary>Limits that the system keeps for this process (Linux, setrlimit(2)); elsewhere the parent's clock alone does.</summary>
internal static class Confinement
{
    private const int CpuSeconds = 0, FileBytes = 1, DataBytes = 2, CoreBytes = 4;
    private const ulong Memory = 512UL * 1024 * 1024;

    public static void Enter()
    {
        if (!OperatingSystem.IsLinux() || nint.Size != 8)
        {
            return;
        }
        // Also where the parent dies and can kill nobody any more.
        Set(CpuSeconds, (ulong)Limits.PhotoDecodedWithin.TotalSeconds * 2);
        Set(DataBytes, Memory);
        Set(FileBytes, 0);
        Set(CoreBytes, 0);
    }

    private static void Set(int what, ulong most)
    {
        var limit = new Limit { Soft = most, Hard = most };
        _ = SetLimit(what, ref limit);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }

    [DllImport("libc", EntryPoint = "setrlimit")]
    private static extern int SetLimit(int what, ref Limit limit);
}
