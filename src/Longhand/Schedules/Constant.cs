namespace Longhand;

public abstract partial record Schedule
{
    /// <summary>The optimizer's own rate from the first update to the last.</summary>
    public static Schedule Constant { get; } = new ConstantSchedule();

    internal static readonly Kind<Schedule> ConstantKind = Add("constant", "constant", "the same rate throughout: η", [], _ => Constant);

    private sealed record ConstantSchedule : Schedule
    {
        protected override string OwnNotation => "constant";

        protected override double RateOf(double start, int period, int periods, ReadOnlySpan<double> watched) => start;
    }
}
