namespace DiaChiSo.Core.People;

/// <summary>What a person is to the office. Given in an area, until a day or until taken back (<see cref="RoleGrant"/>).</summary>
public enum Role
{
    /// <summary>Cộng tác viên, of the commune's community digital team.</summary>
    Collaborator,

    /// <summary>Người xác minh, of the post office.</summary>
    Reviewer,

    /// <summary>Cán bộ đầu mối, of the commune or the coordinating office.</summary>
    Officer,
}
