using Longhand.Kernels;

namespace Longhand.Plans;

/// <summary>
/// A dense layer as three matrix products, with the bias and the next layer's element-wise rule applied while the rows are still in cache:
/// Y = X·Wᵀ, ∂X = ∂Y·W, ∂W = ∂Yᵀ·X.
/// </summary>
internal sealed unsafe class DenseStep : PlanStep, IParallelWork
{
    // Work is cut by size alone, so that results do not depend on the number of threads.
    private const int RowsPerPart = 2 * Gemm.TileRows;
    private const long WorthSharing = 50_000;

    private readonly PlanSite site;
    private readonly int batch,
        inputs,
        units;
    private readonly FloatBuffer weight,
        packed;
    private readonly FloatBuffer? bias;
    private Phase phase;

    public DenseStep(PlanSite site)
    {
        this.site = site;
        batch = site.Batch;
        inputs = site.InputShapes[0][0];
        units = site.Node.Output[0];
        weight = site.Parameters[0];
        bias = site.Parameters.Count > 1 ? site.Parameters[1] : null;
        long length = Gemm.PackedLength(inputs, units);
        if (site.Training)
            length = Math.Max(length, Math.Max(Gemm.PackedLength(units, inputs), Gemm.PackedLength(batch, inputs)));
        packed = PlanSite.Scratch(length);
    }

    private enum Phase
    {
        PackWeightTransposed,
        Output,
        Slope,
        PackInput,
        WeightGradient,
        PackWeight,
        InputGradient,
    }

    public override void Forward()
    {
        Run(Phase.PackWeightTransposed, Panels(units), (long)inputs * units);
        Run(Phase.Output, Parts(batch), (long)batch * inputs * units);
    }

    public override void Backward()
    {
        if (site.Fused is not null)
            Run(Phase.Slope, Parts(batch), (long)batch * units * 8);
        Run(Phase.PackInput, Panels(inputs), (long)batch * inputs);
        Run(Phase.WeightGradient, Parts(units), (long)batch * inputs * units);
        if (site.InputGradients[0] is null)
            return;
        Run(Phase.PackWeight, Panels(inputs), (long)inputs * units);
        Run(Phase.InputGradient, Parts(batch), (long)batch * inputs * units);
    }

    public void Part(int part)
    {
        float* x = site.Inputs[0].Pointer,
            y = site.Output.Pointer,
            dy = site.OutputGradient is null ? null : site.OutputGradient.Pointer,
            w = weight.Pointer,
            b = packed.Pointer;
        int first = part * RowsPerPart,
            end = first + RowsPerPart;
        switch (phase)
        {
            case Phase.PackWeightTransposed:
                Gemm.PackPanel(w, 1, inputs, inputs, units, part, b);
                break;
            case Phase.Output:
                end = Math.Min(end, batch);
                Gemm.Rows(first, end, units, inputs, x, inputs, 1, b, y);
                Finish(first, end);
                break;
            case Phase.Slope:
                end = Math.Min(end, batch);
                float* z = site.BeforeFused is null ? null : site.BeforeFused.Pointer + (long)first * units;
                long from = (long)first * units;
                site.Fused!.Backward(z, y + from, dy + from, dy + from, (end - first) * units);
                break;
            case Phase.PackInput:
                Gemm.PackPanel(x, inputs, 1, batch, inputs, part, b);
                break;
            case Phase.WeightGradient:
                end = Math.Min(end, units);
                Gemm.Rows(first, end, inputs, batch, dy, 1, units, b, site.ParameterResults[0].Pointer);
                if (bias is not null)
                    SumColumns(dy, first, end, site.ParameterResults[1].Pointer);
                break;
            case Phase.PackWeight:
                Gemm.PackPanel(w, inputs, 1, units, inputs, part, b);
                break;
            case Phase.InputGradient:
                end = Math.Min(end, batch);
                Gemm.Rows(first, end, inputs, units, dy, units, 1, b, site.InputGradients[0]!.Pointer);
                break;
        }
    }

    // Bias, then the fused rule, over rows that were stored a moment ago.
    private void Finish(int first, int end)
    {
        float* rows = site.Output.Pointer + (long)first * units;
        int count = (end - first) * units;
        if (bias is not null)
            VectorKernel.AddToRows(rows, bias.Pointer, end - first, units);
        if (site.BeforeFused is { } before)
            new Span<float>(rows, count).CopyTo(new Span<float>(before.Pointer + (long)first * units, count));
        site.Fused?.Forward(rows, rows, count);
    }

    // Row by row: each sum is a chain in the order of the samples, as in the reference.
    private void SumColumns(float* dy, int first, int end, float* sums)
    {
        new Span<float>(dy + first, end - first).CopyTo(new Span<float>(sums + first, end - first));
        for (int s = 1; s < batch; s++)
            VectorKernel.Add(sums + first, dy + (long)s * units + first, end - first);
    }

    private static int Parts(int rows) => (rows + RowsPerPart - 1) / RowsPerPart;

    private static int Panels(int columns) => (columns + Gemm.PanelWidth - 1) / Gemm.PanelWidth;

    private void Run(Phase what, int parts, long operations)
    {
        phase = what;
        if (operations >= WorthSharing)
            site.Pool.Run(this, parts);
        else
            for (int part = 0; part < parts; part++)
                Part(part);
    }
}
