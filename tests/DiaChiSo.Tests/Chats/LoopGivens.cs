using DiaChiSo.Core.Confirmations;
using DiaChiSo.Core.Export;
using DiaChiSo.Core.Register.Import;
using DiaChiSo.Core.Requests;
using Microsoft.Extensions.DependencyInjection;

namespace DiaChiSo.Tests.Chats;

/// <summary>
/// What the operator and the clock do between the turns: <c>given exported</c> (all that is approved and confirmed),
/// <c>given handed-over 3260655555;Bản Tà Là Cáo;xã Tủa Chùa;YC26-000001</c> (a file of the post office with this row: code, village, commune, request),
/// <c>given announced</c> (what waits too long; the chat's time must be in office hours).
/// </summary>
public static class LoopGivens
{
    public static async Task Arrange(IStage stage, string what)
    {
        switch (what.Split(' ', 2))
        {
            case ["exported"]:
                await stage.Arrange(async (services, _) =>
                {
                    if ((await services.GetRequiredService<RegisterExporter>().Export("operator", _ => { }, default)).Count == 0)
                    {
                        throw new FormatException("there is nothing to export");
                    }
                });
                break;
            case ["handed-over", var row]:
                await HandOver(stage, row);
                break;
            case ["announced"]:
                if (await stage.Services.GetRequiredService<OverdueRequests>().Announce(default) == 0)
                {
                    throw new FormatException("there is nobody to be told of anything");
                }
                break;
            default:
                throw new FormatException($"nobody knows how to set up «given {what}»");
        }
        await stage.Settle();
    }

    private static async Task HandOver(IStage stage, string row)
    {
        var path = Path.Combine(Path.GetTempPath(), $"diachiso-{Guid.NewGuid():N}.csv");
        await File.WriteAllTextAsync(path, $"Mã;Thôn;Xã;Số phiếu\n{row}\n");
        try
        {
            await stage.Arrange(async (services, _) =>
            {
                var file = new CsvRows(path) { Date = stage.Time.GetUtcNow().DayInVietnam() };
                var result = await services.GetRequiredService<RegisterImporter>().Run(new([file], IsDryRun: false, "operator"), null, default);
                if (result.Findings.Refused > 0)
                {
                    throw new FormatException($"the row is refused: {result.Findings.First(FindingKind.Refused)[0].Note}");
                }
            });
        }
        finally
        {
            File.Delete(path);
        }
    }
}
