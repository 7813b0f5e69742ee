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
        lanes,
        batch,
        lanesInAll;
    private readonly FloatBuffer factors,
        losses;
    private readonly int* chosen;
    private readonly TinyStep? step;

    // Those of the step before, which most steps use again.
    private Targets? lastTargets;
    private ExampleRows? lastRows;

    // For a data set that is too large to be kept as rows.
    private ExampleRows? batchRows;

    /// <param name="network">The structure.</param>
    /// <param name="loss">What is made small.</param>
    /// <param name="kernel">The same as a kernel.</param>
    /// <param name="plan">The compiled network.</param>
    /// <param name="update">What follows on each step; null where there is no training, or to take the step apart.</param>
    public TinyStage(Network network, Loss loss, LossKernel kernel, TinyPlan plan, UpdateWork? update = null)
    {
        this.plan = plan;
        this.kernel = kernel;
        lanes = LaneWidth.Count;
        inputs = network.Input[0];
        output = new float[network.Output[0]];
        batch = plan.Batch;
        lanesInAll = plan.Groups * lanes;
        indices = GC.AllocateArray<int>(plan.Groups * lanes, pinned: true);
        chosen = (int*)Unsafe.AsPointer(ref indices[0]);
        losses = new FloatBuffer(indices.Length);
        factors = new FloatBuffer(indices.Length);
        // Lanes behind the last sample count for nothing.
        factors.Span[..plan.Batch].Fill(loss.IsSum ? 1 : (float)(1.0 / plan.Batch));
        if (update is { IsRuleAlone: true })
            step = TinyStep.Of(
                new()
                {
                    Layers = plan.Layers,
                    Loss = loss,
                    Optimizer = update.Optimizer,
                    Parameters = update.Site,
                    Groups = plan.Groups,
                    Columns = plan.Columns,
                    Outputs = output.Length,
                    Examples = plan.Examples.Pointer,
                    Output = plan.Output.Pointer,
                    OutputGradient = plan.OutputGradient!.Pointer,
                    Factors = factors.Pointer,
                    Losses = losses.Pointer,
                }
            );
    }

    public override int Batch => batch;

    protected override Span<float> Factors => factors.Span;

    /// <summary>Whether network and loss suit this way.</summary>
    public static bool Fits(Network network, LossKernel kernel, int batch) => kernel.HasLanes && TinyPlan.Fits(network, batch);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Forward(DataSet data, ReadOnlySpan<int> indices, Targets targets, long update)
    {
        ExampleRows rows = Choose(data, indices, targets);
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
        return Total(losses.Pointer);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward() => plan.Backward();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Step(DataSet data, ReadOnlySpan<int> indices, Targets targets, UpdateWork update, double rate)
    {
        if (step is null)
            return base.Step(data, indices, targets, update, rate);
        ExampleRows rows = Choose(data, indices, targets);
        step.Run(rows.Values.Pointer, rows.Stride, chosen, ++update.Step, rate);
        return Total(losses.Pointer);
    }

    // The rows in which the examples stand, and which of them are chosen.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ExampleRows Choose(DataSet data, ReadOnlySpan<int> indices, Targets targets)
    {
        if (targets != lastTargets)
            (lastTargets, lastRows) = (targets, targets.Rows);
        ExampleRows? rows = lastRows;
        if (rows is null)
        {
            rows = Copy(data, indices, targets);
            new Span<int>(chosen + batch, lanesInAll - batch).Fill(chosen[batch - 1]);
        }
        else
            TinyKernel.Choose(indices, chosen, lanesInAll);
        return rows;
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

    public override ReadOnlySpan<float> OutputRow(int sample)
    {
        float* first = plan.Output.Pointer + sample / lanes * output.Length * lanes + sample % lanes;
        for (int j = 0; j < output.Length; j++)
            output[j] = first[j * lanes];
        return output;
    }
}
