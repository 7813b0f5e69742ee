using System.Runtime.CompilerServices;
using Longhand.Kernels;
using Longhand.Plans;

namespace Longhand;

/// <summary>A tiny plan with its examples, which are kept as rows of inputs and targets side by side, so that a batch is gathered at once.</summary>
internal sealed unsafe class TinyStage : Stage
{
    private readonly TinyPlan plan;
    private readonly LossKernel kernel;
    private readonly int[] indices;
    private readonly float[] output;
    private readonly int inputs,
        lanes;
    private readonly FloatBuffer factors,
        losses;

    // Those of the step before, which most steps use again.
    private Targets? lastTargets;
    private ExampleRows? lastRows;

    // For a data set that is too large to be kept as rows.
    private ExampleRows? batchRows;

    public TinyStage(Network network, Loss loss, LossKernel kernel, TinyPlan plan)
    {
        this.plan = plan;
        this.kernel = kernel;
        lanes = LaneWidth.Count;
        inputs = network.Input[0];
        output = new float[network.Output[0]];
        indices = GC.AllocateArray<int>(plan.Groups * lanes, pinned: true);
        losses = new FloatBuffer(indices.Length);
        factors = new FloatBuffer(indices.Length);
        // Lanes behind the last sample count for nothing.
        factors.Span[..plan.Batch].Fill(loss.IsSum ? 1 : (float)(1.0 / plan.Batch));
    }

    public override int Batch => plan.Batch;

    protected override Span<float> Factors => factors.Span;

    /// <summary>Whether network and loss suit this way.</summary>
    public static bool Fits(Network network, LossKernel kernel, int batch) => kernel.HasLanes && TinyPlan.Fits(network, batch);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Forward(DataSet data, ReadOnlySpan<int> indices, Targets targets, long update)
    {
        if (targets != lastTargets)
            (lastTargets, lastRows) = (targets, targets.Rows);
        ExampleRows rows = lastRows ?? Copy(data, indices, targets);
        int* chosen = (int*)Unsafe.AsPointer(ref this.indices[0]);
        if (lastRows is not null)
            for (int s = 0; s < indices.Length; s++)
                chosen[s] = indices[s];
        // Behind the last sample it stands once more: whatever its numbers are, nothing else can come out of those lanes.
        int last = chosen[indices.Length - 1],
            lanesInAll = plan.Groups * lanes;
        for (int s = indices.Length; s < lanesInAll; s++)
            chosen[s] = last;
        TinyKernel.Gather(rows.Values.Pointer, rows.Stride, chosen, plan.Groups, plan.Columns, plan.Examples.Pointer);
        plan.Forward();
        kernel.Lanes(
            plan.Output.Pointer,
            plan.Examples.Pointer + inputs * lanes,
            plan.Columns,
            plan.OutputGradient is { } gradient ? gradient.Pointer : null,
            plan.Groups,
            output.Length,
            factors.Pointer,
            losses.Pointer
        );
        return Total(losses.Span);
    }

    private ExampleRows Copy(DataSet data, ReadOnlySpan<int> indices, Targets targets)
    {
        batchRows ??= new ExampleRows(Batch, inputs, output.Length);
        for (int s = 0; s < indices.Length; s++)
        {
            batchRows.Set(s, data, indices[s], targets);
            this.indices[s] = s;
        }
        return batchRows;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward() => plan.Backward();

    public override ReadOnlySpan<float> OutputRow(int sample)
    {
        float* first = plan.Output.Pointer + sample / lanes * output.Length * lanes + sample % lanes;
        for (int j = 0; j < output.Length; j++)
            output[j] = first[j * lanes];
        return output;
    }
}
