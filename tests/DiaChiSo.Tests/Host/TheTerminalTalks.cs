using DiaChiSo.Core.Plates;
using DiaChiSo.Core.Register;
using DiaChiSo.Tests.Chats;
using DiaChiSo.Tests.Photos;
using Xunit;

namespace DiaChiSo.Tests.Host;

/// <summary><c>chat</c> with its input from a pipe.</summary>
public sealed class TheTerminalTalks
{
    [Fact]
    public async Task A_code_is_answered_with_its_address_the_qr_in_characters_and_numbered_choices()
    {
        using var here = new OwnFolder(withDemo: true);
        var (code, output, error) = await here.Run("32606 12345\n/quit\nnever read\n", "chat");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("Mã địa chỉ số: 32606 12345", output, StringComparison.Ordinal);
        Assert.Contains("██ ▄▄▄▄▄ █", output, StringComparison.Ordinal);
        Assert.Contains("   1. ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[", output, StringComparison.Ordinal);
        Assert.DoesNotContain("never read", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_of_the_input_is_the_end_of_the_talk_and_the_next_talk_is_with_the_same_person()
    {
        using var here = new OwnFolder();
        Assert.Equal(0, (await here.Run("/toi\n", "chat", "--lang", "en")).ExitCode);
        Assert.Contains("Your code is 1-", (await here.Run("/toi\n", "chat")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_name_is_another_person()
    {
        using var here = new OwnFolder();
        Assert.Contains("Mã của anh/chị là 1-", (await here.Run("/toi\n", "chat")).Output, StringComparison.Ordinal);
        Assert.Contains("Mã của anh/chị là 2-", (await here.Run("/toi\n", "chat", "--as", "reviewer")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "digital address")]
    [InlineData("vi", "địa chỉ số")]
    public async Task It_talks_the_language_that_is_asked_for(string language, string words)
    {
        using var here = new OwnFolder();
        Assert.Contains(words, (await here.Run("", "chat", "--lang", language)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_button_that_is_nowhere_and_a_kind_that_is_not_there_are_said_so()
    {
        using var here = new OwnFolder();
        var (code, output, _) = await here.Run("[Không có nút này]\n!nonsense\n!sticker\n", "chat");
        Assert.Equal(0, code);
        Assert.Equal(2, output.Split("(no such button, and no such kind of message)").Length - 1);
        Assert.Contains("Em cảm ơn hình", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_works_beside_a_server_on_the_same_folder()
    {
        using var here = new OwnFolder(withDemo: true);
        await using var serving = await here.Serve();
        var (code, output, error) = await here.Run("32606 12345\n[Không đúng, tìm lại]\n", "chat");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("Mã địa chỉ số: 32606 12345", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recorded_talk_is_a_golden_chat_that_reads_the_same_when_it_is_replayed()
    {
        using var here = new OwnFolder();
        var file = Path.Combine(here.Path, "x.chat");
        // An empty register: what the stage's invented one does not change.
        var (code, _, _) = await here.Run("/tracuu\n!sticker\n[Thôi]\n/menu\n/quit\n", "chat", "--record", file);
        Assert.Equal(0, code);
        var chat = ChatFile.Read(file);
        Assert.Equal(5, chat.Lines.OfType<ChatLine.Says>().Count());
        await using var stage = await Stage.Open();
        Assert.Equal(chat.Text, await new Replay(stage, Weather.Calm).Play(chat));
    }

    [Fact]
    public async Task A_picture_on_this_machine_is_looked_at_and_recorded_as_what_it_holds()
    {
        ReadingPhotos.NeedsZbar();
        using var here = new OwnFolder(withDemo: true);
        var (picture, record) = (Path.Combine(here.Path, "biển nhà.png"), Path.Combine(here.Path, "x.chat"));
        await File.WriteAllBytesAsync(picture, QrCode.Png(new AddressCode("3260612345"), new PlateSettings()), TestContext.Current.CancellationToken);
        var (code, output, _) = await here.Run($"!photo {picture}\n!photo {picture}.none\n!photo\n!photo none\n", "chat", "--record", record);
        Assert.Equal(0, code);
        Assert.Contains("Mã địa chỉ số: 32606 12345", output, StringComparison.Ordinal);
        Assert.Contains("(no such file)", output, StringComparison.Ordinal);
        Assert.Contains("gõ giúp em 10 số", output, StringComparison.Ordinal);
        Assert.Contains("Em không thấy mã QR trong ảnh", output, StringComparison.Ordinal);
        var written = await File.ReadAllTextAsync(record, TestContext.Current.CancellationToken);
        Assert.Contains("\n> !photo qr:3260612345\n", written, StringComparison.Ordinal);
        Assert.DoesNotContain(here.Path, written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_cannot_be_written_is_said_in_one_line()
    {
        using var here = new OwnFolder();
        var (code, _, error) = await here.Run("/quit\n", "chat", "--record", "/proc/nowhere/x.chat");
        Assert.Equal(2, code);
        Assert.StartsWith("--record: ", error, StringComparison.Ordinal);
    }
}
