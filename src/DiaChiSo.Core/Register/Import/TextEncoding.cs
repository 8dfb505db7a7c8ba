using System.Text;

namespace DiaChiSo.Core.Register.Import;

/// <summary>How the bytes of a text file become letters.</summary>
internal static class TextEncoding
{
    /// <summary>UTF-16 and UTF-8 are known by their bytes; anything else is taken byte by byte, and the code of its font is found later.</summary>
    /// <exception cref="HandOverFault">It is no text.</exception>
    public static Encoding Of(ReadOnlySpan<byte> beginning, string name)
    {
        if (beginning.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || beginning.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return Encoding.Unicode;                    // StreamReader turns to the mark that is there
        }
        if (beginning.Contains((byte)0))
        {
            throw new HandOverFault($"{name}: this is neither a text table nor an XLSX or PDF file; save it as CSV (UTF-8) or XLSX.");
        }
        return IsUtf8(beginning) ? Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new ByteByByte()) : Encoding.Latin1;
    }

    private static bool IsUtf8(ReadOnlySpan<byte> bytes)
    {
        // The last letter may be cut by the end of what was looked at.
        var end = bytes.Length;
        for (var back = 0; back < 3 && end > 0 && bytes[end - 1] >= 0x80; back++)
        {
            end--;
        }
        return System.Text.Unicode.Utf8.IsValid(bytes[..end]);
    }

    // A stray byte of an old file far behind a beginning that was all ASCII.
    private sealed class ByteByByte : DecoderFallback
    {
        public override int MaxCharCount => 3;

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer();

        private sealed class Buffer : DecoderFallbackBuffer
        {
            private byte[] unknown = [];
            private int at;

            public override int Remaining => unknown.Length - at;

            public override bool Fallback(byte[] bytesUnknown, int index)
            {
                (unknown, at) = (bytesUnknown, 0);
                return true;
            }

            public override char GetNextChar() => at < unknown.Length ? (char)unknown[at++] : '\0';

            public override bool MovePrevious()
            {
                if (at == 0)
                {
                    return false;
                }
                at--;
                return true;
            }

            public override void Reset() => (unknown, at) = ([], 0);
        }
    }
}
