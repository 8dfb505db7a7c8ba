using System.Text;
using DiaChiSo.Core.Register;

namespace DiaChiSo.Tests.Register.Import;

/// <summary>Writes Vietnamese as old programs did: the tables the other way round, written down a second time, so that a slip in one shows.</summary>
internal static class OldFonts
{
    private static readonly Dictionary<char, char> Tcvn3 = Pairs(
        "ĂÂÊÔƠƯĐăâêôơưđ", 0xA1,
        "àảãáạ", 0xB5, "ằẳẵắ", 0xBB, "ặầẩẫấậè", 0xC6, "ẻẽéẹềểễếệìỉ", 0xCE, "ĩíịò", 0xDC, "ỏõóọồổỗốộờởỡớợù", 0xE1, "ủũúụừửữứựỳỷỹýỵ", 0xF1);

    public static string ToTcvn3(string text) => string.Concat(text.Select(letter => Tcvn3.GetValueOrDefault(letter, Tcvn3.GetValueOrDefault(char.ToLowerInvariant(letter), letter))));

    public static string ToVni(string text)
    {
        var kept = new StringBuilder();
        foreach (var letter in text)
        {
            var own = "đôơöưíìỉĩịỵ".Contains(char.ToLowerInvariant(letter)) ? char.ToLowerInvariant(letter) switch
            {
                'đ' => 'ñ',
                'ơ' => 'ô',
                'ư' => 'ö',
                'í' => 'í',
                'ì' => 'ì',
                'ỉ' => 'æ',
                'ĩ' => 'ó',
                'ị' => 'ò',
                'ỵ' => 'î',
                _ => '\0',
            } : '\0';
            if (own != '\0')
            {
                kept.Append(char.IsUpper(letter) ? char.ToUpperInvariant(own) : own);
                continue;
            }
            var parts = VietnameseLetters.Decomposed(letter.ToString());
            var plain = parts[0];
            var (hat, tone) = (parts.FirstOrDefault(mark => mark is '\u0302' or '\u0306' or '\u031B'), parts.FirstOrDefault(mark => mark is '\u0300' or '\u0301' or '\u0303' or '\u0309' or '\u0323'));
            if (hat == '\u031B')
            {
                plain = char.ToLowerInvariant(plain) == 'o' ? 'ô' : 'ö';
                plain = char.IsUpper(letter) ? char.ToUpperInvariant(plain) : plain;
                hat = '\0';
            }
            var tones = hat switch { '\u0302' => "âàáåãä", '\u0306' => "êèéúüë", _ => "\0øùûõï" };
            var mark = tones["\0\u0300\u0301\u0309\u0303\u0323".IndexOf(tone)];
            kept.Append(plain);
            if (mark != '\0')
            {
                kept.Append(char.IsUpper(letter) ? char.ToUpperInvariant(mark) : mark);
            }
        }
        return kept.ToString();
    }

    public static string ToWindows1258(string text)
    {
        var kept = new StringBuilder();
        foreach (var letter in text)
        {
            var (bare, tone) = VietnameseLetters.WithoutTone(letter);
            kept.Append(bare switch { 'đ' => '\u00F0', 'Đ' => '\u00D0', 'ơ' => '\u00F5', 'Ơ' => '\u00D5', 'ư' => '\u00FD', 'Ư' => '\u00DD', 'ă' => '\u00E3', 'Ă' => '\u00C3', _ => bare });
            kept.Append(tone switch { '\u0300' => "\u00CC", '\u0301' => "\u00EC", '\u0309' => "\u00D2", '\u0303' => "\u00DE", '\u0323' => "\u00F2", _ => "" });
        }
        return kept.ToString();
    }

    private static Dictionary<char, char> Pairs(params object[] runs)
    {
        var pairs = new Dictionary<char, char>();
        for (var i = 0; i < runs.Length; i += 2)
        {
            var (letters, code) = ((string)runs[i], (int)runs[i + 1]);
            foreach (var letter in letters)
            {
                pairs[letter] = (char)code++;
            }
        }
        return pairs;
    }
}
