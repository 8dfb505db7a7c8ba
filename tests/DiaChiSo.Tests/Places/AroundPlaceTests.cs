using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using DiaChiSo.Bot.Places;
using DiaChiSo.Core;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Store;
using DiaChiSo.Core.Turns;
using DiaChiSo.Tests.Chats;
using DiaChiSo.Tests.Web;
using Microsoft.Extensions.DependencyInjection;

namespace DiaChiSo.Tests.Places;

/// <summary>What the small map shows: the commune, gates as their plates say them, the gate on record; and nobody's data.</summary>
public sealed class AroundPlaceTests : IAsyncLifetime
{
    private WebSite site = null!;

    public async ValueTask InitializeAsync()
    {
        site = await WebSite.With();
        await PlaceStage.Ask(site, async db =>
        {
            await ChatRegister.Fill(db);
            return 0;
        });
    }

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task The_gates_nearby_are_dots_that_say_what_their_plates_say()
    {
        var (_, path) = await PlaceStage.Link(site);
        var around = await Around(path, new { latitude = 21.84150, longitude = 103.35040 });
        Assert.Equal(["…00022", "…00021", "Trạm y tế Mường Báng (bịa)"], around.Addresses.Select(dot => dot.Label));
        Assert.Equal((21.84140, 103.35050), (around.Addresses[0].Latitude, around.Addresses[0].Longitude));
        Assert.Equal("xã Tủa Chùa", around.Commune);
        Assert.True(around.IsGuess);
        Assert.Null(around.Known);
        Assert.Empty(around.Outline);
    }

    [Fact]
    public async Task Nobodys_name_phone_or_mail_is_in_it()
    {
        var (_, path) = await PlaceStage.Link(site);
        using var answer = await site.Send(HttpMethod.Post, path + "/around", null, new { latitude = 21.85640, longitude = 103.32930 });
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("số 15", text, StringComparison.Ordinal);
        foreach (var secret in new[] { "Người Thử", "0912", "example.invalid", "32606", "Thử Nghiệm" })
        {
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_gate_on_record_is_shown_while_a_gate_is_asked_for()
    {
        var draft = JsonSerializer.SerializeToElement(new { need = new GateNeed(new GeoPoint(21.84120, 103.35010), new UnitKey(UnitSystem.Since2025, "03217")) }, Saved.Json);
        var talk = new DiaChiSo.Core.Turns.Talk { Stack = [new Frame { Dialog = "Welcome" }, new Frame { Dialog = "Gate", State = "AskingPlace", Draft = draft }] };
        var (_, path) = await PlaceStage.Link(site, JsonSerializer.Serialize(talk, Saved.Json));
        var around = await Around(path, new { latitude = 21.84150, longitude = 103.35040 });
        Assert.Equal((21.84120, 103.35010), (around.Known!.Latitude, around.Known.Longitude));
        // It is not a neighbour of itself.
        Assert.Equal(["…00022", "Trạm y tế Mường Báng (bịa)"], around.Addresses.Select(dot => dot.Label));
    }

    [Theory]
    [InlineData("""{"need":"a place to sit"}""")]
    [InlineData("""{"need":{"known":{"latitude":900,"longitude":1}}}""")]
    [InlineData("[]")]
    public async Task Another_dialogs_need_is_another_thing(string draft)
    {
        var talk = new DiaChiSo.Core.Turns.Talk { Stack = [new Frame { Dialog = "Else", Draft = JsonElement.Parse(Encoding.UTF8.GetBytes(draft)) }] };
        var (_, path) = await PlaceStage.Link(site, JsonSerializer.Serialize(talk, Saved.Json));
        Assert.Null((await Around(path, new { latitude = 21.84150, longitude = 103.35040 })).Known);
    }

    [Theory]
    [InlineData("21.84150, 103.35040")]
    [InlineData("21,84150; 103,35040")]
    [InlineData("21°50'29.4\"B 103°21'01.4\"Đ")]
    [InlineData("https://maps.example/@21.84150,103.35040,17z")]
    public async Task Numbers_are_read_as_people_type_them(string words)
    {
        var (_, path) = await PlaceStage.Link(site);
        var around = await Around(path, new { words });
        Assert.Equal((21.8415, 103.3504), (Math.Round(around.Latitude, 4), Math.Round(around.Longitude, 4)));
    }

    [Fact]
    public async Task Looking_around_uses_nothing_up_and_has_its_pace()
    {
        var (_, path) = await PlaceStage.Link(site);
        for (var times = 0; times < Limits.PlaceLooksPerMinute; times++)
        {
            await Around(path, new { latitude = 21.84150, longitude = 103.35040 });
        }
        Assert.Equal((HttpStatusCode.TooManyRequests, "slow"), await PlaceStage.Post(site, path + "/around", new { latitude = 21.84150, longitude = 103.35040 }));
        Assert.Equal((HttpStatusCode.OK, "sent"), await PlaceStage.Post(site, path, new { latitude = 21.84150, longitude = 103.35040 }));
        Assert.Equal((HttpStatusCode.Gone, "used"), await PlaceStage.Post(site, path + "/around", new { latitude = 21.84150, longitude = 103.35040 }));
    }

    [Fact]
    public async Task One_network_address_asks_only_so_often()
    {
        await using var slow = await WebSite.With("--Web:TokensPerMinute=3");
        var (_, path) = await PlaceStage.Link(slow);
        for (var times = 0; times < 3; times++)
        {
            Assert.Equal(HttpStatusCode.OK, (await slow.Http.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
        }
        Assert.Equal(HttpStatusCode.TooManyRequests, (await slow.Http.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal((HttpStatusCode.TooManyRequests, "slow"), await PlaceStage.Post(slow, path, new { latitude = 21.84150, longitude = 103.35040 }));
        slow.Time.Ahead = TimeSpan.FromMinutes(1);
        Assert.Equal((HttpStatusCode.OK, "sent"), await PlaceStage.Post(slow, path, new { latitude = 21.84150, longitude = 103.35040 }));
    }

    [Fact]
    public void A_communes_outline_is_drawn_only_where_it_comes_near()
    {
        // A square of twenty kilometres; the place stands at its western side.
        var square = new DiaChiSo.Core.Register.Units.Boundary(new UnitKey(UnitSystem.Since2025, "03217"),
            [[[103_300_000, 21_800_000, 103_500_000, 21_800_000, 103_500_000, 22_000_000, 103_300_000, 22_000_000, 103_300_000, 21_800_000]]]);
        var pieces = AroundPlace.Near(square, new GeoPoint(21.9, 103.301));
        Assert.Equal([[22.0, 103.3, 21.8, 103.3]], pieces);
        Assert.Empty(AroundPlace.Near(square, new GeoPoint(21.9, 103.4)));
    }

    private async Task<AroundPlace> Around(string path, object place)
    {
        using var answer = await site.Send(HttpMethod.Post, path + "/around", null, place);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<AroundPlace>(TestContext.Current.CancellationToken))!;
    }
}
