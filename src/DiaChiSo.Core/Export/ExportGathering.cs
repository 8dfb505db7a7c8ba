using DiaChiSo.Core.Confirmations;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Export;

/// <summary>One thing to export.</summary>
internal sealed record Exportable(ExportKind Kind, string Number, AddressCode? Code, string Commune, ExportRow Row)
{
    public override string ToString() => Number;
}

/// <summary>Finds what is to be exported, and makes the rows.</summary>
internal sealed class ExportGathering(BotDb db, AdministrativeUnits units)
{
    /// <summary>
    /// What was approved here and every visit, the oldest first, that no export has yet. What a file of the post office answered came from
    /// there and does not go back.
    /// </summary>
    public async Task<IReadOnlyList<Exportable>> NotYet(CancellationToken ct)
    {
        var requests = await db.Set<Request>().AsNoTracking()
            .Where(row => (row.Status == RequestStatus.Approved || row.Status == RequestStatus.WaitingForCode) && row.DecidedBy != null
                && !db.Set<ExportItem>().Any(item => item.Number == row.Number))
            .OrderBy(row => row.DecidedAt).ThenBy(row => row.Id).ToListAsync(ct);
        var visits = await db.Set<Confirmation>().AsNoTracking().Where(row => !db.Set<ExportItem>().Any(item => item.Number == row.Number)).OrderBy(row => row.Id).ToListAsync(ct);
        return await Rows(requests, visits, ct);
    }

    /// <summary>What an earlier export had, with the values of today.</summary>
    public async Task<IReadOnlyList<Exportable>> Of(long export, CancellationToken ct)
    {
        var numbers = db.Set<ExportItem>().Where(item => item.ExportId == export).Select(item => item.Number);
        var requests = await db.Set<Request>().AsNoTracking().Where(row => numbers.Contains(row.Number)).OrderBy(row => row.DecidedAt).ThenBy(row => row.Id).ToListAsync(ct);
        var visits = await db.Set<Confirmation>().AsNoTracking().Where(row => numbers.Contains(row.Number)).OrderBy(row => row.Id).ToListAsync(ct);
        return await Rows(requests, visits, ct);
    }

    private async Task<IReadOnlyList<Exportable>> Rows(List<Request> requests, List<Confirmation> visits, CancellationToken ct)
    {
        var all = new List<Exportable>();
        foreach (var request in requests)
        {
            all.Add(await Of(request, ct));
        }
        foreach (var visit in visits)
        {
            all.Add(await Of(visit, ct));
        }
        return all;
    }

    private async Task<Exportable> Of(Request request, CancellationToken ct)
    {
        var code = request.IssuedCode ?? request.TargetCode;
        var now = await Now(code, ct);
        var kind = request.Kind == RequestKind.New ? ExportKind.NewAddress : ExportKind.Update;
        var row = new ExportRow(kind, request.Number, code, CommuneOf(now, request.Commune), request.DecidedAt ?? request.SentAt);
        return new(kind, request.Number, code, request.Commune,
            kind == ExportKind.NewAddress ? row.Whole(now ?? request.Body) : now is null ? row : row.Changed(now, await FieldsOf(db, code!.Value, request.Number, ct)));
    }

    private async Task<Exportable> Of(Confirmation visit, CancellationToken ct)
    {
        var now = await Now(visit.Code, ct);
        var kind = visit.Outcome == VisitOutcome.Done ? ExportKind.Confirmation : ExportKind.Outcome;
        var row = new ExportRow(kind, visit.Number, visit.Code, CommuneOf(now, visit.Commune), visit.At).Visited(visit);
        return new(kind, visit.Number, visit.Code, visit.Commune, now is null ? row : row.Changed(now, await FieldsOf(db, visit.Code, visit.Number, ct)));
    }

    /// <summary>The fields of the register that the request or visit of this number changed, by name.</summary>
    public static async Task<IReadOnlyList<string>> FieldsOf(BotDb db, AddressCode code, string number, CancellationToken ct) =>
        [.. (await db.Set<RegisterChange>().AsNoTracking().Where(row => row.Code == code && row.By == number).OrderBy(row => row.Id).ToListAsync(ct))
            .SelectMany(row => row.Fields).Select(change => change.Field).Distinct()];

    private async Task<RequestBody?> Now(AddressCode? code, CancellationToken ct) =>
        code is { } known && await db.Set<DigitalAddress>().AsNoTracking().FirstOrDefaultAsync(row => row.Code == known, ct) is { } address ? AddressAsItIs.Of(address) : null;

    private AdministrativeUnit CommuneOf(RequestBody? now, string commune) => units[now?.Detail?.Commune ?? new UnitKey(UnitSystem.Since2025, commune)];
}
