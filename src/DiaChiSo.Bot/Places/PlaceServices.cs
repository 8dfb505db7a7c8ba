namespace DiaChiSo.Bot.Places;

/// <summary>The page behind the one-time addresses. The web channel's files and its gatekeeper must be there.</summary>
internal static class PlaceServices
{
    public static IServiceCollection AddPlaces(this IServiceCollection services) => services.AddSingleton<PositionPage>();

    /// <summary>Adds <c>/vt/{id}</c>.</summary>
    public static void MapPlaces(this IEndpointRouteBuilder app) => app.ServiceProvider.GetRequiredService<PositionPage>().Map(app);
}
