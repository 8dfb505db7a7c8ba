using DiaChiSo.Bot.Channels;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Turns;
using Xunit;

namespace DiaChiSo.Tests.Channels;

/// <summary>What becomes of a page where a channel can do less: nothing a person needs is only in a button, a picture or a pin.</summary>
public sealed class PagesInParts
{
    private static readonly Capabilities OnlyWords = new() { TextLength = 200, Buttons = 0, ButtonLength = 0 };
    private static readonly Capabilities FewButtons = new() { TextLength = 2000, Buttons = 2, ButtonLength = 20 };
    private static readonly PartWords Said = new("Nhắn số để chọn:", labels => $"Hoặc nhắn: {string.Join(", ", labels)}.", "Chọn:");

    private static readonly Choice[] Three = [new("Nhà ở", "t1.0", 1), new("Cơ quan", "t1.1", 2), new("Thôi", "t1.2", 3)];

    [Fact]
    public void Choices_without_buttons_are_numbered_lines() =>
        Assert.Equal(["Loại gì ạ?\n\nNhắn số để chọn:\n1. Nhà ở\n2. Cơ quan\n3. Thôi"], TextsOf(new Page([new Words([new("Loại gì ạ?")])], Three), OnlyWords));

    [Fact]
    public void Where_figures_are_an_answer_the_labels_may_be_written() =>
        Assert.Equal(["Số nhà?\n\nHoặc nhắn: Không có, Thôi."],
            TextsOf(new Page([new Words([new("Số nhà?")])], [new("Không có", "t1.0", null), new("Thôi", "t1.1", null)]), OnlyWords));

    [Fact]
    public void Too_many_choices_for_the_buttons_are_all_written_and_the_first_are_buttons_too()
    {
        var parts = Parts.Of(new Page([new Words([new("Loại?")])], Three), FewButtons, Said);
        var text = Assert.IsType<Part.Text>(Assert.Single(parts));
        Assert.Equal("Loại?\n\nNhắn số để chọn:\n1. Nhà ở\n2. Cơ quan\n3. Thôi", string.Concat(text.Runs.Select(run => run.Text)));
        Assert.Equal(["t1.0", "t1.1"], text.Choices.Select(choice => choice.Data));
    }

    [Fact]
    public void Choices_that_are_buttons_are_written_too_where_nobody_knows_whether_the_buttons_are_seen()
    {
        var parts = Parts.Of(new Page([new Words([new("Đúng chưa?")])], [new("Đúng", "t1.0", 1), new("Sai", "t1.1", 2)]), FewButtons with { WritesChoices = true }, Said);
        var text = Assert.IsType<Part.Text>(Assert.Single(parts));
        Assert.Equal(2, text.Choices.Count);
        Assert.EndsWith("1. Đúng\n2. Sai", string.Concat(text.Runs.Select(run => run.Text)));
    }

    [Fact]
    public void A_wish_that_the_channel_cannot_ask_for_is_no_button() =>
        Assert.Empty(Parts.Of(new Page([new Words([new("Ở đâu?")])], [new("Gửi vị trí", "@place", null)], Wish.Place), FewButtons, Said)[0].Choices);

    [Fact]
    public void A_picture_a_pin_and_a_file_are_said_in_words() =>
        Assert.Equal(["Mã QR\n\nCổng: 21.85,103.32\n\nThẻ"], TextsOf(new Page([new Picture("qr", "3260612345", "Mã QR"), new Pin(new GeoPoint(21.85, 103.32), "x", "Cổng: 21.85,103.32"), new Document("card", "3260612345 a", "Thẻ")], []), OnlyWords));

    [Theory]
    [InlineData("https://xa.example.vn/a", true)]
    [InlineData("http://127.0.0.1:5080/a", false)]
    [InlineData("http://localhost/a", false)]
    public void A_link_that_opens_on_no_phone_stands_in_the_words(string link, bool isButton)
    {
        var part = Parts.Of(new Page([new Words([new("Xem")])], [new("Mở", link, null, IsLink: true)]), FewButtons with { LinkButtons = true }, Said)[0];
        Assert.Equal(isButton ? 1 : 0, part.Choices.Count);
        Assert.Equal(isButton ? "Xem" : $"Xem\n\nMở: {link}", string.Concat(((Part.Text)part).Runs.Select(run => run.Text)));
    }

    [Theory]
    [InlineData(". ")]
    [InlineData("! ")]
    [InlineData("? ")]
    [InlineData("\n")]
    public void A_long_text_is_cut_where_a_sentence_ends(string end)
    {
        var first = new string('a', 120) + end.TrimEnd(' ');
        var texts = TextsOf(new Page([new Words([new(first + (end == "\n" ? "" : " ") + new string('b', 120))])], []), OnlyWords);
        Assert.Equal([first.TrimEnd('\n'), new string('b', 120)], texts);
    }

    [Fact]
    public void Nothing_of_a_long_text_is_lost_and_every_piece_fits()
    {
        var words = string.Join(' ', Enumerable.Range(1, 400).Select(number => number % 9 == 0 ? $"từ{number}." : $"từ{number}"));
        var texts = TextsOf(new Page([new Words([new(words)])], []), OnlyWords);
        Assert.All(texts, text => Assert.InRange(text.Length, 1, OnlyWords.TextLength));
        Assert.Equal(words, string.Join(' ', texts));
    }

    private static List<string> TextsOf(Page page, Capabilities can) =>
        [.. Parts.Of(page, can, Said).Select(part => string.Concat(Assert.IsType<Part.Text>(part).Runs.Select(run => run.Text)))];
}
