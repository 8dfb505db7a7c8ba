using DiaChiSo.Bot.Commands;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Import;
using DiaChiSo.Core.Register.Import.Pdf;
using DiaChiSo.Fakes.HandOver;
using Microsoft.EntityFrameworkCore;
using MiniExcelLibs;

namespace DiaChiSo.Speed.Import;

internal static partial class ImportSpeed
{
    private const int PdfRowsEach = 4_000;

    private static async Task Xlsx(string folder, int rows)
    {
        var file = Path.Combine(folder, "all.xlsx");
        await MiniExcel.SaveAsAsync(file, InventedHandOver.Rows(rows).Select(row => new Dictionary<string, object?>
        {
            ["Mã địa chỉ số"] = row.Code,
            ["Số nhà"] = row.House,
            ["Đường"] = row.Street,
            ["Thôn/bản"] = row.Village,
            ["Xã"] = row.Commune,
            ["Huyện"] = row.District,
            ["Vĩ độ"] = row.Latitude,
            ["Kinh độ"] = row.Longitude,
        }));
        Console.WriteLine($"{rows:N0} rows, {new FileInfo(file).Length / 1e6:0.0} MB of XLSX, read in a process of its own");
        Line("reading alone", rows / await Seconds(() => Task.Run(() => Count(HandOverFiles.Open(file, null), rows))), null);
        Line("import of the XLSX", await Timed(folder, desk => Imported(desk, HandOverFiles.Open(file, null)), rows), null);
    }

    private static async Task Pdf(string folder)
    {
        foreach (var layout in Enum.GetValues<PdfLayout>().Prepend(PdfLayout.List))                               // the first time the JIT warms up
        {
            var rows = InventedHandOver.OfArea((int)layout * 7, PdfRowsEach).ToList();
            var file = Path.Combine(folder, $"{layout}.pdf");
            int pages;
            await using (var stream = File.Create(file))
            {
                pages = InventedPdf.Write(stream, layout, rows[0].Commune.ToUpperInvariant(), rows);
            }
            await using var desk = await ImportDesk.Open(folder);
            var seconds = await Seconds(() => Imported(desk, HandOverFiles.Open(file, null)));
            Words(file);                                                                                              // each layout has its own paths through PdfPig
            var words = await Seconds(() => Task.Run(() => Words(file)));
            var alone = await Seconds(() => Task.Run(() => new PdfRows(file).Rows(default).Count()));
            var (found, right) = (0, 0);
            await desk.With(async db =>
            {
                var known = await db.Set<DigitalAddress>().AsNoTracking().ToDictionaryAsync(row => row.Code.ToString());
                found = rows.Count(row => known.ContainsKey(row.Code));
                right = rows.Count(row => known.TryGetValue(row.Code, out var kept) && kept.House == row.House && kept.Street == row.Street && kept.Village == row.Village && kept.Commune == row.CommuneKey);
            });
            Console.WriteLine($"PDF {layout,-11} {pages,4} pages, {new FileInfo(file).Length / 1e6:0.0} MB: {pages / seconds,6:0} pages/s imported (with the start of its process), {pages / alone,6:0} read alone ({words / alone:0.00} of PdfPig's words alone); codes {found} of {rows.Count}, all fields right {right}");
        }
    }

    private static int Words(string file)
    {
        using var document = UglyToad.PdfPig.PdfDocument.Open(file);
        return document.GetPages().Sum(page => page.GetWords().Count());
    }

    private static void Count(HandOver file, int wanted)
    {
        var count = file.Rows(default).Count() - 1;
        if (count != wanted)
        {
            throw new InvalidOperationException($"{count} rows instead of {wanted}.");
        }
    }
}
