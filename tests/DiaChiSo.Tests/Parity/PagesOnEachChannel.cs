using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Chats;
using Xunit;

namespace DiaChiSo.Tests.Parity;

/// <summary>How each kind of page looks on each channel, as its fake received it over HTTP: tests/data/pages, a file each. GOLDEN=write writes them; read them.</summary>
public sealed partial class PagesOnEachChannel
{
    private static readonly string Folder = Path.Combine(ChatFiles.Root, "tests", "data", "pages");

    private static readonly GeoPoint Gate = new(21.8563, 103.3291);

    private static readonly (string Kind, Page Page)[] Kinds =
    [
        ("words, bold and a code", Of([new Words([new("Mã địa chỉ số của "), new("Trạm y tế", RunStyle.Bold), new(" là "), new("32606 12345", RunStyle.Code), new(".\n\n<b>không phải thẻ</b> & *không phải dấu*")])])),
        ("a few choices", Of([Words("Đúng địa chỉ này không ạ?")], Numbered("Đúng rồi", "Không đúng, tìm lại", "Báo sai, cần sửa"))),
        ("many choices", Of([Words("Anh/chị chọn một mục:")], Numbered([.. Enumerable.Range(1, 9).Select(number => $"Mục thứ {number}")]))),
        ("a long list", Of([Words("Có mấy địa chỉ gần giống. Anh/chị cần địa chỉ nào ạ?")], Numbered("Đội 5, xã Tủa Chùa, tỉnh Điện Biên (32607 00021)", "Số nhà 15, đường Thử Nghiệm, tổ dân phố Thắng Lợi II, xã Tủa Chùa (32606 00012)", "Thôi"))),
        ("a question whose answer may be figures", Of([Words("Số nhà là bao nhiêu ạ?\n\nVí dụ: 15, hoặc 3B.")], [new("Không có", "t7.0", null), new("Quay lại", "t7.1", null)])),
        ("a wish for a place", new([Words("Anh/chị ra đứng ngay cổng, rồi gửi vị trí cho em nhé.")], [new("Gửi vị trí", "@place", null), .. Numbered("Không gửi được", "Dừng")], Wish.Place)),
        ("a wish for a contact", new([Words("Số điện thoại của anh/chị là gì ạ?")], [new("Gửi số của tôi", "@contact", null), new("Không có", "t7.0", null)], Wish.Contact)),
        ("a QR and a pin", Of([Words("Nhà ở\nĐội 5, xã Tủa Chùa"), new Picture("qr", "3260700021", "Mã QR của địa chỉ số 32607 00021"), new Pin(Gate, "32607 00021", "Vị trí cổng: 21.85630,103.32910")], Numbered("Đúng rồi"))),
        ("a file", Of([Words("Đây là thẻ để in."), new Document("card", "3260700021 Đội 5, xã Tủa Chùa", "Thẻ địa chỉ số 32607 00021 (tệp PDF)")], Numbered("Xong"))),
        ("news with a door", Of([Words("Yêu cầu YC26-000001 đã có mã.")], [new("Xem mã", "d0123456789abcdef0123456789abcdef", null)])),
        ("a link", Of([Words("Hướng dẫn ở đây.")], [new("Mở trang", "https://xa.example.vn/huong-dan", null, IsLink: true)])),
        ("a long text", Of([Words(string.Join(' ', Enumerable.Range(1, 400).Select(number => number % 8 == 0 ? $"chữ{number}." : $"chữ{number}")))])),
    ];

    public static TheoryData<string> Channels => ["telegram", "zalo-oa", "zalo-bot", "web", "bot-framework"];

    [Theory, MemberData(nameof(Channels))]
    public async Task Each_kind_of_page_looks_as_it_was_written_down(string channel)
    {
        Rig rig = channel switch
        {
            "telegram" => new TelegramRig(),
            "zalo-oa" => new ZaloOaRig(),
            "zalo-bot" => new ZaloBotRig(),
            "web" => new WebRig(),
            _ => new BotFrameworkRig(),
        };
        await using var stage = await ChannelStage.Open(rig);
        var seen = new StringBuilder($"# {channel}\n");
        // The connector learns where to answer from what it hears.
        await rig.Hand("An", new SentThing(Thing.Sticker));
        await stage.Settle();
        var conversation = await stage.ConversationOf("An");
        foreach (var (kind, page) in Kinds)
        {
            var before = rig.ScreenOf("An").Count;
            await stage.Arrange((_, db) =>
            {
                db.Outbox.Add(new OutboxRow { ConversationId = conversation.Id, Body = JsonSerializer.Serialize(page, Saved.Json), CreatedAt = stage.Time.GetUtcNow(), NotBefore = stage.Time.GetUtcNow() });
                return Task.CompletedTask;
            });
            await stage.Settle();
            var messages = rig.ScreenOf("An").Skip(before).ToList();
            Assert.NotEmpty(messages);
            seen.Append($"\n## {kind}\n");
            messages.ForEach(message => seen.Append($"\n{Masked(message)}\n"));
        }
        var path = Path.Combine(Folder, $"{channel}.txt");
        if (Environment.GetEnvironmentVariable("GOLDEN") == "write")
        {
            Directory.CreateDirectory(Folder);
            await File.WriteAllTextAsync(path, seen.ToString());
        }
        else
        {
            Assert.Equal((await File.ReadAllTextAsync(path)).ReplaceLineEndings("\n"), seen.ToString());
        }
    }

    private static Page Of(IReadOnlyList<Block> blocks, IReadOnlyList<Choice>? choices = null) => new(blocks, choices ?? []);

    private static Words Words(string text) => new([new Run(text)]);

    private static Choice[] Numbered(params string[] labels) => [.. labels.Select((label, at) => new Choice(label, $"t7.{at}", at + 1))];

    // What is another one each time: ports, unguessable addresses.
    private static string Masked(string message) => AddressForm().Replace(PortForm().Replace(message, "http://bot"), "$1…");

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex PortForm();

    [GeneratedRegex(@"(/m/|/vt/|/pictures/)[A-Za-z0-9_-]+")]
    private static partial Regex AddressForm();
}
