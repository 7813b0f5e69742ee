using System.Runtime.CompilerServices;
using Longhand.Kernels;
using Longhand.Layers;
using Longhand.Numbers;

namespace Longhand.Plans;

/// <summary>What a pool makes of one window.</summary>
internal unsafe interface IWindowRule
{
    /// <summary>Whether it is to choose the largest, of whole rows first: in which order does not matter.</summary>
    static abstract bool IsMax { get; }

    /// <summary>Sets the output of a window whose first place in the image is at x.</summary>
    /// <param name="window">The window.</param>
    /// <param name="counted">How many places a mean is divided by.</param>
    /// <param name="x">Its first place.</param>
    /// <param name="y">The output.</param>
    static abstract void Forward<V>(WindowKernel<V> window, float counted, float* x, float* y)
        where V : struct, ILanes<V>;

    /// <summary>Adds to the gradients of the window's places.</summary>
    static abstract void Backward<V>(WindowKernel<V> window, float counted, float* x, float* y, float* dy, float* dx)
        where V : struct, ILanes<V>;
}

/// <summary>The largest value under a window.</summary>
internal readonly unsafe struct MaxRule : IWindowRule
{
    public static bool IsMax => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<V>(WindowKernel<V> window, float counted, float* x, float* y)
        where V : struct, ILanes<V> => window.Max(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Backward<V>(WindowKernel<V> window, float counted, float* x, float* y, float* dy, float* dx)
        where V : struct, ILanes<V> => window.MaxBack(x, y, dy, dx);
}

/// <summary>The mean of the values under a window.</summary>
internal readonly unsafe struct MeanRule : IWindowRule
{
    public static bool IsMax => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<V>(WindowKernel<V> window, float counted, float* x, float* y)
        where V : struct, ILanes<V> => window.Mean(x, y, counted);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Backward<V>(WindowKernel<V> window, float counted, float* x, float* y, float* dy, float* dx)
        where V : struct, ILanes<V> => window.MeanBack(dy, counted, dx);
}

/// <summary>A window that moves over each sample of a batch, all channels at once. Samples are shared out among the threads.</summary>
internal sealed unsafe class PoolStep<TRule> : SampleStep
    where TRule : struct, IWindowRule
{
    // Images that the second cache holds need not be asked for.
    private const int CachedLength = 1 << 18;

    // Floats of a row that go onto the stack.
    private const int MostRowLength = 4096;

    private readonly WindowAxis rows,
        columns;
    private readonly int channels;
    private readonly (int From, int End)[] insideRows,
        insideColumns;

    // No place belongs to two windows; each belongs to one, and is set as a whole.
    private readonly bool disjoint,
        complete,
        isInside,
        fetches;

    // Of each row and column of windows how many places count in a mean, inside or not.
    private readonly double[] countedRows,
        countedColumns;

    /// <param name="window">The window.</param>
    /// <param name="site">Where it is laid.</param>
    /// <param name="countPadding">Whether a mean counts the places beside the image.</param>
    public PoolStep(Window window, PlanSite site, bool countPadding = false)
        : base(site, (long)site.Output.Length * window.Size.Height * window.Size.Width)
    {
        Shape image = site.InputShapes[0];
        (rows, columns, channels) = (window.Rows(image.Height), window.Columns(image.Width), image.Channels);
        insideRows = [.. Enumerable.Range(0, (int)rows.Count).Select(rows.Inside)];
        insideColumns = [.. Enumerable.Range(0, (int)columns.Count).Select(columns.Inside)];
        countedRows = [.. Enumerable.Range(0, (int)rows.Count).Select(i => (double)rows.Counted(i, countPadding))];
        countedColumns = [.. Enumerable.Range(0, (int)columns.Count).Select(j => (double)columns.Counted(j, countPadding))];
        disjoint = IsDisjoint(rows) && IsDisjoint(columns);
        isInside = IsInside(rows) && IsInside(columns);
        fetches = site.Inputs[0].Length > CachedLength;
        complete = disjoint && IsComplete(rows) && IsComplete(columns) && WindowKernel<Lanes>.IsWhole(channels);
    }

    public override void Part(int sample)
    {
        // Wider lanes would leave more of a vector empty where the channels do not fill it.
        if (LaneWidth.Is512 && WindowKernel<Lanes512>.IsWhole(channels))
            Part<Lanes512>(sample);
        else
            Part<Lanes>(sample);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Part<V>(int sample)
        where V : struct, ILanes<V>
    {
        bool back = IsBackward;
        long size = (long)rows.Inputs * columns.Inputs * channels,
            outputs = rows.Count * columns.Count * channels,
            rowStep = (long)rows.Dilation * columns.Inputs * channels,
            columnStep = (long)columns.Dilation * channels;
        float* x = Site.Inputs[0].Pointer + sample * size,
            y = Site.Output.Pointer + sample * outputs,
            dy = back ? Site.OutputGradient!.Pointer + (y - Site.Output.Pointer) : null,
            dx = back ? Site.InputGradients[0]!.Pointer + sample * size : null;
        if (TRule.IsMax && !back && channels < V.Count && columns.Inputs * channels <= MostRowLength)
        {
            LargestByRows<V>(x, y, outputs);
            return;
        }
        if (back && !complete)
            new Span<float>(dx, (int)size).Clear();
        if (isInside && WindowKernel<V>.IsWhole(channels))
        {
            Alike<V>(x, y, dy, dx);
            return;
        }
        for (int i = 0; i < insideRows.Length; i++)
        for (int j = 0; j < insideColumns.Length; j++)
        {
            ((int top, int bottom), (int left, int right)) = (insideRows[i], insideColumns[j]);
            long first = ((long)rows.Place(i, top) * columns.Inputs + columns.Place(j, left)) * channels,
                at = (i * columns.Count + j) * channels;
            // A vector that begins in the last channels ends before the image does, in what is read and in what is written.
            bool spills =
                at + channels + V.Count <= outputs
                && first + (bottom - top - 1) * rowStep + (right - left - 1) * columnStep + channels + V.Count <= size;
            bool sets = disjoint && WindowKernel<V>.MaySet(channels, (columns.Inputs - columns.Place(j, right) + 1L) * channels);
            var window = new WindowKernel<V>(bottom - top, right - left, rowStep, columnStep, channels, spills, sets);
            float counted = (float)(countedRows[i] * countedColumns[j]);
            // Where the window below begins, and its gradients.
            for (int a = 0; fetches && a < bottom - top; a++)
            {
                long below = first + rows.Stride * (long)columns.Inputs * channels + a * rowStep;
                Ahead.Fetch(x + below, columns.Stride * channels);
                if (back)
                    Ahead.Fetch(dx + below, columns.Stride * channels);
            }
            if (back)
                TRule.Backward(window, counted, x + first, y + at, dy + at, dx + first);
            else
                TRule.Forward(window, counted, x + first, y + at);
        }
    }

    // Most pools lay nothing beside the image, and their channels fill vectors: then all windows are alike.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Alike<V>(float* x, float* y, float* dy, float* dx)
        where V : struct, ILanes<V>
    {
        bool back = IsBackward;
        nint step = (nint)columns.Stride * channels,
            below = (nint)rows.Stride * columns.Inputs * channels;
        var window = new WindowKernel<V>(
            rows.Size,
            columns.Size,
            (long)rows.Dilation * columns.Inputs * channels,
            (long)columns.Dilation * channels,
            channels,
            spills: false,
            disjoint
        );
        float counted = rows.Size * columns.Size;
        for (long i = 0, to = 0; i < rows.Count; i++, x += below)
        for (long j = 0; j < columns.Count; j++, to += channels)
        {
            nint at = (nint)j * step;
            if (fetches)
                for (int a = 0; a < rows.Size; a++)
                {
                    nint line = at + below + a * rows.Dilation * columns.Inputs * channels;
                    Ahead.Fetch(x + line, step);
                    if (back)
                        Ahead.Fetch(dx + i * below + line, step);
                }
            if (back)
                TRule.Backward(window, counted, x + at, y + to, dy + to, dx + i * below + at);
            else
                TRule.Forward(window, counted, x + at, y + to);
        }
    }

    // Few channels fill a vector badly. So first the largest of each column of a whole row of windows, pixel beside pixel, then those of each window.
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LargestByRows<V>(float* x, float* y, long outputs)
        where V : struct, ILanes<V>
    {
        int length = columns.Inputs * channels;
        float* largest = stackalloc float[MostRowLength + LaneWidth.Most];
        for (int i = 0; i < insideRows.Length; i++)
        {
            (int top, int bottom) = insideRows[i];
            float* row = x + (long)rows.Place(i, top) * length;
            long below = (long)rows.Dilation * length;
            int c = 0;
            for (; c <= length - V.Count; c += V.Count)
            {
                V most = V.Load(row + c);
                for (int a = 1; a < bottom - top; a++)
                    most = V.Max(most, V.Load(row + a * below + c));
                most.Store(largest + c);
            }
            for (; c < length; c++)
            {
                largest[c] = row[c];
                for (int a = 1; a < bottom - top; a++)
                    largest[c] = MathF.Max(largest[c], row[a * below + c]);
            }
            for (int j = 0; j < insideColumns.Length; j++)
            {
                (int left, int right) = insideColumns[j];
                float* first = largest + columns.Place(j, left) * channels;
                int step = columns.Dilation * channels;
                long at = (i * columns.Count + j) * channels;
                // What a vector sets beyond the last channel is set by the windows that follow.
                if (at + V.Count <= outputs)
                {
                    V most = V.Load(first);
                    for (int b = 1; b < right - left; b++)
                        most = V.Max(most, V.Load(first + b * step));
                    most.Store(y + at);
                    continue;
                }
                for (int k = 0; k < channels; k++)
                {
                    float most = first[k];
                    for (int b = 1; b < right - left; b++)
                        most = MathF.Max(most, first[b * step + k]);
                    y[at + k] = most;
                }
            }
        }
    }

    private static bool IsDisjoint(WindowAxis axis) => axis.Dilation == 1 && axis.Stride >= axis.Size;

    private static bool IsInside(WindowAxis axis) => axis.Before == 0 && (axis.Count - 1) * axis.Stride + axis.Span <= axis.Inputs;

    private static bool IsComplete(WindowAxis axis) => axis.Stride == axis.Size && axis.Count * axis.Size - axis.Before >= axis.Inputs;
}
