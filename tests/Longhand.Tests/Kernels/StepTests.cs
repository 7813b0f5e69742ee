using Longhand.Activations;
using Longhand.Kernels;
using Longhand.Layers;
using Longhand.Plans;
using Xunit;

namespace Longhand.Tests.Kernels;

/// <summary>
/// Steps with a kernel, laid into memory with sentinels around every buffer, at every vector width: they write nothing else, nothing else
/// matters to them, and any number of threads computes the same bits.
/// </summary>
public sealed unsafe class StepTests
{
    private const int Margin = 64;

    private static readonly string[] texts =
    [
        .. from filters in (int[])[1, 5, 17, 33]
        from window in (string[])
            ["1x1", "3x3 pad same", "4x2 stride 2x1 pad 1/0/2/1", "2x3 stride 3 dilation 2x1 pad 2x4", "3x3 dilation 1x2"]
        select $"conv {filters} {window}",
        "conv 12 3x3 pad same groups 3",
        "conv 12 2x3 stride 2 groups 2 nobias",
        "conv 6 3x3 pad 1 dilation 2 depthwise",
        "conv 6 3x2 stride 2x3 pad 2x1 depthwise",
        "conv 12 3x3 pad same depthwise",
        "maxpool 2",
        "maxpool 3",
        "maxpool 3x2 stride 2x1 pad 1x0 ceil",
        "avgpool 2 stride 3",
        "avgpool 3 stride 2 pad 1",
        "avgpool 2x3 stride 1 pad 1 nopadcount",
        "batchnorm",
        "flatten",
        "dense 1",
        "dense 10",
        "dense 40 nobias",
    ];

    /// <summary>Every layer at every width.</summary>
    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (string text in texts)
            foreach (TileFamily family in TileFamily.All)
                cases.Add(text, family.Lanes);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_step_keeps_to_its_memory_and_gives_the_same_bits_on_any_number_of_threads(string text, int lanes)
    {
        Layer layer = Layer.Kinds.Parse(text);
        TileFamily family = TileFamily.All.Single(f => f.Lanes == lanes);
        bool dense = layer is Dense;
        foreach (int channels in layer is Conv && (text.Contains("groups") || text.Contains("depthwise")) ? [6] : (int[])[1, 3, 5, 8, 20])
        foreach ((int height, int width) in ((int, int)[])[(9, 7), (6, 37), (5, 150)])
        {
            Network network = Network.Chain(dense ? [height * width * channels] : Shape.Image(height, width, channels), layer);
            foreach (Activation? fused in layer.FusesElementwise ? (Activation?[])[null, Activation.Relu, Activation.Swish()] : [null])
            {
                float[] expected = Run(network, TileFamily.All[0], 1, 0, fused);
                float[] found = Run(network, family, 1, 0, fused);
                for (int i = 0; i < found.Length; i++)
                    if (!(Math.Abs(expected[i] - found[i]) <= 1e-4 * (1 + Math.Abs(expected[i]))))
                        Assert.Fail($"{network.Input}, {fused}: number {i} is {found[i]}, but {expected[i]} with the widest vectors");
                foreach ((int threads, float sentinel) in ((int, float)[])[(2, float.NaN), (3, 1e30f)])
                    Assert.Equal(Bits(found), Bits(Run(network, family, threads, sentinel, fused)));
            }
        }
    }

    // Output, gradient of the input, gradients of the parameters.
    private static float[] Run(Network network, TileFamily family, int threads, float sentinel, Activation? fused)
    {
        const int batch = 3;
        using var pool = new WorkerPool(threads);
        var random = new Random(1);
        List<FloatBuffer> wholes = [];
        Node node = network.Nodes[0];
        ElementwiseKernel? kernel = fused?.Kernel;
        FloatBuffer x = New(batch * network.Input.Length),
            y = New(batch * node.Output.Length),
            dx = New(x.Length),
            dy = New(y.Length);
        FloatBuffer[] parameters = [.. network.Parameters.Select(p => New(p.Parameter.Length))],
            results = [.. network.Parameters.Select(p => New(p.Parameter.Length))];
        TileFamily.Force(family);
        PlanStep step = node.Layer.Lay(
            new PlanSite
            {
                Node = node,
                Batch = batch,
                Training = true,
                Pool = pool,
                InputShapes = [network.Input],
                Inputs = [x],
                Output = y,
                InputGradients = [dx],
                OutputGradient = dy,
                Parameters = parameters,
                ParameterResults = results,
                Fused = kernel,
                BeforeFused = kernel is { SlopeReadsInput: true } ? New(y.Length) : null,
                Mask = () => default,
            }
        );
        TileFamily.Force(null);
        step.Forward();
        Fill(dy);
        step.Backward();
        foreach (FloatBuffer whole in wholes)
        {
            Assert.True(IsUntouched(whole.Span[..Margin]), "something was written before a buffer");
            Assert.True(IsUntouched(whole.Span[^Margin..]), "something was written behind a buffer");
        }
        return [.. y.Span, .. dx.Span, .. results.SelectMany(result => result.Span.ToArray())];

        FloatBuffer New(long length)
        {
            var whole = new FloatBuffer(length + 2 * Margin);
            whole.Span.Fill(sentinel);
            wholes.Add(whole);
            FloatBuffer part = whole.Part(Margin, (int)length);
            Fill(part);
            return part;
        }

        void Fill(FloatBuffer buffer)
        {
            foreach (ref float value in buffer.Span)
                value = random.NextSingle() + 0.1f;
        }

        bool IsUntouched(ReadOnlySpan<float> margin) =>
            margin.IndexOfAnyExcept(sentinel) < 0 || (float.IsNaN(sentinel) && margin.ToArray().All(float.IsNaN));
    }

    private static int[] Bits(float[] values) => [.. values.Select(BitConverter.SingleToInt32Bits)];
}
