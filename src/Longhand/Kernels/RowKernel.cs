using System.Runtime.CompilerServices;

namespace Longhand.Kernels;

/// <summary>Rows of numbers that are weighed against one another, as softmax does: as many rows at once as there are lanes.</summary>
internal abstract unsafe class RowKernel
{
    /// <summary>softmax over each row.</summary>
    public static RowKernel Softmax => Make(default(SoftmaxRule));

    /// <summary>Its logarithm.</summary>
    public static RowKernel LogSoftmax => Make(default(LogSoftmaxRule));

    /// <summary>How much room a call needs for rows of so many numbers.</summary>
    public static long Room(int width) => 3L * width * LaneWidth.Most;

    /// <summary>y from x; both may be the same memory.</summary>
    public abstract void Forward(float* x, float* y, int rows, int width, float* room);

    /// <summary>dx from dy and from what the rule reads, x or y; dx and dy may be the same memory.</summary>
    public abstract void Backward(float* x, float* y, float* dy, float* dx, int rows, int width, float* room);

    private static RowKernel Make<TRule>(TRule rule)
        where TRule : struct, IRowRule => LaneWidth.Is512 ? new RuleKernel<TRule, Lanes512>(rule) : new RuleKernel<TRule, Lanes>(rule);

    private interface IRowRule
    {
        void Value<V>(Span<V> x)
            where V : struct, ILanes<V>;

        // Sets dy to dx. What is read is x for one rule and y for the other; it may be overwritten.
        void Slope<V>(Span<V> read, Span<V> dy)
            where V : struct, ILanes<V>;

        bool ReadsInput { get; }
    }

    private readonly struct SoftmaxRule : IRowRule
    {
        public bool ReadsInput => false;

        public void Value<V>(Span<V> x)
            where V : struct, ILanes<V> => LaneMath<V>.Softmax(x, x);

        public void Slope<V>(Span<V> read, Span<V> dy) // ∂xⱼ = yⱼ(δⱼ − Σₖ δₖyₖ)
            where V : struct, ILanes<V>
        {
            V mean = dy[0] * read[0];
            for (int k = 1; k < dy.Length; k++)
                mean = V.Fma(dy[k], read[k], mean);
            for (int k = 0; k < dy.Length; k++)
                dy[k] = read[k] * (dy[k] - mean);
        }
    }

    private readonly struct LogSoftmaxRule : IRowRule
    {
        public bool ReadsInput => true;

        public void Value<V>(Span<V> x)
            where V : struct, ILanes<V>
        {
            V sum = LaneMath<V>.LogSumExp(x);
            for (int k = 0; k < x.Length; k++)
                x[k] -= sum;
        }

        public void Slope<V>(Span<V> read, Span<V> dy) // ∂xⱼ = δⱼ − softmax(x)ⱼ Σₖ δₖ
            where V : struct, ILanes<V>
        {
            V total = dy[0];
            for (int k = 1; k < dy.Length; k++)
                total += dy[k];
            LaneMath<V>.Softmax(read, read);
            for (int k = 0; k < dy.Length; k++)
                dy[k] -= read[k] * total;
        }
    }

    private sealed class RuleKernel<TRule, V>(TRule rule) : RowKernel
        where TRule : struct, IRowRule
        where V : struct, ILanes<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Forward(float* x, float* y, int rows, int width, float* room)
        {
            for (int first = 0; first < rows; first += V.Count)
            {
                int count = Math.Min(V.Count, rows - first);
                ToLanes(x + (long)first * width, count, width, room);
                rule.Value(new Span<V>(room, width));
                FromLanes(room, count, width, y + (long)first * width);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Backward(float* x, float* y, float* dy, float* dx, int rows, int width, float* room)
        {
            float* slopes = room + (long)width * V.Count;
            for (int first = 0; first < rows; first += V.Count)
            {
                int count = Math.Min(V.Count, rows - first);
                long from = (long)first * width;
                ToLanes((rule.ReadsInput ? x : y) + from, count, width, room);
                ToLanes(dy + from, count, width, slopes);
                rule.Slope(new Span<V>(room, width), new Span<V>(slopes, width));
                FromLanes(slopes, count, width, dx + from);
            }
        }

        // Behind the last row it stands once more.
        private static void ToLanes(float* rows, int count, int width, float* lanes)
        {
            for (int s = 0; s < V.Count; s++)
            {
                float* row = rows + (long)Math.Min(s, count - 1) * width;
                for (int j = 0; j < width; j++)
                    lanes[j * V.Count + s] = row[j];
            }
        }

        private static void FromLanes(float* lanes, int count, int width, float* rows)
        {
            for (int s = 0; s < count; s++)
            for (int j = 0; j < width; j++)
                rows[(long)s * width + j] = lanes[j * V.Count + s];
        }
    }
}
