using DiaChiSo.Bot.Mail;
using DiaChiSo.Bot.Settings;
using DiaChiSo.Bot.Workers;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Chats;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;
using Xunit;

namespace DiaChiSo.Tests.Host;

/// <summary>A letter is carried at least once, under one Message-ID for ever, and is not kept after that.</summary>
public sealed class MailGoesOut : IAsyncLifetime
{
    private readonly OwnFolder folder = new();
    private readonly MailSettings settings = new() { From = "Địa chỉ số <bot@example.vn>" };
    private Stage stage = null!;

    private string Pickup => Directory.CreateDirectory(Path.Combine(folder.Path, "mail")).FullName;

    public async ValueTask InitializeAsync() => stage = await Stage.Open();

    public async ValueTask DisposeAsync()
    {
        await stage.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Without_a_mail_server_a_letter_is_a_file_in_the_pickup_folder()
    {
        await Put("one", "người@example.vn");
        await WorkerOf(new PickupFolder(Pickup)).CarryDue(TestContext.Current.CancellationToken);

        var file = Assert.Single(Directory.GetFiles(Pickup));
        Assert.Equal("one.eml", Path.GetFileName(file));
        var letter = await MimeMessage.LoadAsync(file, TestContext.Current.CancellationToken);
        Assert.Equal("one@example.vn", letter.MessageId);
        Assert.Equal("Mã xác nhận", letter.Subject);
        Assert.Equal("Mã của anh/chị: 123456", letter.TextBody!.Trim());
        Assert.Equal("bot@example.vn", letter.From.Mailboxes.Single().Address);
        Assert.Equal("auto-generated", letter.Headers["Auto-Submitted"]);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
        var row = await stage.Ask(db => db.Mails.AsNoTracking().SingleAsync());
        Assert.Equal((RowStatus.Done, "", "", ""), (row.Status, row.To, row.Subject, row.Body));
    }

    [Fact]
    public async Task A_letter_that_is_carried_twice_is_the_same_letter()
    {
        await Put("one", "a@example.vn");
        var carrier = new ScriptedCarrier(new PickupFolder(Pickup)) { After = carried => carried == 1 ? throw new IOException("the line went dead behind it") : null };
        var worker = WorkerOf(carrier);
        await worker.CarryDue(TestContext.Current.CancellationToken);
        var first = await File.ReadAllTextAsync(Path.Combine(Pickup, "one.eml"), TestContext.Current.CancellationToken);
        stage.Time.Advance(TimeSpan.FromSeconds(1));
        await worker.CarryDue(TestContext.Current.CancellationToken);

        Assert.Equal(["one", "one"], carrier.Carried);
        Assert.Single(Directory.GetFiles(Pickup));
        Assert.Equal(first, await File.ReadAllTextAsync(Path.Combine(Pickup, "one.eml"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_letter_that_nobody_takes_does_not_hold_up_the_others()
    {
        await Put("one", "a@example.vn");
        await Put("two", "b@example.vn");
        await Put("three", "c@example.vn");
        var carrier = new ScriptedCarrier(new PickupFolder(Pickup)) { Before = letter => letter.MessageId!.StartsWith("one", StringComparison.Ordinal) ? throw new LetterRefused(550) : null };
        await WorkerOf(carrier).CarryDue(TestContext.Current.CancellationToken);
        Assert.Equal(["two", "three"], carrier.Carried);
        Assert.Equal([RowStatus.Parked, RowStatus.Done, RowStatus.Done], await stage.Ask(db => db.Mails.OrderBy(row => row.Id).Select(row => row.Status).ToListAsync()));
    }

    [Fact]
    public async Task A_letter_on_which_the_line_breaks_each_time_lets_the_others_pass()
    {
        await Put("one", "a@example.vn");
        await Put("two", "b@example.vn");
        var carrier = new ScriptedCarrier(new PickupFolder(Pickup)) { Before = letter => letter.MessageId!.StartsWith("one", StringComparison.Ordinal) ? throw new IOException("again") : null };
        var worker = WorkerOf(carrier);
        await worker.CarryDue(TestContext.Current.CancellationToken);
        await worker.CarryDue(TestContext.Current.CancellationToken);
        Assert.Equal(["two"], carrier.Carried);
    }

    [Fact]
    public async Task While_the_mail_server_is_away_letters_wait_longer_and_longer_and_then_go()
    {
        await Put("one", "a@example.vn");
        var isAway = true;
        var carrier = new ScriptedCarrier(new PickupFolder(Pickup)) { Begins = () => isAway ? throw new IOException("away") : null };
        var worker = WorkerOf(carrier);
        var tries = 0;
        for (var second = 0; second < 120; second++)
        {
            tries += await worker.CarryDue(TestContext.Current.CancellationToken);
            stage.Time.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(7, tries);
        isAway = false;
        stage.Time.Advance(TimeSpan.FromMinutes(5));
        await worker.CarryDue(TestContext.Current.CancellationToken);
        Assert.Equal(["one"], carrier.Carried);
    }

    [Fact]
    public async Task Two_processes_do_not_carry_the_same_letter_at_the_same_time()
    {
        await Put("one", "a@example.vn");
        var held = new TaskCompletionSource();
        var slow = new ScriptedCarrier(new PickupFolder(Pickup)) { Wait = held.Task };
        var other = new ScriptedCarrier(new PickupFolder(Pickup));
        var first = WorkerOf(slow).CarryDue(TestContext.Current.CancellationToken);
        await slow.HasBegun.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await WorkerOf(other).CarryDue(TestContext.Current.CancellationToken));
        held.SetResult();
        Assert.Equal(1, await first);
        Assert.Equal(["one"], slow.Carried);
    }

    [Fact]
    public async Task A_mail_server_gets_the_letter_over_smtp_and_what_it_refuses_for_ever_is_parked()
    {
        await using var server = new FakeSmtpServer();
        var smtp = new MailSettings { Host = "127.0.0.1", Port = server.Port, Security = MailSecurity.None, From = "bot@example.vn" };
        await Put("one", "a@example.vn");
        await Put("two", "nobody@example.vn");
        await WorkerOf(new SmtpServer(smtp), smtp).CarryDue(TestContext.Current.CancellationToken);
        var letter = Assert.Single(server.Letters);
        Assert.Contains("Message-Id: <one@example.vn>", letter, StringComparison.OrdinalIgnoreCase);
        Assert.Equal([RowStatus.Done, RowStatus.Parked], await stage.Ask(db => db.Mails.OrderBy(row => row.Id).Select(row => row.Status).ToListAsync()));
    }

    private MailWorker WorkerOf(IMailCarrier carrier, MailSettings? with = null) => new(
        stage.Services.GetRequiredService<IServiceScopeFactory>(), stage.Services.GetRequiredService<WriteGate>(), carrier, with ?? settings,
        stage.Services.GetRequiredService<Nudges>(), stage.Time, NullLogger<MailWorker>.Instance);

    private Task Put(string id, string to) => stage.Arrange((_, db) =>
    {
        var now = stage.Time.GetUtcNow();
        db.Mails.Add(new MailRow { MessageId = id, To = to, Subject = "Mã xác nhận", Body = "Mã của anh/chị: 123456", CreatedAt = now, NotBefore = now });
        return Task.CompletedTask;
    });

    /// <summary>Carries like the real one, with faults before and behind.</summary>
    private sealed class ScriptedCarrier(PickupFolder real) : IMailCarrier, IMailRound
    {
        public Func<object?>? Begins { get; init; }
        public Func<MimeMessage, object?>? Before { get; init; }
        public Func<int, object?>? After { get; init; }
        public Task Wait { get; init; } = Task.CompletedTask;
        public List<string> Carried { get; } = [];
        public TaskCompletionSource HasBegun { get; } = new();

        public Task<IMailRound> Begin(CancellationToken ct)
        {
            Begins?.Invoke();
            return Task.FromResult<IMailRound>(this);
        }

        public async Task Carry(MimeMessage letter, CancellationToken ct)
        {
            HasBegun.TrySetResult();
            await Wait;
            Before?.Invoke(letter);
            await real.Carry(letter, ct);
            Carried.Add(letter.MessageId!.Split('@')[0]);
            After?.Invoke(Carried.Count);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
