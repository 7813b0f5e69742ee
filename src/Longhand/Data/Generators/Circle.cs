namespace Longhand;

public static partial class Data
{
    internal static readonly DataKind CircleKind = Register(
        PlaygroundPoints.Kind("circle", 500, "The Playground's circle: a disc inside a ring", Circle)
    );

    /// <summary>The Playground's circle: a disc of radius 2.5 (class 1) inside a ring from 3.5 to 5 (class 0).</summary>
    /// <param name="n">How many points: the first half is drawn in the disc, the rest in the ring.</param>
    /// <param name="noise">
    /// From 0 to 1 (the page's noise of 25 is 0.25): the label is that of a copy of the point, moved by up to 5·noise along each axis.
    /// The point itself stays.
    /// </param>
    /// <param name="seed">The page's seed, a text.</param>
    /// <returns>
    /// Points (x, y) in the page's shuffled order, class 1 standing for its label +1 and class 0 for −1; the random numbers that the
    /// page draws its weights from are the <see cref="DataSet.Continuation"/>.
    /// </returns>
    /// <exception cref="LonghandException">n is not in 2 … 10,000,000, or noise not in 0 … 1.</exception>
    public static DataSet Circle(int n = 500, double noise = 0, string seed = "0.5")
    {
        RequireCount("circle", n);
        RequirePlaygroundNoise("circle", noise);
        var random = new PlaygroundRandom(seed);
        return PlaygroundPoints.Shuffled("circle", CirclePoints(n, noise, random), random, n, asClasses: true);
    }

    internal static IEnumerable<PlaygroundPoint> CirclePoints(int n, double noise, PlaygroundRandom random)
    {
        const double radius = 5;
        for (int i = 0; i < n; i++)
        {
            double r = 2 * i < n ? random.Uniform(0, radius * 0.5) : random.Uniform(radius * 0.7, radius);
            double angle = random.Uniform(0, 2 * Math.PI);
            double x = r * Math.Sin(angle);
            double y = r * Math.Cos(angle);
            double noisyX = x + PlaygroundPoints.Noise(random, radius, noise);
            double noisyY = y + PlaygroundPoints.Noise(random, radius, noise);
            yield return new(x, y, PlaygroundPoints.Distance(noisyX, noisyY, 0, 0) < radius * 0.5 ? 1 : -1);
        }
    }
}
