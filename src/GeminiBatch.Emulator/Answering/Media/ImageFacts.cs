using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace GeminiBatch.Emulator;

/// <summary>What a program can see of a picture: its format, its size, and of a plain PNG its most frequent colours.</summary>
internal sealed record ImageFacts(string Format, int Width, int Height, IReadOnlyList<string> Palette)
{
    private const int MaxPixels = 4_000_000;
    private const int Colours = 3;

    public static ImageFacts? Read(ReadOnlySpan<byte> image)
    {
        if (image.Length > 33 && image[..8].SequenceEqual(PngSignature))
        {
            var width = BinaryPrimitives.ReadInt32BigEndian(image[16..]);
            var height = BinaryPrimitives.ReadInt32BigEndian(image[20..]);
            return new ImageFacts("PNG", width, height, PngPalette(image, width, height));
        }

        if (image.Length > 10 && (image.StartsWith("GIF87a"u8) || image.StartsWith("GIF89a"u8)))
        {
            return new ImageFacts("GIF", BinaryPrimitives.ReadUInt16LittleEndian(image[6..]), BinaryPrimitives.ReadUInt16LittleEndian(image[8..]), []);
        }

        if (image.Length > 30 && image.StartsWith("RIFF"u8) && image[8..12].SequenceEqual("WEBP"u8))
        {
            return image[12..16].SequenceEqual("VP8X"u8)
                ? new ImageFacts("WebP", 1 + image[24] + (image[25] << 8) + (image[26] << 16), 1 + image[27] + (image[28] << 8) + (image[29] << 16), [])
                : new ImageFacts("WebP", 0, 0, []);
        }

        return image.Length > 4 && image[0] == 0xFF && image[1] == 0xD8 ? ReadJpeg(image) : null;
    }

    /// <summary>As a sentence and as labelled lines, so that the rules for documents find width and height too.</summary>
    public string Describe()
    {
        var text = new StringBuilder();
        text.Append("Format: ").Append(Format).Append('\n');
        if (Width > 0)
        {
            text.Append("Width: ").Append(Width).Append('\n').Append("Height: ").Append(Height).Append('\n');
        }

        if (Palette.Count > 0)
        {
            text.Append("Palette: ").AppendJoin(", ", Palette).Append('\n');
        }

        return text.ToString();
    }

    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static ImageFacts? ReadJpeg(ReadOnlySpan<byte> image)
    {
        var position = 2;
        while (position + 9 < image.Length && image[position] == 0xFF)
        {
            var marker = image[position + 1];
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return new ImageFacts("JPEG", BinaryPrimitives.ReadUInt16BigEndian(image[(position + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(image[(position + 5)..]), []);
            }

            position += 2 + BinaryPrimitives.ReadUInt16BigEndian(image[(position + 2)..]);
        }

        return new ImageFacts("JPEG", 0, 0, []);
    }

    /// <summary>The most frequent colours of an 8-bit RGB or RGBA picture that is not interlaced.</summary>
    private static string[] PngPalette(ReadOnlySpan<byte> image, int width, int height)
    {
        var channels = image[25] switch { 2 => 3, 6 => 4, _ => 0 };
        if (channels == 0 || image[24] != 8 || image[28] != 0 || width <= 0 || height <= 0 || (long)width * height > MaxPixels)
        {
            return [];
        }

        using var packed = new MemoryStream();
        for (var position = 8; position + 12 <= image.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(image[position..]);
            if (length < 0 || position + 12 + length > image.Length)
            {
                return [];
            }

            if (image.Slice(position + 4, 4).SequenceEqual("IDAT"u8))
            {
                packed.Write(image.Slice(position + 8, length));
            }

            position += 12 + length;
        }

        packed.Position = 0;
        try
        {
            using var inflater = new ZLibStream(packed, CompressionMode.Decompress);
            return Count(inflater, width, height, channels);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            return [];
        }
    }

    private static string[] Count(ZLibStream rows, int width, int height, int channels)
    {
        var counts = new Dictionary<int, int>();
        var previous = new byte[width * channels];
        var current = new byte[width * channels];
        for (var row = 0; row < height; row++)
        {
            var filter = rows.ReadByte();
            rows.ReadExactly(current);
            Unfilter(filter, current, previous, channels);
            for (var pixel = 0; pixel < current.Length; pixel += channels)
            {
                var colour = (current[pixel] << 16) | (current[pixel + 1] << 8) | current[pixel + 2];
                counts[colour] = counts.GetValueOrDefault(colour) + 1;
            }

            (previous, current) = (current, previous);
        }

        return [.. counts.OrderByDescending(count => count.Value).ThenBy(count => count.Key).Take(Colours).Select(count => "#" + count.Key.ToString("x6", System.Globalization.CultureInfo.InvariantCulture))];
    }

    private static void Unfilter(int filter, byte[] current, byte[] previous, int channels)
    {
        for (var index = 0; index < current.Length; index++)
        {
            int left = index >= channels ? current[index - channels] : 0;
            int up = previous[index];
            int corner = index >= channels ? previous[index - channels] : 0;
            current[index] += (byte)(filter switch
            {
                1 => left,
                2 => up,
                3 => (left + up) / 2,
                4 => Paeth(left, up, corner),
                _ => 0,
            });
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        var estimate = left + up - corner;
        var (toLeft, toUp, toCorner) = (Math.Abs(estimate - left), Math.Abs(estimate - up), Math.Abs(estimate - corner));
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }
}
