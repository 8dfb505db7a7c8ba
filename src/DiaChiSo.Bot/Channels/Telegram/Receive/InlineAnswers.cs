using DiaChiSo.Bot.Settings;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Reading;
using DiaChiSo.Core.Turns;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;
using Telegram.Bot.Types.InlineQueryResults;

namespace DiaChiSo.Bot.Channels.Telegram.Receive;

/// <summary>
/// The bot's name and a code or an address, typed in any chat: up to five cards of what the plates show, to be sent there. It is no turn and no
/// conversation: Telegram forgets the question after 30 seconds, so it is answered beside the receiver and never kept (Bot API, "Inline mode").
/// </summary>
internal sealed partial class InlineAnswers(TelegramLine line, TelegramSettings settings, Understanding understanding, Texts texts, IServiceScopeFactory scopes, InlineRate rate, TimeProvider time, ILogger<InlineAnswers> log)
{
    /// <summary>A question is asked anew with nearly every letter; what cannot be begun in time is dropped, and the next letter asks again.</summary>
    private const int AtOnce = 8;

    /// <summary>Seconds that Telegram shows the answer again without asking. Its own value where none is given.</summary>
    private const int Cached = 300;

    private static readonly TimeSpan AnsweredWithin = TimeSpan.FromSeconds(25);

    private readonly SemaphoreSlim seats = new(AtOnce);

    /// <summary>True where the update is such a question; nobody waits for the answer.</summary>
    public bool Takes(Update update)
    {
        if (update.InlineQuery is not { } query)
        {
            return false;
        }
        if (settings.Inline && !query.From.IsBot && rate.Allows(query.From.Id))
        {
            _ = Answer(query);
        }
        return true;
    }

    private async Task Answer(InlineQuery query)
    {
        using var patience = new CancellationTokenSource(AnsweredWithin, time);
        try
        {
            await seats.WaitAsync(patience.Token);
            try
            {
                var language = Meaning.LanguageOf(query.From);
                // There is one page of answers and no more.
                var found = query.Offset.Length > 0 ? [] : await Find(query.Query, patience.Token);
                // Personal: the words are in the language of the phone that asks.
                await line.Client.AnswerInlineQuery(query.Id, found.Select(address => Card(address, language)), Cached, isPersonal: true,
                    button: found.Count > 0 ? null : new InlineQueryResultsButton(Shared(language, "inline-open")) { StartParameter = "tracuu" }, cancellationToken: patience.Token);
            }
            finally
            {
                seats.Release();
            }
        }
        // 400: too late, the person typed on. 429 and the rest: they type again.
        catch (Exception fault)
        {
            LogUnanswered((fault as ApiRequestException)?.ErrorCode ?? 0, fault.GetType().Name);
        }
    }

    // As in the look-up: a code is looked up, words are searched for, and no number of another kind is looked for at all.
    private async Task<IReadOnlyList<PublicAddress>> Find(string words, CancellationToken ct)
    {
        var understood = understanding.Read(words);
        await using var scope = scopes.CreateAsyncScope();
        var register = scope.ServiceProvider.GetRequiredService<IAddressRegister>();
        return understood switch
        {
            { Kind: UnderstoodKind.Code, Code: { } code } => await register.Find(code, ct) is { Status: not AddressStatus.Withdrawn } address ? [address] : [],
            { Kind: UnderstoodKind.Words, Address.Verdict: not AddressVerdict.OutOfArea } =>
                [.. (await register.Search(understood.Words, IAddressRegister.Most, ct)).Select(match => match.Address)],
            _ => [],
        };
    }

    private InlineQueryResult Card(PublicAddress address, string language)
    {
        var words = Section(address, language);
        return new InlineQueryResultArticle(address.Code.ToString(), address.Label, new InputTextMessageContent(words.Text) { Entities = [.. words.Entities], LinkPreviewOptions = new() { IsDisabled = true } })
        {
            Description = $"{address.Code.Grouped} · {address.Line}",
            // The card in full, with QR and map, in the private chat of whoever wants it.
            ReplyMarkup = line.PrivateLink is { } link
                ? new(global::Telegram.Bot.Types.ReplyMarkups.InlineKeyboardButton.WithUrl(Shared(language, "inline-more"), $"{link}?start={address.Code}"))
                : null,
        };
    }

    private Send.TelegramText Section(PublicAddress address, string language) => Send.TelegramText.Of(
    [
        .. texts.SharedWords(language, "inline-card", [.. address.CardHoles(language).Select(hole => (hole.Key, hole.Value))])
            .SelectMany((block, at) => Runs(block, at > 0)),
    ]);

    private static IEnumerable<Run> Runs(Block block, bool isLater) =>
        block is Words words ? isLater ? [new Run("\n\n"), .. words.Runs] : words.Runs : [];

    private string Shared(string language, string key) => texts.SharedText(language, key);

    [LoggerMessage(Level = LogLevel.Information, Message = "An inline question was not answered (status {Status}): {Fault}")]
    private partial void LogUnanswered(int status, string fault);
}
