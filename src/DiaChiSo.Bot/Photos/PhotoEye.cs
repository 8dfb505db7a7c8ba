using DiaChiSo.Bot.Workers;
using DiaChiSo.Core;
using DiaChiSo.Core.Turns;

namespace DiaChiSo.Bot.Photos;

/// <summary>Where a channel's photos come from.</summary>
internal interface IPhotoSource
{
    /// <summary>The channel's name.</summary>
    string Channel { get; }

    /// <summary>The photo's file, at most <see cref="Limits.PhotoBytes"/>.</summary>
    /// <exception cref="PhotoFault">It does not help to ask again. Whatever else is thrown is tried again.</exception>
    Task<byte[]> Fetch(string fileKey, CancellationToken ct);
}

/// <summary>A photo that will not come, and what that means.</summary>
internal sealed class PhotoFault(PhotoHolds meaning) : Exception("a photo cannot be fetched")
{
    public PhotoSight Sight { get; } = new(meaning);
}

/// <summary>Fetches a photo from its channel, patiently, and has it decoded. Its bytes are in memory only, and only until then.</summary>
internal sealed partial class PhotoEye(IEnumerable<IPhotoSource> sources, PhotoDecoder decoder, TimeProvider time, ILogger<PhotoEye> log) : IPhotoEye
{
    private const int Tries = 4;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan OneTry = TimeSpan.FromSeconds(20);

    private readonly Dictionary<string, IPhotoSource> sources = sources.ToDictionary(source => source.Channel);

    public bool Reaches(string channel) => sources.ContainsKey(channel);

    public async Task<PhotoSight> Look(string channel, string fileKey, CancellationToken ct)
    {
        if (!decoder.IsThere)
        {
            // Not even fetched.
            return new PhotoSight(PhotoHolds.NotLookedAt);
        }
        byte[] picture;
        try
        {
            picture = await Fetch(sources[channel], fileKey, ct);
        }
        catch (PhotoFault fault)
        {
            return fault.Sight;
        }
        return await decoder.Look(picture, ct);
    }

    private async Task<byte[]> Fetch(IPhotoSource source, string fileKey, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
            patience.CancelAfter(OneTry);
            try
            {
                return await source.Fetch(fileKey, patience.Token);
            }
            catch (Exception fault) when (fault is not PhotoFault && !ct.IsCancellationRequested)
            {
                LogFault(source.Channel, tries, fault.GetType().Name);
                if (tries == Tries)
                {
                    throw new PhotoFault(PhotoHolds.NotFetched);
                }
                await Task.Delay(Backoff.After(tries - 1, LongestWait), time, ct);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A photo could not be fetched from {Channel} (try {Try}): {Fault}")]
    private partial void LogFault(string channel, int @try, string fault);
}

/// <summary>Looks at the photos that turns wait for, a few at a time.</summary>
internal sealed partial class PhotoWorker(PhotoDesk desk, PhotoDecoder decoder, ILogger<PhotoWorker> log) : IWorker
{
    public string Name => "photos";

    public Task Run(CancellationToken ct)
    {
        if (!decoder.IsThere)
        {
            LogNoDecoder(Zbar.DebianPackage);
        }
        return Task.WhenAll(Enumerable.Range(0, Limits.PhotosAtOnce).Select(_ => Loop(ct)));
    }

    private async Task Loop(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await desk.LookAtNext(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No QR decoder on this machine: a photo is answered with \"type the 10 digits below the QR\". To read photos install zbar (Debian, Ubuntu: apt-get install {Package}) and start again")]
    private partial void LogNoDecoder(string package);
}
