namespace Longhand;

public static partial class Data
{
    internal static readonly DataKind MoonsKind = Register(
        new(
            "moons",
            "moons [n=1000] [noise=0.1] [seed=1]",
            "Two half circles that reach into each other",
            [CountOption(1000), new("noise", "0.1", "the standard deviation of each coordinate; the radius is 1"), SeedOption],
            a => new DataParts(Moons(a.Whole("n", 1000), a.Number("noise", 0.1), a.Seed("seed", 1)), null)
        )
    );

    /// <summary>
    /// Two half circles of radius 1 that reach into each other: (cos t, sin t) is class 0, (1 − cos t, ½ − sin t) class 1, t being uniform
    /// in [0, π).
    /// </summary>
    /// <param name="n">How many points; they take the classes in turn.</param>
    /// <param name="noise">The standard deviation of the normal noise added to each coordinate.</param>
    /// <param name="seed">The seed of the stream "data".</param>
    /// <exception cref="LonghandException">n is not in 2 … 10,000,000, or noise is negative, above a million or no number.</exception>
    public static DataSet Moons(int n = 1000, double noise = 0.1, ulong seed = 1)
    {
        RequireCount("moons", n);
        RequireNoise("moons", noise);
        return InPlane("moons", n, 2, noise, seed, OnMoon);
    }

    private static (double X, double Y) OnMoon(int moon, RandomSource random)
    {
        (double sin, double cos) = Math.SinCos(random.Uniform(0, Math.PI));
        return moon == 0 ? (cos, sin) : (1 - cos, 0.5 - sin);
    }
}
