namespace Longhand;

public abstract partial record Schedule
{
    internal static readonly Kind<Schedule> OneCycleKind = Add(
        "one-cycle",
        "one-cycle [max=0.1]",
        "up to the greatest rate over 30 % of the run, then down to almost nothing, both along a cosine",
        ["max"],
        a => OneCycle(a.Number("max", double.NaN, 0))
    );

    /// <summary>
    /// From a 25th of the greatest rate up to it over the first 30 % of the run, then down to a 250,000th of it, both along half a cosine
    /// (Smith and Topin 2018, arXiv:1708.07120; PyTorch's OneCycleLR with its defaults, momentum left alone).
    /// </summary>
    /// <param name="max">The greatest rate; the optimizer's own where it is not a number.</param>
    public static Schedule OneCycle(double max = double.NaN) => new OneCycleSchedule(Checked(max, "max", 0));

    private sealed record OneCycleSchedule(double Max) : Schedule
    {
        private const double Rise = 0.3,
            FirstDivisor = 25,
            LastDivisor = 1e4;

        public override bool NeedsLength => true;

        protected override string OwnNotation => $"one-cycle{Option("max", Max)}";

        protected override double RateOf(double start, int period, int periods, ReadOnlySpan<double> watched)
        {
            double greatest = double.IsNaN(Max) ? start : Max,
                first = greatest / FirstDivisor,
                top = Rise * periods - 1,
                end = periods - 1;
            return period <= top
                ? AlongCosine(first, greatest, period / top)
                : AlongCosine(greatest, first / LastDivisor, Math.Min(1, (period - top) / (end - top)));
        }
    }
}
