using Longhand.Kernels;

namespace Longhand.Plans;

/// <summary>
/// A dense layer as three matrix products, with the bias and the next layer's element-wise rule applied while the rows are still in cache:
/// Y = X·Wᵀ, ∂X = ∂Y·W, ∂W = ∂Yᵀ·X.
/// </summary>
internal sealed unsafe class DenseStep : PlanStep, IParallelWork, IProductReader
{
    // Work is cut by size alone, so that results do not depend on the number of threads.
    private const int RowsPerPart = 12;

    private readonly PlanSite site;
    private readonly int batch,
        inputs,
        units;
    private readonly FloatBuffer weight;
    private readonly FloatBuffer? bias;
    private readonly MatrixProduct output;
    private readonly MatrixProduct? weightGradient,
        inputGradient;
    private bool backward;

    public DenseStep(PlanSite site)
    {
        this.site = site;
        batch = site.Batch;
        inputs = site.InputShapes[0][0];
        units = site.Node.Output[0];
        weight = site.Parameters[0];
        bias = site.Parameters.Count > 1 ? site.Parameters[1] : null;
        Matrix x = new(null, inputs, 1),
            w = new(null, inputs, 1),
            transposed = new(null, 1, inputs),
            dy = new(null, units, 1),
            dyTransposed = new(null, 1, units);
        output = new(batch, units, inputs, x, transposed, site.Pool, this, constantB: site.ParametersAreFixed);
        if (!site.Training)
            return;
        weightGradient = new(units, inputs, batch, dyTransposed, x, site.Pool, this);
        if (site.InputGradients[0] is not null)
            inputGradient = new(batch, inputs, units, dy, w, site.Pool);
    }

    public override void Forward() => Forward(site.Inputs[0].Pointer);

    /// <summary>The same of inputs that lie elsewhere; nothing beyond them is read.</summary>
    public void Forward(float* x)
    {
        backward = false;
        output.Run(x, weight.Pointer, site.Output.Pointer, units, bias is null ? null : bias.Pointer);
    }

    public override void Backward()
    {
        backward = true;
        float* dy = site.OutputGradient!.Pointer;
        if (site.Fused is not null)
            site.Share(this, (batch + RowsPerPart - 1) / RowsPerPart, (long)batch * units * 8);
        weightGradient!.Run(dy, site.Inputs[0].Pointer, site.ParameterResults[0].Pointer, inputs);
        inputGradient?.Run(dy, weight.Pointer, site.InputGradients[0]!.Pointer, inputs);
    }

    /// <summary>The slope of the fused rule, into the gradient of some rows.</summary>
    public void Part(int part)
    {
        int first = part * RowsPerPart,
            end = Math.Min(first + RowsPerPart, batch);
        long from = (long)first * units;
        float* z = site.BeforeFused is null ? null : site.BeforeFused.Pointer + from,
            dy = site.OutputGradient!.Pointer + from;
        site.Fused!.Backward(z, site.Output.Pointer + from, dy, dy, (end - first) * units);
    }

    public void Stored(int firstRow, int endRow, int firstColumn, int endColumn)
    {
        if (!backward)
            Finish(firstRow, endRow, firstColumn, endColumn);
        else if (bias is not null && firstColumn == 0)
            SumColumns(site.OutputGradient!.Pointer, firstRow, endRow, site.ParameterResults[1].Pointer);
    }

    // The fused rule, over numbers that were stored a moment ago.
    private void Finish(int firstRow, int endRow, int firstColumn, int endColumn)
    {
        bool whole = endColumn - firstColumn == units;
        int count = whole ? (endRow - firstRow) * units : endColumn - firstColumn;
        for (int row = firstRow; row < endRow; row += whole ? endRow - firstRow : 1)
        {
            long from = (long)row * units + firstColumn;
            float* z = site.Output.Pointer + from;
            if (site.BeforeFused is { } before)
                new Span<float>(z, count).CopyTo(new Span<float>(before.Pointer + from, count));
            site.Fused?.Forward(z, z, count);
        }
    }

    // Row by row: each sum is a chain in the order of the samples, as in the reference.
    private void SumColumns(float* dy, int first, int end, float* sums)
    {
        new Span<float>(dy + first, end - first).CopyTo(new Span<float>(sums + first, end - first));
        for (int s = 1; s < batch; s++)
            VectorKernel.Add(sums + first, dy + (long)s * units + first, end - first);
    }
}
