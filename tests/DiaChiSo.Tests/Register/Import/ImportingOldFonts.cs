using System.Text;
using DiaChiSo.Core.Register.Import;

namespace DiaChiSo.Tests.Register.Import;

/// <summary>Text of old Office files, in which Vietnamese letters stand in the places of Western ones.</summary>
public sealed class ImportingOldFonts
{
    [Theory]
    [InlineData("Th«n H¸ng Lµ", "Thôn Háng Là")]
    [InlineData("X· SÝn Ch¶i, huyÖn Tña Chïa, tØnh §iÖn Biªn", "Xã Sín Chải, huyện Tủa Chùa, tỉnh Điện Biên")]
    [InlineData("§−êng Th¾ng Lîi", null)]                                  // a minus sign is no letter of TCVN3
    [InlineData("§\u00ADêng Th¾ng Lîi", "Đường Thắng Lợi")]
    [InlineData("B¶n Pó Nhung", "Bản Pú Nhung")]
    [InlineData("Sè nhµ 12A, tæ d©n phè §ång T©m", "Số nhà 12A, tổ dân phố Đồng Tâm")]
    public void Tcvn3_is_read(string kept, string? meant) => AssertRead(kept, meant, TextCode.Tcvn3);

    [Theory]
    [InlineData("Thoân Haùng Laø", "Thôn Háng Là")]
    [InlineData("Xaõ Sín Chaûi, huyeän Tuûa Chuøa, tænh Ñieän Bieân", "Xã Sín Chải, huyện Tủa Chùa, tỉnh Điện Biên")]
    [InlineData("Ñöôøng Thaéng Lôïi", "Đường Thắng Lợi")]
    [InlineData("THOÂN HAÙNG LAØ", "THÔN HÁNG LÀ")]
    [InlineData("Toå daân phoá Ñoàng Taâm", "Tổ dân phố Đồng Tâm")]
    public void Vni_is_read(string kept, string meant) => AssertRead(kept, meant, TextCode.Vni);

    [Theory]
    [InlineData("Thôn Háng Là")]
    [InlineData("Bản Hồ")]
    [InlineData("Thôn Chùa Ôn")]
    [InlineData("Bùi Văn Cù")]
    [InlineData("HÁNG LÀ")]
    [InlineData("Hang La 2")]
    [InlineData("Café Zürich")]
    public void Unicode_stays(string text)
    {
        var usual = TextCode.Unicode;
        Assert.Equal(text, LegacyText.ToUnicode(text, ref usual));
        Assert.Equal(TextCode.Unicode, usual);
    }

    [Fact]
    public void Where_a_word_alone_says_nothing_its_column_does()
    {
        var usual = TextCode.Unicode;
        Assert.Equal("Thôn Tả Phìn", LegacyText.ToUnicode("Th«n T¶ Ph×n", ref usual));
        // "Mù" could be Unicode; in a column of TCVN3 it is "Mự", as it was typed.
        Assert.Equal("Mự", LegacyText.ToUnicode("Mù", ref usual));
        Assert.Equal("Thôn Háng Là", LegacyText.ToUnicode("Thôn Háng Là", ref usual));
    }

    [Fact]
    public void Each_letter_of_the_alphabet_goes_through_each_code()
    {
        const string letters = "aăâeêioôơuưyđ";
        Assert.All(letters, letter => Assert.Equal(letter.ToString(), LegacyText.Read(OldFonts.ToTcvn3(letter.ToString()), TextCode.Tcvn3)));
        foreach (var word in "làng bản mã cá hạ hằng hẳng hẵng hắng hặng hầm hẩm hẫm hấm hậm bè bẻ bẽ bé bẹ bề bể bễ bế bệ mì mỉ mĩ mí mị bò bỏ bõ bó bọ bồ bổ bỗ bố bộ bờ bở bỡ bớ bợ mù mủ mũ mú mụ từ tử tữ tứ tự kỳ kỷ kỹ ký kỵ đường".Split(' '))
        {
            Assert.Equal(word, LegacyText.Read(OldFonts.ToTcvn3(word), TextCode.Tcvn3));
            Assert.Equal(word, LegacyText.Read(OldFonts.ToVni(word), TextCode.Vni));
            Assert.Equal(word, LegacyText.Read(OldFonts.ToWindows1258(word), TextCode.Windows1258));
        }
    }

    [Theory]
    [InlineData("tcvn3")]
    [InlineData("vni")]
    [InlineData("1258")]
    [InlineData("utf-16")]
    [InlineData("utf-8 bom")]
    [InlineData("decomposed")]
    public async Task A_table_in_an_old_code_is_imported_as_if_it_were_new(string code)
    {
        const string table = "Mã địa chỉ số;Số nhà;Đường;Thôn;Xã\n3261200001;15;Đường Thắng Lợi;Thôn Háng Là;Sín Chải\n3261200002;;;Bản Tà Là Cáo;Sín Chải\n";
        byte[] bytes = code switch
        {
            "tcvn3" => Encoding.Latin1.GetBytes(OldFonts.ToTcvn3(table)),
            "vni" => Encoding.Latin1.GetBytes(OldFonts.ToVni(table)),
            "1258" => Encoding.Latin1.GetBytes(OldFonts.ToWindows1258(table)),
            "utf-16" => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(table)],
            "utf-8 bom" => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(table)],
            _ => Encoding.UTF8.GetBytes(Core.Register.VietnameseLetters.Decomposed(table)),
        };
        await using var desk = await ImportDesk.Open();
        var result = await desk.Apply(desk.Csv(bytes));
        Assert.Equal((2L, 0L), (result.Findings.New, result.Findings.Refused));
        var address = (await desk.Address("3261200001"))!;
        Assert.Equal(("15", "Đường Thắng Lợi", "Thôn Háng Là"), (address.House, address.Street, address.Village));
        Assert.Equal("Bản Tà Là Cáo", (await desk.Address("3261200002"))!.Village);
    }

    private static void AssertRead(string kept, string? meant, TextCode code)
    {
        var usual = TextCode.Unicode;
        if (meant is null)
        {
            return;
        }
        Assert.Equal(meant, LegacyText.ToUnicode(kept, ref usual));
        Assert.Equal(code, usual);
    }
}
