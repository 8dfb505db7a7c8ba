using System.Diagnostics;
using System.Text.Json;
using CsCheck;
using DiaChiSo.Bot.Commands;
using DiaChiSo.Core.Register.Reading;
using Xunit;

namespace DiaChiSo.Tests.Register.Reading;

/// <summary>Whatever is sent is read: no text throws, none takes long, and of a citizen id nothing comes out.</summary>
public class AnyTextAtAll
{
    private static readonly string[] Scraps =
    [
        "xã ", "Mường ", "Báng", "tủa chùa", ", ", "sn ", "12/34/5A ", "K448 H20/2 ", "tổ 5 ", "gần ", "đường ", "32606 ", "12345 ", "R8XV+46 ", "21.84, 103.34 ", "°", "'", "\u0301", "\u200B", "\u00A0",
        "tuar ", "chu2a ", "xamuongbang", "0912 345 678 ", "\n", "https://", "@", "!3d", "%2B", "+", "…", "🙂", "\uD83D", "NDAS", "Ð", "ở đâu ", "phường ", "huyện ", "thành phố ", "điện biên ",
    ];

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    private static readonly Gen<string> Talk = Gen.OneOf(OneOf(Scraps), Gen.String[0, 6]).Array[0, 40].Select(string.Concat);

    [Fact]
    public void Nothing_throws() => Talk.Sample(text => Enum.IsDefined(Understanding.Shipped.Read(text).Kind), iter: 30_000);

    [Fact]
    public void Nothing_throws_with_the_whole_country_loaded()
    {
        var understanding = Country.Understanding();
        Talk.Sample(text => Enum.IsDefined(understanding.Read(text).Kind), iter: 10_000);
    }

    [Theory]
    [InlineData("thôn Háng Là, xã Sín Chải ")]
    [InlineData("1")]
    [InlineData("0 ")]
    [InlineData("21.8478 ")]
    [InlineData("21°50'52\"B ")]
    [InlineData("xamuongbang")]
    [InlineData("R8XV+")]
    [InlineData("a/1/")]
    [InlineData("\u0301")]
    [InlineData("https://a/@1,")]
    [InlineData("mã 3260 ")]
    [InlineData("sn sn sn tổ ")]
    public void A_hundred_thousand_letters_do_not_take_long(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 100_000 / piece.Length + 1));
        Understanding.Shipped.Read(text[..100]);
        var started = Stopwatch.GetTimestamp();
        Assert.True(Enum.IsDefined(Understanding.Shipped.Read(text).Kind));
        // Generous, the machine may be busy: a pattern that goes back and forth would take minutes.
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Of_a_citizen_id_no_figure_comes_out()
    {
        var id = from province in OneOf("001", "011", "036", "079", "096")
                 from century in Gen.Char['0', '3']
                 from rest in Gen.Char['0', '9'].Array[8]
                 select province + century + new string(rest);
        var joint = OneOf("", " ", ".", "-", " - ", "\u00A0", "_");
        var typed = Gen.Select(Talk, id, joint, Talk, (before, figures, between, after) => (figures, text: $"{before} {string.Join(between, figures[..3], figures[3..6], figures[6..9], figures[9..])} {after}"));
        typed.Sample(sent =>
        {
            var understood = Understanding.Shipped.Read(sent.text);
            var answer = new LookupAnswer(understood, [], TimeSpan.Zero, Understanding.Shipped.Units);
            // Figures of the neighbours may make a longer number of it; then it is no id. In all cases nothing repeats it.
            foreach (var said in new[] { JsonSerializer.Serialize(understood), answer.ToJson(), answer.ToWords(), understood.ToString() })
            {
                var figures = string.Concat(said.Where(char.IsAsciiDigit));
                Assert.DoesNotContain(sent.figures, figures, StringComparison.Ordinal);
            }
        }, iter: 5_000);
    }

    [Theory]
    [InlineData("011203004567")]
    [InlineData("0112 0300 4567")]
    [InlineData("số căn cước công dân 011203004567, nhà ở Háng Là")]
    [InlineData("O11203004567")]
    [InlineData("０１１２０３００４５６７")]
    public void A_citizen_id_is_seen(string text)
    {
        Assert.Equal(new Understood(UnderstoodKind.NationalId), Understanding.Shipped.Read(text));
        Assert.True(Understanding.HoldsNationalId(text));
    }

    [Theory]
    [InlineData("số 07, 0912 345 678")]
    [InlineData("3260612345 32607")]
    [InlineData("012/34/5A ngõ 678 tổ 9012")]
    public void Other_figures_are_no_citizen_id(string text) => Assert.False(Understanding.HoldsNationalId(text));
}
