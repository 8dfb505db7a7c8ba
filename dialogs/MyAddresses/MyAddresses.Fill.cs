using DiaChiSo.Core;
using DiaChiSo.Core.Audit;
using DiaChiSo.Core.Confirmations;
using DiaChiSo.Core.Owners;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Dialogs.MyAddresses;

public sealed partial class MyAddresses
{
    private IReadOnlyList<OwnAddress> owned = [];
    private OwnAddress? own;
    private IReadOnlyList<Look> seen = [];

    protected override async Task Gather(CancellationToken ct)
    {
        switch (Here)
        {
            case State.ShowingAddresses:
                owned = await addresses.Of(Turn.PersonId, ct);
                Draft.Shown = [.. owned.Select(one => one.Address.Code)];
                Draft.HasAgreed = await accounts.HasAgreed(Turn.PersonId, Purposes.OwnAddresses, [.. Texts.Languages.Select(language => NoticeIn(language).Version)], ct);
                break;
            case State.ShowingAddress or State.ShowingLooks or State.AskingWhetherGiveUp:
                own = await addresses.Find(Turn.PersonId, Draft.Code!.Value, ct);
                // Who looked is for who is still the owner.
                seen = Here == State.ShowingLooks && own is not null ? await looks.At(own.Address.Code, Limits.LooksShown, ct) : [];
                break;
        }
    }

    protected override IEnumerable<string> Entries() => Here == State.ShowingAddresses ? owned.Select(one => $"{one.Address.Code.Grouped}: {one.HomeName ?? one.Address.Label}") : [];

    protected override IReadOnlyDictionary<string, string> Fill() => new Dictionary<string, string>(own?.Address.CardHoles(Turn.Language) ?? [])
    {
        ["code"] = Draft.Code?.Grouped ?? "",
        ["name"] = own?.Address.Name ?? own?.HomeName ?? "",
        ["category"] = own?.Address.Category.In(Turn.Language) ?? "",
        ["line"] = own?.Address.Line ?? "",
        ["status"] = own?.Address.Status.In(Turn.Language) ?? "",
        ["coordinates"] = own?.Address.Gate is { } gate ? AddressCardWords.InWords(gate) : "",
        ["person"] = own?.Contact?.FullName ?? "",
        ["role"] = own?.Contact?.Role.In(Turn.Language) ?? "",
        ["phone"] = Masked.Phone(own?.Contact?.Phone),
        ["email"] = Masked.Email(own?.Contact?.Email),
        ["since"] = own?.Since.DayInVietnam().In(Turn.Language) ?? "",
        ["keeper"] = HolesOfNotice(Turn.Language)["keeper"],
        ["abroad"] = HolesOfNotice(Turn.Language)["abroad"],
    };

    protected override IReadOnlyDictionary<string, IEnumerable<IReadOnlyDictionary<string, string>>> Lists() =>
        new Dictionary<string, IEnumerable<IReadOnlyDictionary<string, string>>>(Only.The(
            ("none", owned.Count == 0),
            ("some", owned.Count > 0),
            ("mine", own is not null),
            ("lost", own is null),
            ("no-contact", own is { Contact: null }),
            ("proved", Draft.Outcome == ProofOutcome.Proved),
            ("not-proved", Draft.Outcome == ProofOutcome.NotProved),
            ("too-often", Draft.Outcome == ProofOutcome.TooOften),
            ("no-looks", seen.Count == 0)))
        {
            ["looks"] = seen.Select(look => new Dictionary<string, string>
            {
                ["day"] = RequestWords.Day(look.At),
                ["who"] = Say(look.By switch { Right.Confirm => "by-collaborator", Right.Review => "by-reviewer", Right.Office => "by-officer", _ => "by-other" }),
                ["what"] = Say(look.WasWhole ? "whole" : "masked"),
            }),
        };

    private string Say(string key) => texts.Phrase(nameof(MyAddresses), Turn.Language, "showing-looks", key);
}
