using Longhand.Kernels;
using Longhand.Plans;

namespace Longhand;

/// <summary>A plan with its examples: inputs as the plan lays them, outputs and targets as the loss reads them.</summary>
internal sealed unsafe class PlanStage : Stage, IParallelWork
{
    // Samples are shared out in parts of this size, whatever the number of threads.
    private const int SamplesPerPart = 16;
    private const int InputsWorthSharing = 10_000,
        OutputsWorthSharing = 1_000;

    private readonly Plan plan;
    private readonly LossKernel kernel;
    private readonly WorkerPool pool;
    private readonly int inputLength,
        outputLength,
        parts;
    private readonly Shape input;
    private readonly int[] indices;
    private readonly float[] images;
    private readonly FloatBuffer target,
        losses,
        factors;
    private readonly Rooms rooms;
    private DataSet? loading;

    public PlanStage(Network network, Loss loss, LossKernel kernel, WorkerPool pool, Plan plan)
    {
        this.plan = plan;
        this.kernel = kernel;
        this.pool = pool;
        input = network.Input;
        inputLength = (int)network.Input.Length;
        outputLength = network.Output[0];
        parts = (plan.Batch + SamplesPerPart - 1) / SamplesPerPart;
        indices = new int[plan.Batch];
        images = new float[input.IsImage && input.Channels > 1 ? parts * inputLength : 0];
        losses = new FloatBuffer(plan.Batch);
        target = new FloatBuffer((long)plan.Batch * outputLength);
        rooms = new Rooms(Math.Min(parts, pool.Threads), LossKernel.Room(outputLength));
        factors = new FloatBuffer(plan.Batch);
        factors.Span.Fill(loss.IsSum ? 1 : (float)(1.0 / plan.Batch));
    }

    public override int Batch => plan.Batch;

    protected override Span<float> Factors => factors.Span;

    public override ReadOnlySpan<float> OutputRow(int sample) => plan.Output.Span.Slice(sample * outputLength, outputLength);

    public override double Forward(DataSet data, ReadOnlySpan<int> indices, Targets targets, long update)
    {
        indices.CopyTo(this.indices);
        loading = data;
        Run((long)Batch * inputLength >= InputsWorthSharing);
        loading = null;
        for (int s = 0; s < indices.Length; s++)
            targets.CopyRow(data, indices[s], target.Span.Slice(s * outputLength, outputLength));
        plan.Forward(update);
        Run((long)Batch * outputLength >= OutputsWorthSharing);
        return Total(losses.Pointer);
    }

    public override void Backward() => plan.Backward();

    public void Part(int part)
    {
        int first = part * SamplesPerPart,
            end = Math.Min(first + SamplesPerPart, Batch);
        if (loading is not null)
        {
            for (int s = first; s < end; s++)
                LoadInput(part, s, loading);
            return;
        }
        long at = (long)first * outputLength;
        int room = rooms.Enter(out float* memory);
        kernel.Rows(
            plan.Output.Pointer + at,
            target.Pointer + at,
            plan.OutputGradient is { } gradient ? gradient.Pointer + at : null,
            end - first,
            outputLength,
            factors.Pointer + first,
            losses.Pointer + first,
            memory
        );
        rooms.Leave(room);
    }

    private void LoadInput(int part, int sample, DataSet data)
    {
        Span<float> place = plan.Input.Span.Slice(sample * inputLength, inputLength);
        if (images.Length == 0)
        {
            data.CopyInput(indices[sample], place);
            return;
        }
        Span<float> room = images.AsSpan(part * inputLength, inputLength);
        data.CopyInput(indices[sample], room);
        ImageLayout.FromChannels(room, input, place);
    }

    private void Run(bool share)
    {
        if (share)
            pool.Run(this, parts);
        else
            for (int part = 0; part < parts; part++)
                Part(part);
    }
}
