using Longhand.Kernels;
using Longhand.Plans;

namespace Longhand.Playground;

/// <summary>Computes what every layer of units makes of many inputs, some hundred of them at a time.</summary>
internal sealed class UnitValues
{
    private readonly float[] inputs;
    private readonly int width;
    private readonly List<(Plan Plan, ParameterBlock Parameters, UnitLayer Layer)> layers = [];

    /// <param name="setup">Whose layers.</param>
    /// <param name="inputs">The network's inputs one behind the other.</param>
    /// <param name="atOnce">How many are computed at a time; their number is a multiple of it.</param>
    public UnitValues(Setup setup, float[] inputs, int atOnce)
    {
        this.inputs = inputs;
        width = (int)setup.Network.Input.Length;
        AtOnce = atOnce;
        Shape shape = setup.Network.Input;
        foreach (UnitLayer layer in setup.Layers)
        {
            Network part = Network.Chain(shape, layer.Nodes.Select(n => n.Layer));
            var parameters = new ParameterBlock(part, [.. part.Parameters.Select(p => Zeros(p.Parameter))], training: false);
            layers.Add((new Plan(part, parameters, atOnce, training: false, WorkerPool.Shared(1), static _ => 0), parameters, layer));
            shape = part.Output;
        }
    }

    /// <summary>How many inputs are computed at a time.</summary>
    public int AtOnce { get; }

    /// <summary>Handed the values of one layer for <see cref="AtOnce"/> inputs from the <paramref name="first"/> on, unit beside unit.</summary>
    public delegate void Take(int layer, int first, ReadOnlySpan<float> values);

    /// <summary>Computes all layers for all inputs.</summary>
    /// <param name="values">The network's parameters.</param>
    /// <param name="take">Takes what comes of it.</param>
    public void Compute(IReadOnlyList<ParameterValues> values, Take take)
    {
        foreach ((_, ParameterBlock parameters, UnitLayer layer) in layers)
            parameters.Import([.. layer.Parameters.Select(i => values[i])]);
        for (int first = 0; first * width < inputs.Length; first += AtOnce)
        {
            ReadOnlySpan<float> x = inputs.AsSpan(first * width, AtOnce * width);
            for (int l = 0; l < layers.Count; l++)
            {
                (Plan plan, _, UnitLayer layer) = layers[l];
                x.CopyTo(plan.Input.Span);
                plan.Forward();
                x = plan.Output.Span[..(AtOnce * layer.Units)];
                take(l, first, x);
            }
        }
    }

    private static ParameterValues Zeros(Layers.Parameter parameter) => new(parameter, new float[parameter.Length]);
}
