using Longhand.Kernels;
using Longhand.Plans;

namespace Longhand.Playground.Images;

/// <summary>What every layer makes of one image, with the engine that trains: a plan for each layer by itself, so that none is left out.</summary>
internal sealed class ImageMaps
{
    private readonly Network network;
    private readonly List<(Plan Plan, ParameterBlock Parameters, int[] Own)> steps = [];

    /// <param name="network">A chain.</param>
    public ImageMaps(Network network)
    {
        this.network = network;
        foreach (Node node in network.Nodes)
        {
            var part = Network.Chain(network.ShapeOf(node.Inputs[0]), node.Layer);
            var parameters = new ParameterBlock(
                part,
                [.. part.Parameters.Select(p => new ParameterValues(p.Parameter, new float[p.Parameter.Length]))],
                training: false
            );
            int[] own = [.. network.Parameters.Index().Where(p => p.Item.Node == node).Select(p => p.Index)];
            steps.Add((new Plan(part, parameters, 1, training: false, WorkerPool.Shared(1), static _ => 0), parameters, own));
        }
    }

    /// <summary>Every value of the network for one image: 0 is the image, k + 1 the output of node k; images channel by channel.</summary>
    /// <param name="values">The network's parameters.</param>
    /// <param name="image">The image, channel by channel.</param>
    public float[][] Of(IReadOnlyList<ParameterValues> values, ReadOnlySpan<float> image)
    {
        var all = new float[steps.Count + 1][];
        all[0] = image.ToArray();
        Shape shape = network.Input;
        for (int k = 0; k < steps.Count; k++)
        {
            (Plan plan, ParameterBlock parameters, int[] own) = steps[k];
            parameters.Import([.. own.Select(i => values[i])]);
            if (shape.IsImage)
                ImageLayout.FromChannels(all[k], shape, plan.Input.Span);
            else
                all[k].CopyTo(plan.Input.Span);
            plan.Forward();
            shape = network.ShapeOf(k + 1);
            float[] written = all[k + 1] = new float[shape.Length];
            if (shape.IsImage)
                ImageLayout.ToChannels(plan.Output.Span, shape, written);
            else
                plan.Output.Span[..written.Length].CopyTo(written);
        }
        return all;
    }
}
