using Longhand.Activations;
using Longhand.Kernels;
using Longhand.Layers;
using Longhand.Numbers;
using Xunit;

namespace Longhand.Tests.Kernels;

/// <summary>The element-wise kernels, the optimizers' loop and the memory that they run over.</summary>
public sealed unsafe class KernelTests
{
    private static readonly float[] Special = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0, -0f, 1e-42f, 100, -100];

    public static TheoryData<string> Activations =>
        [.. Layer.Kinds.All.SelectMany(kind => kind.Examples).Where(text => Layer.Kinds.Parse(text) is Activation)];

    public static TheoryData<string> Optimizers => [.. Optimizer.Kinds.All.SelectMany(kind => kind.Examples)];

    [Theory]
    [MemberData(nameof(Activations))]
    public void Every_length_and_place_gives_the_same_numbers(string text)
    {
        var activation = (Activation)Layer.Kinds.Parse(text);
        ElementwiseKernel kernel = activation.Kernel!;
        float X(int i) => i % 11 == 10 ? Special[i / 11 % Special.Length] : (i * 37 % 101 - 50) / 10f;
        float D(int i) => (i * 13 % 7 - 3) / 2f;
        const int most = 100;
        float[] expectedY = new float[most],
            expectedSlope = new float[most];
        for (int i = 0; i < most; i++)
        {
            // one number by itself, in the first lane of a tail
            float x = X(i),
                y,
                dy = D(i),
                dx;
            kernel.Forward(&x, &y, 1);
            kernel.Backward(&x, &y, &dy, &dx, 1);
            (expectedY[i], expectedSlope[i]) = (y, dx);
            double exact = activation.Value(new Float64(x)).Value;
            if (!double.IsFinite(x))
                Assert.Equal((float)exact, y);
            else
                Assert.Equal(exact, y, 1e-6 * (1 + Math.Abs(exact)));
        }
        for (int count = 0; count <= most; count++)
        for (int place = 0; place < 3; place++)
        {
            var x = new Guarded(count, place, X);
            var y = new Guarded(count, (place + 1) % 4);
            var dy = new Guarded(count, (place + 2) % 4, D);
            var dx = new Guarded(count, place);
            kernel.Forward(x.Pointer, y.Pointer, count);
            kernel.Backward(x.Pointer, y.Pointer, dy.Pointer, dx.Pointer, count);
            Assert.Equal(expectedY[..count], y.ToArray());
            Assert.Equal(expectedSlope[..count], dx.ToArray());
            // in place, without what the slope does not read
            kernel.Backward(
                kernel.SlopeReadsInput ? x.Pointer : null,
                kernel.SlopeReadsOutput ? y.Pointer : null,
                dy.Pointer,
                dy.Pointer,
                count
            );
            kernel.Forward(x.Pointer, x.Pointer, count);
            Assert.Equal(expectedSlope[..count], dy.ToArray());
            Assert.Equal(expectedY[..count], x.ToArray());
            foreach (Guarded buffer in (Guarded[])[x, y, dy, dx])
                buffer.Check();
        }
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Optimizers_follow_their_rule_in_double_precision(string text)
    {
        Optimizer optimizer = Optimizer.Parse(text);
        const int count = 96;
        int states = optimizer.State.Count;
        var random = new Random(5);
        var weights = new Guarded(count, 0, _ => random.NextSingle() - 0.5f);
        var gradients = new Guarded(count, 0, _ => 0);
        var state = new Guarded(count * states, 0, _ => 0);
        Float64[] exact = [.. weights.ToArray().Select(w => new Float64(w))];
        var kept = new Float64[count][];
        for (int i = 0; i < count; i++)
            kept[i] = new Float64[states];
        var constants = new Float64[Optimizer.MaximumConstants];
        OptimizerKernel kernel = OptimizerKernel.Of(optimizer);
        var site = new OptimizerSite
        {
            Weights = weights.Pointer,
            Gradients = gradients.Pointer,
            State = state.Pointer,
            States = states,
            Count = count,
        };
        for (int step = 1; step <= 20; step++)
        {
            double rate = optimizer.LearningRate / step;
            for (int i = 0; i < count; i++)
                gradients.Pointer[i] = random.NextSingle() - 0.5f;
            kernel.Run(in site, 0, count, step, rate);
            optimizer.Constants(step, new Float64(rate), constants);
            for (int i = 0; i < count; i++)
                exact[i] = optimizer.Next(exact[i], new Float64(gradients[i]), kept[i].AsSpan(), constants);
        }
        for (int i = 0; i < count; i++)
            Assert.Equal(exact[i].Value, weights[i], 2e-5 * (1 + Math.Abs(exact[i].Value)));
        weights.Check();
        gradients.Check();
        state.Check();
    }

    [Fact]
    public void Buffers_are_aligned_and_padded_with_zeros()
    {
        for (int length = 0; length < 70; length++)
        {
            var buffer = new FloatBuffer(length);
            Assert.Equal(0, (long)buffer.Pointer % 64);
            Assert.Equal(length, buffer.Length);
            Assert.Equal(length, buffer.Span.Length);
            buffer.Span.Fill(1);
            for (int i = length; i < FloatBuffer.Padded(length); i++)
                Assert.Equal(0, buffer.Pointer[i]);
            Assert.True(FloatBuffer.Padded(length) % 16 == 0 && FloatBuffer.Padded(length) - length is >= 0 and < 16);
        }
        var whole = new FloatBuffer(40);
        FloatBuffer part = whole.Part(16, 10);
        part.Span.Fill(2);
        Assert.Equal(10, whole.Span.Count(2f));
        Assert.Equal(2, whole.Grid([40])[16].Value);
        Assert.Equal(2, part.Grid([2, 5])[1, 4].Value);
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        Assert.Equal(2, whole.Pointer[25]);
        Assert.Contains("smaller", Assert.Throws<LonghandException>(() => new FloatBuffer(1L << 31)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_grid_over_an_image_reads_it_channel_by_channel()
    {
        var buffer = new FloatBuffer(2 * 2 * 3 * 4);
        for (int i = 0; i < buffer.Length; i++)
            buffer.Pointer[i] = i;
        Grid<Float32> grid = buffer.ImageGrid(2, Shape.Image(2, 3, 4));
        for (int s = 0; s < 2; s++)
        for (int c = 0; c < 4; c++)
        for (int y = 0; y < 2; y++)
        for (int x = 0; x < 3; x++)
        {
            Assert.Equal(((s * 2 + y) * 3 + x) * 4 + c, grid[s, c, y, x].Value);
            Assert.Equal(grid[s, c, y, x].Value, grid.Flat(((s * 4 + c) * 2 + y) * 3 + x).Value);
        }
    }

    [Fact]
    public void Bytes_are_divided_as_their_doubles_would_be()
    {
        for (int count = 0; count < 300; count += 1 + count / 40)
        {
            byte[] bytes = [.. Enumerable.Range(0, count).Select(i => (byte)(i * 7))];
            var floats = new Guarded(count, count % 4);
            ByteKernel.Divide(bytes, 255, new Span<float>(floats.Pointer, count));
            Assert.Equal([.. bytes.Select(b => (float)(b / 255.0))], floats.ToArray());
            floats.Check();
        }
        foreach (double divisor in (double[])[255, 1, 256, 3, 127.5, 0.1])
        {
            Rows rows = Rows.Of([.. Enumerable.Range(0, 256).Select(b => (byte)b)], 256, divisor);
            var row = new float[256];
            rows.Copy(0, row.AsSpan());
            Assert.Equal([.. Enumerable.Range(0, 256).Select(b => (float)(b / divisor))], row);
        }
    }

    [Fact]
    public void Small_loops_keep_within_their_buffers()
    {
        for (int n = 0; n < 40; n++)
        {
            var sum = new Guarded(3 * n, n % 4, i => i);
            var vector = new Guarded(n, 1, i => 100 * i);
            VectorKernel.AddToRows(sum.Pointer, vector.Pointer, 3, n);
            Assert.Equal([.. Enumerable.Range(0, 3 * n).Select(i => (float)(i + 100 * (i % n)))], sum.ToArray());
            VectorKernel.Add(sum.Pointer, vector.Pointer, n);
            Assert.Equal([.. Enumerable.Range(0, n).Select(i => (float)(i + 200 * i))], sum.ToArray()[..n]);
            sum.Check();
            vector.Check();
        }
    }
}
