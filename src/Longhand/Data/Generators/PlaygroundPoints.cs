namespace Longhand;

/// <summary>A point of the Playground: its place, and its label (+1 or −1 for classes, a value for regression).</summary>
internal readonly record struct PlaygroundPoint(double X, double Y, double Label);

/// <summary>What the Playground's six generators share: from the seed and the recipe to the shuffled data set.</summary>
internal static class PlaygroundPoints
{
    /// <summary>The half width of the square in which the Playground's regression data lie.</summary>
    public const double Extent = 6;

    /// <summary>Draws n points and shuffles them; the source goes with the data, for the weights to draw on from it.</summary>
    /// <param name="name">The data set's name.</param>
    /// <param name="points">The points in the order in which they are drawn, unshuffled.</param>
    /// <param name="random">The source that <paramref name="points"/> draws from.</param>
    /// <param name="n">How many points there are.</param>
    /// <param name="asClasses">Whether label +1 is class 1 and −1 class 0, rather than a target value.</param>
    public static DataSet Shuffled(string name, IEnumerable<PlaygroundPoint> points, PlaygroundRandom random, int n, bool asClasses)
    {
        var all = new PlaygroundPoint[n];
        int filled = 0;
        foreach (PlaygroundPoint point in points)
            all[filled++] = point;
        Shuffle(all, random);

        Rows inputs = Rows.Of([.. all.SelectMany(p => new[] { p.X, p.Y })], 2);
        return asClasses
            ? new DataSet(inputs, null, [.. all.Select(p => p.Label > 0 ? 1 : 0)], ["-1", "1"])
            {
                Name = name,
                InputNames = ["x", "y"],
                InRandomOrder = true,
                Continuation = random,
            }
            : new DataSet(inputs, null, Rows.Of([.. all.Select(p => p.Label)], 1))
            {
                Name = name,
                InputNames = ["x", "y"],
                InRandomOrder = true,
                Continuation = random,
            };
    }

    /// <summary>The registry's entry for one of the six.</summary>
    public static DataKind Kind(string name, int n, string summary, Func<int, double, string, DataSet> make) =>
        new(
            name,
            $"{name} [n={n}] [noise=0] [seed=0.5]",
            summary,
            [
                Data.CountOption(n),
                new("noise", "0", "from 0 to 1: the Playground's noise, which its page gives in per cent"),
                new("seed", "0.5", "any text; the seed of the Playground's address gives its very points"),
            ],
            a => new DataParts(make(a.Whole("n", n), a.Number("noise", 0), a.Value("seed", "0.5")), null)
        );

    /// <summary>A coordinate's noise: uniform within ±<paramref name="extent"/>, scaled. It is drawn when there is none, too.</summary>
    public static double Noise(PlaygroundRandom random, double extent, double noise) => random.Uniform(-extent, extent) * noise;

    /// <summary>The distance between two points.</summary>
    public static double Distance(double x, double y, double centreX, double centreY)
    {
        double dx = x - centreX,
            dy = y - centreY;
        return Math.Sqrt(dx * dx + dy * dy);
    }

    // Fisher and Yates as the Playground does it. It draws once more than needed, for the last place that is left: without that draw
    // the weights would begin one number too early.
    private static void Shuffle(PlaygroundPoint[] points, PlaygroundRandom random)
    {
        for (int left = points.Length; left > 0; left--)
        {
            int index = (int)(random.NextDouble() * left);
            (points[left - 1], points[index]) = (points[index], points[left - 1]);
        }
    }
}
