using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Reading;

namespace DiaChiSo.Bot.Commands;

/// <summary>What an input is taken for, for programs (a JSON object) and for people. Phones and citizen ids are named and never repeated.</summary>
internal sealed class LookupAnswer(Understood understood, IReadOnlyList<LookupMatch> matches, TimeSpan elapsed, AdministrativeUnits units)
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The kind, as the cases name it.</summary>
    public string Kind => understood switch
    {
        { Kind: UnderstoodKind.Code } => "code",
        { Kind: UnderstoodKind.InvalidCode } => "invalid_code",
        { Kind: UnderstoodKind.Vpostcode } => "vpostcode",
        { Kind: UnderstoodKind.PlusCode } => "pluscode",
        { Kind: UnderstoodKind.Place } => "coords",
        { Kind: UnderstoodKind.Phone } => "phone",
        { Kind: UnderstoodKind.NationalId } => "national_id",
        { Kind: UnderstoodKind.UnknownNumber } => "unknown_number",
        { Kind: UnderstoodKind.Words, Address.Verdict: AddressVerdict.Unit } => "unit",
        { Kind: UnderstoodKind.Words, Address.Verdict: AddressVerdict.Address } => "address",
        { Kind: UnderstoodKind.Words, Address.Verdict: AddressVerdict.Ambiguous } => "ambiguous",
        { Kind: UnderstoodKind.Words, Address.Verdict: AddressVerdict.OutOfArea } => "out_of_area",
        { Kind: UnderstoodKind.Words, Words: var words } when words.Length > 0 && words.All(sign => char.IsAsciiDigit(sign) || sign is ' ' or '.' or '-') => "unknown_number",
        _ => "none",
    };

    public string ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            Text(json, "kind", Kind);
            Text(json, "scheme", understood.Scheme);
            WriteCode(json);
            WriteAddress(json, understood.Address);
            if (understood.Commune is { } commune)
            {
                Text(json, "new_code", commune.Key.Code);
                Text(json, "new_name", commune.FullName);
            }
            if (understood.Place is { } place)
            {
                json.WriteNumber("latitude", Math.Round(place.Latitude, 6));
                json.WriteNumber("longitude", Math.Round(place.Longitude, 6));
            }
            if (understood.IsGuess || understood.Address.IsGuess)
            {
                json.WriteBoolean("guess", true);
            }
            Text(json, "intent", understood.Intent);
            WriteMatches(json);
            json.WriteNumber("elapsed_us", Math.Round(elapsed.TotalMicroseconds));
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    public string ToWords() => LookupWords.Of(Kind, understood, matches, units);

    private void WriteCode(Utf8JsonWriter json)
    {
        if (understood.Code is not { } code)
        {
            return;
        }
        Text(json, "code", code.ToString());
        Text(json, "area_prefix", code.Area);
        Text(json, "area_old", AreaOf(code, units));
        if (understood.Kind == UnderstoodKind.InvalidCode)
        {
            Text(json, "reason", $"prefix {code.Area} is no commune in either postal list");
        }
    }

    private void WriteAddress(Utf8JsonWriter json, AddressReading address)
    {
        Text(json, "old_code", address.Former?.Key.Code ?? (address.Higher is { Key.System: UnitSystem.Until2025 } former ? former.Key.Code : null));
        Text(json, "old_name", address.Former?.FullName ?? (address.Higher is { Key.System: UnitSystem.Until2025 } district ? district.FullName : null));
        Text(json, "new_code", address.Present?.Key.Code ?? (address.Higher is { Key.System: UnitSystem.Since2025 } province ? province.Key.Code : null));
        Text(json, "new_name", address.Present?.FullName ?? (address.Higher is { Key.System: UnitSystem.Since2025 } today ? today.FullName : null));
        Text(json, "sub", address.Village);
        Text(json, "house", address.House);
        Text(json, "street", address.Street);
        Text(json, "landmark", address.Landmark);
        if (address.Candidates.Count > 0)
        {
            json.WriteStartArray("candidates");
            foreach (var choice in address.Candidates)
            {
                json.WriteStringValue(LookupWords.Of(choice, units));
            }
            json.WriteEndArray();
        }
    }

    private void WriteMatches(Utf8JsonWriter json)
    {
        json.WriteStartArray("matches");
        foreach (var match in matches)
        {
            json.WriteStartObject();
            Text(json, "code", match.Code);
            Text(json, "line", match.Line);
            if (match.Score is { } score)
            {
                json.WriteNumber("score", Math.Round(score, 3));
            }
            if (match.Metres is { } metres)
            {
                json.WriteNumber("metres", Math.Round(metres, 1));
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>"Thị trấn Tủa Chùa (old list) / xã Tủa Chùa (new list)"; null where no list has it.</summary>
    internal static string? AreaOf(AddressCode code, AdministrativeUnits units) =>
        units.OfCode(code).OrderBy(unit => unit.Key.System).Select(unit => unit.IsFormer ? $"{unit.FullName} (old list)" : $"{unit.InLine} (new list)").ToList() is { Count: > 0 } areas
            ? string.Join(" / ", areas) : null;

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
