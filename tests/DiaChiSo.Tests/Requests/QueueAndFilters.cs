using DiaChiSo.Core;
using DiaChiSo.Core.Offices;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Requests;
using DiaChiSo.Core.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DiaChiSo.Tests.Requests;

/// <summary>The queue by area and age, its filters and counts, what is alike, and what is announced.</summary>
public sealed class QueueAndFilters
{
    private const string SinChai = "03226";
    private static readonly AddressCode Home = new("3260600012");
    private static readonly WorkingTime Working = new(new OfficeTable { Holidays = ["2027-01-01"] });

    [Fact]
    public async Task Filters_narrow_the_queue_and_the_counts_say_so()
    {
        await using var desk = await RequestDesk.Open();
        var old = await desk.Sent(RequestDesk.New());
        desk.Stage.Time.Advance(TimeSpan.FromDays(9));
        var update = await desk.Sent(await desk.Update(RequestDesk.HealthStation, body => body with { Name = "Trạm mới (bịa)", Changed = [RequestField.Name] }));
        var away = await desk.Sent(RequestDesk.New() with { Commune = SinChai });
        Assert.Equal([old, update, away], await Numbers(desk, QueueFilter.None));
        Assert.Equal([old, away], await Numbers(desk, new(RequestKind.New)));
        Assert.Equal([away], await Numbers(desk, new(RequestKind.New, SinChai)));
        Assert.Equal([old], await Numbers(desk, new(IsOverdue: true)));
        Assert.Equal([update, away], await Numbers(desk, QueueFilter.None, skip: 1));
        Assert.Equal([], await Numbers(desk, new(WaitsForCode: true)));
        var counts = await Queue(desk, (queue, who, now) => queue.Count(who, now, default));
        Assert.Equal((3, 2, 1, 1, 0), (counts.Of(QueueFilter.None), counts.Of(new(RequestKind.New)), counts.Of(new(RequestKind.New, SinChai)), counts.Of(new(IsOverdue: true)), counts.Of(new(WaitsForCode: true))));

        await desk.Do("Bình", tells => new ClaimRequest(old, tells));
        await desk.Do("Bình", tells => new ApproveWithoutCode(old, tells));
        Assert.Equal([old], await Numbers(desk, new(WaitsForCode: true)));
        Assert.Equal([update, away], await Numbers(desk, QueueFilter.None));
    }

    [Theory]
    [InlineData("2026-11-16 10:00", "2026-11-23 09:59", false)]     // Monday, and nearly the next one
    [InlineData("2026-11-16 10:00", "2026-11-23 10:00", true)]
    [InlineData("2026-11-21 10:00", "2026-11-27 23:00", false)]     // what comes on a Saturday counts from Monday
    [InlineData("2026-11-21 10:00", "2026-11-30 10:00", true)]
    [InlineData("2026-12-28 10:00", "2027-01-04 10:00", false)]     // a holiday of the settings between them
    [InlineData("2026-12-28 10:00", "2027-01-05 10:00", true)]
    public void Five_working_days_are_counted_as_the_office_counts_them(string sent, string now, bool isOverdue)
    {
        Assert.Equal(isOverdue, Time(sent) <= Working.DaysBefore(Time(now), Limits.AnswerWithinWorkingDays));
    }

    [Theory]
    [InlineData("2026-11-23 07:29", false)]
    [InlineData("2026-11-23 07:30", true)]
    [InlineData("2026-11-23 11:30", false)]
    [InlineData("2026-11-23 16:59", true)]
    [InlineData("2026-11-22 09:00", false)]     // Sunday
    [InlineData("2027-01-01 09:00", false)]     // a holiday
    public void The_office_is_open_on_working_days_in_its_hours(string time, bool isOpen) => Assert.Equal(isOpen, Working.IsOpen(Time(time)));

    [Fact]
    public async Task What_waits_too_long_is_announced_once_a_day_in_office_hours_and_then_to_the_officer()
    {
        await using var desk = await RequestDesk.Open();
        await Officer(desk, "Cán bộ");
        await desk.Sent(RequestDesk.New());
        await desk.Sent(RequestDesk.New());
        await SetTime(desk, "2026-12-01 06:00");
        Assert.Equal(0, await Announce(desk));
        await SetTime(desk, "2026-12-01 08:00");
        Assert.Equal(2, await Announce(desk));
        var told = Assert.Single(await desk.NoticesTo("Bình"), notice => notice.Section == "notice-overdue");
        Assert.Equal(("2", "22/11/2026"), (told.Holes["count"], told.Holes["oldest"]));
        Assert.Equal(0, await Announce(desk));
        Assert.Empty(await desk.NoticesTo("Cán bộ"));
        await SetTime(desk, "2026-12-08 08:00");
        Assert.Equal(3, await Announce(desk));
        Assert.Equal("xã Tủa Chùa", Assert.Single(await desk.NoticesTo("Cán bộ")).Holes["communes"]);
        // Yesterday's door is shut when today's is there.
        Assert.Equal(2, await desk.Stage.Ask(db => db.Doors.CountAsync(door => door.About.StartsWith("Overdue ") && door.ClosedAt == null)));
    }

    [Fact]
    public async Task Who_holds_a_request_for_long_is_reminded_once_a_day_and_ones_own_is_no_work()
    {
        await using var desk = await RequestDesk.Open();
        await desk.Verify("Chi");
        await SetTime(desk, "2026-11-23 08:00");
        var number = await desk.Sent(RequestDesk.New(), by: "Chi");
        await desk.Do("Bình", tells => new ClaimRequest(number, tells));
        await SetTime(desk, "2026-11-23 14:00");
        Assert.Equal(1, await Announce(desk));
        Assert.Equal(number, Assert.Single(await desk.NoticesTo("Bình"), notice => notice.Section == "notice-held-for-long").Holes["number"]);
        Assert.Equal(0, await Announce(desk));
        await SetTime(desk, "2026-12-07 08:00");
        await Announce(desk);
        Assert.DoesNotContain(await desk.NoticesTo("Chi"), notice => notice.Section == "notice-overdue");
    }

    [Fact]
    public async Task Only_what_is_alike_and_undoubted_is_offered_at_once()
    {
        await using var desk = await RequestDesk.Open();
        var codes = (string[])["3260600012", "3260600013", "3260600014", "3260700021", "3260700022"];
        var numbers = new List<string>();
        foreach (var code in codes)
        {
            numbers.Add(await desk.Sent(await Becomes(desk, code, AddressCategory.Office)));
        }
        // Two more that look alike and are not: the address was changed since in that field; a rival wishes something for it.
        await desk.Change(new("3260600013"), new AddressChange { Category = AddressCategory.Education });
        await desk.Sent(await desk.Update(new("3260600014"), body => body with { Name = "Nhà khác (bịa)", Changed = [RequestField.Name] }));
        // A home whose name would come onto the plate.
        await desk.Change(new("3260700021"), new AddressChange { Name = "Nhà ông Thử" });
        // Positions and contacts never.
        await desk.Sent(await desk.Update(RequestDesk.HealthStation, body => body with { Gate = new GateFix(new GeoPoint(21.8419, 103.3512), 5), Changed = [RequestField.Gate] }));
        await desk.Sent(await desk.Update(new("3260700024"), body => body with { Gate = new GateFix(new GeoPoint(21.8362, 103.3625), 5), Changed = [RequestField.Gate] }));

        var group = Assert.Single(await Queue(desk, (queue, who, now) => queue.Alike(who, now, default)));
        Assert.Equal(("home", "office"), (group.Change.From, group.Change.To));
        Assert.Equal([numbers[0], numbers[4]], group.Requests.Select(one => one.Number));
    }

    [Fact]
    public async Task The_same_correction_of_a_village_is_alike_wherever_it_is_wished()
    {
        await using var desk = await RequestDesk.Open();
        foreach (var code in (string[])["3260700021", "3260700022"])
        {
            await desk.Sent(await desk.Update(new(code), body => body with { Detail = body.Seen!.Detail with { Village = "Đội 5A" }, Changed = [RequestField.Detail] }));
        }
        var group = Assert.Single(await Queue(desk, (queue, who, now) => queue.Alike(who, now, default)));
        Assert.Equal(("Village", "Đội 5", "Đội 5A", 2), (group.Change.Piece, group.Change.From, group.Change.To, group.Count));
    }

    [Fact]
    public async Task Each_of_several_is_decided_in_its_own_right_and_what_changed_since_is_left_out()
    {
        await using var desk = await RequestDesk.Open();
        var numbers = new List<string>();
        foreach (var code in (string[])["3260600012", "3260600013", "3260600014", "3260700022"])
        {
            numbers.Add(await desk.Sent(await Becomes(desk, code, AddressCategory.Office)));
        }
        var group = Assert.Single(await Queue(desk, (queue, who, now) => queue.Alike(who, now, default)));
        await desk.Do("Chi", tells => new ClaimRequest(numbers[1], tells));
        await desk.Change(new("3260600014"), new AddressChange { Village = "Tổ dân phố khác" });
        IReadOnlyList<RequestOutcome> outcomes = [];
        await desk.Do("Bình", tells => new ApproveAlike(group, told => outcomes = told));
        Assert.Equal([null, Refusal.NotAlike, Refusal.NotAlike, null], outcomes.Select(outcome => outcome.Refusal));
        Assert.Equal(
            [RequestStatus.Approved, RequestStatus.BeingVerified, RequestStatus.Sent, RequestStatus.Approved],
            await Task.WhenAll(numbers.Select(async number => (await desk.Row(number)).Status)));
        Assert.Equal(2, (await desk.NoticesTo("An")).Count(notice => notice.Section == "notice-changed"));
        // Each can be taken back by itself.
        Assert.True((await desk.Do("Bình", tells => new TakeAnswerBack(numbers[3], tells))).IsDone);
        Assert.Equal(("office", "home"), ((await desk.Address(Home))!.Category, (await desk.Address(new("3260700022")))!.Category));
    }

    private static Task<FilledForm> Becomes(RequestDesk desk, string code, AddressCategory category) =>
        desk.Update(new(code), body => body with { Category = category, Changed = [RequestField.Category] });

    private static async Task<IReadOnlyList<string>> Numbers(RequestDesk desk, QueueFilter filter, int skip = 0) =>
        [.. (await Queue(desk, (queue, who, now) => queue.Waiting(who, filter, now, skip, 5, default))).Select(one => one.Number)];

    private static async Task<T> Queue<T>(RequestDesk desk, Func<IReviewQueue, long, DateTimeOffset, Task<T>> ask)
    {
        await using var scope = desk.Stage.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<IReviewQueue>(), await desk.Id("Bình"), desk.Stage.Time.GetUtcNow());
    }

    private static Task<int> Announce(RequestDesk desk) => desk.Stage.Services.GetRequiredService<OverdueRequests>().Announce(default);

    private static Task SetTime(RequestDesk desk, string local)
    {
        desk.Stage.Time.SetUtcNow(Time(local));
        return Task.CompletedTask;
    }

    private static async Task Officer(RequestDesk desk, string who)
    {
        var conversation = await desk.Stage.ConversationOf(who);
        await desk.Stage.Arrange((_, db) =>
        {
            db.Grants.Add(new DiaChiSo.Core.People.RoleGrant { PersonId = conversation.PersonId, Role = DiaChiSo.Core.People.Role.Officer, Area = RequestDesk.TuaChua, GrantedAt = desk.Stage.Time.GetUtcNow() });
            return Task.CompletedTask;
        });
    }

    private static DateTimeOffset Time(string local) =>
        DateTimeOffset.ParseExact(local + " +07:00", "yyyy-MM-dd HH:mm zzz", System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime();
}
