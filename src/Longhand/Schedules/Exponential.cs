namespace Longhand;

public abstract partial record Schedule
{
    internal static readonly Kind<Schedule> ExponentialKind = Add(
        "exponential",
        "exponential [factor=0.95]",
        "multiplied by a factor after each period: η·γᵗ",
        ["factor"],
        a => Exponential(a.Number("factor", 0.95, 0))
    );

    /// <summary>Multiplied by a factor after each period: η·γᵗ (PyTorch's ExponentialLR).</summary>
    /// <param name="factor">γ.</param>
    public static Schedule Exponential(double factor = 0.95) => new ExponentialSchedule(Checked(factor, "factor", 0));

    private sealed record ExponentialSchedule(double Factor) : Schedule
    {
        protected override string OwnNotation => $"exponential{Option("factor", Factor)}";

        protected override double RateOf(double start, int period, int periods, ReadOnlySpan<double> watched) =>
            start * Math.Pow(Factor, period);
    }
}
