using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Chats;
using DiaChiSo.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace DiaChiSo.Tests.Parity;

/// <summary>
/// A hundred people on four channels at once, with the program's own workers: each asks for the code of a house of their own, and finds in their
/// chat what is theirs and nothing of anybody else's.
/// </summary>
public sealed class AHundredPeople
{
    private const int OnEach = 25;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Each_gets_through_their_own_form_and_sees_nobody_elses()
    {
        var url = $"http://127.0.0.1:{FreePorts.Next()}";
        Rig[] rigs = [new TelegramRig { BotUrl = url }, new ZaloOaRig { BotUrl = url }, new ZaloBotRig { BotUrl = url }, new WebRig { BotUrl = url }];
        // The fakes' clock stands still at this moment; the program's own goes on.
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        foreach (var rig in rigs)
        {
            await rig.Prepare(time);
        }
        await using var stage = await ChannelStage.OpenWithWorkers(rigs, time);

        var people = new List<Somebody>();
        foreach (var (rig, number) in rigs.SelectMany(rig => Enumerable.Range(0, OnEach).Select(_ => rig)).Select((rig, number) => (rig, number)))
        {
            // Who they are is settled; the talk is what is tried.
            people.Add(new Somebody(rig, number, (await stage.Meet(rig, $"nguoi{number:000}", $"nguoi{number}@example.invalid")).Id));
        }
        using var patience = new CancellationTokenSource(Patience);
        await Task.WhenAll(people.Select(person => Talk(stage, person, patience.Token)));

        var requests = await stage.Ask(async db => await db.Set<Request>().AsNoTracking().ToListAsync());
        Assert.Equal(people.Count, requests.Count);
        foreach (var person in people)
        {
            var seen = string.Join('\n', person.Rig.TextsSeenBy(person.Who));
            Assert.Contains(person.House, seen);
            Assert.All(people.Where(other => other != person), other => Assert.DoesNotContain(other.House, seen));

            var conversation = await stage.ConversationOf(person.Rig, person.Who);
            Assert.Equal("RequestNew.Sent", ChatScript.StateOf(conversation));
            var mine = Assert.Single(requests, request => request.PersonId == conversation.PersonId);
            Assert.Contains(mine.Number, seen);
            Assert.Contains(person.House, mine.BodySealed);
            Assert.All(requests.Where(other => other != mine), other => Assert.DoesNotContain(other.Number, seen));
        }
    }

    private static async Task Talk(ChannelStage stage, Somebody person, CancellationToken ct)
    {
        await Say(new Commanded("themmoi"));
        await Choose("🏠 Nhà ở");
        await Say(new Said(person.House));
        await Choose("Xã Sín Chải");
        await Choose("Thôn Háng Khúa");
        await Say(new Said((100 + person.Number).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        await Choose("Chủ địa chỉ");
        await Say(new Said("sùng thị dợ"));
        await Choose("Không có");
        await Choose("Không có");
        await Choose("Đúng rồi");
        // A gate of their own, in the commune.
        await Say(new SharedPlace(new GeoPoint(22.05 + person.Number % 10 * 0.001, 103.25 + person.Number / 10 * 0.001), 9));
        await Choose("Đúng rồi");
        await Choose("Gửi yêu cầu");

        async Task Say(Incoming what) => await Done(person.Rig.Hand(person.Who, what));

        async Task Choose(string label) => await Done(person.Rig.Choose(person.Who, label, isOld: false));

        async Task Done(Task<bool> handed)
        {
            Assert.True(await handed);
            while (await stage.IsBusy(person.ConversationId))
            {
                await Task.Delay(20, ct);
            }
        }
    }

    private sealed record Somebody(Rig Rig, int Number, long ConversationId)
    {
        public string Who { get; } = $"nguoi{Number:000}";

        public string House => $"Nhà mẫu {Number:000}";
    }
}
