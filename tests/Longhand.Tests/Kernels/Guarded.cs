using Longhand.Kernels;
using Xunit;

namespace Longhand.Tests.Kernels;

/// <summary>Floats with a sentinel on either side, at any alignment: a kernel that steps over the edge is found out.</summary>
internal sealed unsafe class Guarded
{
    private const int Margin = 48;
    private const float Sentinel = 1234.5f;
    private readonly FloatBuffer whole;
    private readonly int start;

    public Guarded(int length, int misaligned = 0, Func<int, float>? fill = null)
    {
        whole = new FloatBuffer(length + 2 * Margin + misaligned);
        whole.Span.Fill(Sentinel);
        start = Margin + misaligned;
        Length = length;
        for (int i = 0; i < length; i++)
            Pointer[i] = fill?.Invoke(i) ?? float.NaN;
    }

    public int Length { get; }

    public float* Pointer => whole.Pointer + start;

    public float this[int i] => whole.Span.Slice(start, Length)[i];

    public float[] ToArray() => whole.Span.Slice(start, Length).ToArray();

    public void Check()
    {
        Assert.True(whole.Span[..start].IndexOfAnyExcept(Sentinel) < 0, "something was written before the buffer");
        Assert.True(whole.Span[(start + Length)..].IndexOfAnyExcept(Sentinel) < 0, "something was written behind the buffer");
    }
}
