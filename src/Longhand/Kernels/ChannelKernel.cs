using System.Numerics;

namespace Longhand.Kernels;

/// <summary>Loops over rows of channels, each channel by itself, as batch normalisation needs them.</summary>
internal static unsafe class ChannelKernel
{
    /// <summary>sums = Σ x over the rows.</summary>
    public static void Sum(float* x, int rows, int channels, float* sums)
    {
        new Span<float>(sums, channels).Clear();
        for (int r = 0; r < rows; r++, x += channels)
            VectorKernel.Add(sums, x, channels);
    }

    /// <summary>sums = Σ (x − mean)² over the rows.</summary>
    public static void SumSquares(float* x, int rows, int channels, float* mean, float* sums)
    {
        int width = Vector<float>.Count;
        new Span<float>(sums, channels).Clear();
        for (int r = 0; r < rows; r++, x += channels)
        {
            int c = 0;
            for (; c <= channels - width; c += width)
            {
                Vector<float> away = Vector.Load(x + c) - Vector.Load(mean + c);
                (Vector.Load(sums + c) + away * away).Store(sums + c);
            }
            for (; c < channels; c++)
                sums[c] += (x[c] - mean[c]) * (x[c] - mean[c]);
        }
    }

    /// <summary>sums = Σ dy(x − mean) over the rows.</summary>
    public static void SumProducts(float* x, float* dy, int rows, int channels, float* mean, float* sums)
    {
        int width = Vector<float>.Count;
        new Span<float>(sums, channels).Clear();
        for (int r = 0; r < rows; r++, x += channels, dy += channels)
        {
            int c = 0;
            for (; c <= channels - width; c += width)
            {
                Vector<float> away = Vector.Load(x + c) - Vector.Load(mean + c);
                (Vector.Load(sums + c) + Vector.Load(dy + c) * away).Store(sums + c);
            }
            for (; c < channels; c++)
                sums[c] += dy[c] * (x[c] - mean[c]);
        }
    }

    /// <summary>y = (x − mean)·scale + shift.</summary>
    public static void Scale(float* x, int rows, int channels, float* mean, float* scale, float* shift, float* y)
    {
        int width = Vector<float>.Count;
        for (int r = 0; r < rows; r++, x += channels, y += channels)
        {
            int c = 0;
            for (; c <= channels - width; c += width)
                ((Vector.Load(x + c) - Vector.Load(mean + c)) * Vector.Load(scale + c) + Vector.Load(shift + c)).Store(y + c);
            for (; c < channels; c++)
                y[c] = (x[c] - mean[c]) * scale[c] + shift[c];
        }
    }

    /// <summary>dx = factor·(dy − shift − (x − mean)·scale).</summary>
    public static void Back(float* x, float* dy, int rows, int channels, float* mean, float* factor, float* shift, float* scale, float* dx)
    {
        int width = Vector<float>.Count;
        for (int r = 0; r < rows; r++, x += channels, dy += channels, dx += channels)
        {
            int c = 0;
            for (; c <= channels - width; c += width)
            {
                Vector<float> away = Vector.Load(x + c) - Vector.Load(mean + c);
                (Vector.Load(factor + c) * (Vector.Load(dy + c) - Vector.Load(shift + c) - away * Vector.Load(scale + c))).Store(dx + c);
            }
            for (; c < channels; c++)
                dx[c] = factor[c] * (dy[c] - shift[c] - (x[c] - mean[c]) * scale[c]);
        }
    }
}
