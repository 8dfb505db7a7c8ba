namespace DiaChiSo.Core.Turns;

// A photo, and what was seen in it.
internal sealed partial class OneTurn
{
    // A QR of ours counts as its code, typed; but unlike ten figures that are typed it can be nothing else, no phone and no name.
    private async Task TakePhoto(SentPhoto photo, CancellationToken ct)
    {
        if (await Answer(photo, ct) is not Heard.NotUnderstood)
        {
            return;
        }
        if (photo.Sight is { Holds: PhotoHolds.OurCode, Code: { } code })
        {
            var wantsCode = dialog.AsksFor.HasFlag(Asks.Code) || IsLookingUp;
            if (!wantsCode || await Answer(new Said(code.ToString()), ct) is Heard.NotUnderstood)
            {
                await AskAside(catalogue.Lookup, new Query(code.ToString()), ct);
            }
            return;
        }
        var said = texts.SharedWords(context.Language, photo.Sight?.Holds switch
        {
            PhotoHolds.NoQr => "photo-no-qr",
            PhotoHolds.SeveralCodes => "photo-several",
            PhotoHolds.ForeignQr => "photo-foreign",
            PhotoHolds.NotReadable => "photo-not-readable",
            PhotoHolds.NotFetched => "photo-not-fetched",
            _ => "got-photo",
        });
        if (photo.Caption is { Length: > 0 } caption)
        {
            // The photo did not say it; what stands under it may: a code, a place, words.
            if (photo.Sight is { Holds: PhotoHolds.SeveralCodes or PhotoHolds.ForeignQr })
            {
                before.AddRange(said);
            }
            await TakeWords(new Said(caption), ct);
            return;
        }
        before.AddRange(said);
        isStuck = true;
        await Show(ct);
    }
}
