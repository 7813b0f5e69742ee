namespace Longhand;

public static partial class Data
{
    internal static readonly DataKind XorKind = Register(
        PlaygroundPoints.Kind("xor", 500, "The Playground's four quadrants: class 1 where x and y have the same sign", Xor)
    );

    /// <summary>The Playground's xor: four squares around the origin, class 1 where x·y ≥ 0. Their edges keep 0.3 off the axes.</summary>
    /// <param name="n">How many points.</param>
    /// <param name="noise">From 0 to 1: the label is that of a copy of the point, moved by up to 5·noise along each axis.</param>
    /// <param name="seed">The page's seed, a text.</param>
    /// <inheritdoc cref="Circle"/>
    public static DataSet Xor(int n = 500, double noise = 0, string seed = "0.5")
    {
        RequireCount("xor", n);
        RequirePlaygroundNoise("xor", noise);
        var random = new PlaygroundRandom(seed);
        return PlaygroundPoints.Shuffled("xor", XorPoints(n, noise, random), random, n, asClasses: true);
    }

    internal static IEnumerable<PlaygroundPoint> XorPoints(int n, double noise, PlaygroundRandom random)
    {
        const double extent = 5,
            padding = 0.3;
        for (int i = 0; i < n; i++)
        {
            double x = random.Uniform(-extent, extent);
            x += x > 0 ? padding : -padding;
            double y = random.Uniform(-extent, extent);
            y += y > 0 ? padding : -padding;
            double noisyX = x + PlaygroundPoints.Noise(random, extent, noise);
            double noisyY = y + PlaygroundPoints.Noise(random, extent, noise);
            yield return new(x, y, noisyX * noisyY >= 0 ? 1 : -1);
        }
    }
}
