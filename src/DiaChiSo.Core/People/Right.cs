namespace DiaChiSo.Core.People;

/// <summary>What one may be allowed to do.</summary>
public enum Right
{
    Anyone,

    /// <summary>Confirm addresses on the spot (thông báo), in the area given.</summary>
    Confirm,

    /// <summary>Verify and answer requests of the area.</summary>
    Review,

    /// <summary>The office's desk: assign work, read reports.</summary>
    Office,
}

public enum Role { Collaborator, Reviewer, Officer }
