using System.Globalization;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Plates;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;

namespace DiaChiSo.Dialogs.Review;

// How single values are said.
public sealed partial class Review
{
    /// <summary>The gate as it would be.</summary>
    private GeoPoint? Gate => request?.Body.Gate?.Point ?? request?.Now?.Gate?.Point;

    private bool IsChanged(RequestField field) => request?.Conflicts.Contains(field) == true;

    private string Phrase(string page, string key) => texts.Phrase(nameof(Review), Turn.Language, page, key);

    private string Offered(string what) => what is NextPage or FirstPage or ChooseFilter or NoFilter or SeveralAtOnce
        ? Phrase("showing-queue", what)
        : waiting.FirstOrDefault(one => one.Number == what) is { } one ? $"{one.Number}: {one.Kind.In(Turn.Language)}" : what;

    private Dictionary<string, string> Waiting(WaitingRequest one) => new()
    {
        ["one"] = one.Number,
        ["what"] = one.Kind.In(Turn.Language),
        ["where"] = one.Place,
        ["since"] = RequestWords.Day(one.SentAt),
        ["mine"] = one.IsInMyHands ? Phrase("showing-queue", "in-my-hands") : "",
        ["overdue"] = one.IsOverdue ? Phrase("showing-queue", "overdue") : "",
    };

    private string InWords(QueueFilter filter) => string.Join(", ", Parts(filter));

    private IEnumerable<string> Parts(QueueFilter filter)
    {
        if (filter.WaitsForCode)
        {
            yield return Phrase("choosing-filter", "without-code");
        }
        if (filter.IsOverdue)
        {
            yield return Phrase("choosing-filter", "overdue");
        }
        if (filter.Kind is { } kind)
        {
            yield return kind.In(Turn.Language);
        }
        if (filter.Commune is { } commune)
        {
            yield return units.Find(new UnitKey(UnitSystem.Since2025, commune))?.InLine ?? commune;
        }
    }

    /// <summary>What a filter adds to the one that is chosen.</summary>
    private string Added(QueueFilter filter)
    {
        var added = Parts(filter).Except(Parts(Draft.Filter)).FirstOrDefault() ?? InWords(filter);
        return char.ToUpperInvariant(added[0]) + added[1..];
    }

    private string InWords(AlikeChange change) => change.Field == RequestField.Category
        ? $"{change.Field.In(Turn.Language)}: {AddressCategory.Of(change.From).In(Turn.Language)} → {AddressCategory.Of(change.To).In(Turn.Language)}"
        : $"{Phrase("choosing-alike", change.Piece.ToLowerInvariant())}: {OrNone(change.From)} → {OrNone(change.To)}";

    private Dictionary<string, string> Left(RequestOutcome outcome) => new()
    {
        ["one"] = outcome.Number,
        ["why"] = Phrase("alike-approved", outcome.Refusal is Refusal.NotAlike or Refusal.AddressChanged or Refusal.AddressGone ? "changed" : "with-somebody-else"),
    };

    private Dictionary<string, string> Change(RequestField field) => new()
    {
        ["field"] = field.In(Turn.Language),
        ["old"] = Said(request!.Now, field),
        ["new"] = Said(request.Body, field),
    };

    // On the request's page all that it shares with others; beside one field what they wish there.
    private IEnumerable<Dictionary<string, string>> Rivals() => (request?.Rivals ?? [])
        .SelectMany(rival => rival.Fields.Where(field => Here != State.DecidingField || field == Draft.FieldAsked).Select(field => new Dictionary<string, string>
        {
            ["rival"] = rival.Number,
            ["shared"] = field.In(Turn.Language),
            ["other"] = Said(rival.Body, field),
        }));

    private Dictionary<string, string> Near(NearbyAddress one, int number) => new()
    {
        ["at"] = Figure(number),
        ["label"] = $"{one.Address.Label} ({one.Address.Code.Grouped})",
        ["metres"] = Metres(one.Metres),
        ["direction"] = one.Direction.In(Turn.Language),
    };

    private string Named(IEnumerable<RequestField> fields) => string.Join(", ", fields.Select(field => field.In(Turn.Language)));

    private string Said(RequestBody? of, RequestField field) => OrNone(field switch
    {
        RequestField.Category => of?.Category?.In(Turn.Language),
        RequestField.Name => of?.Name,
        RequestField.Detail => of?.Detail?.Line(units),
        RequestField.Contact => InWords(of?.Contact),
        _ => of?.Gate is { } gate ? AddressCardWords.InWords(gate.Point) : null,
    });

    private string OrNone(string? said) => !string.IsNullOrEmpty(said) ? said : Phrase("showing-request", "none");

    private string InWords(Contact? contact) => contact is null ? "" : string.Join(", ",
        new[] { $"{contact.FullName} ({contact.Role.In(Turn.Language)})", Draft.ShowsPhone ? Phone.Spaced(contact.Phone) : Masked.Phone(contact.Phone), Draft.ShowsPhone ? contact.Email : Masked.Email(contact.Email) }
            .Where(part => part.Length > 0));

    private string SketchOfGates() => new SketchArgument(
        [.. near.Select((one, at) => new SketchPoint(one.Address.Gate!.Value, at + 1, one.Address.Name ?? one.Address.House ?? ""))], Turn.Language)
    {
        From = request?.Now?.Gate?.Point,
        To = request?.Body.Gate?.Point,
    }.InPage();

    private static bool IsMasked(Contact? contact) => contact is { Phone: not "" } or { Email: not "" };

    private static string Figure(int number) => number.ToString(CultureInfo.InvariantCulture);

    private string Metres(double metres) => metres < 1000
        ? string.Create(CultureInfo.InvariantCulture, $"{metres:0} m")
        : string.Create(CultureInfo.InvariantCulture, $"{metres / 1000:0.0} km").Replace('.', Turn.Language == "en" ? '.' : ',');
}
