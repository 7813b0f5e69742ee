using System.Numerics;
using Longhand.Kernels;
using Longhand.Plans;

namespace Longhand;

/// <summary>
/// The step between gradients and an update where gradients are clipped: the penalty's slope is added, since it is part of what is clipped,
/// and all are then bounded. Work is cut by size and sums are added in order, so that threads make no difference.
/// </summary>
internal sealed unsafe class ClipWork(ParameterBlock parameters, GradientClipping clip, Regularization penalty, WorkerPool pool)
    : IParallelWork
{
    private const int Block = 1 << 14;

    private readonly double[] squares = new double[(parameters.TrainableLength + Block - 1) / Block];
    private float scale;
    private bool scaling;

    public void Run()
    {
        scaling = false;
        pool.Run(this, squares.Length);
        if (clip.IsByValue)
            return;
        double sum = 0;
        foreach (double part in squares)
            sum += part;
        double factor = clip.Factor(sum);
        if (!(factor < 1))
            return;
        (scale, scaling) = ((float)factor, true);
        pool.Run(this, squares.Length);
    }

    public void Part(int part)
    {
        int from = part * Block,
            count = Math.Min(Block, parameters.TrainableLength - from);
        float* gradients = parameters.Results.Pointer + from;
        if (scaling)
        {
            for (int i = 0; i < count; i += Vector<float>.Count)
                (Vector.Load(gradients + i) * scale).Store(gradients + i);
            return;
        }
        if (!penalty.IsNone)
            AddPenaltySlope(penalty, parameters.Values.Pointer + from, gradients, Math.Min(count, parameters.WeightLength - from));
        if (clip.IsByValue)
        {
            var limit = new Vector<float>((float)clip.Limit);
            for (int i = 0; i < count; i += Vector<float>.Count)
                Vector.Min(Vector.Max(Vector.Load(gradients + i), -limit), limit).Store(gradients + i);
        }
        else
            squares[part] = SumOfSquares(gradients, count);
    }

    private static double SumOfSquares(float* gradients, int count)
    {
        Vector<double> low = default,
            high = default;
        for (int i = 0; i < count; i += Vector<float>.Count)
        {
            Vector.Widen(Vector.Load(gradients + i), out Vector<double> first, out Vector<double> second);
            low += first * first;
            high += second * second;
        }
        return Vector.Sum(low + high);
    }

    /// <summary>Adds the slope of a penalty on weights to their gradients; a negative count adds nothing.</summary>
    private static void AddPenaltySlope(Regularization penalty, float* weights, float* gradients, int count)
    {
        for (int i = 0; i < count; i += Vector<float>.Count)
            (Vector.Load(gradients + i) + penalty.Slope(new Lanes(Vector.Load(weights + i))).V).Store(gradients + i);
    }
}
