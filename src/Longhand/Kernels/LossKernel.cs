using System.Runtime.CompilerServices;
using Longhand.Numbers;

namespace Longhand.Kernels;

/// <summary>A loss over many samples at once. One virtual call per block of samples, none per number.</summary>
internal abstract unsafe class LossKernel
{
    /// <summary>The fastest there is for a loss.</summary>
    public static LossKernel For(Loss loss) => loss.ShowRule(new Opener()) ?? new PlainLossKernel(loss);

    /// <summary>Whether samples may lie along the lanes.</summary>
    public virtual bool HasLanes => true;

    /// <summary>How much room <see cref="Rows"/> needs for so many outputs.</summary>
    public static long Room(int width) => 3L * width * LaneWidth.Most;

    /// <summary>The losses of samples whose outputs lie side by side, [sample, output], and their gradients.</summary>
    /// <param name="outputs">What the network computed.</param>
    /// <param name="targets">What was wanted.</param>
    /// <param name="gradients">Set to factor · ∂loss/∂output; null where nobody asks.</param>
    /// <param name="samples">How many samples.</param>
    /// <param name="width">Outputs of a sample.</param>
    /// <param name="factors">What the gradients of each sample are multiplied by.</param>
    /// <param name="losses">Set to the loss of each sample.</param>
    /// <param name="room">As many floats as <see cref="Room"/> says, for use on the way.</param>
    public abstract void Rows(
        float* outputs,
        float* targets,
        float* gradients,
        int samples,
        int width,
        float* factors,
        float* losses,
        float* room
    );

    /// <summary>
    /// The same with samples along the lanes, [group][output][lane], where a group is as many samples as there are lanes. Each sample has a
    /// factor of its own: 0 for lanes that stand for none.
    /// </summary>
    /// <param name="outputs">What the network computed.</param>
    /// <param name="targets">What was wanted.</param>
    /// <param name="targetsApart">Vectors from one group's targets to the next group's.</param>
    /// <param name="gradients">Set to factor · ∂loss/∂output; null where nobody asks.</param>
    /// <param name="groups">How many groups.</param>
    /// <param name="width">Outputs of a sample.</param>
    /// <param name="factors">What the gradients of each sample are multiplied by.</param>
    /// <param name="losses">Set to the loss of each sample.</param>
    public abstract void Lanes(
        float* outputs,
        float* targets,
        int targetsApart,
        float* gradients,
        int groups,
        int width,
        float* factors,
        float* losses
    );

    private sealed class Opener : ILossRuleReader<LossKernel>
    {
        public LossKernel Read<TRule>(TRule rule)
            where TRule : struct, ILossRule => LaneWidth.Is512 ? new LossKernel<TRule, Lanes512>(rule) : new LossKernel<TRule, Lanes>(rule);
    }
}

/// <summary>A loss that is a rule: lanes of samples.</summary>
internal sealed unsafe class LossKernel<TRule, V>(TRule rule) : LossKernel
    where TRule : struct, ILossRule
    where V : struct, ILanes<V>
{
    public override void Rows(
        float* outputs,
        float* targets,
        float* gradients,
        int samples,
        int width,
        float* factors,
        float* losses,
        float* room
    )
    {
        float* o = room,
            t = o + width * V.Count,
            g = t + width * V.Count,
            loss = stackalloc float[V.Count],
            own = stackalloc float[V.Count];
        for (int first = 0; first < samples; first += V.Count)
        {
            int count = Math.Min(V.Count, samples - first);
            long from = (long)first * width;
            // Behind the last sample it stands once more.
            for (int s = 0; s < V.Count; s++)
            {
                long row = from + (long)Math.Min(s, count - 1) * width;
                own[s] = factors[first + Math.Min(s, count - 1)];
                for (int j = 0; j < width; j++)
                {
                    o[j * V.Count + s] = outputs[row + j];
                    t[j * V.Count + s] = targets[row + j];
                }
            }
            Lanes(o, t, width, gradients is null ? null : g, 1, width, own, loss);
            Unsafe.CopyBlock(losses + first, loss, (uint)count * sizeof(float));
            if (gradients is null)
                continue;
            for (int s = 0; s < count; s++)
            for (int j = 0; j < width; j++)
                gradients[from + s * width + j] = g[j * V.Count + s];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Lanes(
        float* outputs,
        float* targets,
        int targetsApart,
        float* gradients,
        int groups,
        int width,
        float* factors,
        float* losses
    ) => Lanes(rule, outputs, targets, targetsApart, gradients, groups, width, factors, losses);

    /// <inheritdoc cref="LossKernel.Lanes"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Lanes(
        TRule rule,
        float* outputs,
        float* targets,
        int targetsApart,
        float* gradients,
        int groups,
        int width,
        float* factors,
        float* losses
    )
    {
        for (int group = 0; group < groups; group++)
        {
            var found = new ReadOnlySpan<V>(outputs, width);
            var wanted = new ReadOnlySpan<V>(targets, width);
            rule.Value(found, wanted).Store(losses);
            if (gradients is not null)
            {
                rule.Gradient(found, wanted, V.Load(factors), new Span<V>(gradients, width));
                gradients += (long)width * V.Count;
            }
            outputs += (long)width * V.Count;
            targets += (long)targetsApart * V.Count;
            losses += V.Count;
            factors += V.Count;
        }
    }
}

/// <summary>A loss that decides by looking at single numbers: sample by sample.</summary>
internal sealed unsafe class PlainLossKernel(Loss loss) : LossKernel
{
    public override bool HasLanes => false;

    public override void Rows(
        float* outputs,
        float* targets,
        float* gradients,
        int samples,
        int width,
        float* factors,
        float* losses,
        float* room
    )
    {
        int count = samples * width;
        var found = new Grid<Float32>(Numbers(outputs, count), samples, width);
        var wanted = new Grid<Float32>(Numbers(targets, count), samples, width);
        var slopes = new Float32[gradients is null ? 0 : count];
        Grid<Float32>? gradient = gradients is null ? null : new(slopes, samples, width);
        for (int s = 0; s < samples; s++)
        {
            losses[s] = (float)loss.Value(found, wanted, s).Value;
            if (gradient is not null)
                loss.Gradient(found, wanted, s, new Float32(factors[s]), gradient);
        }
        for (int i = 0; i < slopes.Length; i++)
            gradients[i] = (float)slopes[i].Value;
    }

    public override void Lanes(
        float* outputs,
        float* targets,
        int targetsApart,
        float* gradients,
        int groups,
        int width,
        float* factors,
        float* losses
    ) => throw new NotSupportedException("A bug in Longhand: this loss has no lanes.");

    private static Float32[] Numbers(float* values, int count) => new ReadOnlySpan<Float32>(values, count).ToArray();
}
