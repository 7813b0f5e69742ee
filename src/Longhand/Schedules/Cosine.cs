namespace Longhand;

public abstract partial record Schedule
{
    internal static readonly Kind<Schedule> CosineKind = Add(
        "cosine",
        "cosine [to=0]",
        "half a cosine down over the whole run: η₁ + ½(η − η₁)(1 + cos πt/T)",
        ["to"],
        a => Cosine(a.Number("to", 0, 0))
    );

    /// <summary>
    /// Half a cosine from the optimizer's rate down over the whole run: η₁ + ½(η − η₁)(1 + cos πt/T), T being its length (Loshchilov and
    /// Hutter 2017, arXiv:1608.03983; PyTorch's CosineAnnealingLR with T_max = T).
    /// </summary>
    /// <param name="to">η₁, which a period T would have.</param>
    public static Schedule Cosine(double to = 0) => new CosineSchedule(Checked(to, "to", 0));

    private sealed record CosineSchedule(double To) : Schedule
    {
        public override bool NeedsLength => true;

        protected override string OwnNotation => $"cosine{Option("to", To)}";

        protected override double RateOf(double start, int period, int periods, ReadOnlySpan<double> watched) =>
            AlongCosine(start, To, Math.Min(1, (double)period / periods));
    }
}
