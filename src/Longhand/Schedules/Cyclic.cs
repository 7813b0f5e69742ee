namespace Longhand;

public abstract partial record Schedule
{
    internal static readonly Kind<Schedule> CyclicKind = Add(
        "cyclic",
        "cyclic [from=0.01] [to=0.1] [every=10]",
        "up and down in straight lines, again and again",
        ["from", "to", "every"],
        a => Cyclic(a.Number("from", double.NaN, 0), a.Number("to", double.NaN, 0), Whole(a, "every", 10))
    );

    /// <summary>
    /// In straight lines from the least rate to the greatest and back, again and again (Smith 2017, arXiv:1506.01186; PyTorch's CyclicLR,
    /// mode triangular, with step_size_up = k/2 and momentum left alone).
    /// </summary>
    /// <param name="from">The least rate; a tenth of the optimizer's own where it is not a number.</param>
    /// <param name="to">The greatest rate; the optimizer's own where it is not a number.</param>
    /// <param name="every">k: how many periods up and down take together.</param>
    public static Schedule Cyclic(double from = double.NaN, double to = double.NaN, int every = 10) =>
        new CyclicSchedule(Checked(from, "from", 0), Checked(to, "to", 0), Checked(every));

    private sealed record CyclicSchedule(double From, double To, int Every) : Schedule
    {
        protected override string OwnNotation => $"cyclic{Option("from", From)}{Option("to", To)}{Option("every", Every)}";

        protected override double RateOf(double start, int period, int periods, ReadOnlySpan<double> watched)
        {
            double low = double.IsNaN(From) ? start / 10 : From,
                high = double.IsNaN(To) ? start : To,
                place = (double)(period % Every) / Every;
            return low + (high - low) * (1 - Math.Abs(2 * place - 1));
        }
    }
}
