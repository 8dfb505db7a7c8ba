using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Reading;
using DiaChiSo.Core.Turns;
using Stateless;

namespace DiaChiSo.Dialogs.ContactPerson;

/// <summary>Người liên hệ của địa chỉ: role, full name, phone, e-mail. Other dialogs call it, with what is on record or with nothing.</summary>
[Dialog]
public sealed class ContactPerson(Accounts accounts) : Dialog<ContactPerson.State, ContactPerson.Trigger, ContactPerson.Notes>
{
    public enum State { ChoosingRole, AskingName, AskingPhone, AskingEmail, AskingSpelling, ShowingContact, Given }

    public enum Trigger
    {
        StartWithPresent, Owner, LegalRepresentative, Occupant, NameGiven, PhoneGiven, NoPhone,
        EmailGiven, EmailLooksSlipped, UseMine, NoEmail, UseSuggested, KeepTyped, Done,
    }

    public sealed class Notes
    {
        public ContactRole? Role { get; set; }
        public string Name { get; set; } = "";

        /// <summary>Null: not asked yet; empty: there is none.</summary>
        public string? Phone { get; set; }

        /// <inheritdoc cref="Phone"/>
        public string? Email { get; set; }

        /// <summary>Typed just now, so shown in full to be checked; what was on record is shown masked.</summary>
        public bool PhoneIsFresh { get; set; }

        /// <inheritdoc cref="PhoneIsFresh"/>
        public bool EmailIsFresh { get; set; }

        public string Typed { get; set; } = "";
        public string Suggested { get; set; } = "";

        /// <summary>The verified e-mail of whoever is talking, to be offered; empty: none.</summary>
        public string Mine { get; set; } = "";
    }

    protected override void Map(StateMachine<State, Trigger> map)
    {
        map.Configure(State.ChoosingRole)
            .Permit(Trigger.StartWithPresent, State.ShowingContact)
            .Permit(Trigger.Owner, State.AskingName)
            .Permit(Trigger.LegalRepresentative, State.AskingName)
            .Permit(Trigger.Occupant, State.AskingName);
        map.Configure(State.AskingName)
            .OnEntryFrom(Trigger.Owner, () => Draft.Role = ContactRole.Owner)
            .OnEntryFrom(Trigger.LegalRepresentative, () => Draft.Role = ContactRole.LegalRepresentative)
            .OnEntryFrom(Trigger.Occupant, () => Draft.Role = ContactRole.Occupant)
            .Permit(Trigger.NameGiven, State.AskingPhone);
        map.Configure(State.AskingPhone)
            .Permit(Trigger.PhoneGiven, State.AskingEmail)
            .Permit(Trigger.NoPhone, State.AskingEmail);
        map.Configure(State.AskingEmail)
            .OnEntryFrom(Trigger.NoPhone, () => Draft.Phone = "")
            .Permit(Trigger.EmailGiven, State.ShowingContact)
            .Permit(Trigger.EmailLooksSlipped, State.AskingSpelling)
            .PermitIf(Trigger.UseMine, State.ShowingContact, () => Draft.Mine.Length > 0)
            .Permit(Trigger.NoEmail, State.ShowingContact);
        map.Configure(State.AskingSpelling)
            .Permit(Trigger.UseSuggested, State.ShowingContact)
            .PermitIf(Trigger.KeepTyped, State.ShowingContact, () => EmailText.CanBeSentTo(Draft.Typed))
            .Permit(Trigger.EmailGiven, State.ShowingContact)
            .PermitReentry(Trigger.EmailLooksSlipped);
        map.Configure(State.ShowingContact)
            .OnEntryFrom(Trigger.UseMine, () => SetEmail(Draft.Mine))
            .OnEntryFrom(Trigger.NoEmail, () => SetEmail(""))
            .OnEntryFrom(Trigger.UseSuggested, () => SetEmail(Draft.Suggested))
            .OnEntryFrom(Trigger.KeepTyped, () => SetEmail(Draft.Typed))
            .Permit(Trigger.Done, State.Given);
    }

    protected override Asks Asks => Here switch
    {
        State.AskingName => Asks.Words,
        State.AskingPhone => Asks.Words | Asks.Figures | Asks.Contact,
        State.AskingEmail or State.AskingSpelling => Asks.Words,
        _ => Asks.Choice,
    };

    protected override async Task<Trigger?> Hear(Incoming incoming, CancellationToken ct) => (Here, incoming) switch
    {
        (State.ChoosingRole, Opened opened) => await Begin(opened.As<Contact>(), ct),
        (State.AskingName, Said said) => TakeName(said.Words),
        (State.AskingPhone, Said said) => TakePhone(said.Words),
        (State.AskingPhone, SharedContact { IsOwn: true } card) => TakePhone(card.Phone),
        // A card of somebody else proves nothing about them, and is not theirs to hand round.
        (State.AskingPhone, SharedContact) => Complain("not-own"),
        (State.AskingEmail or State.AskingSpelling, Said said) => TakeEmail(said.Words),
        _ => null,
    };

    private async Task<Trigger?> Begin(Contact? present, CancellationToken ct)
    {
        Draft.Mine = await accounts.EmailOf(Turn.PersonId, ct) ?? "";
        if (present is null)
        {
            return null;
        }
        (Draft.Role, Draft.Name, Draft.Phone, Draft.Email) = (present.Role, present.FullName, present.Phone, present.Email);
        return Trigger.StartWithPresent;
    }

    private Trigger? TakeName(string words)
    {
        if (Understanding.IsSmallTalk(words))
        {
            return null;
        }
        if (PersonName.Read(words) is not { } name)
        {
            return Complain("not-a-name");
        }
        Draft.Name = name;
        return Trigger.NameGiven;
    }

    private Trigger? TakePhone(string words)
    {
        if (Phone.Read(words) is not { } phone)
        {
            return Complain("not-a-phone");
        }
        (Draft.Phone, Draft.PhoneIsFresh) = (phone, true);
        return Trigger.PhoneGiven;
    }

    private Trigger? TakeEmail(string words)
    {
        var read = EmailText.Read(words);
        if (read.Complaint is { } complaint)
        {
            return Complain(complaint);
        }
        if (read.Suggested is { } suggested)
        {
            (Draft.Typed, Draft.Suggested) = (read.Email, suggested);
            return Trigger.EmailLooksSlipped;
        }
        SetEmail(read.Email);
        return Trigger.EmailGiven;
    }

    private void SetEmail(string email) => (Draft.Email, Draft.EmailIsFresh) = (email, true);

    protected override IEnumerable<(State Question, bool IsAnswered)> Questions() =>
    [
        (State.ChoosingRole, Draft.Role is not null),
        (State.AskingName, Draft.Name.Length > 0),
        (State.AskingPhone, Draft.Phone is not null),
        (State.AskingEmail, Draft.Email is not null),
    ];

    protected override bool IsWorthReminding => true;

    protected override object Result() => new Contact(Draft.Role ?? ContactRole.Owner, Draft.Name, Draft.Phone ?? "", Draft.Email ?? "");

    protected override IReadOnlyDictionary<string, string> Fill() => new Dictionary<string, string>
    {
        ["role"] = Draft.Role?.In(Turn.Language) ?? "",
        ["name"] = Draft.Name,
        ["phone"] = Draft.PhoneIsFresh ? Phone.Spaced(Draft.Phone ?? "") : Masked.Phone(Draft.Phone),
        ["email"] = Draft.EmailIsFresh ? Draft.Email ?? "" : Masked.Email(Draft.Email),
        ["mine"] = Masked.Email(Draft.Mine),
        ["typed"] = Draft.Typed,
        ["suggested"] = Draft.Suggested,
    };
}
