using Longhand.Numbers;

namespace Longhand;

public abstract partial class Loss
{
    /// <summary>
    /// Cross-entropy of probabilities, −t ln p − (1 − t) ln(1 − p), averaged over all outputs of all samples: the negative log-likelihood
    /// of Bernoulli variables. The gradient is (p − t)/(p(1 − p)). As in PyTorch logarithms end at −100 and the divisor at 1e-12.
    /// </summary>
    public static Loss BinaryCrossEntropy { get; } = new Bce();

    internal static readonly Kind<Loss> BinaryCrossEntropyKind = Registries.Losses.Add(
        new("bce", "bce", "−t ln p − (1 − t) ln(1 − p), mean over all elements", _ => BinaryCrossEntropy) { Examples = ["bce"] }
    );

    /// <summary>ln p, but nowhere below −100: a probability that has underflowed to 0 leaves the loss finite.</summary>
    private static T CutLog<T>(T p)
        where T : IReal<T> => T.Select(T.Log(p) + T.Of(100), T.Log(p), T.Of(-100), T.Of(-100));

    /// <summary>What a slope is divided by, but nowhere below 1e-12.</summary>
    private static T CutDivisor<T>(T divisor)
        where T : IReal<T> => T.Select(divisor - T.Of(1e-12), divisor, T.Of(1e-12), T.Of(1e-12));

    private sealed class Bce : Loss
    {
        public override string Notation => "bce";
        public override LossReads Reads => LossReads.Probabilities;
        public override LabelEncoding Labels => LabelEncoding.Probabilities;

        public override T Value<T>(Grid<T> output, Grid<T> target, int sample)
        {
            T sum = One(output[sample, 0], target[sample, 0]);
            for (int j = 1; j < output.Size(1); j++)
                sum += One(output[sample, j], target[sample, j]);
            return T.Fraction(1, output.Size(1)) * sum;
        }

        public override void Gradient<T>(Grid<T> output, Grid<T> target, int sample, T factor, Grid<T> gradient)
        {
            for (int j = 0; j < output.Size(1); j++)
            {
                T p = output[sample, j];
                T slope = (p - target[sample, j]) / CutDivisor(p * (T.Of(1) - p));
                gradient[sample, j] = factor * T.Fraction(1, output.Size(1)) * slope;
            }
        }

        private static T One<T>(T p, T t)
            where T : IReal<T> => -(t * CutLog(p)) - (T.Of(1) - t) * CutLog(T.Of(1) - p);
    }
}
