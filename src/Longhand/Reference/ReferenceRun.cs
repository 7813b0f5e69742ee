using Longhand.Layers;
using Longhand.Numbers;

namespace Longhand.Reference;

/// <summary>
/// One pass over a network with any number: every value, and on the way back every gradient. It is the oracle of the kernels, the source
/// of the working and the double-precision engine in one, and for all three it must stay slow and plain.
/// </summary>
public sealed class ReferenceRun<T>
    where T : IScalar<T>
{
    private readonly Network network;
    private readonly IReadOnlyList<Grid<T>> parameters;
    private readonly Grid<T>[] values;
    private readonly Grid<T>?[] gradients;
    private readonly Grid<T>[] parameterResults;
    private readonly bool training;
    private readonly Func<int, MaskKey> mask;

    /// <param name="network">The structure.</param>
    /// <param name="parameters">A grid for each of the network's parameters, in their order.</param>
    /// <param name="input">[N, features] or [N, C, H, W].</param>
    /// <param name="training">What dropout and batchnorm do.</param>
    /// <param name="mask">The key of the random masks of node i.</param>
    public ReferenceRun(
        Network network,
        IReadOnlyList<Grid<T>> parameters,
        Grid<T> input,
        bool training = false,
        Func<int, MaskKey>? mask = null
    )
    {
        this.network = network;
        this.parameters = parameters;
        this.training = training;
        this.mask = mask ?? (_ => default);
        values = new Grid<T>[network.Nodes.Count + 1];
        values[0] = input;
        gradients = new Grid<T>?[values.Length];
        parameterResults = [.. network.Parameters.Select(p => new Grid<T>([.. p.Parameter.Sizes]))];
    }

    /// <summary>What is done with each value as soon as it has been computed (node, its output): the working names the numbers here.</summary>
    public Action<Node, Grid<T>>? AfterForward { get; init; }

    /// <summary>What is done with each gradient of a value once it is complete (value, ∂L/∂value).</summary>
    public Action<int, Grid<T>>? AfterGradient { get; init; }

    /// <summary>What is done after each layer's way back: its parameters' gradients are complete.</summary>
    public Action<Node>? AfterBackward { get; init; }

    /// <summary>A value: 0 is the input, k + 1 the output of node k.</summary>
    public Grid<T> Value(int value) => values[value];

    /// <summary>The network's output.</summary>
    public Grid<T> Output => values[network.OutputValue];

    /// <summary>∂L/∂value, or null where the loss does not depend on it.</summary>
    public Grid<T>? Gradient(int value) => gradients[value];

    /// <summary>∂L/∂parameter, or the next value of a parameter that is carried along; in the order of the network's parameters.</summary>
    public IReadOnlyList<Grid<T>> ParameterResults => parameterResults;

    /// <summary>Computes every value.</summary>
    /// <returns>The network's output.</returns>
    /// <exception cref="LonghandException">In training, a layer cannot train on a batch of this size.</exception>
    public Grid<T> Forward()
    {
        if (training)
            network.RequireTrainable(values[0].Size(0));
        else
            KeepRunningValues();
        foreach (Node node in network.Nodes)
        {
            values[node.Value] = new Grid<T>([values[0].Size(0), .. node.Output.MemoryOrder()]);
            node.Layer.Forward(MakePass(node, [], null));
            AfterForward?.Invoke(node, values[node.Value]);
        }
        return Output;
    }

    /// <summary>Computes every gradient from that of the output. A value that several layers read gets the sum of what they send back.</summary>
    public void Backward(Grid<T> outputGradient)
    {
        Array.Clear(gradients);
        Receive(network.OutputValue, outputGradient);
        foreach (Node node in network.Nodes.Reverse())
        {
            if (gradients[node.Value] is not { } arriving)
            {
                ClearGradients(node);
                continue;
            }
            AfterGradient?.Invoke(node.Value, arriving);
            Grid<T>[] inputGradients = [.. node.Inputs.Select(i => new Grid<T>([.. values[i].Sizes]))];
            node.Layer.Backward(MakePass(node, inputGradients, arriving));
            AfterBackward?.Invoke(node);
            for (int k = 0; k < inputGradients.Length; k++)
                Receive(node.Inputs[k], inputGradients[k]);
        }
        if (gradients[0] is { } input)
            AfterGradient?.Invoke(0, input);
    }

    private void Receive(int value, Grid<T> gradient)
    {
        if (gradients[value] is not { } sum)
        {
            gradients[value] = gradient;
            return;
        }
        var both = new Grid<T>([.. gradient.Sizes]);
        for (int i = 0; i < both.Length; i++)
            both.SetFlat(i, sum.Flat(i) + gradient.Flat(i));
        gradients[value] = both;
    }

    // In inference what is carried along stays as it is.
    private void KeepRunningValues()
    {
        for (int i = 0; i < parameterResults.Length; i++)
            if (!network.Parameters[i].Parameter.Trainable)
                for (int k = 0; k < parameterResults[i].Length; k++)
                    parameterResults[i].SetFlat(k, parameters[i].Flat(k));
    }

    // A branch that does not reach the output has gradient zero.
    private void ClearGradients(Node node)
    {
        for (int i = 0; i < network.Parameters.Count; i++)
            if (network.Parameters[i].Node.Index == node.Index && network.Parameters[i].Parameter.Trainable)
                for (int k = 0; k < parameterResults[i].Length; k++)
                    parameterResults[i].SetFlat(k, T.Of(0));
    }

    /// <summary>What a layer sees on a way back of its own, which leaves the run's gradients alone.</summary>
    /// <param name="node">The layer.</param>
    /// <param name="inputGradients">Written: a grid for each input.</param>
    /// <param name="outputGradient">Read.</param>
    /// <param name="results">Written: a grid for each of its parameters.</param>
    internal Pass<T> PassOf(Node node, Grid<T>[] inputGradients, Grid<T> outputGradient, IReadOnlyList<Grid<T>> results) =>
        MakePass(node, inputGradients, outputGradient, results);

    private Pass<T> MakePass(Node node, Grid<T>[] inputGradients, Grid<T>? outputGradient, IReadOnlyList<Grid<T>>? results = null)
    {
        var own = Enumerable.Range(0, network.Parameters.Count).Where(i => network.Parameters[i].Node.Index == node.Index).ToArray();
        return new Pass<T>(
            [.. node.Inputs.Select(i => values[i])],
            values[node.Value],
            node.Parameters,
            [.. own.Select(i => parameters[i])],
            inputGradients,
            outputGradient,
            results ?? [.. own.Select(i => parameterResults[i])]
        )
        {
            Training = training,
            Mask = mask(node.Index),
        };
    }
}
