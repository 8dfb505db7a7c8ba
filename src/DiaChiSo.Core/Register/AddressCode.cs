using System.Text.Json;
using System.Text.Json.Serialization;
using DiaChiSo.Core.Register.Reading;

namespace DiaChiSo.Core.Register;

/// <summary>
/// Mã địa chỉ số: 10 digits, the first 5 the commune's postal code (old and new ones are both valid), the last 5 opaque (domain.md §3).
/// There is no check digit, so a mistyped code is another plausible code: always read the place back.
/// </summary>
[JsonConverter(typeof(AddressCodeJson))]
public readonly record struct AddressCode : IComparable<AddressCode>
{
    public const int Length = 10;
    public const int AreaLength = 5;

    private readonly string? digits;

    /// <param name="digits">Exactly ten figures 0–9.</param>
    /// <exception cref="FormatException">It is anything else. To read what a person typed use <see cref="TryRead"/>.</exception>
    public AddressCode(string digits)
    {
        if (digits.Length != Length || digits.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            throw new FormatException("An address code is exactly ten figures.");
        }
        this.digits = digits;
    }

    /// <summary>The area: the postal code of a commune, by the old or the new list. "32606".</summary>
    public string Area => ToString()[..AreaLength];

    /// <summary>"32606 12345": as it stands under the QR.</summary>
    public string Grouped => $"{ToString()[..AreaLength]} {ToString()[AreaLength..]}";

    /// <summary>The ten figures, nothing else.</summary>
    public override string ToString() => digits ?? "0000000000";

    public int CompareTo(AddressCode other) => string.CompareOrdinal(ToString(), other.ToString());

    /// <summary>
    /// Reads a code in any spelling of domain.md §3: spaces, dots, dashes, "NDAS:", full-width figures, O for 0 and l or I for 1 where
    /// exactly ten figures result; from the text of a QR or a link, whatever its host, the ten figures are taken and nothing is opened.
    /// Whether it stands alone or inside a sentence does not matter; two different codes in one text are none.
    /// </summary>
    public static bool TryRead(string? text, out AddressCode code) => AddressCodeText.TryRead(text, out code);

    private sealed class AddressCodeJson : JsonConverter<AddressCode>
    {
        public override AddressCode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString() ?? throw new JsonException());

        public override void Write(Utf8JsonWriter writer, AddressCode value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());

        public override AddressCode ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString() ?? throw new JsonException());

        public override void WriteAsPropertyName(Utf8JsonWriter writer, AddressCode value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value.ToString());
    }
}
