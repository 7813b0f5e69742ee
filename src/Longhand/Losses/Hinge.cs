using Longhand.Numbers;

namespace Longhand;

public abstract partial class Loss
{
    /// <summary>
    /// The hinge loss of scores, averaged over the samples. Targets of ±1 ask for each output to be on its side of 0 by a margin of 1,
    /// Σⱼ max(0, 1 − tⱼoⱼ). A class y among several, written as a 1 among 0s, asks for the largest score by a margin of 1,
    /// Σ_{j≠y} max(0, 1 − o_y + oⱼ) (Weston and Watkins 1999). At a kink the slope is 0, as PyTorch has it.
    /// </summary>
    public static Loss Hinge { get; } = new HingeLoss();

    internal static readonly Kind<Loss> HingeKind = Registries.Losses.Add(
        new("hinge", "hinge", "Σ max(0, 1 − t·o); for a class y of several Σ_{j≠y} max(0, 1 − o_y + o_j)", _ => Hinge)
        {
            Examples = ["hinge"],
        }
    );

    private sealed class HingeLoss : Loss
    {
        public override string Notation => "hinge";
        public override LossReads Reads => LossReads.Scores;
        public override LabelEncoding Labels => LabelEncoding.Signs;

        public override T Value<T>(Grid<T> output, Grid<T> target, int sample)
        {
            T sum = T.Of(0);
            int y = Class(target, sample);
            for (int j = 0; j < output.Size(1); j++)
                if (j != y)
                    sum += T.Max(T.Of(0), Lacking(output, target, sample, j, y));
            return sum;
        }

        public override void Gradient<T>(Grid<T> output, Grid<T> target, int sample, T factor, Grid<T> gradient)
        {
            T lacking = T.Of(0);
            int y = Class(target, sample);
            for (int j = 0; j < output.Size(1); j++)
            {
                if (j == y)
                    continue;
                T counts = T.Select(Lacking(output, target, sample, j, y), T.Of(1), T.Of(0), T.Of(0));
                gradient[sample, j] = factor * (y < 0 ? -(counts * target[sample, j]) : counts);
                lacking += counts;
            }
            if (y >= 0)
                gradient[sample, y] = factor * -lacking;
        }

        // What is lacking to the margin, where it is above 0.
        private static T Lacking<T>(Grid<T> output, Grid<T> target, int sample, int j, int y)
            where T : IScalar<T> =>
            y < 0 ? T.Of(1) - target[sample, j] * output[sample, j] : T.Of(1) - output[sample, y] + output[sample, j];

        // The class that the targets mark, −1 where each stands for itself: targets of ±1 are never 0, so a 0 among several marks a class.
        private static int Class<T>(Grid<T> target, int sample)
            where T : IScalar<T>
        {
            bool marksClass = false;
            int largest = 0;
            for (int j = 0; j < target.Size(1); j++)
            {
                marksClass |= target[sample, j].Value == 0;
                if (target[sample, j].Value > target[sample, largest].Value)
                    largest = j;
            }
            return marksClass && target.Size(1) > 1 ? largest : -1;
        }
    }
}
