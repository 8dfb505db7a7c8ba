namespace DiaChiSo.Core.Register;

/// <summary>The communes that this bot serves; the section "Area" of the settings.</summary>
public sealed class ServedArea
{
    /// <summary>Codes of today's communes, parted by commas or spaces. The five of the former district Tủa Chùa unless set.</summary>
    public string Communes { get; set; } = "03217, 03226, 03241, 03220, 03244";

    /// <summary>Today's units, in the order of the setting.</summary>
    public IReadOnlyList<AdministrativeUnit> UnitsIn(AdministrativeUnits units) =>
        [.. Codes.Select(code => units.Find(new UnitKey(UnitSystem.Since2025, code))).OfType<AdministrativeUnit>()];

    /// <summary>Whether the unit, or one of today's that it went into, is served.</summary>
    public bool Serves(AdministrativeUnit unit, AdministrativeUnits units) => units.PresentsOf(unit).Any(present => Codes.Contains(present.Key.Code));

    /// <summary>
    /// The code of a served commune that is called so: by its code, today's name or a name until 30/6/2025, with or without the word for its kind.
    /// Null: none, or more than one.
    /// </summary>
    public string? CommuneCalled(string words, AdministrativeUnits units)
    {
        var typed = VietnameseText.Words(words);
        if (Codes.Contains(typed))
        {
            return typed;
        }
        var meant = units.All.Where(unit => VietnameseText.Words(unit.Name) == typed || VietnameseText.Words(unit.FullName) == typed)
            .SelectMany(units.PresentsOf).Select(unit => unit.Key.Code).Where(Codes.Contains).Distinct().ToList();
        return meant is [var one] ? one : null;
    }

    /// <summary>Null when the settings are right; otherwise one line that names the setting and what is wanted.</summary>
    public string? Fault(AdministrativeUnits units) =>
        Codes.FirstOrDefault(code => units.Find(new UnitKey(UnitSystem.Since2025, code)) is null) is { } unknown
            ? $"Area:Communes names {unknown}, which is no commune of today's list."
            : Codes.Length == 0 ? "Area:Communes must name at least one commune by its code, for example 03217." : null;

    private string[] Codes => Communes.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
