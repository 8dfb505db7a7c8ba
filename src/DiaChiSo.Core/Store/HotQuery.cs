using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;

namespace DiaChiSo.Core.Store;

/// <summary>
/// A query compiled once for each model. A model holds its key ring (<see cref="BotDb"/>), and EF refuses a compiled query to a context of
/// another model: with two data folders in one process (as tests have them) the second one would not work.
/// </summary>
internal sealed class HotQuery<T>(Func<T> compile) where T : Delegate
{
    private readonly ConditionalWeakTable<IModel, T> byModel = [];

    public T On(BotDb db) => byModel.GetValue(db.Model, _ => compile());
}
