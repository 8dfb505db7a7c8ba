using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Turns;
using Stateless;

namespace DiaChiSo.Dialogs.WhoAmI;

/// <summary>Mã của tôi: the code by which the office gives a role to this person, and the roles that the person has.</summary>
[Dialog(Command = "toi", Alias = "me")]
public sealed class WhoAmI(PersonCodes codes, Policy policy, AdministrativeUnits units) : Dialog<WhoAmI.State, WhoAmI.Trigger, WhoAmI.Notes>
{
    public enum State { ShowingCode, Closed }

    public enum Trigger { Close }

    public sealed class Notes;

    private IReadOnlyList<RoleGrant> grants = [];

    protected override void Map(StateMachine<State, Trigger> map) =>
        map.Configure(State.ShowingCode).Permit(Trigger.Close, State.Closed);

    protected override bool IsAnswer => true;

    protected override async Task Gather(CancellationToken ct) => grants = await policy.GrantsOf(Turn.PersonId, Turn.Now, ct);

    protected override IReadOnlyDictionary<string, string> Fill() => new Dictionary<string, string>
    {
        ["code"] = codes.Of(Turn.PersonId),
        ["collaborator"] = AreasOf(Role.Collaborator),
        ["reviewer"] = AreasOf(Role.Reviewer),
        ["officer"] = AreasOf(Role.Officer),
    };

    // "Tủa Chùa: Đội 5; Từ Ngài 1 (→ 31/01/2027)"; nothing where the role is not held, and its line is dropped.
    private string AreasOf(Role role) => string.Join(" · ", grants.Where(grant => grant.Role == role).Select(grant =>
        Grants.AreaInWords(grant.Area, units) + (grant.Villages.Length > 0 ? $": {grant.Villages}" : "") + (Grants.LastDayInWords(grant) is { Length: > 0 } day ? $" (→ {day})" : "")));
}
