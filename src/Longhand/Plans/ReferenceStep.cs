using Longhand.Kernels;
using Longhand.Layers;
using Longhand.Numbers;

namespace Longhand.Plans;

/// <summary>A layer without a kernel: its declaration over floats, reading the plan's memory in place.</summary>
internal sealed class ReferenceStep : PlanStep
{
    private readonly Layer layer;
    private readonly PlanSite site;
    private readonly Pass<Float32> pass;

    public ReferenceStep(Layer layer, PlanSite site)
    {
        this.layer = layer;
        this.site = site;
        Node node = site.Node;
        pass = new Pass<Float32>(
            [.. site.Inputs.Select((b, i) => site.Grid(b, site.InputShapes[i]))],
            site.Grid(site.Output, node.Output),
            node.Parameters,
            [.. node.Parameters.Select((p, i) => site.Parameters[i].Grid([.. p.Sizes]))],
            // A gradient that nobody asks for is written all the same, into memory of its own: a declaration sets every element.
            site.Training
                ? [.. site.InputGradients.Select((b, i) => site.Grid(b ?? new FloatBuffer(site.Inputs[i].Length), site.InputShapes[i]))]
                : [],
            site.OutputGradient is { } gradient ? site.Grid(gradient, node.Output) : null,
            [
                .. node.Parameters.Select(
                    (p, i) => site.ParameterResults.Count > i ? site.ParameterResults[i].Grid([.. p.Sizes]) : new Grid<Float32>()
                ),
            ]
        )
        {
            Training = site.Training,
        };
    }

    public override void Forward()
    {
        pass.Mask = site.Mask();
        layer.Forward(pass);
    }

    public override void Backward() => layer.Backward(pass);
}
