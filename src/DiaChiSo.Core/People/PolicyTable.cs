namespace DiaChiSo.Core.People;

/// <summary>
/// Who may do what: the table of design.md §5, and the only place where somebody gets a right. "Area" is the communes, and where it is narrower the
/// villages, of a role's grant while it runs; "own" is an address that was proved to be theirs (<see cref="Owners.Ownership"/>). Own requests,
/// own data and the like are nobody's right: they are asked for by one's own number.
/// </summary>
internal static class PolicyTable
{
    private enum May { No, Everywhere, Own, Area }

    private const May No = May.No;
    private const May Yes = May.Everywhere;
    private const May Own = May.Own;
    private const May Area = May.Area;

    private static readonly (Right Right, May Anyone, May Owner, May Collaborator, May Reviewer, May Officer)[] Rows =
    [
        //                   anyone  owner  collaborator  reviewer  officer
        (Right.Anyone,       Yes,    Yes,   Yes,          Yes,      Yes),      // code, QR, line, kind, gate; organisations' names
        (Right.SeeContact,   No,     Own,   Area,         Area,     Area),     // also a home's name; a role leaves a row in the audit each time
        (Right.Confirm,      No,     No,    Area,         No,       No),
        (Right.Review,       No,     No,    No,           Area,     No),
        (Right.Office,       No,     No,    No,           No,       Area),
    ];

    /// <summary>Whether the role has the right, in its area.</summary>
    public static bool Gives(Role role, Right right) => Of(right) is var row && role switch
    {
        Role.Collaborator => row.Collaborator,
        Role.Reviewer => row.Reviewer,
        Role.Officer => row.Officer,
        _ => No,
    } is not No;

    /// <summary>Whether the owner has the right, at their own address.</summary>
    public static bool GivesOwner(Right right) => Of(right).Owner is not No;

    /// <summary>Whether it takes no role at all.</summary>
    public static bool GivesAnyone(Right right) => Of(right).Anyone is not No;

    private static (Right Right, May Anyone, May Owner, May Collaborator, May Reviewer, May Officer) Of(Right right) => Array.Find(Rows, row => row.Right == right);
}
