using DiaChiSo.Bot.Workers;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Photos;

internal static class PhotoServices
{
    /// <summary>Everything that looks at photos; the channels add their sources.</summary>
    public static IServiceCollection AddPhotos(this IServiceCollection services)
    {
        services.AddSingleton<PhotoDecoder>();
        services.AddSingleton<IPhotoEye, PhotoEye>();
        services.AddSingleton<IWorker, PhotoWorker>();
        return services;
    }
}
