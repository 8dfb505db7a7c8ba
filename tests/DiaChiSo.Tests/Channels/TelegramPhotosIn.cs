using DiaChiSo.Bot.Photos;
using DiaChiSo.Core;
using DiaChiSo.Core.Register.Reading;
using DiaChiSo.Fakes.Telegram;
using DiaChiSo.Tests.Photos;
using Microsoft.Extensions.DependencyInjection;

namespace DiaChiSo.Tests.Channels;

/// <summary>Photos over HTTP, from the person's phone to the decoder and back: getFile, the download, a process that reads the QR.</summary>
public sealed class TelegramPhotosIn
{
    // A photo costs a process, and the machine may be busy.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private static async Task<BotUnderTest> Start(bool webhook = false)
    {
        ReadingPhotos.NeedsZbar();
        return await BotUnderTest.Start(webhook);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_photographed_plate_is_looked_up(bool webhook)
    {
        await using var bot = await Start(webhook);
        var an = bot.Telegram.Someone("An");
        using var photo = DrawnPhotos.OnTheWall(380, 17);
        an.SendPhoto(photo.Jpeg());
        Assert.Contains("32606 00012", (await an.Chat.NextMessage(Patience)).Text);
        await bot.UntilQuiet();
        Assert.Empty(bot.Telegram.Refusals);
    }

    [Fact]
    public async Task The_photo_that_the_bot_sent_is_read_when_it_is_sent_back_even_as_a_file()
    {
        await using var bot = await Start();
        var an = bot.Telegram.Someone("An");
        an.Say("3260700023");
        var sent = await an.Chat.WaitForMessage(message => message.Method == "sendPhoto");
        await an.Chat.WaitForMessage(message => message.Method == "sendVenue");
        await bot.UntilQuiet();
        an.Say("/menu");
        await bot.UntilQuiet();
        var before = an.Chat.Messages.Count;
        an.SendDocument(sent.File!.Bytes, "bien.png");
        await BotUnderTest.Until(() => Task.FromResult(an.Chat.Messages.Count > before));
        Assert.Contains("Trạm y tế Mường Báng (bịa)", an.Chat.Messages[before].Text);
    }

    [Fact]
    public async Task No_qr_several_and_a_foreign_one_are_three_different_sentences()
    {
        await using var bot = await Start();
        var an = bot.Telegram.Someone("An");
        using var one = DrawnPhotos.Plate(DrawnPhotos.Code);
        using var two = DrawnPhotos.Plate(DrawnPhotos.Other);
        using var none = DrawnPhotos.Scene(640, 480);
        using var several = DrawnPhotos.Scene(1280, 960, (one, DrawnPhotos.At(one, 350, 480, 380)), (two, DrawnPhotos.At(two, 930, 480, 380)));
        using var foreign = DrawnPhotos.Foreign();
        an.SendPhoto(none.Jpeg());
        Assert.StartsWith("Em không thấy mã QR trong ảnh.", (await an.Chat.NextMessage(Patience)).Text);
        an.SendPhoto(several.Jpeg());
        Assert.StartsWith("Trong ảnh có mấy mã địa chỉ số", (await an.Chat.NextMessage(Patience)).Text);
        an.SendPhoto(foreign.Jpeg());
        Assert.StartsWith("Mã QR trong ảnh không phải mã địa chỉ số.", (await an.Chat.NextMessage(Patience)).Text);
    }

    [Fact]
    public async Task A_download_that_breaks_is_tried_again()
    {
        await using var bot = await Start();
        bot.Telegram.Script.Next(ScriptedAnswer.CutBeforeDelivery, AnswerScript.Download);
        var an = bot.Telegram.Someone("An");
        using var photo = DrawnPhotos.OnTheWall(380);
        an.SendPhoto(photo.Jpeg());
        Assert.Contains("32606 00012", (await an.Chat.NextMessage(Patience)).Text);
        Assert.Equal(2, bot.Telegram.Requests.Count(request => request.Method == "getFile"));
    }

    [Fact]
    public async Task A_wait_that_is_asked_for_is_waited()
    {
        await using var bot = await Start();
        bot.Telegram.Script.Next(ScriptedAnswer.TooManyRequests(1), "getFile");
        var an = bot.Telegram.Someone("An");
        using var photo = DrawnPhotos.OnTheWall(380);
        an.SendPhoto(photo.Jpeg());
        Assert.Contains("32606 00012", (await an.Chat.NextMessage(Patience)).Text);
        var calls = bot.Telegram.Requests.Where(request => request.Method == "getFile").ToList();
        Assert.Equal([429, 200], calls.Select(call => call.Status));
        Assert.True(calls[1].At - calls[0].At >= TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_photo_that_cannot_be_fetched_ends_in_a_sentence_and_the_talk_goes_on()
    {
        await using var bot = await Start();
        bot.Telegram.Script.Next(ScriptedAnswer.BadRequest("wrong file_id or the file is temporarily unavailable"), "getFile");
        var an = bot.Telegram.Someone("An");
        using var photo = DrawnPhotos.OnTheWall(380);
        an.SendPhoto(photo.Jpeg());
        Assert.StartsWith("Em chưa tải được ảnh của anh/chị.", (await an.Chat.NextMessage(Patience)).Text);
        an.Say("3260600012");
        Assert.Contains("32606 00012", (await an.Chat.NextMessage(Patience)).Text);
    }

    [Theory, InlineData(Limits.PhotoBytes + 1), InlineData(21 * 1024 * 1024)]
    public async Task A_file_that_is_too_large_is_not_downloaded(int size)
    {
        await using var bot = await Start();
        var an = bot.Telegram.Someone("An");
        an.SendDocument(new byte[size], "lon.png");
        Assert.StartsWith("Em không mở được ảnh này", (await an.Chat.NextMessage(Patience)).Text);
    }

    [Fact]
    public async Task A_hostile_picture_is_answered_like_any_other_and_the_bot_goes_on()
    {
        await using var bot = await Start();
        var (an, binh) = (bot.Telegram.Someone("An"), bot.Telegram.Someone("Bình"));
        an.SendDocument(DrawnPhotos.LyingPng(60_000, 60_000), "bom.png");
        binh.Say("3260600012");
        Assert.Contains("32606 00012", (await binh.Chat.NextMessage(Patience)).Text);
        Assert.StartsWith("Em không mở được ảnh này", (await an.Chat.NextMessage(Patience)).Text);
        an.SendPhoto([0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3]);
        Assert.StartsWith("Em không mở được ảnh này", (await an.Chat.NextMessage(Patience)).Text);
    }

    [Fact]
    public async Task Without_a_decoder_the_figures_are_asked_for_and_nothing_is_fetched()
    {
        await using var bot = await BotUnderTest.Start(more: services => services.AddSingleton(new PhotoDecoder(Understanding.Shipped, null, Limits.PhotoDecodedWithin, isThere: false)));
        var an = bot.Telegram.Someone("An");
        using var photo = DrawnPhotos.OnTheWall(380);
        an.SendPhoto(photo.Jpeg());
        Assert.Contains("gõ giúp em 10 số", (await an.Chat.NextMessage(Patience)).Text);
        Assert.DoesNotContain(bot.Telegram.Requests, request => request.Method == "getFile");
        Assert.Single(bot.Log, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("apt-get install libzbar0", StringComparison.Ordinal));
        Assert.Contains("libzbar0", (await DiaChiSo.Bot.Health.HealthReport.Make(bot.Services.CreateScope().ServiceProvider, TestContext.Current.CancellationToken)).Photos);
    }
}
