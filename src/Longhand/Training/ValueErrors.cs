namespace Longhand;

/// <summary>How far values are from their targets, counted up example by example.</summary>
internal sealed class ValueErrors(int outputs)
{
    private readonly double[] residuals = new double[outputs],
        means = new double[outputs],
        spreads = new double[outputs];

    private double absolute;
    private int count;

    public void Add(ReadOnlySpan<float> output, ReadOnlySpan<double> target)
    {
        count++;
        for (int j = 0; j < outputs; j++)
        {
            double error = output[j] - target[j];
            absolute += Math.Abs(error);
            residuals[j] += error * error;
            // Welford's sums: the plain sum of squares would lose its digits where targets are large and close together.
            double away = target[j] - means[j];
            means[j] += away / count;
            spreads[j] += away * (target[j] - means[j]);
        }
    }

    public double? MeanAbsolute => count == 0 ? null : absolute / ((double)count * outputs);

    public double? R2 =>
        Array.Exists(spreads, spread => spread == 0) ? null : residuals.Zip(spreads, (residual, spread) => 1 - residual / spread).Average();
}
