using System.Numerics;
using Longhand.Kernels;
using Longhand.Layers;
using Longhand.Numbers;

namespace Longhand.Plans;

/// <summary>A window that moves over each sample of a batch, all channels at once. Samples are shared out among the threads.</summary>
internal abstract unsafe class PoolStep : PlanStep, IParallelWork
{
    // Images that the second cache holds need not be asked for.
    private const int CachedLength = 1 << 18;

    private readonly PlanSite site;
    private readonly WindowAxis rows,
        columns;
    private readonly int channels;
    private readonly (int From, int End)[] insideRows,
        insideColumns;

    // No place belongs to two windows; each belongs to one, and is set as a whole.
    private readonly bool disjoint,
        complete,
        fetches;
    private bool backward;

    protected PoolStep(Window window, PlanSite site)
    {
        this.site = site;
        Shape image = site.InputShapes[0];
        (rows, columns, channels) = (window.Rows(image.Height), window.Columns(image.Width), image.Channels);
        insideRows = [.. Enumerable.Range(0, (int)rows.Count).Select(rows.Inside)];
        insideColumns = [.. Enumerable.Range(0, (int)columns.Count).Select(columns.Inside)];
        disjoint = IsDisjoint(rows) && IsDisjoint(columns);
        fetches = site.Inputs[0].Length > CachedLength;
        complete = disjoint && IsComplete(rows) && IsComplete(columns) && WindowKernel.IsWhole(channels);
    }

    public override void Forward() => Run(back: false);

    public override void Backward()
    {
        if (site.InputGradients[0] is not null)
            Run(back: true);
    }

    public void Part(int part)
    {
        long size = (long)rows.Inputs * columns.Inputs * channels,
            outputs = rows.Count * columns.Count * channels,
            rowStep = (long)rows.Dilation * columns.Inputs * channels,
            columnStep = (long)columns.Dilation * channels;
        float* x = site.Inputs[0].Pointer + part * size,
            y = site.Output.Pointer + part * outputs,
            dy = backward ? site.OutputGradient!.Pointer + (y - site.Output.Pointer) : null,
            dx = backward ? site.InputGradients[0]!.Pointer + part * size : null;
        if (backward && !complete)
            new Span<float>(dx, (int)size).Clear();
        for (int i = 0; i < insideRows.Length; i++)
        for (int j = 0; j < insideColumns.Length; j++)
        {
            ((int top, int bottom), (int left, int right)) = (insideRows[i], insideColumns[j]);
            long first = ((long)rows.Place(i, top) * columns.Inputs + columns.Place(j, left)) * channels,
                at = (i * columns.Count + j) * channels;
            // A vector that begins in the last channels ends before the image does, in what is read and in what is written.
            bool spills =
                at + channels + Vector<float>.Count <= outputs
                && first + (bottom - top - 1) * rowStep + (right - left - 1) * columnStep + channels + Vector<float>.Count <= size;
            bool sets = disjoint && WindowKernel.MaySet(channels, (columns.Inputs - columns.Place(j, right) + 1L) * channels);
            var window = new WindowKernel(bottom - top, right - left, rowStep, columnStep, channels, spills, sets);
            // Where the window below begins, and its gradients.
            for (int a = 0; fetches && a < bottom - top; a++)
            {
                long below = first + rows.Stride * (long)columns.Inputs * channels + a * rowStep;
                Ahead.Fetch(x + below, columns.Stride * channels);
                if (backward)
                    Ahead.Fetch(dx + below, columns.Stride * channels);
            }
            if (backward)
                Backward(window, i, j, x + first, y + at, dy + at, dx + first);
            else
                Forward(window, i, j, x + first, y + at);
        }
    }

    /// <summary>Sets the output of the window at (i, j), whose first place in the image is at x.</summary>
    protected abstract void Forward(WindowKernel window, int i, int j, float* x, float* y);

    /// <summary>Adds to the gradients of the window's places.</summary>
    protected abstract void Backward(WindowKernel window, int i, int j, float* x, float* y, float* dy, float* dx);

    /// <summary>How many places a mean is divided by.</summary>
    protected float Divisor(int i, int j, bool countPadding) =>
        (float)((double)rows.Counted(i, countPadding) * columns.Counted(j, countPadding));

    private static bool IsDisjoint(WindowAxis axis) => axis.Dilation == 1 && axis.Stride >= axis.Size;

    private static bool IsComplete(WindowAxis axis) => axis.Stride == axis.Size && axis.Count * axis.Size - axis.Before >= axis.Inputs;

    private void Run(bool back)
    {
        backward = back;
        site.Share(this, site.Batch, (long)site.Output.Length * rows.Size * columns.Size);
    }
}

/// <summary>The largest value under a window.</summary>
internal sealed unsafe class MaxPoolStep(Window window, PlanSite site) : PoolStep(window, site)
{
    protected override void Forward(WindowKernel window, int i, int j, float* x, float* y) => window.Max(x, y);

    protected override void Backward(WindowKernel window, int i, int j, float* x, float* y, float* dy, float* dx) =>
        window.MaxBack(x, y, dy, dx);
}

/// <summary>The mean of the values under a window.</summary>
internal sealed unsafe class AvgPoolStep(Window window, bool countPadding, PlanSite site) : PoolStep(window, site)
{
    protected override void Forward(WindowKernel window, int i, int j, float* x, float* y) =>
        window.Mean(x, y, Divisor(i, j, countPadding));

    protected override void Backward(WindowKernel window, int i, int j, float* x, float* y, float* dy, float* dx) =>
        window.MeanBack(dy, Divisor(i, j, countPadding), dx);
}
