using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using DiaChiSo.Bot.Commands;
using DiaChiSo.Core.Register.Import;
using DiaChiSo.Fakes.HandOver;

namespace DiaChiSo.Tests.Register.Import;

/// <summary>Files that were made to do harm: one sentence, within bounds, and the register is as it was.</summary>
public sealed class HostileFiles
{
    private const string SheetBegin = "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">";
    private const string Data = "<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Mã</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>Thôn</t></is></c></row></sheetData></worksheet>";

    [Fact]
    public Task A_sheet_that_unpacks_to_gigabytes_is_refused() => IsRefused("xlsx", file => Workbook(file, sheet: stream =>
    {
        stream.Write(Encoding.UTF8.GetBytes(SheetBegin));
        var spaces = Enumerable.Repeat((byte)' ', 1 << 20).ToArray();
        for (var i = 0; i < 400; i++)
        {
            stream.Write(spaces);
        }
        stream.Write(Encoding.UTF8.GetBytes(Data));
    }), "unpacks to far more");

    [Fact]
    public Task Sizes_that_lie_are_not_believed() => IsRefused("xlsx", file =>
    {
        Workbook(file, sheet: stream =>
        {
            var spaces = Enumerable.Repeat((byte)' ', 1 << 20).ToArray();
            for (var i = 0; i < 100; i++)
            {
                stream.Write(spaces);
            }
        });
        // Every size "unpacked" in the central directory says 1,000.
        var bytes = File.ReadAllBytes(file);
        for (var at = 0; at + 46 < bytes.Length; at++)
        {
            if (bytes.AsSpan(at).StartsWith("PK\u0001\u0002"u8))
            {
                BitConverter.TryWriteBytes(bytes.AsSpan(at + 24), 1_000);
            }
        }
        File.WriteAllBytes(file, bytes);
    }, "");

    [Fact]
    public Task A_million_sheets_are_refused() => IsRefused("xlsx", file => Workbook(file, workbook: stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        writer.Write("<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheets>");
        for (var i = 0; i < 1_000_000; i++)
        {
            writer.Write($"<sheet name=\"{i}\" sheetId=\"{i}\"/>");
        }
        writer.Write("</sheets></workbook>");
    }), "unpacks to far more");

    [Fact]
    public Task A_hundred_thousand_parts_are_refused() => IsRefused("xlsx", file =>
    {
        using var zip = ZipFile.Open(file, ZipArchiveMode.Create);
        for (var i = 0; i < 100_000; i++)
        {
            zip.CreateEntry($"xl/worksheets/sheet{i}.xml", CompressionLevel.NoCompression);
        }
    }, "parts");

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>", "&b;")]
    [InlineData("<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\">]>", "&d;")]
    public Task A_document_type_is_refused(string type, string entity) => IsRefused("xlsx", file => Workbook(file, sheet: stream =>
        stream.Write(Encoding.UTF8.GetBytes(type + SheetBegin + Data.Replace("Thôn", entity, StringComparison.Ordinal)))), "");

    [Fact]
    public Task A_sheet_as_wide_and_high_as_there_can_be_ends_in_time() => IsRefused("xlsx", file => Workbook(file, sheet: stream => stream.Write(Encoding.UTF8.GetBytes(
        SheetBegin + "<dimension ref=\"A1:XFD1048576\"/>" + Data.Replace("</sheetData>", "<row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>x</t></is></c></row></sheetData>", StringComparison.Ordinal)))), "more than 10 seconds");

    [Fact]
    public Task A_workbook_that_ends_in_the_middle_is_refused() => IsRefused("xlsx", file =>
    {
        Workbook(file);
        var bytes = File.ReadAllBytes(file);
        File.WriteAllBytes(file, bytes[..(bytes.Length / 2)]);
    }, "");

    [Fact]
    public Task Pages_that_contain_themselves_are_refused() => IsRefused("pdf", file => Pdf(file, Text("<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>")), "");

    [Fact]
    public Task A_drawing_that_draws_itself_is_refused() => IsRefused("pdf", file => Pdf(file, OnePage, Page, Stream("/X Do /X Do"u8),
        Stream("/X Do /X Do"u8, "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>")), "");

    [Theory]
    [InlineData('[')]
    [InlineData('(')]
    [InlineData('<')]
    public Task Lists_a_million_deep_are_refused(char open) => IsRefused("pdf", file => Pdf(file, Text("<< /Type /Pages /Kids " + new string(open, 1_000_000) + " /Count 1 >>")), "");

    [Fact]
    public Task A_page_of_millions_of_steps_is_refused() => IsRefused("pdf", file => Pdf(file, OnePage, Page, Stream(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("q ", 5_000_000))))), "more memory");

    [Fact]
    public Task A_page_that_unpacks_to_gigabytes_is_refused() => IsRefused("pdf", file =>
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var words = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("BT (a) Tj ET ", 80_000)));
            for (var i = 0; i < 700; i++)
            {
                deflate.Write(words);
            }
        }
        Pdf(file, OnePage, Page, Stream(packed.ToArray(), "/Filter /FlateDecode"));
    }, "");

    [Fact]
    public Task A_pdf_without_words_is_refused() => IsRefused("pdf", file => Pdf(file, OnePage, Page, Stream("0 0 m 9 9 l S"u8)), "no code was found in its words");

    [Fact]
    public Task A_pdf_that_is_only_a_beginning_is_refused() => IsRefused("pdf", file => File.WriteAllText(file, "%PDF-1.7\nthis is no more than a beginning"), "it is damaged");

    [Theory]
    [InlineData("xlsx")]
    [InlineData(nameof(PdfLayout.RuledTable))]
    public async Task Whatever_bytes_are_changed_it_is_read_or_refused(string kind)
    {
        await using var desk = await ImportDesk.Open();
        var before = await desk.Bytes();
        var good = File.ReadAllBytes(ImportingEachKind.Write(desk.NewFile("xlsx"), kind, [.. InventedHandOver.OfArea(3, 40)]));
        var random = new Random(20261123);
        for (var round = 0; round < 6; round++)
        {
            var bytes = (byte[])good.Clone();
            for (var i = 0; i < 40; i++)
            {
                bytes[random.Next(8, bytes.Length)] = (byte)random.Next(256);
            }
            var file = desk.NewFile("x");
            await File.WriteAllBytesAsync(file, bytes);
            try
            {
                await desk.Look(HandOverFiles.Open(file, null));
            }
            catch (HandOverFault fault)
            {
                Assert.StartsWith(Path.GetFileName(file), fault.Message, StringComparison.Ordinal);
            }
            Assert.Equal(before, await desk.Bytes());
        }
    }

    private static async Task IsRefused(string kind, Action<string> make, string reason)
    {
        await using var desk = await ImportDesk.Open();
        var file = desk.NewFile(kind);
        make(file);
        var before = await desk.Bytes();
        var watch = Stopwatch.StartNew();
        var fault = await Assert.ThrowsAsync<HandOverFault>(() => desk.Apply(HandOverFiles.Open(file, null)));
        // Ten seconds of processor time are more on a busy machine.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(90));
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        Assert.StartsWith(Path.GetFileName(file), fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
        Assert.Equal(before, await desk.Bytes());
    }

    private static byte[] OnePage => Text("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");

    private static byte[] Page => Text("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>");

    private static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);

    private static byte[] Stream(ReadOnlySpan<byte> content, string more = "") => [.. Text($"<< /Length {content.Length} {more} >>\nstream\n"), .. content, .. "\nendstream"u8];

    // With a table of its objects that is right, so that the harm is reached.
    private static void Pdf(string file, params byte[][] objects)
    {
        using var stream = File.Create(file);
        stream.Write("%PDF-1.4\n"u8);
        var places = new List<long>();
        foreach (var content in objects.Prepend(Text("<< /Type /Catalog /Pages 2 0 R >>")))
        {
            places.Add(stream.Position);
            stream.Write([.. Text($"{places.Count} 0 obj\n"), .. content, .. "\nendobj\n"u8]);
        }
        var table = stream.Position;
        stream.Write(Text($"xref\n0 {places.Count + 1}\n0000000000 65535 f \n{string.Concat(places.Select(place => $"{place:D10} 00000 n \n"))}trailer\n<< /Size {places.Count + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"));
    }

    private static void Workbook(string file, Action<Stream>? sheet = null, Action<Stream>? workbook = null)
    {
        using var zip = ZipFile.Open(file, ZipArchiveMode.Create);
        Part("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></Types>");
        Part("_rels/.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
        Part("xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
        if (workbook is null)
        {
            Part("xl/workbook.xml", "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
        }
        else
        {
            using var stream = zip.CreateEntry("xl/workbook.xml").Open();
            workbook(stream);
        }
        using var last = zip.CreateEntry("xl/worksheets/sheet1.xml").Open();
        (sheet ?? (stream => stream.Write(Encoding.UTF8.GetBytes(SheetBegin + Data))))(last);

        void Part(string name, string text)
        {
            using var writer = new StreamWriter(zip.CreateEntry(name).Open());
            writer.Write(text);
        }
    }
}
