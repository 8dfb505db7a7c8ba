using DiaChiSo.Core.Register;
using DiaChiSo.Core.Turns;
using Stateless;

namespace DiaChiSo.Dialogs.Category;

/// <summary>Loại địa chỉ: what kind of place it is. Other dialogs call it. Two short pages, because eleven choices at once are no choice.</summary>
[Dialog]
public sealed class Category : Dialog<Category.State, Category.Trigger, Category.Notes>
{
    public enum State { AskingKind, AskingOtherKind, Taken }

    public enum Trigger { KindTaken, OtherKind, BackToFirst }

    public sealed class Notes
    {
        /// <summary>The kind on record, where there is one.</summary>
        public AddressCategory? Present { get; set; }

        public AddressCategory? Taken { get; set; }
    }

    // What most addresses of the communes are; the rest is on the second page.
    private static readonly IReadOnlyList<AddressCategory> Common = [AddressCategory.Home, AddressCategory.Business, AddressCategory.Office, AddressCategory.Education];
    private static readonly IReadOnlyList<AddressCategory> Rest = [.. AddressCategory.All.Except(Common)];

    protected override void Map(StateMachine<State, Trigger> map)
    {
        map.Configure(State.AskingKind)
            .Permit(Trigger.KindTaken, State.Taken)
            .Permit(Trigger.OtherKind, State.AskingOtherKind);
        map.Configure(State.AskingOtherKind)
            .Permit(Trigger.KindTaken, State.Taken)
            .Permit(Trigger.BackToFirst, State.AskingKind);
    }

    protected override Task<Trigger?> Hear(Incoming incoming, CancellationToken ct) => Task.FromResult(incoming switch
    {
        Opened opened => Begin(opened),
        Picked picked => Take(Offered[picked.Index]),
        // The name of any kind may be typed on either page.
        Said said when AddressCategory.FindByWords(said.Words) is { } named => Take(named),
        _ => null,
    });

    private Trigger? Begin(Opened opened)
    {
        Draft.Present = opened.As<AddressCategory>();
        return null;
    }

    private Trigger? Take(AddressCategory category)
    {
        Draft.Taken = category;
        return Trigger.KindTaken;
    }

    private IReadOnlyList<AddressCategory> Offered => Here == State.AskingKind ? Common : Rest;

    protected override IEnumerable<string> Entries() => Offered.Select(category => $"{category.Icon} {category.In(Turn.Language)}");

    protected override object? Result() => Draft.Taken;

    protected override IReadOnlyDictionary<string, string> Fill() => new Dictionary<string, string> { ["present"] = Draft.Present?.In(Turn.Language) ?? "" };
}
