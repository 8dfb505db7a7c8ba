using DiaChiSo.Core.Register.Import;
using DiaChiSo.Core.Register.Import.Pdf;
using SkiaSharp;

namespace DiaChiSo.Tests.Register.Import;

/// <summary>What a printed page can do to a row: break it, name two communes, stand beside a phone number.</summary>
public sealed class ReadingPdfPages : IDisposable
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"diachiso-{Guid.NewGuid():N}.pdf");

    public void Dispose() => File.Delete(file);

    [Fact]
    public void A_row_that_a_page_breaks_is_one_row()
    {
        Draw(
            [(40, 40, "Mã địa chỉ số"), (200, 40, "Địa chỉ"), (40, 70, "3261200001"), (200, 70, "Số nhà 1, Thôn Háng Là,"), (200, 84, "xã Sín Chải"), (40, 110, "3261200002"), (200, 110, "Số nhà 2,"), (280, 800, "Trang 1/2")],
            [(40, 40, "Mã địa chỉ số"), (200, 40, "Địa chỉ"), (200, 66, "Thôn Séo Mí Chải,"), (200, 80, "xã Sín Chải"), (40, 110, "3261200003"), (200, 110, "Thôn Ba"), (200, 124, "xã Sín Chải"), (280, 800, "Trang 2/2")]);
        Assert.Equal(
            ["3261200001|Số nhà 1, Thôn Háng Là, xã Sín Chải", "3261200002|Số nhà 2, Thôn Séo Mí Chải, xã Sín Chải", "3261200003|Thôn Ba xã Sín Chải"],
            Rows().Where(row => row.Row > 0).Select(row => string.Join('|', row.Cells)));
    }

    [Theory]
    [InlineData(70)]                 // the code at the top of its cell, in the middle, at the bottom
    [InlineData(77)]
    [InlineData(84)]
    public void The_code_may_stand_anywhere_in_the_height_of_its_row(int top)
    {
        Draw([(40, 40, "Địa chỉ chi tiết"), (300, 40, "Mã địa chỉ số"),
            .. Enumerable.Range(0, 5).SelectMany(i => ((float, float, string)[])[(40, 70 + i * 40, $"Thôn {i},"), (40, 84 + i * 40, "xã Sín Chải"), (300, top + i * 40, $"326120000{i}")])]);
        Assert.Equal(Enumerable.Range(0, 5).Select(i => $"Thôn {i}, xã Sín Chải|326120000{i}"), Rows().Where(row => row.Row > 0).Select(row => string.Join('|', row.Cells)));
    }

    [Fact]
    public void Another_heading_is_another_commune_and_footers_are_no_addresses()
    {
        Draw(
            [(200, 30, "XÃ SÍN CHẢI"), (40, 50, "Mã"), (200, 50, "Thôn"), (40, 70, "3261200001"), (200, 70, "Thôn Một"), (40, 790, "Người lập biểu"), (280, 820, "Trang 1")],
            [(200, 30, "XÃ TỦA THÀNG"), (40, 50, "Mã"), (200, 50, "Thôn"), (40, 70, "3261000001"), (200, 70, "Thôn Hai"), (40, 790, "Người lập biểu"), (280, 820, "Trang 2")]);
        Assert.Equal(["1: XÃ SÍN CHẢI", "1: Mã|Thôn", "1: 3261200001|Thôn Một", "2: XÃ TỦA THÀNG", "2: Mã|Thôn", "2: 3261000001|Thôn Hai"],
            Rows().Select(row => $"{row.Section}: {string.Join('|', row.Cells)}"));
    }

    [Fact]
    public void A_phone_number_beside_a_code_is_no_code_and_labels_say_what_is_what()
    {
        Draw([(40, 50, "Mã địa chỉ số: 32612 00001"), (40, 64, "Số nhà: 5 Thôn: Háng Là"), (40, 78, "Điện thoại: 0912000001"), (40, 120, "Mã địa chỉ số: 32612 00002"), (40, 134, "Thôn: Séo Mí Chải")]);
        var rows = Rows();
        var header = rows[0].Cells;
        Assert.Equal(2, rows.Count(row => row.Row > 0));
        var first = rows.First(row => row.Row > 0).Cells;
        Assert.Equal(("3261200001", "5", "Háng Là", "0912000001"), (first[0], first[Array.IndexOf(header, "Số nhà")], first[Array.IndexOf(header, "Thôn")], first[Array.IndexOf(header, "Điện thoại")]));
    }

    [Theory]
    [InlineData("tcvn3")]
    [InlineData("vni")]
    public async Task A_page_printed_in_an_old_font_is_read(string code)
    {
        Func<string, string> old = code == "vni" ? OldFonts.ToVni : OldFonts.ToTcvn3;
        Draw([(40, 40, old("Mã địa chỉ số")), (200, 40, old("Địa chỉ chi tiết")),
            .. Enumerable.Range(0, 4).SelectMany(i => ((float, float, string)[])[(40, 70 + i * 40, $"326120000{i}"), (200, 70 + i * 40, old($"Số nhà {i + 1}, thôn Tả Là Cáo,")), (200, 84 + i * 40, old("xã Sín Chải, huyện Tủa Chùa"))])]);
        await using var desk = await ImportDesk.Open();
        var result = await desk.Apply(new PdfRows(file));
        Assert.Equal((4L, 0L), (result.Findings.New, result.Findings.Refused));
        var address = (await desk.Address("3261200002"))!;
        Assert.Equal(("3", "thôn Tả Là Cáo", "2024:03223"), (address.House, address.Village, address.FormerCommune));
    }

    private List<RawRow> Rows() => [.. new PdfRows(file).Rows(default)];

    private void Draw(params (float X, float Y, string Text)[][] pages)
    {
        using var stream = File.Create(file);
        using var document = SKDocument.CreatePdf(stream);
        using var face = SKTypeface.FromStream(typeof(Core.Register.AddressCode).Assembly.GetManifestResourceStream("DiaChiSo.Core.Plates.Fonts.BeVietnamPro-Regular.ttf")!);
        using var font = new SKFont(face, 10);
        using var ink = new SKPaint();
        foreach (var page in pages)
        {
            var canvas = document.BeginPage(595, 842);
            foreach (var (x, y, text) in page)
            {
                canvas.DrawText(text, x, y, SKTextAlign.Left, font, ink);
            }
            document.EndPage();
        }
        document.Close();
    }
}
