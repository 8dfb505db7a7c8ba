using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Reading;

namespace DiaChiSo.Core.Turns;

/// <summary>What a photo holds, as far as a conversation needs it. Nothing else of the photo is kept anywhere.</summary>
public enum PhotoHolds
{
    /// <summary>One QR of an address (several that say the same code count as one; foreign ones beside it do not matter).</summary>
    OurCode,
    NoQr,

    /// <summary>QRs of several addresses: which one is meant only the person knows.</summary>
    SeveralCodes,

    /// <summary>A QR, but none of an address.</summary>
    ForeignQr,

    /// <summary>Broken, larger than is taken, or no picture at all.</summary>
    NotReadable,

    /// <summary>The channel did not hand it over, however often it was asked.</summary>
    NotFetched,

    /// <summary>Nobody could look at it: no decoder on this machine, or too many photos at once.</summary>
    NotLookedAt,
}

/// <param name="Holds">What it holds.</param>
/// <param name="Code">For <see cref="PhotoHolds.OurCode"/>.</param>
public sealed record PhotoSight(PhotoHolds Holds, AddressCode? Code = null)
{
    /// <summary>What the texts of all QRs in a photo mean together. Which text is one of ours <see cref="Understanding"/> says; none is opened or kept.</summary>
    public static PhotoSight Of(IReadOnlyCollection<string> qrTexts, Understanding understanding)
    {
        var codes = qrTexts.Select(text => CodeIn(text, understanding)).OfType<AddressCode>().Distinct().ToList();
        return codes.Count switch
        {
            1 => new PhotoSight(PhotoHolds.OurCode, codes[0]),
            > 1 => new PhotoSight(PhotoHolds.SeveralCodes),
            _ => new PhotoSight(qrTexts.Count == 0 ? PhotoHolds.NoQr : PhotoHolds.ForeignQr),
        };
    }

    // A plate's own text is not documented, so any link will do that holds a code of a commune we know (domain: "QR / link of a record");
    // ten figures in a stranger's link that are of no commune are a phone (https://zalo.me/09…) or an order.
    private static AddressCode? CodeIn(string text, Understanding understanding) =>
        understanding.Read(text) is { Kind: UnderstoodKind.Code, Code: { } code } read && (!read.IsForeignLink || understanding.Units.OfCode(code).Count > 0) ? code : null;
}

/// <summary>
/// Fetches a photo and looks at it: a wall on purpose. A channel's server, a picture from anybody and a native decoder are behind it, and
/// none of them may hold up or bring down a turn.
/// </summary>
public interface IPhotoEye
{
    /// <summary>False: this process cannot fetch from that channel; another one on the same database does.</summary>
    bool Reaches(string channel);

    /// <summary>Looks, within a bounded time. The world's faults are a sight too (<see cref="PhotoHolds.NotFetched"/> …).</summary>
    /// <param name="channel">The channel's name.</param>
    /// <param name="fileKey">Its key of the photo.</param>
    /// <param name="ct">Gives up.</param>
    Task<PhotoSight> Look(string channel, string fileKey, CancellationToken ct);
}

/// <summary>Photos as they are written in a golden chat and typed in a terminal: <c>qr:3260612345</c>, <c>none</c>, <c>several</c>, <c>foreign</c>, <c>broken</c>, <c>lost</c>.</summary>
public static class PhotoScript
{
    /// <returns>Null: no such word.</returns>
    public static PhotoSight? Read(string word) => word switch
    {
        ['q', 'r', ':', .. var digits] when digits.Length == AddressCode.Length && digits.All(char.IsAsciiDigit) => new PhotoSight(PhotoHolds.OurCode, new AddressCode(digits)),
        "none" => new PhotoSight(PhotoHolds.NoQr),
        "several" => new PhotoSight(PhotoHolds.SeveralCodes),
        "foreign" => new PhotoSight(PhotoHolds.ForeignQr),
        "broken" => new PhotoSight(PhotoHolds.NotReadable),
        "lost" => new PhotoSight(PhotoHolds.NotFetched),
        "photo" => new PhotoSight(PhotoHolds.NotLookedAt),
        _ => null,
    };

    /// <summary>The word for a sight.</summary>
    public static string Of(PhotoSight sight) => sight switch
    {
        { Holds: PhotoHolds.OurCode, Code: { } code } => $"qr:{code}",
        { Holds: PhotoHolds.NoQr } => "none",
        { Holds: PhotoHolds.SeveralCodes } => "several",
        { Holds: PhotoHolds.ForeignQr } => "foreign",
        { Holds: PhotoHolds.NotReadable } => "broken",
        { Holds: PhotoHolds.NotFetched } => "lost",
        _ => "photo",
    };
}
