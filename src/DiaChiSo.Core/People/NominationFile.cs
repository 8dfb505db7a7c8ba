using System.Globalization;
using System.Text;
using DiaChiSo.Core.Export;
using DiaChiSo.Core.Register;
using Sylvan.Data.Csv;

namespace DiaChiSo.Core.People;

/// <summary>A list of nominees as a commune writes it, line by line, and the list that the post office gets.</summary>
public static class NominationFile
{
    private enum Column { Name, Phone, Commune, Villages, Smartphone, Data, Skill, Agreed }

    // Folded: without marks and small.
    private static readonly (Column Column, string[] Names)[] Titles =
    [
        (Column.Name, ["ho ten", "ho va ten", "ten", "name"]),
        (Column.Phone, ["dien thoai", "so dien thoai", "sdt", "phone"]),
        (Column.Commune, ["xa", "ma xa", "commune"]),
        (Column.Villages, ["thon ban", "thon", "ban", "dia ban", "villages"]),
        (Column.Smartphone, ["dien thoai thong minh", "smartphone"]),
        (Column.Data, ["du lieu di dong", "mang di dong", "mobile data", "data"]),
        (Column.Skill, ["ky nang", "ky nang ung dung", "skill"]),
        (Column.Agreed, ["dong y", "nguoi duoc de cu dong y", "agreed"]),
    ];

    /// <summary>A line that shows what is wanted.</summary>
    public const string Example = "Họ tên;Điện thoại;Xã;Thôn/bản;Điện thoại thông minh;Dữ liệu di động;Kỹ năng;Đồng ý — and a line: Nguyễn Thử;0912 345 678;Sín Chải;Thôn Háng Là;có;có;biểu mẫu;có";

    private static readonly string[] Yes = ["co", "x", "1", "yes", "y", "roi"];
    private static readonly string[] No = ["", "khong", "0", "no", "n", "chua"];

    /// <summary>Reads it: nominees with their line, and what is wrong, a sentence each that names line and column and repeats nobody's data.</summary>
    public static (IReadOnlyList<(int Line, Nominee Who)> Nominees, IReadOnlyList<string> Faults) Read(string text, AdministrativeUnits units, ServedArea area)
    {
        var first = text.Split('\n', 2)[0];
        var delimiter = first.Count(';') >= first.Count(',') ? first.Count(';') >= first.Count('\t') ? ';' : '\t' : ',';
        using var reader = CsvDataReader.Create(new StringReader(text), new CsvDataReaderOptions { HasHeaders = false, Delimiter = delimiter, ResultSetMode = ResultSetMode.SingleResult });
        var (nominees, faults) = (new List<(int, Nominee)>(), new List<string>());
        Dictionary<Column, int>? columns = null;
        try
        {
            for (var line = 1; reader.Read(); line++)
            {
                string[] cells = [.. Enumerable.Range(0, reader.RowFieldCount).Select(at => Guarded.Unguard(VietnameseText.Plain(reader.GetString(at))))];
                if (columns is null)
                {
                    columns = ColumnsOf(cells);
                    if (Titles.FirstOrDefault(title => title.Column != Column.Villages && !columns.ContainsKey(title.Column)) is { Names: { } missing })
                    {
                        return ([], [$"line 1: a column \"{missing[0]}\" is wanted (with or without marks), for example: {Example}"]);
                    }
                }
                else if (cells.Any(cell => cell.Length > 0))
                {
                    Take(line, column => columns.TryGetValue(column, out var at) && at < cells.Length ? cells[at].Trim() : "");
                }
            }
        }
        catch (CsvFormatException)
        {
            faults.Add($"a line has quotation marks where there can be none; for example: {Example}");
        }
        if (columns is null)
        {
            faults.Add($"the file is empty; for example: {Example}");
        }
        return (nominees, faults);

        void Take(int line, Func<Column, string> cell)
        {
            var before = faults.Count;
            var name = PersonName.Read(cell(Column.Name));
            var phone = Phone.Read(cell(Column.Phone));
            var commune = area.CommuneCalled(cell(Column.Commune), units);
            Check(name is not null, "Họ tên: a person's name is wanted, for example Nguyễn Thử");
            Check(phone is not null, "Điện thoại: a Vietnamese phone number is wanted, for example 0912 345 678");
            Check(commune is not null, "Xã: a commune that this bot serves is wanted, by name or code, for example Sín Chải or 03226");
            var smartphone = IsYes(cell(Column.Smartphone));
            var data = IsYes(cell(Column.Data));
            Check(smartphone is not null, "Điện thoại thông minh: có or không is wanted");
            Check(data is not null, "Dữ liệu di động: có or không is wanted");
            var skill = SkillOf(cell(Column.Skill));
            Check(skill is not null, "Kỹ năng: one of chưa biết, nhắn tin, biểu mẫu is wanted");
            Check(IsYes(cell(Column.Agreed)) == true, "Đồng ý: có is wanted; nobody is named who has not agreed to it");
            if (faults.Count == before)
            {
                nominees.Add((line, new Nominee(commune!, VillagesOf(cell(Column.Villages)), name!, phone!, smartphone!.Value, data!.Value, skill!.Value)));
            }

            void Check(bool isRight, string wanted)
            {
                if (!isRight)
                {
                    faults.Add($"line {line}: {wanted}");
                }
            }
        }
    }

    /// <summary>"Đội 5, Từ Ngài 1" → as <see cref="RoleGrant.Villages"/>; "cả xã" and nothing: the whole commune.</summary>
    public static string VillagesOf(string words) => VietnameseText.Words(words) is "" or "ca xa" or "toan xa" or "whole commune" ? ""
        : string.Join(RoleGrant.VillagesApart, words.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct());

    /// <summary>The list for the post office: a table with semicolons in UTF-8 with its mark, as all that is exported.</summary>
    public static byte[] Table(IReadOnlyList<Nomination> rows, AdministrativeUnits units)
    {
        var text = new StringBuilder("Số;Họ tên;Điện thoại;Mã xã;Xã;Thôn/bản;Điện thoại thông minh;Dữ liệu di động;Kỹ năng;Đủ điều kiện;Ngày đề cử\r\n");
        foreach (var row in rows)
        {
            string[] cells =
            [
                row.Number, row.Name, row.Phone, row.Commune, units.Find(new UnitKey(UnitSystem.Since2025, row.Commune))?.FullName ?? "", row.Villages.Length > 0 ? row.Villages.Replace(RoleGrant.VillagesApart, ", ", StringComparison.Ordinal) : "cả xã",
                Said(row.HasSmartphone), Said(row.HasData), row.Skill switch { AppSkill.None => "chưa biết", AppSkill.Messages => "nhắn tin", _ => "biểu mẫu" }, Said(row.IsFit),
                row.NamedAt.ToOffset(TimeSpan.FromHours(7)).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
            ];
            text.AppendJoin(';', cells.Select(ExportText.Cell)).Append("\r\n");
        }
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static string Said(bool isSo) => isSo ? "có" : "không";

    private static Dictionary<Column, int> ColumnsOf(string[] cells)
    {
        var found = new Dictionary<Column, int>();
        for (var at = 0; at < cells.Length; at++)
        {
            var words = VietnameseText.Words(cells[at]);
            foreach (var (column, names) in Titles.Where(title => title.Names.Contains(words)))
            {
                found.TryAdd(column, at);
            }
        }
        return found;
    }

    private static bool? IsYes(string words) => VietnameseText.Words(words) is var plain && Yes.Contains(plain) ? true : No.Contains(plain) ? false : null;

    private static AppSkill? SkillOf(string words) => VietnameseText.Words(words) switch
    {
        "" or "chua biet" or "khong" or "none" => AppSkill.None,
        "nhan tin" or "trung binh" or "messages" => AppSkill.Messages,
        "bieu mau" or "kha" or "tot" or "thanh thao" or "forms" => AppSkill.Forms,
        _ => null,
    };
}
