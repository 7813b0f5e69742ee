namespace Longhand.Playground;

/// <summary>
/// The losses of a run from its first epoch on, within a bounded number of rows: where there are more, every second is given up and only
/// every second epoch is measured from then on. Which epochs have a row depends on nothing but how far the run is.
/// </summary>
internal sealed class LossHistory(int most)
{
    private readonly List<Row> rows = [];
    private int stride = 1;

    /// <summary>Epoch by epoch, in rising order.</summary>
    public IReadOnlyList<Row> Rows => rows;

    /// <summary>How many rows the page knows already, and still as they are.</summary>
    public int Sent { get; set; }

    /// <summary>Measures a run that has just completed an epoch, where this epoch is to have a row.</summary>
    public void Take(TrainingLoop loop)
    {
        if (loop.Epoch % stride != 0 || (rows.Count > 0 && rows[^1].Epoch >= loop.Epoch))
            return;
        (Measurement train, Measurement? test) = loop.Measure();
        rows.Add(new(loop.Epoch, train.Loss, test?.Loss, loop.Penalty(), loop.Rate));
        if (rows.Count <= most)
            return;
        stride *= 2;
        rows.RemoveAll(row => row.Epoch % stride != 0);
        Sent = 0;
    }

    /// <summary>Forgets what lies behind an epoch.</summary>
    public void Forget(int epoch)
    {
        rows.RemoveAll(row => row.Epoch > epoch);
        Sent = Math.Min(Sent, rows.Count);
    }

    /// <summary>What was measured after an epoch.</summary>
    public readonly record struct Row(int Epoch, double Train, double? Test, double Penalty, double Rate);
}
