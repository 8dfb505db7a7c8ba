using DiaChiSo.Core.Register;

namespace DiaChiSo.Core.People;

/// <summary>What people may agree to, each by itself (Law 91/2025/QH15: a consent for each purpose). Keys as they stand in the rows.</summary>
public static class Purposes
{
    /// <summary>To know which addresses are whose, so that owners see their record and are told of changes.</summary>
    public const string OwnAddresses = "addresses";

    public static readonly IReadOnlyList<string> All = [AccountNeed.ForRequests.Purpose, OwnAddresses];
}
