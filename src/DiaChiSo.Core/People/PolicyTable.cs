namespace DiaChiSo.Core.People;

/// <summary>
/// Who may do what: the table of design.md §5, and the only place where a role gets a right. "Area" is that of the role's grant while it runs;
/// everything about oneself (own requests, own proved addresses) is not a right: it is asked for by one's own number.
/// </summary>
internal static class PolicyTable
{
    private const bool Area = true;
    private const bool No = false;

    private static readonly (Right Right, bool Collaborator, bool Reviewer, bool Officer)[] Rows =
    [
        //                   collaborator  reviewer  officer
        (Right.SeeContact,   Area,         Area,     Area),     // from "bắt đầu thông báo" on, or in an opened request; each is in the audit
        (Right.Confirm,      Area,         No,       No),
        (Right.Review,       No,           Area,     No),
        (Right.Office,       No,           No,       Area),
    ];

    /// <summary>Whether the role has the right, in its area.</summary>
    public static bool Gives(Role role, Right right)
    {
        var row = Array.Find(Rows, row => row.Right == right);
        return right == Right.Anyone || role switch
        {
            Role.Collaborator => row.Collaborator,
            Role.Reviewer => row.Reviewer,
            Role.Officer => row.Officer,
            _ => false,
        };
    }
}
