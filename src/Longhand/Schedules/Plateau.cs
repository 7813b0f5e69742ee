namespace Longhand;

public abstract partial record Schedule
{
    internal static readonly Kind<Schedule> PlateauKind = Add(
        "plateau",
        "plateau [patience=10] [factor=0.1] [to=0]",
        "multiplied by a factor when the validation loss has not improved for longer than its patience",
        ["patience", "factor", "to"],
        a => Plateau(a.Text("patience") == "0" ? 0 : Whole(a, "patience", 10), a.Number("factor", 0.1, 0, 1), a.Number("to", 0, 0))
    );

    /// <summary>
    /// Multiplied by a factor after patience + 1 epochs in which the validation loss was not below 0.9999 times its best, counted anew
    /// after each cut (PyTorch's ReduceLROnPlateau with its relative threshold of 1e-4).
    /// </summary>
    /// <param name="patience">How many epochs without improvement are borne.</param>
    /// <param name="factor">What the rate is multiplied by.</param>
    /// <param name="to">The rate goes no lower.</param>
    public static Schedule Plateau(int patience = 10, double factor = 0.1, double to = 0) =>
        new PlateauSchedule(
            patience >= 0 ? patience : throw new LonghandException($"patience is {patience}, but at least 0 is needed."),
            Checked(factor, "factor", 0, 1),
            Checked(to, "to", 0)
        );

    private sealed record PlateauSchedule(int Patience, double Factor, double To) : Schedule
    {
        // A loss must be below this share of the best; a cut smaller than the other number is not made. Both are PyTorch's.
        private const double Improved = 1 - 1e-4,
            LeastCut = 1e-8;

        public override bool Watches => true;

        protected override string OwnNotation => $"plateau{Option("patience", Patience)}{Option("factor", Factor)}{Option("to", To)}";

        protected override double RateOf(double start, int period, int periods, ReadOnlySpan<double> watched)
        {
            double rate = start,
                best = double.PositiveInfinity;
            int bad = 0;
            foreach (double loss in watched)
            {
                if (loss < best * Improved)
                    (best, bad) = (loss, 0);
                else
                    bad++;
                if (bad <= Patience)
                    continue;
                double cut = Math.Max(rate * Factor, To);
                if (rate - cut > LeastCut)
                    rate = cut;
                bad = 0;
            }
            return rate;
        }
    }
}
