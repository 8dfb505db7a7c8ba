using DiaChiSo.Core.Plates;
using DiaChiSo.Core.Register;
using UglyToad.PdfPig;
using Xunit;

namespace DiaChiSo.Tests.Plates;

public sealed class AddressCards
{
    private static readonly AddressCode Code = new("3260612345");

    [Fact]
    public void The_card_is_one_page_of_A6_that_reads_back_with_all_its_marks()
    {
        const string line = "Số nhà 15, đường Thử Nghiệm, tổ dân phố Thắng Lợi II, xã Tủa Chùa, tỉnh Điện Biên";
        using var pdf = PdfDocument.Open(AddressCard.Pdf(Code, line, new PlateSettings()));
        var page = Assert.Single(pdf.GetPages());
        Assert.Equal((298, 420), ((int)page.Width, (int)page.Height));
        var words = string.Join(' ', page.GetWords().Select(word => word.Text));
        Assert.Contains("32606 12345", words);
        Assert.Contains(line, words);
        Assert.Contains("không thay biển", words);
        Assert.All(page.Letters, letter => Assert.InRange(letter.BoundingBox.Right, 0, 298));
    }

    [Fact]
    public void A_line_longer_than_the_card_ends_on_it()
    {
        using var pdf = PdfDocument.Open(AddressCard.Pdf(Code, string.Join(' ', Enumerable.Repeat("đường", 200)), new PlateSettings()));
        var page = Assert.Single(pdf.GetPages());
        Assert.All(page.Letters, letter => Assert.InRange(letter.BoundingBox.Bottom, 0, 420));
        Assert.Contains("không", page.Text);
    }
}
