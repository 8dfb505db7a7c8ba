namespace DiaChiSo.Bot.Photos;

/// <summary>A picture in grey, a byte a pixel, 0 is black, row by row; and what is done to one before it is given up.</summary>
internal sealed record Grey(byte[] Pixels, int Width, int Height)
{
    public int Longest => Math.Max(Width, Height);

    /// <summary>The same with so many pixels on its longer side: the mean of what falls together, or between its neighbours where it grows.</summary>
    public Grey Scaled(int longest)
    {
        var (width, height) = (Math.Max(1, (int)((long)Width * longest / Longest)), Math.Max(1, (int)((long)Height * longest / Longest)));
        return width == Width && height == Height ? this : longest < Longest ? Shrunk(width, height) : Turned(0, width, height, (double)Width / width);
    }

    /// <summary>Turned about its middle by so many degrees, on a sheet that holds all of it; what comes in from outside is white.</summary>
    public Grey Rotated(double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        return Turned(
            degrees,
            (int)Math.Ceiling(Width * Math.Abs(cos) + Height * Math.Abs(sin)),
            (int)Math.Ceiling(Width * Math.Abs(sin) + Height * Math.Abs(cos)), 1);
    }

    /// <summary>Black for white.</summary>
    public Grey Inverted() => Each(pixel => (byte)(255 - pixel));

    /// <summary>The darkest hundredth becomes black, the lightest white.</summary>
    public Grey Stretched()
    {
        var counts = new int[256];
        foreach (var pixel in Pixels)
        {
            counts[pixel]++;
        }
        int low = 0, high = 255;
        for (var sum = 0; low < 255 && (sum += counts[low]) < Pixels.Length / 100; low++) { }
        for (var sum = 0; high > 0 && (sum += counts[high]) < Pixels.Length / 100; high--) { }
        return high - low < 8 ? this : Each(pixel => (byte)Math.Clamp((pixel - low) * 255 / (high - low), 0, 255));
    }

    /// <summary>Black where it is darker than the mean around it, else white: for shadows across a plate.</summary>
    public Grey AgainstItsSurroundings()
    {
        var reach = Math.Max(8, Longest / 24);
        var mean = Softened(reach);
        var pixels = new byte[Pixels.Length];
        for (var at = 0; at < pixels.Length; at++)
        {
            pixels[at] = Pixels[at] < mean.Pixels[at] - 6 ? (byte)0 : (byte)255;
        }
        return this with { Pixels = pixels };
    }

    /// <summary>The mean of the square that reaches so many pixels to each side: takes noise away.</summary>
    public Grey Softened(int reach)
    {
        var sums = new long[(Width + 1) * (Height + 1)];
        for (var y = 0; y < Height; y++)
        {
            long row = 0;
            for (var x = 0; x < Width; x++)
            {
                row += Pixels[y * Width + x];
                sums[(y + 1) * (Width + 1) + x + 1] = sums[y * (Width + 1) + x + 1] + row;
            }
        }
        var pixels = new byte[Pixels.Length];
        for (var y = 0; y < Height; y++)
        {
            var (top, bottom) = (Math.Max(0, y - reach) * (Width + 1), Math.Min(Height, y + reach + 1) * (Width + 1));
            for (var x = 0; x < Width; x++)
            {
                var (left, right) = (Math.Max(0, x - reach), Math.Min(Width, x + reach + 1));
                var sum = sums[bottom + right] - sums[bottom + left] - sums[top + right] + sums[top + left];
                pixels[y * Width + x] = (byte)(sum / ((bottom - top) / (Width + 1) * (right - left)));
            }
        }
        return this with { Pixels = pixels };
    }

    /// <summary>Edges drawn over, against a lens that was not in focus.</summary>
    public Grey Sharpened(int reach)
    {
        var soft = Softened(reach);
        var pixels = new byte[Pixels.Length];
        for (var at = 0; at < pixels.Length; at++)
        {
            pixels[at] = (byte)Math.Clamp(Pixels[at] + 2 * (Pixels[at] - soft.Pixels[at]), 0, 255);
        }
        return this with { Pixels = pixels };
    }

    private Grey Each(Func<byte, byte> change)
    {
        var table = new byte[256];
        for (var value = 0; value < 256; value++)
        {
            table[value] = change((byte)value);
        }
        var pixels = new byte[Pixels.Length];
        for (var at = 0; at < pixels.Length; at++)
        {
            pixels[at] = table[Pixels[at]];
        }
        return this with { Pixels = pixels };
    }

    private Grey Shrunk(int width, int height)
    {
        var pixels = new byte[width * height];
        for (var y = 0; y < height; y++)
        {
            var (top, bottom) = ((int)((long)y * Height / height), Math.Max((int)((long)(y + 1) * Height / height), (int)((long)y * Height / height) + 1));
            for (var x = 0; x < width; x++)
            {
                var (left, right) = ((int)((long)x * Width / width), Math.Max((int)((long)(x + 1) * Width / width), (int)((long)x * Width / width) + 1));
                var sum = 0;
                for (var row = top; row < bottom; row++)
                {
                    for (var at = row * Width + left; at < row * Width + right; at++)
                    {
                        sum += Pixels[at];
                    }
                }
                pixels[y * width + x] = (byte)(sum / ((bottom - top) * (right - left)));
            }
        }
        return new Grey(pixels, width, height);
    }

    // Every pixel of the new sheet looks where it came from, between four old ones.
    private Grey Turned(double degrees, int width, int height, double step)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        var pixels = new byte[width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (right, down) = ((x + 0.5 - width / 2.0) * step, (y + 0.5 - height / 2.0) * step);
                pixels[y * width + x] = Between(right * cos + down * sin + Width / 2.0 - 0.5, down * cos - right * sin + Height / 2.0 - 0.5);
            }
        }
        return new Grey(pixels, width, height);
    }

    private byte Between(double x, double y)
    {
        var (left, top) = ((int)Math.Floor(x), (int)Math.Floor(y));
        var (right, down) = (x - left, y - top);
        return (byte)((At(left, top) * (1 - right) + At(left + 1, top) * right) * (1 - down) + (At(left, top + 1) * (1 - right) + At(left + 1, top + 1) * right) * down + 0.5);
    }

    private byte At(int x, int y) => x < 0 || y < 0 || x >= Width || y >= Height ? (byte)255 : Pixels[y * Width + x];
}
