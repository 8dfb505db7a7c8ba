using System.Text.Json;
using System.Text.Json.Serialization;

namespace DiaChiSo.Core.Register;

/// <summary>
/// What kind of place an address is. The official list (Phụ lục II, QĐ 392/QĐ-BTTTT) is not known, so the list is data
/// (Data/categories.csv, domain.md §8), the official code empty until somebody has it.
/// </summary>
[JsonConverter(typeof(AddressCategoryJson))]
public sealed record AddressCategory
{
    public static IReadOnlyList<AddressCategory> All { get; } = Read();

    public static AddressCategory Home { get; } = Of("home");
    public static AddressCategory Apartment { get; } = Of("apartment");
    public static AddressCategory Office { get; } = Of("office");
    public static AddressCategory Health { get; } = Of("health");
    public static AddressCategory Education { get; } = Of("education");
    public static AddressCategory Business { get; } = Of("business");
    public static AddressCategory Lodging { get; } = Of("lodging");
    public static AddressCategory Landmark { get; } = Of("landmark");
    public static AddressCategory Other { get; } = Of("other");

    /// <summary>What is stored: "home", "health".</summary>
    public required string Key { get; init; }

    public required string Vietnamese { get; init; }

    public required string English { get; init; }

    /// <summary>Stands beside the words, never in their place (domain.md §7).</summary>
    public required string Icon { get; init; }

    /// <summary>Whether the place's name stands on the plate for everybody. A home's name is its people's (design.md §5).</summary>
    public required bool NameIsPublic { get; init; }

    /// <summary>Empty until the official list is known.</summary>
    public required string OfficialCode { get; init; }

    /// <summary>The label in the language "vi" or "en".</summary>
    public string In(string language) => language == "en" ? English : Vietnamese;

    /// <exception cref="KeyNotFoundException">No category has this key.</exception>
    public static AddressCategory Of(string key) =>
        Find(key) ?? throw new KeyNotFoundException("No such address category.");

    /// <summary>Null when no category has this key.</summary>
    public static AddressCategory? Find(string? key) => All.FirstOrDefault(category => category.Key == key);

    /// <summary>The category whose Vietnamese or English label a person typed, with or without tones; null when none.</summary>
    public static AddressCategory? FindByWords(string? words) =>
        All.FirstOrDefault(c => VietnameseText.SameWords(c.Vietnamese, words) || VietnameseText.SameWords(c.English, words));

    public override string ToString() => Vietnamese;

    private static AddressCategory[] Read() =>
        [.. CoreData.Rows("Register.Data.categories.csv").Select(row => new AddressCategory
        {
            Key = row["key"],
            Vietnamese = row["vietnamese"],
            English = row["english"],
            Icon = row["icon"],
            NameIsPublic = row["name_is_public"] == "yes",
            OfficialCode = row["official_code"],
        })];

    private sealed class AddressCategoryJson : JsonConverter<AddressCategory>
    {
        public override AddressCategory Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Find(reader.GetString()) ?? throw new JsonException();

        public override void Write(Utf8JsonWriter writer, AddressCategory value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Key);
    }
}
