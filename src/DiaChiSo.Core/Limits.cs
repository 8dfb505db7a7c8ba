namespace DiaChiSo.Core;

/// <summary>Every limit, one table.</summary>
public static class Limits
{
    /// <summary>Characters of one message that are read; what is longer is cut and the person is told.</summary>
    public const int WordsHeard = 2_000;

    /// <summary>Characters of one answer to a question of a form.</summary>
    public const int AnswerLength = 200;

    /// <summary>Dialogs on top of the home page.</summary>
    public const int Depth = 3;

    /// <summary>Answers that can be taken back, one by one.</summary>
    public const int Past = 20;

    /// <summary>Calls, returns and hand-overs in one turn; more is a loop of a programmer.</summary>
    public const int StepsPerTurn = 16;

    /// <summary>Choices shown after a search (domain.md §5: up to 3 to 5).</summary>
    public const int Matches = 5;

    /// <summary>Turns in one commit.</summary>
    public const int TurnsPerCommit = 32;

    /// <summary>Tries of an inbox row before it is parked.</summary>
    public const int TurnTries = 5;

    /// <summary>Chats that are sent to at the same time.</summary>
    public const int ChatsAtOnce = 16;

    /// <summary>The longest wait between two tries to send (to a chat; a mail).</summary>
    public static readonly TimeSpan LongestSendingWait = TimeSpan.FromMinutes(5);

    /// <summary>What could not be sent for so long, and with at least <see cref="FewestSendingTries"/> tries, is given up.</summary>
    public static readonly TimeSpan SendingTriedFor = TimeSpan.FromDays(1);

    public const int FewestSendingTries = 20;

    /// <summary>An unsent toast is given up after this; the page behind it is what matters.</summary>
    public static readonly TimeSpan ToastKept = TimeSpan.FromSeconds(15);

    /// <summary>What was sent, chats and mails, is deleted after this; its words are gone as soon as it is sent.</summary>
    public static readonly TimeSpan SentKept = TimeSpan.FromDays(7);

    /// <summary>Doors that were shut are deleted after this; until then their buttons say that the matter is settled.</summary>
    public static readonly TimeSpan ClosedDoorsKept = TimeSpan.FromDays(90);

    /// <summary>How long handled incoming ids are remembered (Telegram repeats an update for at most 24 hours).</summary>
    public static readonly TimeSpan InboxKept = TimeSpan.FromDays(7);

    /// <summary>What was said on the web page can be read again for so long.</summary>
    public static readonly TimeSpan WebActivitiesKept = TimeSpan.FromDays(30);

    /// <summary>A browser is known again for so long after its last visit.</summary>
    public static readonly TimeSpan WebVisitorKnown = TimeSpan.FromDays(180);

    /// <summary>A one-time address for a position is good for so long; whoever stands at the gate needs a minute or two.</summary>
    public static readonly TimeSpan PlaceLinkValid = TimeSpan.FromMinutes(15);

    /// <summary>And is known for so long after that, so that who opens it again is told what became of it.</summary>
    public static readonly TimeSpan PlaceLinkRemembered = TimeSpan.FromDays(1);

    /// <summary>A position's surroundings are shown so often a minute to one one-time address: a hand that corrects asks a few times.</summary>
    public const int PlaceLooksPerMinute = 12;

    /// <summary>After this silence an unfinished form is mentioned once.</summary>
    public static readonly TimeSpan ReminderAfter = TimeSpan.FromHours(20);

    /// <summary>Kept drafts are deleted after this.</summary>
    public static readonly TimeSpan DraftsKept = TimeSpan.FromDays(90);

    public const int EmailCodeTries = 5;
    public const int EmailCodesPerHour = 3;
    public const int EmailCodesPerDay = 5;

    /// <summary>From one person, to whatever e-mails: nobody floods other people's mailboxes through the bot.</summary>
    public const int EmailCodesPerPersonPerDay = 10;

    public static readonly TimeSpan EmailCodeValid = TimeSpan.FromMinutes(10);

    /// <summary>Further than this from the register's gate, a new position goes to review (metres).</summary>
    public const double GateFarMetres = 300;

    /// <summary>A fix worse than this is asked again (metres, 68 % radius).</summary>
    public const double GateAccuracyMetres = 30;

    /// <summary>A gate further than this from the middle of its commune is asked about (metres).</summary>
    public const double GateFarFromCommuneMetres = 15_000;

    /// <summary>Within this, the addresses around a new gate say in which commune it lies (metres).</summary>
    public const double GateNeighbourMetres = 1_000;

    /// <summary>Around a pin, addresses that it may already be (metres).</summary>
    public const double NearbyMetres = 150;

    /// <summary>Around a collaborator without a house number to go by, candidates (metres).</summary>
    public const double CandidatesMetres = 600;

    /// <summary>How far ahead a visit may be appointed (days).</summary>
    public const int ComeAgainDays = 60;

    /// <summary>Characters of a note, a reason or a wish for more.</summary>
    public const int NoteLength = 500;

    /// <summary>A request that a reviewer took in hand may be taken over by another one after this.</summary>
    public static readonly TimeSpan ClaimHeld = TimeSpan.FromHours(24);

    /// <summary>Around the gate of a request, addresses shown to its reviewer (metres).</summary>
    public const double ReviewNearbyMetres = 300;

    /// <summary>Waiting requests shown to a reviewer at once, the oldest first.</summary>
    public const int QueueShown = 5;

    /// <summary>Own requests shown in one list.</summary>
    public const int OwnRequestsShown = 5;

    /// <summary>Notices whose button may also be typed: the newest ones.</summary>
    public const int NoticesOpenByWords = 5;

    /// <summary>An address of ours under which a picture or a file is fetched once is good for so long, and for <see cref="MediaReads"/> readings.</summary>
    public static readonly TimeSpan MediaKept = TimeSpan.FromMinutes(10);

    public const int MediaReads = 5;

    /// <summary>A code that joins two chats.</summary>
    public static readonly TimeSpan LinkCodeValid = TimeSpan.FromMinutes(10);

    /// <summary>Wrong codes of one person within an hour (to join chats, of invites, together), before they are asked to wait.</summary>
    public const int SpokenCodeTries = 5;

    /// <summary>Bytes of a photo that is looked at; a phone's picture has 2 to 6 million.</summary>
    public const int PhotoBytes = 10 * 1024 * 1024;

    /// <summary>Bytes of a photo that comes inside a message (Direct Line), where everybody may knock; the own page makes it ten times smaller.</summary>
    public const int WebPhotoBytes = 2 * 1024 * 1024;

    /// <summary>Bytes of one upload over Direct Line, with all its files: the photo of a phone as it is.</summary>
    public const int UploadBytes = 6 * 1024 * 1024;

    /// <summary>Uploads that are taken at the same time: each lies in memory.</summary>
    public const int UploadsAtOnce = 8;

    /// <summary>An uploaded picture can be drawn again for so long; nothing of it is on the disk.</summary>
    public static readonly TimeSpan UploadShown = TimeSpan.FromMinutes(10);

    /// <summary>Pixels of a photo, as its header says, before anything of it is decoded.</summary>
    public const long PhotoPixels = 40_000_000;

    /// <summary>Photos that are looked at (fetched, decoded) at the same time.</summary>
    public const int PhotosAtOnce = 4;

    /// <summary>Photos that wait to be looked at; who sends one more types the figures instead.</summary>
    public const int PhotosWaiting = 200;

    /// <summary>Photos of one web conversation, a minute; of one network address three times as many.</summary>
    public const int PhotosPerMinute = 10;

    /// <summary>Fetching and decoding one photo, with every retry; afterwards it ends in a sentence.</summary>
    public static readonly TimeSpan PhotoLookedAtWithin = TimeSpan.FromSeconds(60);

    /// <summary>Decoding one photo; afterwards the decoder's process is killed.</summary>
    public static readonly TimeSpan PhotoDecodedWithin = TimeSpan.FromSeconds(10);

    /// <summary>One sentence for a group that addresses the bot, at most this often.</summary>
    public static readonly TimeSpan GroupSentenceEvery = TimeSpan.FromMinutes(10);

    /// <summary>Inline questions of one person; Telegram asks one with nearly every letter that is typed.</summary>
    public const int InlinePerMinute = 40;

    public const int InlinePerHour = 300;

    /// <summary>Letters of a person's own words that are said back to them.</summary>
    public const int LongestEcho = 40;

    // Review and the loop with the post office.

    /// <summary>An answer to a request may be taken back for so long; its e-mail waits until then, for a letter cannot be unsent.</summary>
    public static readonly TimeSpan UndoWithin = TimeSpan.FromMinutes(10);

    /// <summary>A request should be answered within so many working days; then it is announced to its reviewers, after twice as many to the officer.</summary>
    public const int AnswerWithinWorkingDays = 5;

    /// <summary>A reviewer who holds a request longer than this is reminded of it.</summary>
    public static readonly TimeSpan ClaimRemindedAfter = TimeSpan.FromHours(4);

    /// <summary>Requests that one tap approves, alike and unconflicted.</summary>
    public const int AlikeAtOnce = 20;

    /// <summary>Groups of requests that are alike, shown to choose from.</summary>
    public const int AlikeGroups = 5;

    /// <summary>Waiting updates that are looked through for those that are alike, the oldest first.</summary>
    public const int AlikeLookedThrough = 200;

    /// <summary>Communes shown to filter the queue by; others are typed.</summary>
    public const int CommunesToFilter = 5;

    /// <summary>That somebody was told of what is overdue is remembered for so long.</summary>
    public static readonly TimeSpan AnnouncementsKept = TimeSpan.FromDays(30);

    // Help from a human, invites, nominations.

    /// <summary>An invite that nobody took up.</summary>
    public static readonly TimeSpan InviteValid = TimeSpan.FromDays(7);

    /// <summary>Wrong letters behind the right beginning of an invite; then it is dead.</summary>
    public const int InviteTries = 5;

    /// <summary>Nominations offered to make an invite for, and villages, communes in a list.</summary>
    public const int NominationsShown = 5;

    /// <summary>Times that one person asks for a human within 24 hours; afterwards the telephone is better.</summary>
    public const int TicketsPerDay = 5;

    /// <summary>The last words of a ticket that its officer sees.</summary>
    public const int TicketWordsShown = 10;

    /// <summary>Open tickets shown to an officer at once, nobody's first, then by deadline.</summary>
    public const int TicketsShown = 5;

    /// <summary>After so long a silence a ticket ends, and the bot speaks again.</summary>
    public static readonly TimeSpan TicketSilence = TimeSpan.FromDays(3);

    /// <summary>What was said on a ticket is deleted so long after its end.</summary>
    public static readonly TimeSpan TicketsKept = TimeSpan.FromDays(90);

    // People and their data.

    /// <summary>Wrong proofs that an address is theirs of one person within an hour, before they are asked to wait; by letters or by e-mail.</summary>
    public const int OwnerProofTries = 5;

    /// <summary>The owner's code on the minutes of a visit; afterwards only another visit or the e-mail proves.</summary>
    public static readonly TimeSpan OwnerCodeValid = TimeSpan.FromDays(365);

    /// <summary>Where no officer holds an area, the clock looks so often whether there is one now.</summary>
    public static readonly TimeSpan OfficerLookedForEvery = TimeSpan.FromHours(1);

    /// <summary>Numbers and codes that a data request names for its officer.</summary>
    public const int ConcernedShown = 20;

    /// <summary>Data requests shown to an officer at once, the nearest deadline first; and rows of each kind on the page of one's own data.</summary>
    public const int DataRequestsShown = 5;

    /// <summary>The newest rows of who looked at an address that its owner is shown.</summary>
    public const int LooksShown = 10;
}
