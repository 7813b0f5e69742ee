using Longhand.Numbers;

namespace Longhand.Layers;

/// <summary>
/// What a layer sees of one pass over a batch: its inputs and output, its parameters, and on the way back the gradients. Every grid of
/// values has the sample as its first index: [sample, feature] or [sample, channel, row, column].
/// </summary>
public sealed class Pass<T>
    where T : IScalar<T>
{
    private readonly IReadOnlyList<Parameter> parameters;
    private readonly IReadOnlyList<Grid<T>> values;
    private readonly IReadOnlyList<Grid<T>> gradients;

    /// <param name="inputs">The values that the layer reads.</param>
    /// <param name="output">The value that it writes on the way forward, and may read on the way back.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="values">Their values.</param>
    /// <param name="inputGradients">∂L/∂input, written on the way back; empty on the way forward.</param>
    /// <param name="outputGradient">∂L/∂output, read on the way back.</param>
    /// <param name="gradients">∂L/∂parameter, written on the way back; for what is not trained, its next value, written on the way forward.</param>
    public Pass(
        IReadOnlyList<Grid<T>> inputs,
        Grid<T> output,
        IReadOnlyList<Parameter> parameters,
        IReadOnlyList<Grid<T>> values,
        IReadOnlyList<Grid<T>> inputGradients,
        Grid<T>? outputGradient,
        IReadOnlyList<Grid<T>> gradients
    )
    {
        Inputs = inputs;
        Y = output;
        this.parameters = parameters;
        this.values = values;
        InputGradients = inputGradients;
        this.outputGradient = outputGradient;
        this.gradients = gradients;
    }

    private readonly Grid<T>? outputGradient;

    /// <summary>The values that the layer reads.</summary>
    public IReadOnlyList<Grid<T>> Inputs { get; }

    /// <summary>The first, for most layers the only input.</summary>
    public Grid<T> X => Inputs[0];

    /// <summary>The output.</summary>
    public Grid<T> Y { get; }

    /// <summary>How many samples there are.</summary>
    public int Batch => Y.Size(0);

    /// <summary>∂L/∂input for each input; a backward pass sets every element.</summary>
    public IReadOnlyList<Grid<T>> InputGradients { get; }

    /// <summary>∂L/∂(first input).</summary>
    public Grid<T> DX => InputGradients[0];

    /// <summary>∂L/∂output.</summary>
    public Grid<T> DY => outputGradient ?? throw new InvalidOperationException("A bug in Longhand: a forward pass has no gradients.");

    /// <summary>The parameter of that name.</summary>
    public Grid<T> this[string parameter] => values[IndexOf(parameter)];

    /// <summary>∂L/∂(parameter); a backward pass sets every element.</summary>
    public Grid<T> Gradient(string parameter) => gradients[IndexOf(parameter)];

    /// <summary>The next value of a parameter that is carried along rather than trained; a forward pass in training sets it.</summary>
    public Grid<T> Next(string parameter) => gradients[IndexOf(parameter)];

    /// <summary>Whether this is training rather than inference: what dropout and batchnorm do depends on it.</summary>
    public bool Training { get; init; }

    /// <summary>What random masks are computed from.</summary>
    public MaskKey Mask { get; set; }

    private int IndexOf(string name)
    {
        for (int i = 0; i < parameters.Count; i++)
            if (parameters[i].Name == name)
                return i;
        throw new InvalidOperationException($"A bug in Longhand: the layer has no parameter \"{name}\".");
    }
}

/// <summary>
/// What a random mask is a pure function of, beside the sample and the position: so that the reference, the kernel and a resumed run
/// agree without keeping the mask.
/// </summary>
/// <param name="Key">The key of the seed's dropout stream and of the layer.</param>
/// <param name="Step">The number of the update, from 0.</param>
public readonly record struct MaskKey(ulong Key, long Step)
{
    /// <summary>The key of node <paramref name="node"/> under a seed: the one formula that engines, checks and the working share.</summary>
    public static ulong Of(ulong seed, int node) => RandomStream.Mix(RandomStream.Key(seed, RandomStream.Dropout) + (ulong)node);

    /// <summary>A number uniform in [0, 1) for one element of one sample.</summary>
    public double Uniform(int sample, int index) => Uniform(Stepped, sample, index);

    /// <summary>What is the same for all elements of one update.</summary>
    internal ulong Stepped => RandomStream.Mix(Key ^ RandomStream.Mix((ulong)Step));

    /// <inheritdoc cref="Uniform(int, int)"/>
    internal static double Uniform(ulong stepped, int sample, int index)
    {
        ulong bits = RandomStream.Mix(stepped ^ (((ulong)(uint)sample << 32) | (uint)index));
        return (bits >> 11) * (1.0 / (1UL << 53));
    }
}
