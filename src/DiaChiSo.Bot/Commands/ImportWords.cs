using System.Globalization;
using System.Text.Json;
using DiaChiSo.Core.Register.Import;

namespace DiaChiSo.Bot.Commands;

/// <summary>What an import is told as. Figures, codes and places in files; of people's data nothing.</summary>
internal static class ImportWords
{
    private static readonly (FindingKind Kind, string Title)[] Parts =
    [
        (FindingKind.Refused, "Refused rows"),
        (FindingKind.Kept, "Corrections made here that stay"),
        (FindingKind.Overwritten, "Corrections made here that are older than the file and give way"),
        (FindingKind.Changed, "Changes"),
        (FindingKind.Answered, "Requests that are answered"),
        (FindingKind.NotMatched, "Requests that may be meant"),
        (FindingKind.Acknowledged, "Exported, and arrived by this file"),
        (FindingKind.NotArrived, "Exported, and not arrived by this file"),
        (FindingKind.Left, "Left as they are"),
    ];

    public static async Task Write(TextWriter output, ImportResult result, bool hasReport)
    {
        var found = result.Findings;
        await output.WriteLineAsync(result.Id is { } id ? $"Import {id} is done; `import undo {id}` takes it back." : "A dry run: nothing was changed. --apply does it.");
        await output.WriteLineAsync(
            $"{Figure(found.Rows)} rows: {Figure(found.New)} new, {Figure(found.Changed)} changed{Fields(found)}, {Figure(found.Unchanged)} unchanged, {Figure(found.Repeated)} repeated, {Figure(found.Refused)} refused.");
        foreach (var note in found.Notes)
        {
            await output.WriteLineAsync(note);
        }
        await Write(output, found, hasReport);
    }

    public static async Task Write(TextWriter output, long id, UndoResult result)
    {
        await output.WriteLineAsync($"Import {id} is undone: {Figure(result.TakenOut)} addresses taken out, {Figure(result.PutBack)} put back as they were, {Figure(result.Findings.Count(FindingKind.Left))} left as they are.");
        await Write(output, result.Findings, hasReport: false);
    }

    public static async Task Write(TextWriter output, IReadOnlyList<RegisterImport> imports)
    {
        foreach (var import in imports)
        {
            var undone = import.UndoneAt is { } at ? $"; undone {at:yyyy-MM-dd HH:mm} by {import.UndoneBy}, {Figure(import.LeftByUndo)} left" : "";
            await output.WriteLineAsync(
                $"{import.Id}: {import.At:yyyy-MM-dd HH:mm} UTC by {import.By}: {Figure(import.Added)} new, {Figure(import.Changed)} changed, {Figure(import.Unchanged)} unchanged, "
                + $"{Figure(import.Refused)} refused, {Figure(import.Kept)} kept, {Figure(import.Answered)} requests{undone}");
            foreach (var file in JsonSerializer.Deserialize<List<ImportedFile>>(import.Files)!)
            {
                await output.WriteLineAsync($"   {file.Kind} of {file.Date:yyyy-MM-dd}, {Figure(file.Rows)} rows, SHA-256 {file.Sha256}");
            }
        }
        await output.WriteLineAsync(imports.Count == 0 ? "No imports." : $"{imports.Count} imports.");
    }

    public static string Figure(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static async Task Write(TextWriter output, ImportFindings found, bool hasReport)
    {
        foreach (var (kind, title) in Parts.Where(part => found.Count(part.Kind) > 0))
        {
            await output.WriteLineAsync($"{title}: {Figure(found.Count(kind))}");
            foreach (var one in found.First(kind))
            {
                var place = one.File.Length > 0 ? $"{one.File}, {one.Where}" : "";
                var values = one.Old.Length + one.New.Length > 0 ? $"«{one.Old}» → «{one.New}»" : "";
                await output.WriteLineAsync("  " + string.Join(": ", ((string[])[place, string.Join(' ', ((string[])[one.Code, one.Field, values]).Where(text => text.Length > 0)), one.Note]).Where(text => text.Length > 0)));
            }
            if (found.Count(kind) > found.First(kind).Count)
            {
                await output.WriteLineAsync($"  … {(hasReport ? "the report has all" : "--report FILE writes all of them down")}");
            }
        }
    }

    private static string Fields(ImportFindings found) =>
        found.Fields.Count == 0 ? "" : $" ({string.Join(", ", found.Fields.Select(pair => $"{pair.Key} {Figure(pair.Value)}"))})";
}
