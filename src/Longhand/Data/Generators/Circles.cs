namespace Longhand;

public static partial class Data
{
    internal static readonly DataKind CirclesKind = Register(
        new(
            "circles",
            "circles [n=1000] [noise=0.1] [seed=1]",
            "Two rings, one inside the other, which no linear model tells apart",
            [CountOption(1000), new("noise", "0.1", "the standard deviation of each coordinate; the radii are 1 and 0.5"), SeedOption],
            a => new DataParts(Circles(a.Whole("n", 1000), a.Number("noise", 0.1), a.Seed("seed", 1)), null)
        )
    );

    /// <summary>Two rings around the origin: radius 1 (class 0) and radius 0.5 (class 1), at angles drawn uniformly.</summary>
    /// <param name="n">How many points; they take the classes in turn.</param>
    /// <param name="noise">The standard deviation of the normal noise added to each coordinate.</param>
    /// <param name="seed">The seed of the stream "data".</param>
    /// <exception cref="LonghandException">n is not in 2 … 10,000,000, or noise is negative, above a million or no number.</exception>
    public static DataSet Circles(int n = 1000, double noise = 0.1, ulong seed = 1)
    {
        RequireCount("circles", n);
        RequireNoise("circles", noise);
        return InPlane("circles", n, 2, noise, seed, OnRing);
    }

    private static (double X, double Y) OnRing(int ring, RandomSource random)
    {
        double radius = ring == 0 ? 1 : 0.5;
        (double sin, double cos) = Math.SinCos(random.Uniform(0, 2 * Math.PI));
        return (radius * cos, radius * sin);
    }
}
