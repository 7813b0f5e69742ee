using Longhand.Kernels;
using Longhand.Layers;
using Longhand.Numbers;

namespace Longhand.Plans;

/// <summary>
/// What a layer finds when it lays itself into a plan: where its values, parameters and gradients lie, and what has been fused into it.
/// Vectors lie as [sample, feature], images as [sample, row, column, channel].
/// </summary>
internal sealed class PlanSite
{
    /// <summary>The layer in its place.</summary>
    public required Node Node { get; init; }

    /// <summary>How many samples the plan takes at once.</summary>
    public required int Batch { get; init; }

    /// <summary>Whether the plan is for training; one for inference has no gradients.</summary>
    public required bool Training { get; init; }

    /// <summary>The threads.</summary>
    public required WorkerPool Pool { get; init; }

    /// <summary>The shapes of the inputs.</summary>
    public required IReadOnlyList<Shape> InputShapes { get; init; }

    /// <summary>The inputs.</summary>
    public required IReadOnlyList<FloatBuffer> Inputs { get; init; }

    /// <summary>The output, behind <see cref="Fused"/> if there is one.</summary>
    public required FloatBuffer Output { get; init; }

    /// <summary>Where the gradient of each input goes; null where nobody asks for it.</summary>
    public required IReadOnlyList<FloatBuffer?> InputGradients { get; init; }

    /// <summary>The gradient of the output. Nobody reads it after this layer, which may overwrite it.</summary>
    public required FloatBuffer? OutputGradient { get; init; }

    /// <summary>Whether the parameters stay what they are as long as the plan is used, so that they need be laid out for the kernels but once.</summary>
    public bool ParametersAreFixed { get; init; }

    /// <summary>The parameters, in the layer's order.</summary>
    public required IReadOnlyList<FloatBuffer> Parameters { get; init; }

    /// <summary>Their gradients, or the next values of those that are carried along.</summary>
    public required IReadOnlyList<FloatBuffer> ParameterResults { get; init; }

    /// <summary>An element-wise rule to be applied to the output as it is stored, on behalf of the next layer; null for none.</summary>
    public ElementwiseKernel? Fused { get; init; }

    /// <summary>Where to leave the output before <see cref="Fused"/>, if its slope reads that; otherwise null.</summary>
    public FloatBuffer? BeforeFused { get; init; }

    /// <summary>The plan's random masks.</summary>
    public required Func<MaskKey> Mask { get; init; }

    /// <summary>Does all parts of a piece of work: on all threads, or here where it is too little to be worth waking them.</summary>
    /// <param name="work">What is done.</param>
    /// <param name="parts">How many parts, cut by size and never by the number of threads.</param>
    /// <param name="operations">About how many numbers are computed.</param>
    public void Share(IParallelWork work, int parts, long operations)
    {
        const long worthSharing = 50_000;
        if (operations >= worthSharing)
            Pool.Run(work, parts);
        else
            for (int part = 0; part < parts; part++)
                work.Part(part);
    }

    /// <summary>Memory for the step's own use.</summary>
    public static FloatBuffer Scratch(long length) => new(length);

    /// <summary>A buffer as the reference reads it.</summary>
    public Grid<Float32> Grid(FloatBuffer buffer, Shape shape) =>
        shape.IsImage ? buffer.ImageGrid(Batch, shape) : buffer.Grid([Batch, shape[0]]);
}
