using System.Numerics;
using System.Runtime.CompilerServices;

namespace Longhand.Kernels;

/// <summary>Bytes as floats, each divided by the same number.</summary>
internal static unsafe class ByteKernel
{
    /// <summary>values = bytes / divisor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Divide(ReadOnlySpan<byte> bytes, float divisor, Span<float> values)
    {
        int i = 0,
            count = bytes.Length,
            width = Vector<float>.Count;
        fixed (byte* from = bytes)
        fixed (float* to = values[..count])
        {
            var by = new Vector<float>(divisor);
            for (; i <= count - Vector<byte>.Count; i += Vector<byte>.Count)
            {
                Vector.Widen(Vector.Load(from + i), out Vector<ushort> low, out Vector<ushort> high);
                Vector.Widen(low, out Vector<uint> a, out Vector<uint> b);
                Vector.Widen(high, out Vector<uint> c, out Vector<uint> d);
                (Vector.ConvertToSingle(Vector.AsVectorInt32(a)) / by).Store(to + i);
                (Vector.ConvertToSingle(Vector.AsVectorInt32(b)) / by).Store(to + i + width);
                (Vector.ConvertToSingle(Vector.AsVectorInt32(c)) / by).Store(to + i + 2 * width);
                (Vector.ConvertToSingle(Vector.AsVectorInt32(d)) / by).Store(to + i + 3 * width);
            }
            for (; i < count; i++)
                to[i] = from[i] / divisor;
        }
    }
}
