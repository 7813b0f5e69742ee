namespace Longhand;

public static partial class Data
{
    internal static readonly DataKind PlaneKind = Register(
        PlaygroundPoints.Kind("plane", 1200, "The Playground's regression plane: (x + y)/10", Plane)
    );

    /// <summary>The Playground's plane (reg-plane): points of the square [−6, 6]² with the target (x + y)/10.</summary>
    /// <param name="n">How many points.</param>
    /// <param name="noise">From 0 to 1: the target is that of a copy of the point, moved by up to 6·noise along each axis.</param>
    /// <param name="seed">The page's seed, a text.</param>
    /// <returns>
    /// Points (x, y) with one target value, in the page's shuffled order; the random numbers that the page draws its weights from are the
    /// <see cref="DataSet.Continuation"/>.
    /// </returns>
    /// <exception cref="LonghandException">n is not in 2 … 10,000,000, or noise not in 0 … 1.</exception>
    public static DataSet Plane(int n = 1200, double noise = 0, string seed = "0.5")
    {
        RequireCount("plane", n);
        RequirePlaygroundNoise("plane", noise);
        var random = new PlaygroundRandom(seed);
        return PlaygroundPoints.Shuffled("plane", PlanePoints(n, noise, random), random, n, asClasses: false);
    }

    internal static IEnumerable<PlaygroundPoint> PlanePoints(int n, double noise, PlaygroundRandom random)
    {
        for (int i = 0; i < n; i++)
        {
            double x = random.Uniform(-PlaygroundPoints.Extent, PlaygroundPoints.Extent);
            double y = random.Uniform(-PlaygroundPoints.Extent, PlaygroundPoints.Extent);
            double sum = x + PlaygroundPoints.Noise(random, PlaygroundPoints.Extent, noise);
            sum += y + PlaygroundPoints.Noise(random, PlaygroundPoints.Extent, noise);
            // sum/10, computed as the page does: by its scale from [−10, 10] to [−1, 1], which differs in the last bit.
            double t = (sum + 10) / 20;
            yield return new(x, y, -(1 - t) + t);
        }
    }
}
