using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Chats;
using Microsoft.Extensions.DependencyInjection;

namespace DiaChiSo.Tests.Engine;

/// <summary>Every dialog that is there, for tests that hold for all of them.</summary>
public static class AllDialogs
{
    public static readonly Texts Texts = new(typeof(DiaChiSo.Dialogs.LookUp.LookUp).Assembly);

    public static readonly Catalogue Catalogue = new(typeof(DiaChiSo.Dialogs.LookUp.LookUp).Assembly, Texts);

    public static TheoryData<string> Names => [.. Catalogue.All.Select(entry => entry.Name)];

    /// <summary>Every page of every dialog: its states without the ends and without those in which another dialog speaks.</summary>
    public static IEnumerable<(string Dialog, string State)> Pages { get; } = [.. Catalogue.All.SelectMany(entry => PagesOf(entry.Name).Select(state => (entry.Name, state)))];

    /// <summary>A dialog of its own, standing in a state, with an empty draft.</summary>
    internal static Dialog Standing(string name, string? state = null)
    {
        // What a dialog reads is not asked for here, only its map and its words; the scope is closed with the process.
        var scope = Stage.Open().GetAwaiter().GetResult().Services.CreateScope();
        var dialog = Catalogue.Build(Catalogue.Named(name)!, scope.ServiceProvider, new TurnContext(1, 1, "vi", DateTimeOffset.UnixEpoch, "chat"));
        dialog.Load(new Frame { Dialog = name, State = state });
        return dialog;
    }

    internal static IReadOnlyList<string> PagesOf(string name)
    {
        var dialog = Standing(name);
        return [.. dialog.StateNames.Where(state =>
        {
            dialog.GoTo(state);
            return !dialog.HasEnded && !dialog.IsCalling;
        })];
    }
}
