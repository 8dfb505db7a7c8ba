using DiaChiSo.Core.Export;
using DiaChiSo.Core.Requests;

namespace DiaChiSo.Core.Register.Import;

/// <summary>What one row does to the register.</summary>
internal sealed class ImportStep(RegisterTable table, OpenRequests requests, ExportedItems exported, RegisterImporter.Walking walking)
{
    private readonly ImportFindings findings = walking.Findings;

    // Neighbours are mostly alike: behind a new address it is tried to add the next one without looking for it first.
    private bool expectsNew = true;

    public void Take(List<HandedRow> rows)
    {
        foreach (var (address, refused) in rows)
        {
            findings.Rows++;
            if (address is not null)
            {
                Take(address);
            }
            else
            {
                findings.Add(FindingKind.Refused, refused!.Place, note: refused.Reason);
            }
        }
    }

    private void Take(HandedAddress handed)
    {
        if (walking.ImportId is { } id && expectsNew && table.TryAdd(handed, id, walking.Now))
        {
            Added(handed);
            return;
        }
        if (table.Find(handed.Code) is { } row)
        {
            expectsNew = false;
            Compare(row, handed);
            return;
        }
        expectsNew = true;
        if (walking.ImportId is { } import)
        {
            table.TryAdd(handed, import, walking.Now);
        }
        Added(handed);
    }

    private void Added(HandedAddress handed)
    {
        findings.New++;
        findings.Add(FindingKind.New, handed.Place, handed.Code);
        requests.SeeNew(handed);
        exported.See(handed, null);
    }

    private void Compare(RegisterRow row, HandedAddress handed)
    {
        if (row.IsDemo)
        {
            findings.Add(FindingKind.Refused, handed.Place, handed.Code, note: "an invented address of the demo register has this code; begin with an empty register (Register:Demo=false, a new Data:Folder)");
            return;
        }
        var changes = row.Differences(handed);
        if (changes.Count > 0)
        {
            changes = WithoutCorrections(row, handed, changes);
        }
        if (changes.Count == 0)
        {
            findings.Unchanged++;
        }
        else
        {
            Change(row, handed, changes);
        }
        requests.SeeKnown(row, handed);
        exported.See(handed, row);
    }

    private List<FieldChange> WithoutCorrections(RegisterRow row, HandedAddress handed, List<FieldChange> changes)
    {
        if (row.Status == nameof(AddressStatus.Withdrawn))
        {
            findings.Add(FindingKind.Kept, handed.Place, handed.Code, nameof(AddressChange.Status), row.Status, note: "the address was withdrawn here, and a file does not bring it back");
            return [];
        }
        var corrections = LocalCorrection.Among(table.StandingChangesOf(row.Code));
        var taken = new List<FieldChange>();
        foreach (var change in changes)
        {
            var kept = corrections.TryGetValue(change.Field, out var correction) && correction.WinsOver(handed.Place.File.Date);
            if (correction is not null)
            {
                Tell(kept ? FindingKind.Kept : FindingKind.Overwritten, row, handed, change, $"corrected here on {correction.Day:yyyy-MM-dd} by {correction.By}, handed over {handed.Place.File.Date:yyyy-MM-dd}");
            }
            if (!kept)
            {
                taken.Add(change);
            }
        }
        return taken;
    }

    private void Change(RegisterRow row, HandedAddress handed, List<FieldChange> changes)
    {
        findings.Changed++;
        foreach (var change in changes)
        {
            findings.Fields[change.Field] = findings.Fields.GetValueOrDefault(change.Field) + 1;
            Tell(FindingKind.Changed, row, handed, change, "");
        }
        foreach (var change in changes)
        {
            row.Set(change.Field, change.New);
        }
        if (walking.ImportId is { } import)
        {
            table.Write(row, changes, RegisterImport.ByOf(import), walking.Now);
        }
    }

    private void Tell(FindingKind kind, RegisterRow row, HandedAddress handed, FieldChange change, string note)
    {
        var isHome = row.IsNamePrivate || AddressCategory.Find(handed.Category) is { NameIsPublic: false };
        var isPrivate = change.Field == nameof(AddressChange.Contact) || (change.Field == nameof(AddressChange.Name) && isHome);
        findings.Add(kind, handed.Place, handed.Code, change.Field,
            isPrivate && change.Old is not null ? ImportFindings.Private : change.Old, isPrivate ? ImportFindings.Private : change.New, note);
    }
}
