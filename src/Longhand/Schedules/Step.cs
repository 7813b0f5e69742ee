namespace Longhand;

public abstract partial record Schedule
{
    internal static readonly Kind<Schedule> StepKind = Add(
        "step",
        "step [every=10] [factor=0.1]",
        "multiplied by a factor every so often: η·γ^⌊t/k⌋",
        ["every", "factor"],
        a => Step(Whole(a, "every", 10), a.Number("factor", 0.1, 0))
    );

    /// <summary>Multiplied by a factor every so often: η·γ^⌊t/k⌋ (PyTorch's StepLR).</summary>
    /// <param name="every">k, in periods.</param>
    /// <param name="factor">γ.</param>
    public static Schedule Step(int every = 10, double factor = 0.1) => new StepSchedule(Checked(every), Checked(factor, "factor", 0));

    private sealed record StepSchedule(int Every, double Factor) : Schedule
    {
        protected override string OwnNotation => $"step{Option("every", Every)}{Option("factor", Factor)}";

        protected override double RateOf(double start, int period, int periods, ReadOnlySpan<double> watched) =>
            start * Math.Pow(Factor, period / Every);
    }
}
