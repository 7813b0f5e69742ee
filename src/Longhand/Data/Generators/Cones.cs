namespace Longhand;

public static partial class Data
{
    internal static readonly DataKind ConesKind = Register(
        PlaygroundPoints.Kind("cones", 1200, "The Playground's six cones (reg-gauss), three up and three down", Cones)
    );

    private static readonly (double X, double Y, int Sign)[] coneTops =
    [
        (-4, 2.5, 1),
        (0, 2.5, -1),
        (4, 2.5, 1),
        (-4, -2.5, -1),
        (0, -2.5, 1),
        (4, -2.5, -1),
    ];

    /// <summary>
    /// The Playground's reg-gauss: points of the square [−6, 6]² with a target that is 0 but on six cones of radius 2, whose tops are +1 at
    /// (−4, 2.5), (4, 2.5), (0, −2.5) and −1 at (0, 2.5), (−4, −2.5), (4, −2.5). (They are cones, not Gaussians, on the page as well.)
    /// </summary>
    /// <inheritdoc cref="Plane"/>
    public static DataSet Cones(int n = 1200, double noise = 0, string seed = "0.5")
    {
        RequireCount("cones", n);
        RequirePlaygroundNoise("cones", noise);
        var random = new PlaygroundRandom(seed);
        return PlaygroundPoints.Shuffled("cones", ConesPoints(n, noise, random), random, n, asClasses: false);
    }

    internal static IEnumerable<PlaygroundPoint> ConesPoints(int n, double noise, PlaygroundRandom random)
    {
        for (int i = 0; i < n; i++)
        {
            double x = random.Uniform(-PlaygroundPoints.Extent, PlaygroundPoints.Extent);
            double y = random.Uniform(-PlaygroundPoints.Extent, PlaygroundPoints.Extent);
            double noisyX = x + PlaygroundPoints.Noise(random, PlaygroundPoints.Extent, noise);
            double noisyY = y + PlaygroundPoints.Noise(random, PlaygroundPoints.Extent, noise);
            yield return new(x, y, HeightOfCones(noisyX, noisyY));
        }
    }

    // Of overlapping cones the one farther from 0 counts.
    private static double HeightOfCones(double x, double y)
    {
        double highest = 0;
        foreach ((double topX, double topY, int sign) in coneTops)
        {
            double height = sign * Math.Max(0, 1 - PlaygroundPoints.Distance(x, y, topX, topY) / 2);
            if (Math.Abs(height) > Math.Abs(highest))
                highest = height;
        }
        return highest;
    }
}
