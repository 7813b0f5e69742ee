using Longhand.Plans;

namespace Longhand.Layers;

public abstract partial class Layer
{
    internal static readonly Kind<Layer> GlobalAvgPoolKind = Registries.Layers.Add(
        new("globalavgpool", "globalavgpool", "the mean of each channel, as an image of one pixel", _ => new GlobalAvgPool())
        {
            Examples = ["globalavgpool"],
        }
    );
}

/// <summary>The mean of each channel over the whole image: H×W×C becomes 1×1×C (Lin et al. 2013, arXiv:1312.4400).</summary>
public sealed class GlobalAvgPool : Layer
{
    /// <inheritdoc/>
    public override string Kind => "globalavgpool";

    /// <inheritdoc/>
    public override string Notation => "globalavgpool";

    /// <inheritdoc/>
    public override string Symbol => "p";

    /// <inheritdoc/>
    public override bool IsLinear => true;

    /// <inheritdoc/>
    public override Window? WindowOver(Shape image) => new(new(image.Height, image.Width));

    /// <inheritdoc/>
    public override Shape Output(IReadOnlyList<Shape> inputs) =>
        inputs[0].IsImage
            ? Shape.Of(1, 1, inputs[0].Size(^1))
            : throw new ShapeException(
                $"globalavgpool reads an image (height x width x channels, as in 28x28x1), but its input is a vector of {inputs[0]}."
            );

    /// <inheritdoc/>
    public override OutputRange Range(OutputRange input) => new(input.Low, input.High);

    /// <inheritdoc/>
    public override void Forward<T>(Pass<T> p) // x: [N, C, H, W]   y: [N, C, 1, 1]
    {
        for (int s = 0; s < p.Batch; s++)
        for (int c = 0; c < p.X.Size(1); c++)
        {
            T sum = T.Of(0);
            for (int i = 0; i < p.X.Size(2); i++)
            for (int j = 0; j < p.X.Size(3); j++)
                sum += p.X[s, c, i, j];
            p.Y[s, c, 0, 0] = sum / T.Of((double)p.X.Size(2) * p.X.Size(3));
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(Pass<T> p) // ∂x = δ/(HW)
    {
        for (int s = 0; s < p.Batch; s++)
        for (int c = 0; c < p.DX.Size(1); c++)
        for (int i = 0; i < p.DX.Size(2); i++)
        for (int j = 0; j < p.DX.Size(3); j++)
            p.DX[s, c, i, j] = p.DY[s, c, 0, 0] / T.Of((double)p.DX.Size(2) * p.DX.Size(3));
    }

    // In a plan it is the mean under a window as large as the image.
    internal override PlanStep Lay(PlanSite site) =>
        new PoolStep<MeanRule>(new Window(new(site.InputShapes[0].Height, site.InputShapes[0].Width)), site, countPadding: true);
}
