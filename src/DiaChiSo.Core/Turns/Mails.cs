
namespace DiaChiSo.Core.Turns;

/// <summary>Sends the section <paramref name="Section"/> (<c>mail-…</c>: the first line is the subject) of a dialog's words by e-mail, in the language of this conversation or in <paramref name="Language"/>.</summary>
public sealed record Mail(string To, string Dialog, string Section, IReadOnlyDictionary<string, string> Holes, string? Language = null) : Effect
{
    /// <summary>What it is about (a request's number), so that it can be held back while it waits; null: nothing takes it back.</summary>
    public string? About { get; init; }

    /// <summary>It goes out after this, not before.</summary>
    public TimeSpan Waits { get; init; }

    public override Task Apply(EffectScope scope, CancellationToken ct)
    {
        var made = Pages.Make(scope.Get<Texts>().Section(Dialog, Language ?? scope.Turn.Language, Section).Lines, Holes);
        var words = string.Join("\n\n", made.Blocks.Select(block => block.PlainText()));
        var (subject, body) = words.Split("\n\n", 2) is [var first, var rest] ? (first, rest) : (words, words);
        scope.Db.Mails.Add(new MailRow
        {
            MessageId = scope.Get<INumbers>().NewMessageId(),
            To = To,
            Subject = subject,
            Body = body,
            About = About,
            CreatedAt = scope.Now,
            NotBefore = scope.Now + Waits,
        });
        return Task.CompletedTask;
    }
}
