using DiaChiSo.Core.Register;
using SkiaSharp;

namespace DiaChiSo.Fakes.HandOver;

/// <summary>How an invented PDF is laid out. The real layouts are not known (they differ from office to office), so there are several.</summary>
public enum PdfLayout
{
    /// <summary>A ruled table: number, code, picture of the QR, address in one cell of several lines, the code in the middle of its row.</summary>
    RuledTable,

    /// <summary>Columns without rules, the code last and in two parts, names of columns in two lines, everything at the top of its row.</summary>
    Columns,

    /// <summary>Cards, two beside each other, with labels.</summary>
    Cards,

    /// <summary>A list: a number, a code, a dash, the address over one or two lines.</summary>
    List,
}

/// <summary>Draws hand-over files of one commune with the embedded font of the plates, as an office program would: title, header on each page, page numbers.</summary>
public sealed class InventedPdf : IDisposable
{
    private const float Width = 595;
    private const float Height = 842;
    private const float Margin = 40;
    private const float Leading = 13;

    private static readonly SKTypeface Face = Load("BeVietnamPro-Regular.ttf");
    private static readonly SKTypeface Bold = Load("BeVietnamPro-SemiBold.ttf");

    private readonly SKFont font = new(Face, 10);
    private readonly SKFont bold = new(Bold, 10);
    private readonly SKPaint ink = new() { Color = SKColors.Black };
    private readonly SKPaint rule = new() { Color = SKColors.Gray, Style = SKPaintStyle.Stroke, StrokeWidth = 0.5f };
    private readonly SKBitmap qr = Qr();
    private readonly SKDocument document;
    private SKCanvas canvas = null!;
    private float y;
    private int page;

    private InventedPdf(SKDocument document) => this.document = document;

    /// <param name="heading">Stands above everything: "XÃ SÍN CHẢI, HUYỆN TỦA CHÙA".</param>
    /// <returns>How many pages it has.</returns>
    public static int Write(Stream to, PdfLayout layout, string heading, IReadOnlyList<InventedRow> rows)
    {
        using var document = SKDocument.CreatePdf(to);
        using var drawing = new InventedPdf(document);
        drawing.Draw(layout, heading, rows);
        document.Close();
        return drawing.page;
    }

    public void Dispose()
    {
        font.Dispose();
        bold.Dispose();
        ink.Dispose();
        rule.Dispose();
        qr.Dispose();
    }

    private void Draw(PdfLayout layout, string heading, IReadOnlyList<InventedRow> rows)
    {
        Begin(heading, isFirst: true);
        switch (layout)
        {
            case PdfLayout.RuledTable: Table(rows, heading); break;
            case PdfLayout.Columns: Columns(rows, heading); break;
            case PdfLayout.Cards: Cards(rows, heading); break;
            default: List(rows, heading); break;
        }
        End();
    }

    private void Table(IReadOnlyList<InventedRow> rows, string heading)
    {
        (float Left, string Name)[] columns = [(40, "STT"), (75, "Mã địa chỉ số"), (165, "Mã QR"), (220, "Địa chỉ chi tiết"), (555, "")];
        Header();
        for (var i = 0; i < rows.Count; i++)
        {
            var lines = Wrapped(rows[i].Line, 555 - 220 - 12);
            var height = Math.Max(40, lines.Count * Leading + 10);
            if (y + height > Height - 50)
            {
                NewPage(heading);
                Header();
            }
            var middle = y + height / 2 + 4;
            Text($"{i + 1}", 46, middle);
            Text(rows[i].Code, 85, middle);
            canvas.DrawBitmap(qr, new SKRect(178, y + 3, 212, y + 37));
            for (var line = 0; line < lines.Count; line++)
            {
                Text(lines[line], 226, middle + (line - (lines.Count - 1) / 2f) * Leading);
            }
            Rules(height);
            y += height;
        }

        void Header()
        {
            for (var i = 0; i + 1 < columns.Length; i++)
            {
                var name = columns[i].Name;
                Text(name, (columns[i].Left + columns[i + 1].Left - bold.MeasureText(name)) / 2, y + 16, bold);
            }
            Rules(26);
            y += 26;
        }

        void Rules(float height)
        {
            canvas.DrawRect(40, y, 515, height, rule);
            foreach (var column in columns[1..^1])
            {
                canvas.DrawLine(column.Left, y, column.Left, y + height, rule);
            }
        }
    }

    private void Columns(IReadOnlyList<InventedRow> rows, string heading)
    {
        Header();
        foreach (var row in rows)
        {
            string[] cells = [row.Commune, row.Village, row.Street ?? "", row.House ?? ""];
            float[] lefts = [40, 150, 290, 400];
            float[] widths = [104, 134, 104, 60];
            var wrapped = cells.Select((cell, i) => cell.Length == 0 ? [] : Wrapped(cell, widths[i])).ToArray();
            var height = Math.Max(1, wrapped.Max(lines => lines.Count)) * Leading + 6;
            if (y + height > Height - 50)
            {
                NewPage(heading);
                Header();
            }
            for (var i = 0; i < cells.Length; i++)
            {
                for (var line = 0; line < wrapped[i].Count; line++)
                {
                    Text(wrapped[i][line], lefts[i], y + 10 + line * Leading);
                }
            }
            Text($"{row.Code[..5]} {row.Code[5..]}", 470, y + 10);
            y += height;
        }

        void Header()
        {
            foreach (var (left, one, two) in ((float, string, string)[])[(40, "Xã/phường", ""), (150, "Thôn/bản/", "tổ dân phố"), (290, "Đường/phố", ""), (400, "Số nhà", ""), (470, "Mã địa", "chỉ số")])
            {
                Text(one, left, y + 12, bold);
                Text(two, left, y + 12 + Leading, bold);
            }
            y += 34;
        }
    }

    private void Cards(IReadOnlyList<InventedRow> rows, string heading)
    {
        for (var i = 0; i < rows.Count; i += 2)
        {
            var height = rows.Skip(i).Take(2).Max(row => Lines(row).Count) * Leading + 20;
            if (y + height > Height - 50)
            {
                NewPage(heading);
            }
            for (var beside = 0; beside < 2 && i + beside < rows.Count; beside++)
            {
                var left = Margin + beside * 265;
                canvas.DrawBitmap(qr, new SKRect(left, y + 4, left + 44, y + 48));
                var lines = Lines(rows[i + beside]);
                for (var line = 0; line < lines.Count; line++)
                {
                    Text(lines[line], left + 54, y + 12 + line * Leading);
                }
            }
            y += height;
        }

        List<string> Lines(InventedRow row) => [$"Mã địa chỉ số: {row.Code[..5]}.{row.Code[5..]}", .. Wrapped($"Địa chỉ: {row.Line}", 190)];
    }

    private void List(IReadOnlyList<InventedRow> rows, string heading)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            var lines = Wrapped($"{i + 1}. {rows[i].Code} – {rows[i].Line}", Width - 2 * Margin - 20);
            if (y + lines.Count * Leading > Height - 50)
            {
                NewPage(heading);
            }
            for (var line = 0; line < lines.Count; line++)
            {
                Text(lines[line], Margin + (line == 0 ? 0 : 20), y + 10);
                y += Leading;
            }
        }
    }

    private void NewPage(string heading)
    {
        End();
        Begin(heading, isFirst: false);
    }

    private void Begin(string heading, bool isFirst)
    {
        canvas = document.BeginPage(Width, Height);
        page++;
        y = Margin;
        Text("BƯU ĐIỆN TỈNH (BỊA)", Margin, y + 8);
        y += 20;
        if (isFirst)
        {
            Text("DANH SÁCH ĐỊA CHỈ SỐ", 200, y + 10, bold);
            Text(heading, 180, y + 26, bold);
            y += 44;
        }
    }

    private void End()
    {
        Text($"Trang {page}", 280, Height - 25);
        document.EndPage();
    }

    private void Text(string text, float x, float baseline, SKFont? with = null)
    {
        if (text.Length > 0)
        {
            canvas.DrawText(text, x, baseline, SKTextAlign.Left, with ?? font, ink);
        }
    }

    private List<string> Wrapped(string text, float width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' '))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && font.MeasureText(longer) > width)
            {
                lines.Add(line);
                longer = word;
            }
            line = longer;
        }
        lines.Add(line);
        return lines;
    }

    private static SKBitmap Qr()
    {
        var bitmap = new SKBitmap(29, 29);
        for (var i = 0; i < 29 * 29; i++)
        {
            bitmap.SetPixel(i % 29, i / 29, i * 7919 % 13 < 6 ? SKColors.Black : SKColors.White);
        }
        return bitmap;
    }

    private static SKTypeface Load(string file)
    {
        using var stream = typeof(AddressCode).Assembly.GetManifestResourceStream($"DiaChiSo.Core.Plates.Fonts.{file}")!;
        return SKTypeface.FromStream(stream);
    }
}
