using System.Globalization;
using DiaChiSo.Core.Plates;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Dialogs.UpdateAddress;

// What the pages show: the address, and old → new.
public sealed partial class UpdateAddress
{
    private PublicAddress? address;

    protected override async Task Gather(CancellationToken ct) => address = Draft.Code is { } code ? await register.Find(code, ct) : null;

    protected override IReadOnlyDictionary<string, string> Fill()
    {
        var seen = Draft.Seen;
        return new Dictionary<string, string>(Draft.Body().Holes(units, Turn.Language))
        {
            ["code"] = Draft.Code?.Grouped ?? "",
            ["here"] = address?.Name is { } itsName ? $"{itsName}, {address.Line}" : address?.Line ?? "",
            ["wanted"] = Draft.Wanted ?? "",
            ["number"] = Draft.Outcome?.Number ?? Draft.Answers ?? "",
            ["old-category"] = seen?.Category.In(Turn.Language) ?? "",
            ["old-name"] = seen?.Name ?? "",
            ["old-line"] = seen?.Detail.Line(units) ?? "",
            ["old-coordinates"] = seen?.Gate is { } gate ? AddressCardWords.InWords(gate) : "",
            ["metres"] = Draft.Gate is { } fix && seen?.Gate is { } from ? from.MetresTo(fix.Point).ToString("0", CultureInfo.InvariantCulture) : "",
            ["sketch"] = Draft.Gate is { } to ? new SketchArgument([], Turn.Language) { From = seen?.Gate, To = to.Point }.InPage() : "",
        };
    }

    protected override IReadOnlyDictionary<string, IEnumerable<IReadOnlyDictionary<string, string>>> Lists() => Only.The(
        ("category", Draft.Has(RequestField.Category)),
        ("renamed", Draft.Has(RequestField.Name) && Draft.Seen?.Name is not null),
        ("named", Draft.Has(RequestField.Name) && Draft.Seen?.Name is null),
        ("detail", Draft.Has(RequestField.Detail)),
        ("contact", Draft.Has(RequestField.Contact)),
        ("moved", Draft.Has(RequestField.Gate) && Draft.Seen?.Gate is not null),
        ("placed", Draft.Has(RequestField.Gate) && Draft.Seen?.Gate is null),
        ("done", Draft.Outcome?.IsDone == true),
        ("no-account", Draft.Outcome?.Refusal == Refusal.NoAccount),
        ("too-late", Draft.Outcome?.Refusal is Refusal.TooLate or Refusal.NotThere));
}
