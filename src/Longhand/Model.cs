using System.Collections.Concurrent;
using Longhand.Kernels;
using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Plans;

namespace Longhand;

/// <summary>A network with numbers in it. Immutable; prediction is safe from many threads at once.</summary>
public sealed class Model
{
    private readonly IReadOnlyList<ParameterValues> values;
    private readonly ConcurrentBag<Plan> idle = [];
    private readonly Lazy<ParameterBlock> block;

    internal Model(Network network, IReadOnlyList<ParameterValues> values)
    {
        Network = network;
        this.values = values;
        block = new(() => new ParameterBlock(Network, this.values, training: false));
    }

    /// <summary>A network with given parameters; what is absent is drawn.</summary>
    /// <param name="network">The structure.</param>
    /// <param name="given">Values by parameter name.</param>
    /// <param name="initializer">How the others start; PyTorch's rule where it is null.</param>
    /// <param name="seed">The seed that they are drawn with.</param>
    /// <exception cref="LonghandException">A name is unknown, or a parameter has another number of values.</exception>
    public static Model Create(
        Network network,
        IReadOnlyDictionary<string, ParameterValues>? given = null,
        Initializer? initializer = null,
        ulong seed = 1
    ) =>
        new(
            network,
            InitialValues(
                network,
                initializer ?? Initializer.PyTorch,
                new RandomStream(seed, RandomStream.Weights),
                given ?? new Dictionary<string, ParameterValues>()
            )
        );

    /// <summary>The structure.</summary>
    public Network Network { get; }

    /// <summary>What it was trained with; null for a model that was not trained here.</summary>
    public Training? Training { get; init; }

    /// <summary>The names of the classes that it was trained on.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>The names of its inputs.</summary>
    public IReadOnlyList<string> InputNames { get; init; } = [];

    /// <summary>The values of every parameter, in the network's order.</summary>
    public IReadOnlyList<ParameterValues> Values => values;

    /// <summary>The values of one parameter, copied: <c>model["dense1.weight"]</c>.</summary>
    /// <exception cref="LonghandException">There is no such parameter; the nearest is suggested.</exception>
    public Tensor this[string parameter]
    {
        get
        {
            NetworkParameter found = Network.Parameter(parameter);
            return new Tensor(values[Network.Parameters.ToList().IndexOf(found)].ToSingles(), [.. found.Parameter.Sizes]);
        }
    }

    /// <summary>The outputs for one input; an image channel by channel.</summary>
    /// <exception cref="ShapeException">The input has another length than the network reads.</exception>
    public float[] Predict(ReadOnlySpan<float> input)
    {
        Shape shape = Network.Input;
        if (input.Length != shape.Length)
            throw new ShapeException($"The network reads {shape} = {shape.Length} numbers, but was given {input.Length}.");
        if (!idle.TryTake(out Plan? plan))
            plan = new Plan(Network, block.Value, 1, training: false, Inline.Pool, _ => 0);
        if (shape.IsImage && shape.Channels > 1)
            ImageLayout.FromChannels(input, shape, plan.Input.Span);
        else
            input.CopyTo(plan.Input.Span);
        plan.Forward();
        float[] output = Tensors.FromPlan(plan.Output.Span, Network.Output);
        idle.Add(plan);
        return output;
    }

    internal static IReadOnlyList<ParameterValues> InitialValues(
        Network network,
        Initializer initializer,
        RandomSource random,
        IReadOnlyDictionary<string, ParameterValues> given
    )
    {
        foreach ((string name, ParameterValues value) in given)
        {
            Parameter parameter = network.Parameter(name).Parameter;
            if (value.Length != parameter.Length)
                throw new ShapeException(
                    $"{name} has {parameter.Length} numbers ([{string.Join("][", parameter.Sizes)}]), but {value.Length} were given."
                );
        }
        // Every parameter draws, given or not, so that giving one leaves the others as they were.
        return
        [
            .. network.Parameters.Select(p =>
            {
                if (p.Parameter.Length > Array.MaxLength)
                    throw new LonghandException(
                        $"{p.Name} has {p.Parameter.Length} numbers: too many to be kept in memory. summary does not need them."
                    );
                var drawn = new ParameterValues(p.Parameter, initializer.Draw(p.Parameter, random));
                return given.GetValueOrDefault(p.Name) ?? drawn;
            }),
        ];
    }

    private static class Inline
    {
        // One thread, no workers: predictions run on the thread that asks.
        public static readonly WorkerPool Pool = new(1);
    }
}
