using System.Numerics;

namespace Longhand;

/// <summary>
/// Longhand's own random numbers: xoshiro256** (Blackman and Vigna 2018, doi:10.1145/3460772), its state filled by SplitMix64 from a
/// seed and the stream's name. Streams of one seed are independent, so that drawing more weights does not change the shuffles.
/// </summary>
public sealed class RandomStream : RandomSource
{
    /// <summary>The stream that initial weights are drawn from.</summary>
    public const string Weights = "weights";

    /// <summary>The stream that orders the examples of each epoch.</summary>
    public const string Shuffles = "shuffles";

    /// <summary>The stream whose key dropout masks are computed with.</summary>
    public const string Dropout = "dropout";

    /// <summary>The stream that data are generated and split with.</summary>
    public const string Data = "data";

    private ulong s0,
        s1,
        s2,
        s3;

    /// <param name="seed">The same seed and name give the same numbers, on every machine.</param>
    /// <param name="name">What the numbers are for.</param>
    public RandomStream(ulong seed, string name)
    {
        ulong state = Key(seed, name);
        s0 = SplitMix(ref state);
        s1 = SplitMix(ref state);
        s2 = SplitMix(ref state);
        s3 = SplitMix(ref state);
    }

    /// <summary>The generator's whole state; set, the numbers that follow are those that followed then. A spare normal number is not kept.</summary>
    internal (ulong, ulong, ulong, ulong) State
    {
        get => (s0, s1, s2, s3);
        set => (s0, s1, s2, s3) = value;
    }

    /// <summary>The 64-bit key of a stream: seed and name mixed (FNV-1a over the name, then SplitMix64).</summary>
    public static ulong Key(ulong seed, string name)
    {
        ulong hash = 0xcbf29ce484222325;
        foreach (char c in name)
            hash = (hash ^ c) * 0x100000001b3;
        return Mix(hash ^ Mix(seed));
    }

    /// <summary>The finaliser of SplitMix64: every bit of the input moves every bit of the result.</summary>
    public static ulong Mix(ulong x)
    {
        x += 0x9e3779b97f4a7c15;
        x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
        x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
        return x ^ (x >> 31);
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        ulong t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <inheritdoc/>
    public override double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <inheritdoc/>
    public override int Below(int bound)
    {
        // Lemire's method (2019): a multiplication, and a rejection that keeps every value equally likely.
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        ulong range = (uint)bound;
        ulong product = (uint)(NextBits() >> 32) * range;
        uint low = (uint)product;
        if (low < range)
        {
            uint threshold = (uint)((1UL << 32) % range);
            while (low < threshold)
            {
                product = (uint)(NextBits() >> 32) * range;
                low = (uint)product;
            }
        }
        return (int)(product >> 32);
    }

    private static ulong SplitMix(ref ulong state)
    {
        ulong mixed = Mix(state);
        state += 0x9e3779b97f4a7c15;
        return mixed;
    }
}
