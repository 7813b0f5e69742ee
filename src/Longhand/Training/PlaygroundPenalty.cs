using System.Numerics;

namespace Longhand;

/// <summary>The penalty as the TensorFlow Playground takes it: a step of its own behind the update.</summary>
internal static class PlaygroundPenalty
{
    /// <summary>
    /// w ← w − η·R′(w₀), w₀ being the weight before the whole update; a weight that l1 would take across 0 becomes 0 and stays so (its
    /// link is "dead").
    /// </summary>
    public static void Shrink<T>(Span<T> weights, ReadOnlySpan<T> before, bool[] dead, Regularization penalty, double rate)
        where T : IFloatingPoint<T>
    {
        for (int i = 0; i < weights.Length; i++)
        {
            if (dead[i])
            {
                weights[i] = T.Zero;
                continue;
            }
            double weight = double.CreateChecked(weights[i]);
            double shrunk = weight - rate * penalty.Slope(new Numbers.Float64(double.CreateChecked(before[i]))).Value;
            if (penalty.L1 != 0 && weight * shrunk < 0)
            {
                dead[i] = true;
                shrunk = 0;
            }
            weights[i] = T.CreateChecked(shrunk);
        }
    }
}
