using System.Buffers.Binary;
using System.IO.Compression;
using Longhand.Experiments.Plots;

namespace Longhand.Tests.Plots;

/// <summary>A reader of PNG files that shares nothing with the writer: chunks and their sums, the deflated rows, all five filters.</summary>
internal sealed class PngImage
{
    private readonly byte[] pixels;
    private readonly int channels;

    public PngImage(byte[] file)
    {
        Assert.Equal([137, 80, 78, 71, 13, 10, 26, 10], file[..8]);
        int at = 8;
        using var packed = new MemoryStream();
        var types = new List<string>();
        while (at < file.Length)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            ReadOnlySpan<byte> body = file.AsSpan(at + 4, length + 4);
            Assert.Equal(BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)), Sum(body));
            types.Add(System.Text.Encoding.ASCII.GetString(body[..4]));
            if (types[^1] == "IHDR")
            {
                (Width, Height) = (BinaryPrimitives.ReadInt32BigEndian(body[4..]), BinaryPrimitives.ReadInt32BigEndian(body[8..]));
                Assert.Equal(8, body[12]);
                Assert.Equal([0, 0, 0], body[14..17].ToArray());
                channels = body[13] switch
                {
                    2 => 3,
                    6 => 4,
                    _ => throw new InvalidDataException($"colour type {body[13]}"),
                };
            }
            else if (types[^1] == "IDAT")
                packed.Write(body[4..]);
            at += length + 12;
        }
        Assert.Equal("IHDR", types[0]);
        Assert.Equal("IEND", types[^1]);
        packed.Position = 0;
        using var rows = new ZLibStream(packed, CompressionMode.Decompress);
        using var plain = new MemoryStream();
        rows.CopyTo(plain);
        pixels = Unfiltered(plain.ToArray());
    }

    public int Width { get; }

    public int Height { get; }

    public Rgb this[int x, int y] =>
        new(pixels[channels * (y * Width + x)], pixels[channels * (y * Width + x) + 1], pixels[channels * (y * Width + x) + 2]);

    /// <summary>The opacity of a pixel.</summary>
    public byte Opacity(int x, int y) => channels == 4 ? pixels[4 * (y * Width + x) + 3] : (byte)255;

    /// <summary>How many pixels have this colour.</summary>
    public int Count(Rgb color)
    {
        int count = 0;
        for (int y = 0; y < Height; y++)
        for (int x = 0; x < Width; x++)
            if (this[x, y] == color)
                count++;
        return count;
    }

    private byte[] Unfiltered(byte[] rows)
    {
        int stride = Width * channels;
        Assert.Equal((stride + 1) * Height, rows.Length);
        var result = new byte[stride * Height];
        for (int y = 0; y < Height; y++)
        for (int i = 0; i < stride; i++)
        {
            int left = i >= channels ? result[y * stride + i - channels] : 0,
                above = y > 0 ? result[(y - 1) * stride + i] : 0,
                corner = i >= channels && y > 0 ? result[(y - 1) * stride + i - channels] : 0;
            int guess = rows[y * (stride + 1)] switch
            {
                0 => 0,
                1 => left,
                2 => above,
                3 => (left + above) / 2,
                4 => Paeth(left, above, corner),
                var other => throw new InvalidDataException($"filter {other}"),
            };
            result[y * stride + i] = (byte)(rows[y * (stride + 1) + 1 + i] + guess);
        }
        return result;
    }

    private static int Paeth(int a, int b, int c)
    {
        int p = a + b - c;
        return Math.Abs(p - a) <= Math.Abs(p - b) && Math.Abs(p - a) <= Math.Abs(p - c) ? a
            : Math.Abs(p - b) <= Math.Abs(p - c) ? b
            : c;
    }

    // Bit by bit, as the standard's text defines it.
    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0xffffffff;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int k = 0; k < 8; k++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xedb88320 : crc >> 1;
        }
        return ~crc;
    }
}
