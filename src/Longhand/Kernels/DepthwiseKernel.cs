using System.Numerics;
using System.Runtime.CompilerServices;
using Longhand.Numbers;

namespace Longhand.Kernels;

/// <summary>
/// A kernel that moves over each channel by itself, over images that lie as [row, column, channel]: channels are the lanes, so that nothing is
/// gathered. Weights lie as [kernel row, kernel column, channel], channels padded with zeros to whole vectors.
/// </summary>
/// <param name="rows">How the kernel moves along the rows.</param>
/// <param name="columns">How it moves along the columns.</param>
/// <param name="channels">Channels that are read and written.</param>
internal readonly unsafe struct DepthwiseKernel(WindowAxis rows, WindowAxis columns, int channels)
{
    /// <summary>Channels, and zeros up to whole vectors.</summary>
    public int PaddedChannels => FloatBuffer.Padded(channels);

    /// <summary>Floats of the weights, padding included.</summary>
    public long WeightLength => (long)rows.Size * columns.Size * PaddedChannels;

    private nint InputRow => (nint)columns.Inputs * channels;

    private nint OutputRow => (nint)columns.Count * channels;

    /// <summary>Sets rows <paramref name="first"/> up to <paramref name="end"/> of the output of one image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(float* image, int first, int end, float* weights, float* bias, float* output)
    {
        int width = Vector<float>.Count,
            padded = PaddedChannels;
        for (int i = first; i < end; i++)
        {
            (int top, int bottom) = rows.Inside(i);
            // What a vector writes beyond the last channel is overwritten by what comes next, but behind the last row nothing comes.
            int vectors = Vectors(i, i < end - 1);
            for (int j = 0; j < columns.Count; j++)
            {
                (int left, int right) = columns.Inside(j);
                float* y = output + i * OutputRow + (nint)j * channels;
                for (int c = 0; c < channels; c += c < vectors ? width : 1)
                {
                    Vector<float> sums = Vector.Load(bias + c);
                    float sum = bias[c];
                    for (int a = top; a < bottom; a++)
                    {
                        float* x = image + Place(i, a, j, left) + c,
                            w = weights + ((nint)a * columns.Size + left) * padded + c;
                        for (int b = left; b < right; b++, x += (nint)columns.Dilation * channels, w += padded)
                            if (c < vectors)
                                sums = Vector.MultiplyAddEstimate(Vector.Load(x), Vector.Load(w), sums);
                            else
                                sum = MathF.FusedMultiplyAdd(*x, *w, sum);
                    }
                    if (c < vectors)
                        sums.Store(y + c);
                    else
                        y[c] = sum;
                }
            }
        }
    }

    /// <summary>Sets the gradient of one image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Backward(float* dy, float* weights, float* dx)
    {
        int width = Vector<float>.Count,
            padded = PaddedChannels;
        new Span<float>(dx, (int)(rows.Inputs * InputRow)).Clear();
        for (int i = 0; i < rows.Count; i++)
        {
            (int top, int bottom) = rows.Inside(i);
            int vectors = Vectors(i, i < rows.Count - 1);
            for (int j = 0; j < columns.Count; j++)
            {
                (int left, int right) = columns.Inside(j);
                float* gradient = dy + i * OutputRow + (nint)j * channels;
                for (int c = 0; c < channels; c += c < vectors ? width : 1)
                {
                    // Beyond the last channel the gradient counts as 0, so that adding it there changes nothing.
                    Vector<float> g =
                        c < vectors
                            ? Vector.ConditionalSelect(
                                Vector.LessThan(Vector<int>.Indices, new Vector<int>(channels - c)),
                                Vector.Load(gradient + c),
                                Vector<float>.Zero
                            )
                            : default;
                    for (int a = top; a < bottom; a++)
                    {
                        float* x = dx + Place(i, a, j, left) + c,
                            w = weights + ((nint)a * columns.Size + left) * padded + c;
                        for (int b = left; b < right; b++, x += (nint)columns.Dilation * channels, w += padded)
                            if (c < vectors)
                                Vector.MultiplyAddEstimate(g, Vector.Load(w), Vector.Load(x)).Store(x);
                            else
                                *x = MathF.FusedMultiplyAdd(gradient[c], *w, *x);
                    }
                }
            }
        }
    }

    /// <summary>Adds to the sums of ∂w, laid out as the weights, and of ∂b, what rows <paramref name="first"/> up to <paramref name="end"/> give.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddWeightGradient(float* image, int first, int end, float* dy, float* weights, float* bias)
    {
        int width = Vector<float>.Count,
            padded = PaddedChannels;
        for (int i = first; i < end; i++)
        {
            (int top, int bottom) = rows.Inside(i);
            int vectors = Vectors(i, i < rows.Count - 1);
            float* gradients = dy + i * OutputRow;
            for (int j = 0; j < columns.Count; j++)
                VectorKernel.Add(bias, gradients + (nint)j * channels, channels);
            for (int a = top; a < bottom; a++)
            for (int b = 0; b < columns.Size; b++)
            {
                // The outputs whose place b lies in the image.
                int from = 0,
                    to = (int)columns.Count;
                while (from < to && !columns.Holds(columns.Place(from, b)))
                    from++;
                while (from < to && !columns.Holds(columns.Place(to - 1, b)))
                    to--;
                if (from == to)
                    continue;
                float* sums = weights + ((nint)a * columns.Size + b) * padded;
                for (int c = 0; c < channels; c += c < vectors ? width : 1)
                {
                    float* x = image + Place(i, a, from, b) + c,
                        g = gradients + (nint)from * channels + c;
                    if (c < vectors)
                        (Vector.Load(sums + c) + SumOfProducts(x, (nint)columns.Stride * channels, g, channels, to - from)).Store(sums + c);
                    else
                        for (int j = from; j < to; j++, x += (nint)columns.Stride * channels, g += channels)
                            sums[c] = MathF.FusedMultiplyAdd(*x, *g, sums[c]);
                }
            }
        }
    }

    // Four sums, so that one does not wait for the other.
    private static Vector<float> SumOfProducts(float* x, nint xStep, float* g, nint gStep, int count)
    {
        Vector<float> s0 = default,
            s1 = default,
            s2 = default,
            s3 = default;
        int j = 0;
        for (; j <= count - 4; j += 4, x += 4 * xStep, g += 4 * gStep)
        {
            s0 = Vector.MultiplyAddEstimate(Vector.Load(x), Vector.Load(g), s0);
            s1 = Vector.MultiplyAddEstimate(Vector.Load(x + xStep), Vector.Load(g + gStep), s1);
            s2 = Vector.MultiplyAddEstimate(Vector.Load(x + 2 * xStep), Vector.Load(g + 2 * gStep), s2);
            s3 = Vector.MultiplyAddEstimate(Vector.Load(x + 3 * xStep), Vector.Load(g + 3 * gStep), s3);
        }
        for (; j < count; j++, x += xStep, g += gStep)
            s0 = Vector.MultiplyAddEstimate(Vector.Load(x), Vector.Load(g), s0);
        return s0 + s1 + (s2 + s3);
    }

    // How many channels of row i are taken a vector at a time: all, if what lies behind them may be touched.
    private int Vectors(int i, bool more) =>
        more && rows.Place(i, rows.Size - 1) < rows.Inputs - 1 ? channels : channels / Vector<float>.Count * Vector<float>.Count;

    private nint Place(int i, int a, int j, int b) => rows.Place(i, a) * InputRow + (nint)columns.Place(j, b) * channels;
}
