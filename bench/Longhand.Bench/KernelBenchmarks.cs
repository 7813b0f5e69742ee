using BenchmarkDotNet.Attributes;
using Longhand.Activations;
using Longhand.Kernels;
using Longhand.Layers;

namespace Longhand.Bench;

/// <summary>The element-wise kernels over 4,096 floats, which stay in the first cache.</summary>
public unsafe class ElementwiseBenchmarks
{
    private readonly FloatBuffer x = new(4096),
        y = new(4096),
        dy = new(4096);
    private ElementwiseKernel kernel = null!;

    /// <summary>The activation.</summary>
    [Params("relu", "sigmoid", "tanh", "gelu", "swish", "softplus")]
    public string Activation { get; set; } = "relu";

    /// <summary>Numbers on both sides of 0.</summary>
    [GlobalSetup]
    public void Fill()
    {
        kernel = ((Activation)Layer.Kinds.Parse(Activation)).Kernel!;
        var random = new Random(1);
        for (int i = 0; i < x.Length; i++)
            (x.Pointer[i], dy.Pointer[i]) = (random.NextSingle() * 8 - 4, random.NextSingle());
    }

    /// <summary>y = value(x).</summary>
    [Benchmark]
    public void Forward() => kernel.Forward(x.Pointer, y.Pointer, x.Length);

    /// <summary>dx = dy · slope(x, y).</summary>
    [Benchmark]
    public void Backward() => kernel.Backward(x.Pointer, y.Pointer, dy.Pointer, y.Pointer, x.Length);
}

/// <summary>An update of 65,536 parameters.</summary>
public unsafe class OptimizerBenchmarks
{
    private const int Count = 1 << 16;
    private readonly FloatBuffer weights = new(Count),
        gradients = new(Count),
        state = new(3 * Count);
    private OptimizerKernel kernel = null!;
    private OptimizerSite site;

    /// <summary>The rule.</summary>
    [Params("sgd lr=0.1", "sgd lr=0.1 momentum=0.9", "adam lr=0.001", "rmsprop lr=0.01")]
    public string Rule { get; set; } = "sgd lr=0.1";

    /// <summary>Small gradients.</summary>
    [GlobalSetup]
    public void Fill()
    {
        Optimizer optimizer = Optimizer.Parse(Rule);
        kernel = OptimizerKernel.Of(optimizer);
        site = new()
        {
            Weights = weights.Pointer,
            Gradients = gradients.Pointer,
            State = state.Pointer,
            States = optimizer.State.Count,
            Count = Count,
        };
        gradients.Span.Fill(1e-3f);
    }

    /// <summary>One update.</summary>
    [Benchmark]
    public void Update() => kernel.Run(in site, 0, Count, 10, 1e-3);
}

/// <summary>A training step of a square network, the tiny way and by matrix products: what the plan's threshold is read from.</summary>
public class TinyThreshold
{
    private Steps trainer = null!;
    private DataSet data = null!;
    private int[] all = [];

    /// <summary>Features of each layer.</summary>
    [Params(8, 16, 32, 48, 64, 96)]
    public int Features { get; set; }

    /// <summary>Samples of a step.</summary>
    [Params(1, 16, 64, 256)]
    public int Batch { get; set; }

    /// <summary>Whether the tiny way is allowed.</summary>
    [Params(true, false)]
    public bool Tiny { get; set; }

    /// <summary>The engine, with its plan compiled.</summary>
    [GlobalSetup]
    public void Compile()
    {
        Plans.TinyPlan.IsAllowed = Tiny;
        trainer = new Steps(
            $"{Features} -> dense {Features} relu -> dense {Features} relu -> dense 1",
            Loss.HalfMeanSquaredError,
            Optimizer.Sgd(0.01),
            1
        );
        var random = new Random(1);
        float[] Row(int length) => [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.5f)];
        data = new DataSet([.. Enumerable.Range(0, Batch).Select(_ => Row(Features))], [.. Enumerable.Range(0, Batch).Select(_ => Row(1))]);
        all = [.. Enumerable.Range(0, Batch)];
    }

    /// <summary>One update.</summary>
    [Benchmark]
    public double Step() => trainer.Engine.Step(data, all, 0.01);
}
