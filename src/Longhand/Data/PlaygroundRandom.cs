namespace Longhand;

/// <summary>
/// The random numbers of TensorFlow Playground, bit for bit: ARC4 keyed by a text, as the JavaScript library seedrandom 2.4.3 does it.
/// They make a page's address with a seed in it mean the same points and the same initial weights here.
/// </summary>
public sealed class PlaygroundRandom : RandomSource
{
    private const double TwoTo48 = 1L << 48,
        TwoTo52 = 1L << 52,
        TwoTo53 = 1L << 53;

    // ARC4's permutation of 0 … 255 and its two places in it.
    private byte[] state = new byte[256];
    private int i,
        j;

    /// <param name="seed">The seed as text: "0.5" and "0.50" are two seeds. Any text serves, the empty one too.</param>
    public PlaygroundRandom(string seed)
    {
        ArgumentNullException.ThrowIfNull(seed);
        byte[] key = Key(seed);
        for (int k = 0; k < 256; k++)
            state[k] = (byte)k;
        for (int k = 0, other = 0; k < 256; k++)
        {
            other = (other + key[k % key.Length] + state[k]) & 255;
            (state[k], state[other]) = (state[other], state[k]);
        }
        // ARC4's first bytes betray its key; seedrandom drops 256 of them.
        for (int k = 0; k < 256; k++)
            NextByte();
    }

    /// <summary>Another source in the same state: both give the same numbers from here on.</summary>
    public PlaygroundRandom Copy()
    {
        var copy = (PlaygroundRandom)MemberwiseClone();
        copy.state = [.. state];
        return copy;
    }

    /// <inheritdoc/>
    public override double NextDouble()
    {
        // (n + x)/d with n filled up to 53 bits: small numbers get more bytes, so that they are as finely spaced as doubles are.
        double n = 0;
        for (int k = 0; k < 6; k++)
            n = n * 256 + NextByte();
        double d = TwoTo48;
        uint x = 0;
        while (n < TwoTo52)
        {
            n = (n + x) * 256;
            d *= 256;
            x = NextByte();
        }
        while (n >= TwoTo53)
        {
            n /= 2;
            d /= 2;
            x >>= 1;
        }
        return (n + x) / d;
    }

    private byte NextByte()
    {
        i = (i + 1) & 255;
        j = (j + state[i]) & 255;
        (state[i], state[j]) = (state[j], state[i]);
        return state[(state[i] + state[j]) & 255];
    }

    private static byte[] Key(string seed)
    {
        var key = new byte[Math.Clamp(seed.Length, 1, 256)];
        int smear = 0;
        for (int k = 0; k < seed.Length; k++)
        {
            smear ^= key[k & 255] * 19;
            key[k & 255] = (byte)(smear + seed[k]);
        }
        return key;
    }
}
