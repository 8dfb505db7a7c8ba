namespace DiaChiSo.Bot.Health;

internal static class HealthEndpoint
{
    /// <summary><c>GET /health</c>: 200 while the program can work, 503 while its database does not answer.</summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/health", async (HttpContext context) =>
    {
        var report = await HealthReport.Make(context.RequestServices, context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(report, statusCode: report.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    });
}
