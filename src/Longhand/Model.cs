using System.Buffers;
using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Plans;
using Longhand.Working;

namespace Longhand;

/// <summary>A network with numbers in it. Immutable; prediction is safe from many threads at once.</summary>
public sealed class Model
{
    private readonly IReadOnlyList<ParameterValues> values;
    private readonly Lazy<Predictor> predictor;
    private readonly long inputLength,
        outputLength;

    internal Model(Network network, IReadOnlyList<ParameterValues> values)
    {
        Network = network;
        this.values = values;
        (inputLength, outputLength) = (network.Input.Length, network.Output.Length);
        predictor = new(() => new Predictor(Network, this.values));
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

    /// <summary>Expressions that its inputs are computed from, where they are not the data's own columns.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>
    /// What inputs are scaled with before the network reads them, found on the data that it was trained on; null where they are not.
    /// <see cref="Predict(ReadOnlySpan{float})"/>, <see cref="Evaluate"/> and <see cref="Explain"/> scale by themselves what is not scaled yet.
    /// </summary>
    public InputScaling? Scaling { get; init; }

    /// <summary>The experiment that it was trained by, as text; null where there is none.</summary>
    public string? Experiment { get; init; }

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

    /// <summary>The outputs for one input as it was measured (<see cref="Scaling"/> is applied here); an image channel by channel.</summary>
    /// <exception cref="ShapeException">The input has another length than the network reads.</exception>
    public float[] Predict(ReadOnlySpan<float> input)
    {
        if (input.Length != inputLength)
            throw new ShapeException($"The network reads {Network.Input} = {inputLength} numbers, but was given {input.Length}.");
        var output = new float[outputLength];
        Predict(input, output);
        return output;
    }

    /// <summary>The outputs for many inputs at once, which is faster than one after the other; nothing is allocated.</summary>
    /// <param name="inputs">The inputs one behind the other; images channel by channel.</param>
    /// <param name="outputs">Where the outputs go, one behind the other in the same order.</param>
    /// <param name="threads">How many threads compute; the result does not depend on it.</param>
    /// <exception cref="ShapeException">The inputs are no whole number of inputs, or there is not room for exactly their outputs.</exception>
    public void Predict(ReadOnlySpan<float> inputs, Span<float> outputs, int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        long count = inputs.Length / inputLength;
        if (inputs.Length % inputLength != 0)
            throw new ShapeException(
                $"The network reads {Network.Input} = {inputLength} numbers, and {inputs.Length} are no whole number of such inputs."
            );
        if (outputs.Length != count * outputLength)
            throw new ShapeException(
                $"{count} inputs have {count} × {Network.Output} = {count * outputLength} outputs, but there is room for {outputs.Length}."
            );
        if (Scaling is null)
        {
            predictor.Value.Predict(inputs, outputs, threads);
            return;
        }
        float[] rented = ArrayPool<float>.Shared.Rent(inputs.Length);
        Span<float> scaled = rented.AsSpan(0, inputs.Length);
        inputs.CopyTo(scaled);
        for (int i = 0; i < count; i++)
            Scaling.Apply(scaled.Slice(i * (int)inputLength, (int)inputLength));
        predictor.Value.Predict(scaled, outputs, threads);
        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>Loss and metrics on a data set: accuracy, confusion, precision, recall and F1 of classes; R² and mean absolute error of values.</summary>
    /// <param name="data">What is measured.</param>
    /// <param name="loss">The loss; that of the training where it is null.</param>
    /// <exception cref="LonghandException">The data do not fit the network, or there is neither a loss nor a training.</exception>
    public Evaluation Evaluate(DataSet data, Loss? loss = null)
    {
        Loss measured =
            loss ?? Training?.Loss ?? throw new LonghandException("This model was not trained with a loss; say which to measure.");
        if (Scaling is not null)
            data = Scaling.Apply(data);
        var targets = new Targets(Network, measured, data);
        int classes = Math.Max(data.ClassNames.Count, Network.Output[0]);
        int[,]? confusion = targets.HasAccuracy ? new int[classes, classes] : null;
        const int atOnce = 256;
        int inputs = (int)data.InputShape.Length,
            outputs = Network.Output[0];
        var input = new float[Math.Min(atOnce, data.Count) * inputs];
        var found = new float[Math.Min(atOnce, data.Count) * outputs];
        var output = new Grid<Float32>(1, Network.Output[0]);
        var target = new Grid<Float32>(1, Network.Output[0]);
        var errors = new ValueErrors(Network.Output[0]);
        double sum = 0;
        int right = 0;
        for (int i = 0; i < data.Count; i++)
        {
            if (i % atOnce == 0)
            {
                int count = Math.Min(atOnce, data.Count - i);
                for (int k = 0; k < count; k++)
                    data.CopyInput(i + k, input.AsSpan(k * inputs, inputs));
                predictor.Value.Predict(input.AsSpan(0, count * inputs), found.AsSpan(0, count * outputs), 1);
            }
            ReadOnlySpan<float> row = found.AsSpan(i % atOnce * outputs, outputs);
            ReadOnlySpan<double> wanted = targets.Row(data, i);
            for (int j = 0; j < row.Length; j++)
                (output[0, j], target[0, j]) = (new(row[j]), new((float)wanted[j]));
            sum += measured.Value(output, target, 0).Value;
            if (confusion is null)
            {
                errors.Add(row, wanted);
                continue;
            }
            int decided = targets.Decide(row);
            confusion[data.Class(i), decided]++;
            right += decided == data.Class(i) ? 1 : 0;
        }
        double total = measured.IsSum ? sum : sum / data.Count;
        return confusion is null
            ? new(total, null, null, data.ClassNames) { MeanAbsoluteError = errors.MeanAbsolute, R2 = errors.R2 }
            : new(total, (double)right / data.Count, confusion, data.ClassNames);
    }

    /// <summary>Works one example out by hand, with the training's own loss and optimizer.</summary>
    /// <exception cref="LonghandException">The example does not fit the network.</exception>
    public Solution Explain(Example example)
    {
        double[] input = [.. example.Input];
        if (example.Scaling is null)
            Scaling?.Apply(input);
        return Solution.Explain(
            this,
            new ExplainRequest
            {
                Inputs = [Array.ConvertAll(input, Rational.FromDouble)],
                Targets = example.Target.Length > 0 ? [Array.ConvertAll(example.Target, Rational.FromDouble)] : null,
                Classes = example.Class is { } label ? [label] : null,
                Loss = Training?.Loss,
                Optimizer = Training?.Optimizer,
                Regularization = Training?.Regularization ?? Regularization.None,
                Conventions = Training?.Conventions ?? Conventions.PyTorch,
            }
        );
    }

    /// <summary>Saves the model as safetensors, the network and what it was trained with in the metadata; the same model gives the same bytes.</summary>
    /// <exception cref="LonghandException">The file cannot be written; what stood there before is untouched.</exception>
    public void Save(string path) => ModelFile.Save(this, path);

    /// <summary>Writes the same bytes to a stream.</summary>
    public void Save(Stream stream) => ModelFile.Save(this, stream);

    /// <summary>Reads a model that <see cref="Save(string)"/> wrote.</summary>
    /// <exception cref="LonghandException">The file is missing, malformed or not a model; the message says where and why.</exception>
    public static Model Load(string path) => ModelFile.Load(path);

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
}
