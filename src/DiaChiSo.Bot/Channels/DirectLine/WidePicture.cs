using SkiaSharp;

namespace DiaChiSo.Bot.Channels.DirectLine;

/// <summary>A picture of ours with white on both sides, twice as wide as high.</summary>
internal static class WidePicture
{
    public static DrawnFile Of(DrawnFile file)
    {
        if (file.Type != "image/png")
        {
            return file;
        }
        using var picture = SKBitmap.Decode(file.Bytes);
        if (picture is null || picture.Width >= 2 * picture.Height)
        {
            return file;
        }
        using var paper = new SKBitmap(2 * picture.Height, picture.Height);
        using (var canvas = new SKCanvas(paper))
        {
            canvas.Clear(SKColors.White);
            canvas.DrawBitmap(picture, picture.Height - picture.Width / 2f, 0);
        }
        using var image = SKImage.FromBitmap(paper);
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return file with { Bytes = png.ToArray() };
    }
}
