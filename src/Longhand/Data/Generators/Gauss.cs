namespace Longhand;

public static partial class Data
{
    internal static readonly DataKind GaussKind = Register(
        PlaygroundPoints.Kind("gauss", 500, "The Playground's two clouds around (2, 2) and (-2, -2)", Gauss)
    );

    /// <summary>The Playground's gauss: normal clouds around (2, 2), class 1, and (−2, −2), class 0.</summary>
    /// <param name="n">How many points: the first half is drawn around (2, 2), the rest around (−2, −2).</param>
    /// <param name="noise">From 0 to 1: each coordinate has the variance 0.5 + 7·noise.</param>
    /// <param name="seed">The page's seed, a text.</param>
    /// <inheritdoc cref="Circle"/>
    public static DataSet Gauss(int n = 500, double noise = 0, string seed = "0.5")
    {
        RequireCount("gauss", n);
        RequirePlaygroundNoise("gauss", noise);
        var random = new PlaygroundRandom(seed);
        return PlaygroundPoints.Shuffled("gauss", GaussPoints(n, noise, random), random, n, asClasses: true);
    }

    internal static IEnumerable<PlaygroundPoint> GaussPoints(int n, double noise, PlaygroundRandom random)
    {
        double deviation = Math.Sqrt(0.5 + 7 * noise);
        for (int i = 0; i < n; i++)
        {
            int label = 2 * i < n ? 1 : -1;
            double x = 2 * label + deviation * PlaygroundNormal(random);
            double y = 2 * label + deviation * PlaygroundNormal(random);
            yield return new(x, y, label);
        }
    }

    // Marsaglia's polar method, of which the Playground throws the second value of each pair away.
    private static double PlaygroundNormal(PlaygroundRandom random)
    {
        double u,
            v,
            s;
        do
        {
            u = 2 * random.NextDouble() - 1;
            v = 2 * random.NextDouble() - 1;
            s = u * u + v * v;
        } while (s is > 1 or 0);
        return Math.Sqrt(-2 * Math.Log(s) / s) * u;
    }
}
