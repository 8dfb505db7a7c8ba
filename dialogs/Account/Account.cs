using System.Globalization;
using DiaChiSo.Core;
using DiaChiSo.Core.DataRights;
using DiaChiSo.Core.People;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Turns;
using Stateless;

namespace DiaChiSo.Dialogs.Account;

/// <summary>
/// Tài khoản: consent, then an e-mail that is shown to be the person's, because answers go there (the plan, mục IV). Other dialogs call it
/// and it ends at once where both are there; as a command it shows the e-mail and lets one change it.
/// </summary>
[Dialog(Command = "taikhoan", Alias = "account")]
public sealed class Account(Accounts accounts, EmailCodes codes, IMyRights rights, Texts texts, OfficeSettings office) : Dialog<Account.State, Account.Trigger, Account.Notes>
{
    public enum State { AskingConsent, AskingEmail, AskingSpelling, AskingCode, ShowingAccount, AskingWhetherWithdraw, Withdrawn, Verified, Declined }

    public enum Trigger
    {
        AllThere, ShowAccount, AgreedBefore, Agree, Decline, EmailGiven, EmailLooksSlipped, UseSuggested, KeepTyped,
        CodeRight, CodeRightOnItsOwn, SendAgain, OtherEmail, ChangeEmail, Withdraw, Keep, Close,
    }

    public sealed class Notes
    {
        public string Purpose { get; set; } = AccountNeed.ForRequests.Purpose;

        /// <summary>Opened by its command, not by another dialog.</summary>
        public bool IsOnItsOwn { get; set; }

        /// <summary>The verified e-mail; empty: none yet.</summary>
        public string Verified { get; set; } = "";

        /// <summary>The e-mail that a code was sent to.</summary>
        public string Email { get; set; } = "";
        public string Typed { get; set; } = "";
        public string Suggested { get; set; } = "";
        public CodeSending? Sending { get; set; }
        public Stopped? Stopped { get; set; }
    }

    protected override void Map(StateMachine<State, Trigger> map)
    {
        map.Configure(State.AskingConsent)
            .Permit(Trigger.AllThere, State.Verified)
            .Permit(Trigger.ShowAccount, State.ShowingAccount)
            .Permit(Trigger.AgreedBefore, State.AskingEmail)
            .PermitIf(Trigger.Agree, State.AskingEmail, () => Draft.Verified.Length == 0)
            .PermitIf(Trigger.Agree, State.ShowingAccount, () => Draft.Verified.Length > 0 && Draft.IsOnItsOwn)
            .PermitIf(Trigger.Agree, State.Verified, () => Draft.Verified.Length > 0 && !Draft.IsOnItsOwn)
            .Permit(Trigger.Decline, State.Declined)
            .OnExit(move =>
            {
                // Consent is a press of "Đồng ý" under the words, and nothing else (Law 91/2025/QH15).
                if (move.Trigger == Trigger.Agree)
                {
                    Do(new GiveConsent(Draft.Purpose, NoticeIn(Turn.Language)));
                }
            });
        map.Configure(State.AskingEmail)
            .Permit(Trigger.EmailGiven, State.AskingCode)
            .Permit(Trigger.EmailLooksSlipped, State.AskingSpelling);
        map.Configure(State.AskingSpelling)
            .Permit(Trigger.UseSuggested, State.AskingCode)
            .PermitIf(Trigger.KeepTyped, State.AskingCode, () => EmailText.CanBeSentTo(Draft.Typed))
            .Permit(Trigger.EmailGiven, State.AskingCode)
            .PermitReentry(Trigger.EmailLooksSlipped);
        map.Configure(State.AskingCode)
            .OnEntryFrom(Trigger.EmailGiven, () => SendTo(Draft.Typed))
            .OnEntryFrom(Trigger.KeepTyped, () => SendTo(Draft.Typed))
            .OnEntryFrom(Trigger.UseSuggested, () => SendTo(Draft.Suggested))
            .OnEntryFrom(Trigger.SendAgain, () => SendTo(Draft.Email))
            .PermitReentry(Trigger.SendAgain)
            .Permit(Trigger.OtherEmail, State.AskingEmail)
            .Permit(Trigger.CodeRight, State.Verified)
            .Permit(Trigger.CodeRightOnItsOwn, State.ShowingAccount);
        map.Configure(State.ShowingAccount)
            .Permit(Trigger.ChangeEmail, State.AskingEmail)
            .Permit(Trigger.Withdraw, State.AskingWhetherWithdraw)
            .Permit(Trigger.Close, State.Verified);
        map.Configure(State.AskingWhetherWithdraw)
            .Permit(Trigger.Withdraw, State.Withdrawn)
            .Permit(Trigger.Keep, State.ShowingAccount);
        map.Configure(State.Withdrawn)
            .OnEntryFrom(Trigger.Withdraw, () => Do(new WithdrawConsent(Draft.Purpose, stopped => Draft.Stopped = stopped)))
            .Permit(Trigger.Close, State.Declined);
    }

    protected override Asks Asks => Here switch
    {
        State.AskingEmail or State.AskingSpelling => Asks.Words,
        State.AskingCode => Asks.Words | Asks.Figures,
        _ => Asks.Choice,
    };

    protected override async Task<Trigger?> Hear(Incoming incoming, CancellationToken ct) => (Here, incoming) switch
    {
        (State.AskingConsent, Opened opened) => await Begin(opened.As<AccountNeed>(), ct),
        (State.AskingEmail or State.AskingSpelling, Said said) => TakeEmail(said.Words),
        (State.AskingCode, Said said) => await TakeCode(said.Words, ct),
        _ => null,
    };

    private async Task<Trigger?> Begin(AccountNeed? need, CancellationToken ct)
    {
        // A command brings no need with it, or words that are none.
        Draft.IsOnItsOwn = need?.Purpose is null;
        Draft.Purpose = need?.Purpose ?? Draft.Purpose;
        Draft.Verified = await accounts.EmailOf(Turn.PersonId, ct) ?? "";
        var versions = Texts.Languages.Select(language => NoticeIn(language).Version).ToList();
        if (!await accounts.HasAgreed(Turn.PersonId, Draft.Purpose, versions, ct))
        {
            return null;
        }
        return Draft.Verified.Length == 0 ? Trigger.AgreedBefore : Draft.IsOnItsOwn ? Trigger.ShowAccount : Trigger.AllThere;
    }

    private ConsentNotice NoticeIn(string language) => NoticeOf(texts, office, Draft.Purpose, language, Turn.Channel);

    /// <summary>The notice as a person reads it: the page's own words, so that what is kept as proof is what was shown.</summary>
    public static ConsentNotice NoticeOf(Texts texts, OfficeSettings office, string purpose, string language, string channel)
    {
        var lines = texts.Section(nameof(Account), language, "asking-consent").Lines;
        return new ConsentNotice(string.Join("\n\n", Pages.Make(lines, HolesOfNotice(texts, office, purpose, language, channel)).Blocks.Select(block => block.PlainText())));
    }

    private static Dictionary<string, string> HolesOfNotice(Texts texts, OfficeSettings office, string purpose, string language, string channel)
    {
        return new()
        {
            ["purpose"] = Say("purpose-" + purpose),
            ["keeper"] = office.Name.Length > 0 ? office.Name : Say("keeper"),
            // Telegram keeps what passes through it abroad; the law wants that said before (domain.md §6).
            ["abroad"] = channel == "telegram" ? Say("abroad") : "",
        };

        string Say(string key) => texts.Phrase(nameof(Account), language, "asking-consent", key);
    }

    private Trigger? TakeEmail(string words)
    {
        var read = EmailText.Read(words);
        if (read.Complaint is { } complaint)
        {
            return Complain(complaint);
        }
        (Draft.Typed, Draft.Suggested) = (read.Email, read.Suggested ?? "");
        return read.Suggested is null ? Trigger.EmailGiven : Trigger.EmailLooksSlipped;
    }

    private void SendTo(string email)
    {
        Draft.Email = email;
        Do(new SendEmailCode(email, sending => Draft.Sending = sending));
    }

    private async Task<Trigger?> TakeCode(string words, CancellationToken ct)
    {
        var judged = await codes.Judge(Turn.PersonId, Draft.Email, words, Turn.Now, ct);
        if (judged.IsTry)
        {
            Do(new CountEmailCodeTry(judged.EmailCodeId));
        }
        switch (judged.Verdict)
        {
            case CodeVerdict.Right:
                Do(new VerifyEmail(judged.EmailCodeId, Draft.Email));
                Draft.Verified = Draft.Email;
                return Draft.IsOnItsOwn ? Trigger.CodeRightOnItsOwn : Trigger.CodeRight;
            case CodeVerdict.Wrong:
                return Complain("wrong-code", ("left", judged.TriesLeft.ToString(CultureInfo.InvariantCulture)));
            case CodeVerdict.NotACode:
                return Complain("not-a-code");
            case CodeVerdict.Expired:
                return Complain("code-expired");
            case CodeVerdict.UsedUp:
                return Complain("code-used-up");
            default:
                return Complain("no-code");
        }
    }

    // As the clocks show it in Vietnam.
    private string FreeAt(string form) =>
        Draft.Sending is { IsSent: false } waiting ? waiting.FreeAt.ToOffset(TimeSpan.FromHours(7)).ToString(form, CultureInfo.InvariantCulture) : "";

    private AtStake stake = new([], []);

    // Who takes a consent back sees before what it ends.
    protected override async Task Gather(CancellationToken ct) => stake = Here == State.AskingWhetherWithdraw ? await rights.AtStake(Turn.PersonId, ct) : stake;

    // A form waits for it.
    protected override bool IsWorthReminding => !Draft.IsOnItsOwn;

    protected override object? Result() => Here == State.Verified ? new AccountGiven(Draft.Verified) : null;

    protected override IReadOnlyDictionary<string, string> Fill() => new Dictionary<string, string>(HolesOfNotice(texts, office, Draft.Purpose, Turn.Language, Turn.Channel))
    {
        ["verified"] = Masked.Email(Draft.Verified),
        ["typed"] = Draft.Typed,
        ["suggested"] = Draft.Suggested,
        ["sent-to"] = Draft.Sending is { IsSent: true } ? Draft.Email : "",
        ["not-sent-to"] = Draft.Sending is { IsSent: false } ? Draft.Email : "",
        ["free-time"] = FreeAt("HH:mm"),
        ["free-day"] = FreeAt("d/M"),
        ["open"] = string.Join(", ", Draft.Stopped?.Requests ?? stake.Open),
        ["number"] = Draft.Stopped?.Receipt is { IsDone: false } receipt ? receipt.Number : "",
        ["answer-by"] = Draft.Stopped?.Receipt is { } first ? DataRequestWords.Day(first.AnswerBy) : "",
        ["done-by"] = Draft.Stopped?.Receipt is { } last ? DataRequestWords.Day(last.DoneBy) : "",
        ["minutes"] = Limits.EmailCodeValid.TotalMinutes.ToString("0", CultureInfo.InvariantCulture),
    };
}
