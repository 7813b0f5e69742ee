namespace Longhand.Playground;

/// <summary>Examples of two columns, where they lie, and the plane around them.</summary>
internal sealed class Plane
{
    // The Playground's own data lie in a square of this half side.
    private const double UsualExtent = 6;

    // A set that lies farther from the origin than it is wide is drawn where it lies, not around the origin.
    private const double MostOffset = 3;

    private readonly Setup setup;

    /// <param name="setup">What is trained; its data are read, its layers known.</param>
    /// <param name="examples">The examples of two columns.</param>
    public Plane(Setup setup, ShownExamples examples)
    {
        this.setup = setup;
        Points = ReadPoints(examples);
        bool isDrawn = setup.DataKind == "points";
        (X, Y) =
            isDrawn && Points.All(p => Math.Max(Math.Abs(p.X), Math.Abs(p.Y)) <= UsualExtent)
                // Under the hand of whoever draws, the plane stays as it is.
                ? ((-UsualExtent, UsualExtent), (-UsualExtent, UsualExtent))
                : Ranges(Points);
    }

    /// <summary>The examples where they lie, those of training first.</summary>
    public IReadOnlyList<PlanePoint> Points { get; }

    /// <summary>From where to where the plane is drawn along the first column.</summary>
    public (double Low, double High) X { get; }

    /// <summary>From where to where the plane is drawn along the second column.</summary>
    public (double Low, double High) Y { get; }

    /// <summary>A point of a single output on a scale from −1 (the lower class, or −1) to 1.</summary>
    public float Shade(float output)
    {
        if (!setup.Data.Train.HasClasses)
            return output;
        if (setup.Experiment.Loss!.Reads == LossReads.Logits)
            return MathF.Tanh(output / 2);
        double high = setup.Experiment.Loss.Encode(1, 1, setup.Network.Range)[0];
        return (float)((output - setup.Targets.Threshold) / (high - setup.Targets.Threshold));
    }

    private static List<PlanePoint> ReadPoints(ShownExamples examples)
    {
        bool isTwo = examples.All.ClassNames.Count == 2;
        var points = new List<PlanePoint>(examples.Count);
        foreach ((DataSet set, string part) in examples.Parts)
            for (int i = 0; i < set.Count; i++)
            {
                Example example = set[i];
                double label =
                    example.Class is not { } c ? example.Target[0]
                    : isTwo ? 2 * c - 1
                    : c;
                points.Add(new(example.Input[0], example.Input[1], label, part != "train"));
            }
        return points;
    }

    // A square around the origin, or where the columns are of different sizes or lie far off, the box around the points.
    private static ((double Low, double High) X, (double Low, double High) Y) Ranges(IReadOnlyList<PlanePoint> points)
    {
        (double Low, double High) x = (points.Min(p => p.X), points.Max(p => p.X)),
            y = (points.Min(p => p.Y), points.Max(p => p.Y));
        double furthest = new[] { x.Low, x.High, y.Low, y.High }.Max(Math.Abs),
            narrowest = Math.Min(x.High - x.Low, y.High - y.Low);
        if (furthest == 0 || furthest <= MostOffset * narrowest)
        {
            // A little room behind the furthest point, on a round number.
            double extent = furthest is <= UsualExtent and > UsualExtent / 2 ? UsualExtent : RoundUp(furthest * 1.1);
            return ((-extent, extent), (-extent, extent));
        }
        return (Around(x), Around(y));
    }

    private static (double Low, double High) Around((double Low, double High) range)
    {
        double room = range.High > range.Low ? (range.High - range.Low) * 0.08 : Math.Max(0.5, Math.Abs(range.High) * 0.08);
        return (range.Low - room, range.High + room);
    }

    // To halves, as ever for data about as large as 1; smaller and larger data to two digits.
    private static double RoundUp(double value)
    {
        if (value is >= 0.5 and <= 100 or 0)
            return Math.Max(0.5, Math.Ceiling(value * 2) / 2);
        double unit = Math.Pow(10, Math.Floor(Math.Log10(value)) - 1);
        return Math.Ceiling(value / unit) * unit;
    }
}

/// <summary>An example where it lies.</summary>
/// <param name="X">Its first column.</param>
/// <param name="Y">Its second.</param>
/// <param name="Label">−1 or 1 for two classes, the number of the class from 0 for more, the first target otherwise.</param>
/// <param name="IsTest">Whether it is kept aside.</param>
internal readonly record struct PlanePoint(double X, double Y, double Label, bool IsTest);
