using System.Buffers.Binary;
using System.IO.Compression;

namespace Longhand.Experiments.Plots;

/// <summary>PNG (ISO/IEC 15948) of eight bits a channel: signature, header, one deflated block of rows, end.</summary>
internal static class PngFile
{
    private const int Header = 13,
        Truecolor = 2,
        TruecolorWithOpacity = 6;

    private static readonly byte[] signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];
    private static readonly uint[] table = Table();

    /// <summary>The bytes of a picture.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="pixels">Three bytes a pixel (red, green, blue), or four with the opacity; row by row.</param>
    /// <param name="perInch">Pixels an inch, for programs that print it; 0 says nothing.</param>
    public static byte[] Encode(int width, int height, ReadOnlySpan<byte> pixels, double perInch = 0)
    {
        int channels = pixels.Length / (width * height);
        using var file = new MemoryStream();
        file.Write(signature);
        Span<byte> header = stackalloc byte[Header];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        header[9] = (byte)(channels == 4 ? TruecolorWithOpacity : Truecolor);
        Chunk(file, "IHDR"u8, header);
        if (perInch > 0)
        {
            const double inchesInMeter = 1 / 0.0254;
            Span<byte> density = stackalloc byte[9];
            BinaryPrimitives.WriteInt32BigEndian(density, (int)Math.Round(perInch * inchesInMeter));
            BinaryPrimitives.WriteInt32BigEndian(density[4..], (int)Math.Round(perInch * inchesInMeter));
            density[8] = 1;
            Chunk(file, "pHYs"u8, density);
        }
        Chunk(file, "IDAT"u8, Rows(width * channels, height, channels, pixels));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>The CRC-32 of PNG, zip and Ethernet.</summary>
    public static uint Crc(ReadOnlySpan<byte> bytes, uint sofar = 0)
    {
        uint crc = ~sofar;
        foreach (byte b in bytes)
            crc = table[(byte)(crc ^ b)] ^ (crc >> 8);
        return ~crc;
    }

    private static byte[] Rows(int stride, int height, int channels, ReadOnlySpan<byte> pixels)
    {
        using var packed = new MemoryStream();
        using (var deflated = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            byte[][] filtered = [new byte[stride + 1], new byte[stride + 1], new byte[stride + 1]];
            for (int y = 0; y < height; y++)
            {
                ReadOnlySpan<byte> above = y > 0 ? pixels.Slice((y - 1) * stride, stride) : new byte[stride];
                deflated.Write(Smallest(filtered, pixels.Slice(y * stride, stride), above, channels));
            }
        }
        return packed.ToArray();
    }

    // A row as it is (filter 0), as its differences from the left (1) or from above (2): the one with the smallest numbers, which as a rule
    // is packed best.
    private static byte[] Smallest(byte[][] filtered, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int channels)
    {
        Span<long> sums = stackalloc long[filtered.Length];
        for (int f = 0; f < filtered.Length; f++)
        {
            byte[] target = filtered[f];
            target[0] = (byte)f;
            for (int i = 0; i < row.Length; i++)
            {
                byte before =
                    f == 1 && i >= channels ? row[i - channels]
                    : f == 2 ? above[i]
                    : (byte)0;
                target[i + 1] = (byte)(row[i] - before);
                sums[f] += Math.Abs((int)(sbyte)target[i + 1]);
            }
        }
        int best = 0;
        for (int f = 1; f < sums.Length; f++)
            if (sums[f] < sums[best])
                best = f;
        return filtered[best];
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(data, Crc(type)));
        file.Write(number);
    }

    private static uint[] Table()
    {
        var entries = new uint[256];
        for (uint n = 0; n < entries.Length; n++)
        {
            uint c = n;
            for (int k = 0; k < 8; k++)
                c = (c & 1) != 0 ? 0xedb88320 ^ (c >> 1) : c >> 1;
            entries[n] = c;
        }
        return entries;
    }
}
