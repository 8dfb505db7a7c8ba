using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DiaChiSo.Tests.Parity;

/// <summary>Between a channel and the program: everything that the channel brings arrives several times, word for word, as after a lost answer.</summary>
internal sealed class Repeater : IAsyncDisposable
{
    private static readonly string[] OfTheConnection = ["Host", "Content-Length", "Transfer-Encoding", "Connection", "Expect"];

    private readonly WebApplication app;
    private readonly HttpClient http = new();

    private Repeater(WebApplication app) => this.app = app;

    public string Url => app.Urls.Single();

    public static async Task<Repeater> Start(string target, int times)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var repeater = new Repeater(builder.Build());
        repeater.app.Run(context => repeater.Pass(context, target, times));
        await repeater.app.StartAsync();
        return repeater;
    }

    private async Task Pass(HttpContext context, string target, int times)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        for (var time = 0; time < times; time++)
        {
            using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), target + context.Request.Path + context.Request.QueryString) { Content = new ByteArrayContent(body.ToArray()) };
            foreach (var (name, values) in context.Request.Headers.Where(header => !OfTheConnection.Contains(header.Key)))
            {
                if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                {
                    request.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
                }
            }
            using var answer = await http.SendAsync(request);
            if (time == times - 1 || answer.StatusCode != HttpStatusCode.OK)
            {
                context.Response.StatusCode = (int)answer.StatusCode;
                await context.Response.Body.WriteAsync(await answer.Content.ReadAsByteArrayAsync());
                return;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
