namespace Longhand.Playground;

/// <summary>
/// Where a run has been: points to go on from, in rising order, within a bounded memory. Where there are too many, the one is given up
/// that leaves the smallest gap for how far back it lies: what lies a short way back is reached at once, what lies far back after an equal
/// share of the way.
/// </summary>
/// <param name="first">Where the run begins: it can be gone back this far.</param>
/// <param name="bytes">The memory that all points together may take; a few are kept in any case, the first and the last among them.</param>
internal sealed class Past(RunPoint first, long bytes)
{
    private const int Least = 4;

    private readonly List<RunPoint> points = [first];
    private long taken = first.Bytes;

    /// <summary>The earliest point.</summary>
    public RunPoint First => points[0];

    /// <summary>How many points there are.</summary>
    public int Count => points.Count;

    /// <summary>Keeps another point, behind all others; one at the same place is replaced.</summary>
    public void Keep(RunPoint point)
    {
        if (points[^1].Made == point.Made)
        {
            taken -= points[^1].Bytes;
            points.RemoveAt(points.Count - 1);
        }
        points.Add(point);
        taken += point.Bytes;
        while (taken > bytes && points.Count > Least)
            GiveUpOne();
    }

    /// <summary>The last point of which something holds that holds of all earlier ones too; the first where it holds of none.</summary>
    public RunPoint LastWhere(Predicate<RunPoint> isEarly)
    {
        int low = 0,
            high = points.Count;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (isEarly(points[middle]))
                low = middle;
            else
                high = middle;
        }
        return points[low];
    }

    /// <summary>Forgets all points behind a number of updates.</summary>
    public void Forget(int made)
    {
        while (points.Count > 1 && points[^1].Made > made)
        {
            taken -= points[^1].Bytes;
            points.RemoveAt(points.Count - 1);
        }
    }

    private void GiveUpOne()
    {
        int chosen = 1,
            now = points[^1].Made;
        double least = double.PositiveInfinity;
        for (int i = 1; i < points.Count - 1; i++)
        {
            double share = (double)(points[i + 1].Made - points[i - 1].Made) / (now - points[i].Made);
            if (share < least)
                (least, chosen) = (share, i);
        }
        taken -= points[chosen].Bytes;
        points.RemoveAt(chosen);
    }
}
