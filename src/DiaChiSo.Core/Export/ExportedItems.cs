using DiaChiSo.Core.Confirmations;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Import;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace DiaChiSo.Core.Export;

/// <summary>
/// What was exported and has not been seen since, while files are imported. A row that has its number, or its code and says of the exported fields
/// nothing else than the register, shows that it arrived; what a file of the commune does not show is listed.
/// </summary>
internal sealed class ExportedItems
{
    /// <summary>Two positions of one gate are not further apart (metres): other programs write fewer decimals.</summary>
    private const double SameGateMetres = 5;

    private readonly IReadOnlyList<Open> all;
    private readonly Dictionary<string, Open> byNumber;
    private readonly ILookup<AddressCode, Open> byCode;
    private readonly HashSet<string> communes = [];
    private string? lastCommune;

    private ExportedItems(IReadOnlyList<Open> all)
    {
        this.all = all;
        byNumber = all.ToDictionary(item => item.Number);
        byCode = all.Where(item => item.Code is not null).ToLookup(item => item.Code!.Value);
    }

    /// <param name="Fields">Of the register, that it changed.</param>
    /// <param name="Day">Of the export, in Vietnam.</param>
    private sealed record Open(long Id, ExportKind Kind, string Number, AddressCode? Code, string Commune, IReadOnlyList<string> Fields, DateOnly Day)
    {
        public bool HasArrived { get; set; }
        public bool IsContradicted { get; set; }

        /// <summary>Its code stands in the file, which says nothing of its fields.</summary>
        public bool IsUnsaid { get; set; }

        public override string ToString() => Number;
    }

    public static async Task<ExportedItems> Read(BotDb db, CancellationToken ct)
    {
        var open = await db.Set<ExportItem>().AsNoTracking().Where(item => item.AcknowledgedAt == null)
            .Join(db.Set<RegisterExport>(), item => item.ExportId, export => export.Id, (item, export) => new { item, export.At }).ToListAsync(ct);
        // What waited for its code when it was exported may have got it since, typed by a reviewer.
        var numbers = open.Where(one => one.item.Code is null).Select(one => one.item.Number).ToList();
        var typed = await db.Set<Request>().AsNoTracking().Where(row => numbers.Contains(row.Number) && row.IssuedCode != null)
            .ToDictionaryAsync(row => row.Number, row => row.IssuedCode!.Value, ct);
        var all = new List<Open>();
        foreach (var one in open)
        {
            var fields = one.item is { Kind: not ExportKind.NewAddress, Code: { } code } ? await ExportGathering.FieldsOf(db, code, one.item.Number, ct) : [];
            var known = one.item.Code ?? (typed.TryGetValue(one.item.Number, out var since) ? since : null);
            all.Add(new(one.item.Id, one.item.Kind, one.item.Number, known, new UnitKey(UnitSystem.Since2025, one.item.Commune).ToString(), fields, one.At.DayInVietnam()));
        }
        return new(all);
    }

    /// <param name="row">The address as it is after the file; null: the register did not have it.</param>
    public void See(HandedAddress handed, RegisterRow? row)
    {
        if (all.Count == 0)
        {
            return;
        }
        if (!ReferenceEquals(handed.Commune, lastCommune))
        {
            communes.Add(lastCommune = handed.Commune);
        }
        if (handed.RequestNumber is { } number && byNumber.TryGetValue(number, out var named) && (named.Code is null || named.Code == handed.Code))
        {
            named.HasArrived = true;
        }
        foreach (var item in byCode[handed.Code])
        {
            Compare(item, handed, row);
        }
    }

    private static void Compare(Open item, HandedAddress handed, RegisterRow? row)
    {
        if (item.Kind is ExportKind.NewAddress or ExportKind.Outcome || row is null)
        {
            item.HasArrived = true;
            return;
        }
        var said = item.Fields.Select(field => Agrees(field, handed, row)).OfType<bool>().ToList();
        item.IsContradicted |= said.Contains(false);
        item.IsUnsaid = said.Count == 0 && item.Kind == ExportKind.Update;
        item.HasArrived |= !item.IsContradicted && !item.IsUnsaid;
    }

    // Null: the file does not say.
    private static bool? Agrees(string field, HandedAddress handed, RegisterRow row) => field switch
    {
        nameof(AddressChange.Category) => handed.Category is { } category ? category == row.Category : null,
        nameof(AddressChange.Name) => Words(handed.Name, row.Name),
        nameof(AddressChange.House) => Words(handed.House, row.House),
        nameof(AddressChange.Street) => Words(handed.Street, row.Street),
        nameof(AddressChange.Village) => Words(handed.Village, row.Village),
        nameof(AddressChange.Commune) => handed.Commune == row.Commune,
        nameof(AddressChange.Contact) => Words(handed.Contact?.FullName, row.Contact?.FullName),
        nameof(AddressChange.Gate) => handed.Gate is { } gate ? row.Gate is { } known && gate.MetresTo(known) <= SameGateMetres : null,
        _ => null,
    };

    private static bool? Words(string? handed, string? known) => handed is null ? null : known is not null && VietnameseText.SameWords(handed, known);

    /// <summary>Writes down what arrived, and lists it and what did not. A dry run only lists.</summary>
    /// <param name="answered">Numbers of requests that the files answered.</param>
    /// <param name="handedOver">The newest day of the files: what was exported after it cannot be in them.</param>
    public async Task Settle(BotDb db, RegisterImporter.Walking walking, IReadOnlySet<string> answered, DateOnly handedOver, CancellationToken ct)
    {
        var arrived = new List<long>();
        foreach (var item in all.OrderBy(item => item.Number, StringComparer.Ordinal))
        {
            if (answered.Contains(item.Number) || (item.HasArrived && !item.IsContradicted))
            {
                arrived.Add(item.Id);
                walking.Findings.Add(FindingKind.Acknowledged, default, item.Code, item.Number);
            }
            else if (communes.Contains(item.Commune) && item.Day <= handedOver)
            {
                walking.Findings.Add(FindingKind.NotArrived, default, item.Code, item.Number, note: item switch
                {
                    { IsContradicted: true } => "the file says something else",
                    { IsUnsaid: true } => "its code is in the file, which says nothing of what was changed",
                    { Code: null } => "no row has its number, or its place and words",
                    _ => "its code is not in the file",
                });
            }
        }
        if (walking.ImportId is { } import && arrived.Count > 0)
        {
            foreach (var some in arrived.Chunk(500))
            {
                await db.Set<ExportItem>().Where(item => some.Contains(item.Id))
                    .ExecuteUpdateAsync(set => set.SetProperty(item => item.AcknowledgedAt, walking.Now).SetProperty(item => item.AcknowledgedByImport, import), ct);
            }
        }
    }
}
