using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace DiaChiSo.Tests.Chats;

/// <summary>The power goes at a commit. What was not committed is gone; what was is not.</summary>
public sealed class PowerCut() : Exception("the power went");

/// <summary>Cuts the power at the k-th commit after it was armed: just before it, or just after.</summary>
public sealed class CrashPlan : DbTransactionInterceptor
{
    private int left;
    private bool isAfter;

    public int Commits { get; private set; }
    public bool HasStruck { get; private set; }

    public void Arm(int commit, bool after)
    {
        left = commit;
        isAfter = after;
        HasStruck = false;
    }

    public void Disarm() => left = 0;

    public override ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken ct = default)
    {
        Commits++;
        if (!isAfter && left > 0 && --left == 0)
        {
            HasStruck = true;
            throw new PowerCut();
        }
        return ValueTask.FromResult(result);
    }

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken ct = default)
    {
        if (isAfter && left > 0 && --left == 0)
        {
            HasStruck = true;
            throw new PowerCut();
        }
        return Task.CompletedTask;
    }
}
