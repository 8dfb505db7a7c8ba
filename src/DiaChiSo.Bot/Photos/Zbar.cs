using System.Runtime.InteropServices;
using System.Text;

namespace DiaChiSo.Bot.Photos;

/// <summary>
/// The QR decoder of the system, libzbar, where there is one. Only the functions that reading a grey picture needs (zbar.h, the C API that has
/// been stable since 0.10). It is native code and is fed by anybody, so pictures are decoded in a process of their own (<see cref="DecoderProcess"/>).
/// </summary>
internal sealed class Zbar : IDisposable
{
    /// <summary>What the operator installs where it is missing.</summary>
    public const string DebianPackage = "libzbar0";

    private const int AllSymbologies = 0;
    private const int QrSymbology = 64;
    private const int Enable = 0;
    private const int MostSymbols = 32;

    /// <summary>The longest text that a QR can hold (version 40, error level L, figures only).</summary>
    private const int LongestText = 7_089;

    // "Y800", one byte of brightness a pixel; the four letters, the first one lowest.
    private static readonly CULong GreyFormat = new(0x30303859u);

    private static readonly string[] Names = OperatingSystem.IsWindows() ? ["libzbar-0.dll", "zbar.dll", "libzbar.dll"]
        : OperatingSystem.IsMacOS() ? ["libzbar.dylib", "/opt/homebrew/lib/libzbar.dylib", "/usr/local/lib/libzbar.dylib"]
        : ["libzbar.so.0", "libzbar.so", "zbar"];

    private readonly Calls calls;
    private readonly nint scanner;

    private Zbar(nint library)
    {
        calls = new Calls(library);
        scanner = calls.CreateScanner();
        calls.Configure(scanner, AllSymbologies, Enable, 0);
        calls.Configure(scanner, QrSymbology, Enable, 1);
    }

    /// <summary>Whether this system has it, without decoding anything.</summary>
    public static bool IsThere()
    {
        if (!TryLoad(out var library))
        {
            return false;
        }
        NativeLibrary.Free(library);
        return true;
    }

    /// <returns>Null: not on this system.</returns>
    public static Zbar? Open()
    {
        try
        {
            return TryLoad(out var library) ? new Zbar(library) : null;
        }
        catch (EntryPointNotFoundException)
        {
            // A library of that name, but none of ours.
            return null;
        }
    }

    /// <summary>The texts of the QRs that it sees, each once.</summary>
    public IReadOnlyList<string> Read(Grey picture)
    {
        var texts = new List<string>();
        var pixels = GCHandle.Alloc(picture.Pixels, GCHandleType.Pinned);
        var image = calls.CreateImage();
        try
        {
            calls.SetFormat(image, GreyFormat);
            calls.SetSize(image, (uint)picture.Width, (uint)picture.Height);
            calls.SetData(image, pixels.AddrOfPinnedObject(), new CULong((uint)picture.Pixels.Length), 0);
            if (calls.Scan(scanner, image) > 0)
            {
                for (var symbol = calls.First(image); symbol != 0 && texts.Count < MostSymbols; symbol = calls.Next(symbol))
                {
                    if (calls.TypeOf(symbol) == QrSymbology && TextOf(symbol) is var text && !texts.Contains(text))
                    {
                        texts.Add(text);
                    }
                }
            }
        }
        finally
        {
            calls.DestroyImage(image);
            pixels.Free();
        }
        return texts;
    }

    public void Dispose() => calls.DestroyScanner(scanner);

    private string TextOf(nint symbol)
    {
        var length = (int)Math.Min(calls.LengthOf(symbol), LongestText);
        var bytes = new byte[length];
        if (length > 0)
        {
            Marshal.Copy(calls.DataOf(symbol), bytes, 0, length);
        }
        return Encoding.UTF8.GetString(bytes);
    }

    private static bool TryLoad(out nint library)
    {
        library = 0;
        foreach (var name in Names)
        {
            if (NativeLibrary.TryLoad(name, out library))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The functions by their names in zbar.h.</summary>
    private sealed class Calls(nint library)
    {
        public readonly Make CreateScanner = Of<Make>(library, "zbar_image_scanner_create");
        public readonly Drop DestroyScanner = Of<Drop>(library, "zbar_image_scanner_destroy");
        public readonly SetConfig Configure = Of<SetConfig>(library, "zbar_image_scanner_set_config");
        public readonly Make CreateImage = Of<Make>(library, "zbar_image_create");
        public readonly Drop DestroyImage = Of<Drop>(library, "zbar_image_destroy");
        public readonly GiveFormat SetFormat = Of<GiveFormat>(library, "zbar_image_set_format");
        public readonly GiveSize SetSize = Of<GiveSize>(library, "zbar_image_set_size");
        public readonly GiveData SetData = Of<GiveData>(library, "zbar_image_set_data");
        public readonly ScanImage Scan = Of<ScanImage>(library, "zbar_scan_image");
        public readonly Follow First = Of<Follow>(library, "zbar_image_first_symbol");
        public readonly Follow Next = Of<Follow>(library, "zbar_symbol_next");
        public readonly AskNumber TypeOf = Of<AskNumber>(library, "zbar_symbol_get_type");
        public readonly Follow DataOf = Of<Follow>(library, "zbar_symbol_get_data");
        public readonly AskLength LengthOf = Of<AskLength>(library, "zbar_symbol_get_data_length");

        private static T Of<T>(nint library, string name) => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, name));

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)] public delegate nint Make();
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)] public delegate void Drop(nint it);
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)] public delegate int SetConfig(nint scanner, int symbology, int what, int value);
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)] public delegate void GiveFormat(nint image, CULong fourLetters);
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)] public delegate void GiveSize(nint image, uint width, uint height);
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)] public delegate void GiveData(nint image, nint bytes, CULong length, nint cleanup);
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)] public delegate int ScanImage(nint scanner, nint image);
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)] public delegate nint Follow(nint from);
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)] public delegate int AskNumber(nint symbol);
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)] public delegate uint AskLength(nint symbol);
    }
}
