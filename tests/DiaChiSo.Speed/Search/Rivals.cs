using DiaChiSo.Core.Register.Search;

namespace DiaChiSo.Speed.Search;

internal static class Rivals
{
    public static void Run(InventedCountry country, int count, Dictionary<QueryKind, List<Query>> asked, RegisterIndex index, TimeSpan building, string folder) => throw new NotImplementedException();
}
