namespace Longhand;

public static partial class Data
{
    internal static readonly DataKind SpiralKind = Register(
        PlaygroundPoints.Kind("spiral", 500, "The Playground's two arms of a spiral, the hardest of its four", Spiral)
    );

    /// <summary>The Playground's spiral: two arms of 1¾ turns from the origin to radius 5, class 1 and, turned by π, class 0.</summary>
    /// <param name="n">How many points: half of them (class 1 has the odd one) on each arm, evenly spaced.</param>
    /// <param name="noise">From 0 to 1: each coordinate is moved by up to ±noise.</param>
    /// <param name="seed">The page's seed, a text.</param>
    /// <inheritdoc cref="Circle"/>
    public static DataSet Spiral(int n = 500, double noise = 0, string seed = "0.5")
    {
        RequireCount("spiral", n);
        RequirePlaygroundNoise("spiral", noise);
        var random = new PlaygroundRandom(seed);
        return PlaygroundPoints.Shuffled("spiral", SpiralPoints(n, noise, random), random, n, asClasses: true);
    }

    internal static IEnumerable<PlaygroundPoint> SpiralPoints(int n, double noise, PlaygroundRandom random)
    {
        double half = n / 2.0;
        int firstArm = (n + 1) / 2;
        for (int k = 0; k < n; k++)
        {
            bool first = k < firstArm;
            int i = first ? k : k - firstArm;
            double r = i / half * 5;
            double t = 1.75 * i / half * 2 * Math.PI + (first ? 0 : Math.PI);
            double x = r * Math.Sin(t) + PlaygroundPoints.Noise(random, 1, noise);
            double y = r * Math.Cos(t) + PlaygroundPoints.Noise(random, 1, noise);
            yield return new(x, y, first ? 1 : -1);
        }
    }
}
