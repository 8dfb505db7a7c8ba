namespace DiaChiSo.Core.Register.Reading;

/// <summary>One way to take the names of a text together: a unit, and how well the other names go with it.</summary>
/// <param name="Unit">The mention that names it; of a village where no commune is named.</param>
/// <param name="Cost">0: everything fits. A score is not certainty.</param>
/// <param name="With">The other mentions that it explains.</param>
internal sealed record UnitOption(Mention Unit, AdministrativeUnit? Commune, HigherUnit? Higher, float Cost, IReadOnlyList<Mention> With)
{
    public bool NamesDistrict => With.Any(mention => mention.Name.Higher is { IsProvince: false });

    public bool NamesProvince => With.Any(mention => mention.Name.Higher is { IsProvince: true });

    /// <summary>The village that is named and known to lie in it.</summary>
    public KnownVillage? Village => Unit.Name.Village ?? With.Select(mention => mention.Name.Village).FirstOrDefault(village => village is not null);

    public bool IsElsewhere => Unit.Name.Reach == Reach.Country;

    /// <summary>What is named: the same for both lists' entry of one province.</summary>
    public string What => Commune?.Key.ToString() ?? Higher!.Key.Code;
}
