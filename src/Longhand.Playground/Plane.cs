using Longhand.Experiments;

namespace Longhand.Playground;

/// <summary>Examples of two columns, where they lie, and the plane around them.</summary>
internal sealed class Plane
{
    /// <summary>The data that lie in a plane.</summary>
    public static readonly string[] DataNames = ["circle", "xor", "gauss", "spiral", "moons", "circles", "plane", "cones"];

    // The Playground's own data lie in this square.
    private const double UsualExtent = 6;

    private readonly Setup setup;

    /// <param name="setup">What is trained; its data are read, its layers known.</param>
    public Plane(Setup setup)
    {
        this.setup = setup;
        (Points, Extent) = ReadPoints(setup.Experiment);
        Features = setup.Experiment.FeatureList is { } list ? FeatureMap.Read(list, ["x", "y"], 2) : null;
    }

    /// <summary>The examples where they lie, those of training first.</summary>
    public IReadOnlyList<PlanePoint> Points { get; }

    /// <summary>The plane is drawn from −Extent to Extent along both axes.</summary>
    public double Extent { get; }

    /// <summary>What computes the network's inputs; null where they are x and y.</summary>
    public FeatureMap? Features { get; }

    /// <summary>What the inputs are called.</summary>
    public IReadOnlyList<string> FeatureNames => Features?.Texts ?? ["x", "y"];

    /// <summary>A point of the output on a scale from −1 (the lower class, or −1) to 1.</summary>
    public float Shade(float output)
    {
        if (!setup.Data.Train.HasClasses)
            return output;
        if (setup.Experiment.Loss!.Reads == LossReads.Logits)
            return MathF.Tanh(output / 2);
        double high = setup.Experiment.Loss.Encode(1, 1, setup.Network.Range)[0];
        return (float)((output - setup.Targets.Threshold) / (high - setup.Targets.Threshold));
    }

    // The rows as they were before features were computed are not kept: they are made again and cut alike.
    private static (List<PlanePoint>, double) ReadPoints(Experiment experiment)
    {
        DataSet all = Longhand.Data.Make(experiment.DataText!, experiment.BaseDirectory).All;
        TrainSettings settings = experiment.Settings;
        (DataSet train, DataSet? test) = settings.Split is { } split and < 1
            ? all.Split(split, settings.Seed, settings.Stratify)
            : (all, null);
        var points = new List<PlanePoint>(all.Count);
        foreach ((DataSet? set, bool isTest) in new[] { (train, false), (test, true) })
            for (int i = 0; i < (set?.Count ?? 0); i++)
            {
                Example example = set![i];
                points.Add(new(example.Input[0], example.Input[1], example.Class is { } c ? 2 * c - 1 : example.Target[0], isTest));
            }
        double furthest = points.Max(p => Math.Max(Math.Abs(p.X), Math.Abs(p.Y)));
        // A little room behind the furthest point, on a round number.
        double extent = furthest is <= UsualExtent and > UsualExtent / 2 ? UsualExtent : Math.Ceiling(furthest * 1.1 * 2) / 2;
        return (points, extent);
    }
}

/// <summary>An example where it lies.</summary>
/// <param name="X">Its first column.</param>
/// <param name="Y">Its second.</param>
/// <param name="Label">−1 or 1 for classes, the target otherwise.</param>
/// <param name="IsTest">Whether it is kept aside.</param>
internal readonly record struct PlanePoint(double X, double Y, double Label, bool IsTest);
