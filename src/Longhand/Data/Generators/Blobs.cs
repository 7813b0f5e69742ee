using System.Globalization;

namespace Longhand;

public static partial class Data
{
    private const int MostBlobs = 100;

    internal static readonly DataKind BlobsKind = Register(
        new(
            "blobs",
            "blobs [n=1000] [classes=2] [noise=1] [seed=1]",
            "Normal clouds far enough apart for a linear model",
            [
                CountOption(1000),
                new("classes", "2", "how many clouds, 2 to 100"),
                new("noise", "1", "the standard deviation of each coordinate; the centres of neighbours are 10 apart"),
                SeedOption,
            ],
            a => new DataParts(Blobs(a.Whole("n", 1000), a.Whole("classes", 2), a.Number("noise", 1), a.Seed("seed", 1)), null)
        )
    );

    /// <summary>
    /// Normal clouds, one for each class, that a linear model can tell apart. The centre of class c lies at the angle π/4 + 2πc/classes on
    /// the circle on which neighbouring centres are 10 apart: for two classes (5/√2, 5/√2) and (−5/√2, −5/√2). With the default noise a
    /// point in 3.5 million lies beyond the middle.
    /// </summary>
    /// <param name="n">How many points; they take the classes in turn.</param>
    /// <param name="classes">How many clouds, 2 … 100.</param>
    /// <param name="noise">The standard deviation of each coordinate.</param>
    /// <param name="seed">The seed of the stream "data".</param>
    /// <exception cref="LonghandException">n is not in classes … 10,000,000, or another argument is out of its range.</exception>
    public static DataSet Blobs(int n = 1000, int classes = 2, double noise = 1, ulong seed = 1)
    {
        if (classes is < 2 or > MostBlobs)
            throw new LonghandException(
                string.Create(CultureInfo.InvariantCulture, $"blobs: classes is {classes}, but it must lie between 2 and {MostBlobs}.")
            );
        RequireCount("blobs", n, classes);
        RequireNoise("blobs", noise);
        double radius = 5 / Math.Sin(Math.PI / classes);
        return InPlane("blobs", n, classes, noise, seed, Centre);

        (double X, double Y) Centre(int c, RandomSource _)
        {
            (double sin, double cos) = Math.SinCos(Math.PI / 4 + 2 * Math.PI * c / classes);
            return (radius * cos, radius * sin);
        }
    }

    /// <summary>Points of the plane that take the classes in turn: each a point of its class's figure, moved by normal noise.</summary>
    private static DataSet InPlane(
        string name,
        int n,
        int classes,
        double noise,
        ulong seed,
        Func<int, RandomSource, (double X, double Y)> figure
    )
    {
        var random = new RandomStream(seed, RandomStream.Data);
        var points = new double[2 * n];
        var labels = new int[n];
        for (int i = 0; i < n; i++)
        {
            labels[i] = i % classes;
            (double x, double y) = figure(labels[i], random);
            points[2 * i] = x + noise * random.Normal();
            points[2 * i + 1] = y + noise * random.Normal();
        }
        return new DataSet(Rows.Of(points, 2), null, labels) { Name = name, InputNames = ["x", "y"] };
    }
}
