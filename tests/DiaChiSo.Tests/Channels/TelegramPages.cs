using System.Globalization;
using System.Text;
using DiaChiSo.Bot.Channels;
using DiaChiSo.Bot.Channels.Telegram.Send;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Turns;
using Telegram.Bot.Types.ReplyMarkups;

namespace DiaChiSo.Tests.Channels;

/// <summary>How each kind of page looks in Telegram.</summary>
public sealed class TelegramPages
{
    private static readonly Choice[] TwoChoices = [new("Đúng rồi", "t7.0", 1), new("Tìm lại", "t7.1", 2)];

    [Fact]
    public void Words_with_buttons_are_one_message() => Looks(
        new Page([new Words([new("Mã "), new("32607 00023", RunStyle.Code), new(" là "), new("Trạm <b>&", RunStyle.Bold)])], TwoChoices),
        """
        text: Mã `32607 00023` là **Trạm <b>&**
          [1. Đúng rồi → t7.0]
          [2. Tìm lại → t7.1]
        """);

    [Fact]
    public void A_card_is_words_a_photo_and_a_venue_that_carries_the_buttons() => Looks(
        new Page([new Words([new("Trạm y tế")]), new Picture("qr", "3260700023", "Mã QR"), new Pin(new GeoPoint(21.8418, 103.3511), "Cổng", "Vị trí cổng")], TwoChoices),
        """
        text: Trạm y tế
        photo: qr 3260700023 (Mã QR)
        venue: 21.84180,103.35110 Cổng (Vị trí cổng)
          [1. Đúng rồi → t7.0]
          [2. Tìm lại → t7.1]
        """);

    [Fact]
    public void A_page_that_wishes_for_the_place_has_all_its_choices_on_the_keyboard_the_wish_first() => Looks(
        new Page([new Words([new("Anh/chị ở đâu?")])], [new("Quay lại", "t7.0", 1), new("Gửi vị trí", "@place", null), new("Gửi số điện thoại", "@contact", null)], Wish.Place | Wish.Contact),
        """
        text: Anh/chị ở đâu?
          {Gửi vị trí → place}
          {Gửi số điện thoại → contact}
          {Quay lại}
        """);

    [Fact]
    public void Keys_of_an_earlier_page_go_with_the_first_message_and_the_buttons_come_with_the_last() => Looks(
        new Page([new Words([new("Trạm y tế")]), new Pin(new GeoPoint(21.8418, 103.3511), "Cổng", "Vị trí cổng")], TwoChoices),
        """
        text: Trạm y tế
          (keys go)
        venue: 21.84180,103.35110 Cổng (Vị trí cổng)
          [1. Đúng rồi → t7.0]
          [2. Tìm lại → t7.1]
        """, isKeyboardUp: true);

    [Fact]
    public void Where_there_is_only_one_message_the_buttons_get_one_of_their_own() => Looks(
        new Page([new Words([new("Đúng không ạ?")])], TwoChoices),
        """
        text: Đúng không ạ?
          (keys go)
        text: Chọn:
          [1. Đúng rồi → t7.0]
          [2. Tìm lại → t7.1]
        """, isKeyboardUp: true);

    [Fact]
    public void A_page_without_choices_takes_the_keys_away_at_once() =>
        Looks(new Page([new Words([new("Đã nhận.")])], []), "text: Đã nhận.\n  (keys go)", isKeyboardUp: true);

    [Fact]
    public void A_link_that_opens_on_a_phone_is_a_button_and_any_other_is_written_out() => Looks(
        new Page([new Words([new("Xem:")])], [new("Bản đồ", "https://example.vn/x", null, IsLink: true), new("Trang", "http://127.0.0.1:5080/x", null, IsLink: true), new("Máy", "http://localhost/", null, IsLink: true), .. TwoChoices]),
        """
        text: Xem:

        Trang: http://127.0.0.1:5080/x
        Máy: http://localhost/
          [Bản đồ → https://example.vn/x]
          [1. Đúng rồi → t7.0]
          [2. Tìm lại → t7.1]
        """);

    [Fact]
    public void A_choice_too_long_for_a_button_is_written_out_and_its_button_keeps_the_number() => Looks(
        new Page([new Words([new("Chọn:")])], [new("Tổ dân phố Thắng Lợi II, thị trấn Tủa Chùa, số 15", "t7.0", 1)]),
        """
        text: Chọn:

        1. Tổ dân phố Thắng Lợi II, thị trấn Tủa Chùa, số 15
          [1. Tổ dân phố Thắng Lợi II, thị trấn Tủ… → t7.0]
        """);

    [Fact]
    public void A_button_with_more_data_than_Telegram_takes_is_a_mistake_of_ours() =>
        Assert.Throws<InvalidOperationException>(() => TelegramMessages.Of(new Page([], [new("x", new string('ế', 22), 1)]), false, Said));

    [Fact]
    public void Styles_stand_beside_the_words_and_never_on_blanks_at_an_end()
    {
        var text = TelegramText.Of([new(" "), new(" a😀 ", RunStyle.Bold), new("b\n"), new("  ", RunStyle.Code)]);
        Assert.Equal("  a😀 b\n  ", text.Text);
        var bold = Assert.Single(text.Entities);
        Assert.Equal((2, 3), (bold.Offset, bold.Length));
        Assert.Equal("…", TelegramText.Of([new(" \n")]).Text);
    }

    private static readonly PartWords Said = new("Nhắn số:", labels => $"Hoặc nhắn: {string.Join(", ", labels)}", "Chọn:");

    private static void Looks(Page page, string expected, bool isKeyboardUp = false)
    {
        var seen = new StringBuilder();
        foreach (var message in TelegramMessages.Of(page, isKeyboardUp, Said))
        {
            seen.AppendLine(message.Part switch
            {
                Part.Text text => "text: " + Marked(TelegramText.Of(text.Runs)),
                Part.Image image => $"photo: {image.Picture.Kind} {image.Picture.Argument} ({image.Picture.Alt})",
                Part.Place { Pin: var pin } => string.Create(CultureInfo.InvariantCulture, $"venue: {pin.Point.Latitude:0.00000},{pin.Point.Longitude:0.00000} {pin.Title} ({pin.Alt})"),
                _ => "?",
            });
            foreach (var line in Lines(message.Markup))
            {
                seen.AppendLine("  " + line);
            }
        }
        Assert.Equal(expected.ReplaceLineEndings("\n"), seen.ToString().ReplaceLineEndings("\n").TrimEnd('\n'));
    }

    private static string Marked(TelegramText text)
    {
        var marked = text.Text;
        foreach (var entity in text.Entities.Reverse())
        {
            var sign = entity.Type == Telegram.Bot.Types.Enums.MessageEntityType.Bold ? "**" : "`";
            marked = marked.Insert(entity.Offset + entity.Length, sign).Insert(entity.Offset, sign);
        }
        return marked;
    }

    private static IEnumerable<string> Lines(ReplyMarkup? markup) => markup switch
    {
        InlineKeyboardMarkup inline => inline.InlineKeyboard.SelectMany(row => row).Select(button => $"[{button.Text} → {button.CallbackData ?? button.Url}]"),
        ReplyKeyboardMarkup keys => keys.Keyboard.SelectMany(row => row).Select(key => $"{{{key.Text}{(key.RequestLocation ? " → place" : key.RequestContact ? " → contact" : "")}}}"),
        ReplyKeyboardRemove => ["(keys go)"],
        _ => [],
    };
}
