using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Core.Audit;

/// <summary>Written in the turn that shows it, so that nothing is seen without its row; the data seen are not in it.</summary>
/// <param name="Act"><see cref="AuditAct.SawContact"/> or <see cref="AuditAct.SawWholeContact"/>.</param>
/// <param name="Address">The address whose people they are; null: one that has no code yet.</param>
/// <param name="Number">The request in which they stand; null: none.</param>
/// <param name="By">The right by which they may be seen.</param>
public sealed record RecordSeen(AuditAct Act, AddressCode? Address, string? Number, Right By) : Effect
{
    public override Task Apply(EffectScope scope, CancellationToken ct)
    {
        scope.Write(Act, Address, Number, By);
        return Task.CompletedTask;
    }
}
