using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using DiaChiSo.Bot.Channels.Web;
using Xunit;

namespace DiaChiSo.Tests.Web;

public sealed partial class PageTests(WebSite site) : IClassFixture<WebSite>
{
    private static readonly string[] Scripts = ["words.js", "line.js", "outbox.js", "draw.js", "place.js", "photo.js", "chat.js"];

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/chat.css", "text/css")]
    [InlineData("/chat.js", "text/javascript")]
    [InlineData("/icon.svg", "image/svg+xml")]
    [InlineData("/manifest.webmanifest", "application/manifest+json")]
    public async Task Every_file_of_the_page_is_served_guarded_and_not_twice(string path, string type)
    {
        var first = await site.Send(HttpMethod.Get, path, null, null);
        Assert.Equal(type, first.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", first.Headers.GetValues("X-Content-Type-Options").Single());
        var again = await site.Send(HttpMethod.Get, path, null, null, ("If-None-Match", first.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        var pressed = await site.Send(HttpMethod.Get, path, null, null, ("Accept-Encoding", "gzip, deflate"));
        using var opened = new StreamReader(new GZipStream(await pressed.Content.ReadAsStreamAsync(), CompressionMode.Decompress));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await opened.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Nothing_but_our_own_script_may_run()
    {
        var policy = (await site.Send(HttpMethod.Get, "/", null, null)).Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("script-src 'self';", policy);
        Assert.Contains("style-src 'self';", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.DoesNotContain("*", policy);
    }

    [Fact]
    public async Task A_strange_host_name_is_not_written_into_the_policy()
    {
        var policy = (await site.Send(HttpMethod.Get, "/", null, null, ("Host", "a.example"))).Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("ws://a.example ", policy);
        var response = await site.Send(HttpMethod.Get, "/", null, null, ("Host", "a'b;script-src*"));
        if (response.Headers.TryGetValues("Content-Security-Policy", out var strange))
        {
            Assert.DoesNotContain("script-src*", strange.Single());
        }
    }

    [Fact]
    public void The_page_puts_words_in_only_as_text()
    {
        Assert.NotEmpty(Scripts);
        foreach (var file in Scripts)
        {
            Assert.DoesNotMatch(MarkupFromText(), Text(file));
        }
        var html = Text("chat.html") + Text("address.html");
        Assert.DoesNotMatch(@"<script(?![^>]*\ssrc=)|\son\w+=|\sstyle=|<style", html);
    }

    [Fact]
    public void The_page_names_no_other_host()
    {
        string[] files = [.. Scripts, "chat.html", "address.html", "chat.css", "dark.css"];
        Assert.All(files, file => Assert.DoesNotMatch(@"https?://\w|[""']//\w|@import", Text(file)));
        Assert.DoesNotContain("url(", Text("chat.css") + Text("dark.css"));
    }

    [Fact]
    public void The_scripts_are_old_enough_for_old_phones()
    {
        foreach (var file in Scripts)
        {
            var code = Comments().Replace(Text(file), "");
            Assert.DoesNotMatch(@"=>|\b(let|const|class|async|await|import|export)\b\s|`|\?\.|\?\?|\.\.\.|\bfetch\(|\bPromise\b|\.includes\(|\.append\(|\.replaceChildren\(|URLSearchParams", code);
        }
    }

    [Fact]
    public void Both_languages_have_the_same_words()
    {
        var words = Text("words.js");
        var middle = words.IndexOf("    en: {", StringComparison.Ordinal);
        var end = words.IndexOf("bot.language =", StringComparison.Ordinal);
        var (vi, en) = (Names(words[..middle]), Names(words[middle..end]));
        Assert.True(vi.Count > 30);
        Assert.Equal(vi, en);
        var used = Regex.Matches(string.Concat(Scripts.Select(Text)) + Text("chat.html"), @"bot\.word\('(\w+)'\)|data-word=""(\w+)""").Select(match => match.Groups[1].Value + match.Groups[2].Value).Distinct();
        Assert.All(used, name => Assert.Contains(name, vi));

        static List<string> Names(string part) => [.. Regex.Matches(part, @"[{,]\s*(\w+): '").Select(match => match.Groups[1].Value).Order()];
    }

    [Fact]
    public void Everything_that_is_pressed_has_words_and_every_field_a_label()
    {
        var html = Text("chat.html");
        var buttons = Regex.Matches(html, @"<button[^>]*>(.*?)</button>", RegexOptions.Singleline);
        Assert.True(buttons.Count >= 6);
        Assert.All(buttons, button => Assert.Matches(@"\w{3}", Regex.Replace(button.Groups[1].Value, "<svg.*?</svg>|<[^>]+>", "", RegexOptions.Singleline)));
        var fields = Regex.Matches(html, @"<input id=""([\w-]+)""");
        Assert.Equal(2, fields.Count);
        Assert.All(fields, field => Assert.Contains($"<label for=\"{field.Groups[1].Value}\"", html));
        Assert.Contains("role=\"log\"", html);
    }

    [Fact]
    public async Task A_plate_shows_what_the_plate_shows_and_nothing_of_its_people()
    {
        var address = WebSite.AnAddress;
        var response = await site.Send(HttpMethod.Get, $"/ma/{address.Code}", null, null);
        var html = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
        Assert.Contains(address.Code.Grouped, html);
        Assert.Contains("Địa chỉ bịa để dùng thử", html);
        Assert.Contains($"href=\"/?ma={address.Code}\"", html);
        Assert.DoesNotContain("Người mẫu", html);
        Assert.DoesNotContain("0900", html);
        Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Theory]
    [InlineData("9999999999")]
    [InlineData("123")]
    [InlineData("<script>alert(1)")]
    public async Task An_unknown_plate_says_so_kindly(string code)
    {
        var response = await site.Send(HttpMethod.Get, "/ma/" + Uri.EscapeDataString(code), null, null);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        var html = await response.Content.ReadAsStringAsync();
        Assert.Contains("Chưa có địa chỉ này", html);
        Assert.DoesNotContain("<script>", html);
    }

    private static string Text(string file) => Encoding.UTF8.GetString(PageFiles.Embedded(file));

    [GeneratedRegex(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|srcdoc|DOMParser|createContextualFragment|setTimeout\(\s*['""]")]
    private static partial Regex MarkupFromText();

    [GeneratedRegex(@"/\*.*?\*/|//[^\n]*|'(?:[^'\\\n]|\\.)*'", RegexOptions.Singleline)]
    private static partial Regex Comments();
}
