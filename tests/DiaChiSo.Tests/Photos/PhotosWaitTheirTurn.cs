using System.Collections.Concurrent;
using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DiaChiSo.Tests.Photos;

/// <summary>A photo is looked at outside of the turns: its person's messages stay in order, nobody else waits, and whatever happens to it ends in a sentence.</summary>
public class PhotosWaitTheirTurn
{
    private static Task<BotUnderTest> BotWith(SlowEye eye) => BotUnderTest.Start(more: services => services.AddSingleton<IPhotoEye>(eye));

    [Fact]
    public async Task While_a_photo_is_looked_at_its_person_s_next_message_waits_and_other_people_do_not()
    {
        var eye = new SlowEye();
        await using var bot = await BotWith(eye);
        var (an, binh) = (bot.Telegram.Someone("An"), bot.Telegram.Someone("Bình"));
        an.SendPhoto([1, 2, 3]);
        await eye.Asked("telegram");
        an.Say("/trogiup");
        binh.Say("3260700023");
        await binh.Chat.WaitForMessage(message => message.Text.Contains("Trạm y tế Mường Báng (bịa)", StringComparison.Ordinal));
        await bot.Telegram.WaitUntilAllUpdatesAreTaken();
        Assert.Empty(an.Chat.Messages);

        eye.Answer(new PhotoSight(PhotoHolds.OurCode, DrawnPhotos.Code));
        Assert.Contains("32606 00012", (await an.Chat.NextMessage()).Text);
        await bot.UntilQuiet();
        Assert.Contains(an.Chat.Messages, message => message.Text.Contains("/trogiup", StringComparison.Ordinal) || message.Text.Contains("Trợ giúp", StringComparison.Ordinal) || message.Labels.Count > 0);
        Assert.Equal(1, eye.Times);
    }

    [Fact]
    public async Task More_photos_than_share_a_commit_hold_nobody_up()
    {
        var eye = new SlowEye();
        await using var bot = await BotWith(eye);
        var people = Enumerable.Range(0, 40).Select(number => bot.Telegram.Someone($"Người {number}")).ToList();
        people.ForEach(person => person.SendPhoto([1, 2, 3]));
        await bot.Telegram.WaitUntilAllUpdatesAreTaken();
        var binh = bot.Telegram.Someone("Bình");
        binh.Say("3260700023");
        await binh.Chat.WaitForMessage(message => message.Text.Contains("Trạm y tế Mường Báng (bịa)", StringComparison.Ordinal));
        people.ForEach(_ => eye.Answer(new PhotoSight(PhotoHolds.NoQr)));
        await bot.UntilQuiet();
        Assert.All(people, person => Assert.StartsWith("Em không thấy mã QR", Assert.Single(person.Chat.Messages).Text));
    }

    [Fact]
    public async Task A_photo_that_was_being_looked_at_when_the_program_ended_is_looked_at_again()
    {
        var eye = new SlowEye();
        await using var bot = await BotWith(eye);
        var an = bot.Telegram.Someone("An");
        an.SendPhoto([1, 2, 3]);
        await eye.Asked("telegram");
        await bot.Stop();
        Assert.Empty(an.Chat.Messages);
        await bot.Start();
        await eye.Asked("telegram");
        eye.Answer(new PhotoSight(PhotoHolds.ForeignQr));
        Assert.StartsWith("Mã QR trong ảnh không phải", (await an.Chat.NextMessage()).Text);
        await bot.UntilQuiet();
        Assert.Equal(2, eye.Times);
    }

    [Fact]
    public async Task An_eye_that_fails_ends_in_a_sentence_and_its_fault_is_logged_without_a_word_of_it()
    {
        var eye = new SlowEye();
        await using var bot = await BotWith(eye);
        var an = bot.Telegram.Someone("An");
        an.SendPhoto([1, 2, 3]);
        await eye.Asked("telegram");
        eye.Fail(new InvalidOperationException("Nguyễn Văn A 0912000001"));
        Assert.StartsWith("Em đã nhận ảnh nhưng chưa đọc được ảnh.", (await an.Chat.NextMessage()).Text);
        Assert.Contains(bot.Log, line => line.Contains("could not be looked at: InvalidOperationException", StringComparison.Ordinal));
        Assert.DoesNotContain(bot.Log, line => line.Contains("0912000001", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_of_a_photo_is_kept_when_its_turn_is_done()
    {
        var eye = new SlowEye();
        await using var bot = await BotWith(eye);
        var an = bot.Telegram.Someone("An");
        an.SendPhoto([1, 2, 3], "một dòng chữ");
        await eye.Asked("telegram");
        eye.Answer(new PhotoSight(PhotoHolds.NoQr));
        await bot.UntilQuiet();
        Assert.Equal([""], await bot.Ask(db => db.Inbox.Select(row => row.Body).ToListAsync()));
        Assert.Equal(0, bot.Services.GetRequiredService<PhotoDesk>().Count);
    }

    /// <summary>Looks until it is told what it sees.</summary>
    private sealed class SlowEye : IPhotoEye
    {
        private readonly BlockingCollection<string> asked = [];
        private readonly System.Threading.Channels.Channel<Func<PhotoSight>> answers = System.Threading.Channels.Channel.CreateUnbounded<Func<PhotoSight>>();
        private int times;

        public int Times => times;

        public bool Reaches(string channel) => true;

        public async Task<PhotoSight> Look(string channel, string fileKey, CancellationToken ct)
        {
            Interlocked.Increment(ref times);
            asked.Add(channel, ct);
            return (await answers.Reader.ReadAsync(ct))();
        }

        public async Task Asked(string channel) =>
            Assert.Equal(channel, await Task.Run(() => asked.TryTake(out var by, TimeSpan.FromSeconds(10)) ? by : "nobody", TestContext.Current.CancellationToken));

        public void Answer(PhotoSight sight) => answers.Writer.TryWrite(() => sight);

        public void Fail(Exception fault) => answers.Writer.TryWrite(() => throw fault);
    }
}
