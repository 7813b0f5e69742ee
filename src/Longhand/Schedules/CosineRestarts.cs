namespace Longhand;

public abstract partial record Schedule
{
    internal static readonly Kind<Schedule> CosineRestartsKind = Add(
        "cosine-restarts",
        "cosine-restarts [every=10] [to=0] [growth=1]",
        "half a cosine down, again and again from the start: η₁ + ½(η − η₁)(1 + cos πs/k)",
        ["every", "to", "growth"],
        a => CosineRestarts(Whole(a, "every", 10), a.Number("to", 0, 0), Whole(a, "growth", 1))
    );

    /// <summary>
    /// Half a cosine down, then from the start again: η₁ + ½(η − η₁)(1 + cos πs/k), s being the periods since the last restart (Loshchilov
    /// and Hutter 2017, arXiv:1608.03983; PyTorch's CosineAnnealingWarmRestarts with T_0 = k).
    /// </summary>
    /// <param name="every">k, the length of the first descent in periods.</param>
    /// <param name="to">η₁.</param>
    /// <param name="growth">Each descent is so many times as long as the one before.</param>
    public static Schedule CosineRestarts(int every = 10, double to = 0, int growth = 1) =>
        new CosineRestartsSchedule(Checked(every), Checked(to, "to", 0), Checked(growth));

    private sealed record CosineRestartsSchedule(int Every, double To, int Growth) : Schedule
    {
        protected override string OwnNotation => $"cosine-restarts{Option("every", Every)}{Option("to", To)}{Option("growth", Growth)}";

        protected override double RateOf(double start, int period, int periods, ReadOnlySpan<double> watched)
        {
            long since = period,
                length = Every;
            if (Growth == 1)
                since %= length;
            else
                for (; since >= length; length *= Growth)
                    since -= length;
            return AlongCosine(start, To, (double)since / length);
        }
    }
}
