using DiaChiSo.Core.Export;

namespace DiaChiSo.Bot.Commands;

/// <summary>What an export is told as: numbers and codes, of people's data nothing.</summary>
internal static class ExportWords
{
    public static async Task Write(TextWriter output, ExportResult result, bool isAgain)
    {
        var what = $"{result.Count} rows: {result.NewAddresses} new addresses, {result.Updates} updates, {result.Confirmations} confirmed, {result.Outcomes} visits that ended otherwise.";
        await output.WriteLineAsync(result switch
        {
            { Count: 0 } => "There is nothing to export.",
            { Id: null } => $"A dry run: nothing was written. {what}",
            _ when isAgain => $"Export {result.Id} is written again. {what} {(result.IsAsBefore ? "The file is the same as then." : "Values are those of today; some changed since.")}",
            _ => $"Export {result.Id} is written. {what}",
        });
        if (result.Sha256.Length > 0)
        {
            await output.WriteLineAsync($"SHA-256 {result.Sha256}");
            await output.WriteLineAsync("The file holds names and phones: carry it by USB stick, and delete it when it is no longer wanted.");
        }
    }

    public static async Task Write(TextWriter output, IReadOnlyList<RegisterExport> exports, IReadOnlyDictionary<long, int> arrived)
    {
        foreach (var export in exports)
        {
            var count = export.NewAddresses + export.Updates + export.Confirmations + export.Outcomes;
            await output.WriteLineAsync(
                $"{export.Id}: {export.At:yyyy-MM-dd HH:mm} UTC by {export.By}: {count} rows ({export.NewAddresses} new, {export.Updates} updates, {export.Confirmations} confirmed, {export.Outcomes} other), "
                + $"{arrived.GetValueOrDefault(export.Id)} of them seen in a hand-over, SHA-256 {export.Sha256}");
        }
        await output.WriteLineAsync(exports.Count == 0 ? "No exports." : $"{exports.Count} exports.");
    }

    public static async Task Write(TextWriter output, IReadOnlyList<ExportItem> open)
    {
        foreach (var item in open)
        {
            await output.WriteLineAsync($"{item.Number}: export {item.ExportId}, {item.Kind}, commune {item.Commune}{(item.Code is { } code ? $", {code.Grouped}" : "")}");
        }
        await output.WriteLineAsync(open.Count == 0 ? "All that was exported was seen in a hand-over." : $"{open.Count} not seen in a hand-over yet.");
    }
}
