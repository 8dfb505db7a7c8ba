using CsCheck;
using DiaChiSo.Core.Register;
using Xunit;

namespace DiaChiSo.Tests.Register;

public class VietnameseTexts
{
    [Theory]
    [InlineData("Bỏ qua", "bo qua")]
    [InlineData("  Xã   Tủa\u00A0Chùa ", "xa tua chua")]
    [InlineData("ĐIỆN BIÊN", "dien bien")]
    [InlineData("Ðiện Biên", "dien bien")]
    [InlineData("xã\u200B Tả\uFEFF Phìn", "xa ta phin")]
    [InlineData("hoà", "hoa")]
    [InlineData("hòa", "hoa")]
    [InlineData("Số nhà 12/34/5A", "so nha 12/34/5a")]
    [InlineData("🔎 Tra cứu", "tra cuu")]
    [InlineData("ＳＮ　１５", "sn 15")]
    [InlineData("Ưu Ơ Ă Â Ê Ô", "uu o a a e o")]
    public void Marks_case_and_odd_spaces_are_folded(string text, string folded) => Assert.Equal(folded, VietnameseText.Fold(text));

    [Fact]
    public void Every_vietnamese_letter_folds_to_its_plain_one_composed_and_decomposed()
    {
        const string letters = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ";
        const string plain = "aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd";
        Assert.Equal(plain, VietnameseText.Fold(letters));
        Assert.Equal(plain, VietnameseText.Fold(letters.ToUpperInvariant()));
        Assert.Equal(plain, VietnameseText.Fold(VietnameseLetters.Decomposed(letters)));
    }

    [Fact]
    public void Folding_twice_is_folding_once() =>
        Gen.String.Sample(text => VietnameseText.Fold(VietnameseText.Fold(text)) == VietnameseText.Fold(text), iter: 20_000);

    [Theory]
    [InlineData("a\u0323\u0302", "ậ")]
    [InlineData("a\u0302\u0323", "ậ")]
    [InlineData("ạ\u0302", "ậ")]
    [InlineData("U\u031B\u0300", "Ừ")]
    [InlineData("x\u0301", "x\u0301")]
    public void Marks_in_any_order_become_one_letter(string decomposed, string composed) => Assert.Equal(composed, VietnameseText.Plain(decomposed));

    [Fact]
    public void Half_a_pair_of_surrogates_is_no_harm()
    {
        Assert.Equal("a b", VietnameseText.Words("a\uD83D b"));
        Assert.Equal("ab", VietnameseText.Plain("a\uD83Db"));
        Assert.NotNull(VietnameseText.ToneKey("\uDE00tả"));
    }

    [Theory]
    [InlineData("Bỏ qua", "bo qua!", true)]
    [InlineData("🔎 Tra cứu", "TRA CỨU", true)]
    [InlineData("Thôi", "thôi.", true)]
    [InlineData("Có", "Không", false)]
    [InlineData("👍", "👎", false)]
    public void A_label_is_known_again_however_it_is_typed(string label, string typed, bool same) =>
        Assert.Equal(same, VietnameseText.SameWords(label, typed));

    [Theory]
    [InlineData("hoà", "hòa", true)]
    [InlineData("Tả Phìn", "tả phìn", true)]
    [InlineData("Tả Phìn", "Tà Phin", false)]
    [InlineData("thuỷ", "thủy", true)]
    public void The_tone_key_keeps_tones_but_not_their_place(string one, string other, bool same)
    {
        Assert.Equal(same, VietnameseText.ToneKey(one) == VietnameseText.ToneKey(other));
        Assert.Equal(VietnameseText.ToneKey(one), VietnameseText.ToneKey(VietnameseLetters.Decomposed(one)));
    }

    [Fact]
    public void Plain_keeps_what_was_written_and_composes_it()
    {
        Assert.Equal("Xã Mường Đun - số 5", VietnameseText.Plain(VietnameseLetters.Decomposed(" Xã Mường\u00A0Ðun – số ５\u200B ")));
    }
}
