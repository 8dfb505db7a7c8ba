namespace DiaChiSo.Core.People;

/// <summary>
/// Marks a column that names a person. When two chats turn out to be one person's (<see cref="JoinChats"/>), what is theirs follows; who it was
/// that did or saw something stays as it was written. A test sees to it that no such column is without the mark.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OfPersonAttribute : Attribute
{
    /// <summary>False: it tells who it was then.</summary>
    public bool Follows { get; init; } = true;
}
