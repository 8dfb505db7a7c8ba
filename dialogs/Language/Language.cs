using DiaChiSo.Core.Turns;
using Stateless;

namespace DiaChiSo.Dialogs.Language;

/// <summary>Ngôn ngữ: Vietnamese or English. Asked in the middle of something else, the open question comes back in the new language.</summary>
[Dialog(Command = "ngonngu", Alias = "language", Menu = 90)]
public sealed class Language : Dialog<Language.State, Language.Trigger, Language.Notes>
{
    public enum State { AskingLanguage, Changed, Kept }

    public enum Trigger { Vietnamese, English, Keep }

    public sealed class Notes;

    protected override void Map(StateMachine<State, Trigger> map)
    {
        map.Configure(State.AskingLanguage)
            .Permit(Trigger.Vietnamese, State.Changed)
            .Permit(Trigger.English, State.Changed)
            .Permit(Trigger.Keep, State.Kept);
        map.Configure(State.Changed)
            .OnEntryFrom(Trigger.Vietnamese, () => Do(new SpeakLanguage("vi")))
            .OnEntryFrom(Trigger.English, () => Do(new SpeakLanguage("en")));
    }

    protected override Task<Trigger?> Hear(Incoming incoming, CancellationToken ct) => Task.FromResult(incoming switch
    {
        Said said => Named(said.Words),
        // "/ngonngu en": whoever says which one at once is not asked.
        Opened opened when opened.As<Query>()?.Words is { } words => Named(words),
        _ => null,
    });

    // People name a language as they know it.
    private static Trigger? Named(string words) => Core.Register.VietnameseText.Words(words) switch
    {
        "vi" or "viet" or "tieng viet" or "vietnamese" or "vn" => Trigger.Vietnamese,
        "en" or "anh" or "tieng anh" or "english" => Trigger.English,
        _ => null,
    };
}
