using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Longhand.Activations;
using Longhand.Layers;

namespace Longhand.Experiments.Code;

/// <summary>What the code in NumPy and that in PyTorch have in common: data, parameters, layers, batches, and what is printed.</summary>
internal abstract partial class PythonCode(CodeRun run, PythonLibrary library)
{
    // The code's own variables have one letter, its functions and the words of Python that are shorter than this may not be layers either.
    private const int ShortestOwn = 4;

    private readonly WrittenNotes notes = new(library);

    /// <summary>The run.</summary>
    protected CodeRun Run { get; } = run;

    /// <summary>The network's layers in their order, each reading the one before.</summary>
    protected IReadOnlyList<Node> Nodes { get; } = run.Network.Nodes;

    /// <summary>What the library is called by people.</summary>
    protected abstract string Language { get; }

    /// <summary>The whole text.</summary>
    /// <exception cref="LonghandException">Something of the run cannot be said in this language; the message says what.</exception>
    public string Write()
    {
        Run.RequireRoom();
        Run.RequirePlainTraining(Language);
        for (int i = 0; i < Nodes.Count; i++)
            if (Nodes[i].Inputs is not [var input] || input != i || Run.Network.OutputValue != Nodes.Count)
                throw new LonghandException(
                    $"The code in {Language} is for chains of layers, and {Nodes[i].Name} joins branches; the code in C# is for both."
                );
        Written.Notes = notes;
        string[] parts = [Network(), LossFunctions(), Updates(), Batches(), Training()];
        string text = string.Join(
            "\n",
            [
                string.Concat(Run.Head(Language).Select(line => line.Length == 0 ? "#\n" : $"# {line}\n")),
                Imports(),
                .. notes.Helpers.Select(name => library.Helpers[name] + "\n"),
                Data(),
                Parameters(),
                .. parts,
            ]
        );
        // Two empty lines between functions, as Python's own style has it, wherever the parts meet.
        return FarApart().Replace(text, "\n\n\n");
    }

    /// <summary>What the code begins with.</summary>
    protected abstract string Imports();

    /// <summary>Functions that compute the network, and where the language does not find them by itself, the gradients.</summary>
    protected abstract string Network();

    /// <summary>The loss and, where it is needed, its gradient.</summary>
    protected abstract string LossFunctions();

    /// <summary>How parameters follow their gradients.</summary>
    protected abstract string Updates();

    /// <summary>The loop, and what is printed before and behind it.</summary>
    protected abstract string Training();

    /// <summary>An array of the library.</summary>
    protected abstract string Array(ReadOnlySpan<float> values, IReadOnlyList<int> sizes, string indent);

    /// <summary>The sizes of one example.</summary>
    protected virtual IReadOnlyList<int> ExampleSizes => [(int)Run.Network.Input.Length];

    /// <summary>What a layer that is no activation and no dense layer makes of the value before it; null where the language cannot say it.</summary>
    protected abstract string? Other(Node node, string input);

    /// <summary>The lines of the forward pass, one for each layer.</summary>
    protected string Forward()
    {
        var text = new StringBuilder();
        string input = "x";
        foreach (Node node in Nodes)
        {
            text.Append($"    {Name(node)} = {Value(node, input)}\n");
            input = Name(node);
        }
        return text.ToString();
    }

    /// <summary>The text of the losses that are compared.</summary>
    protected string Compare(string parameters, string call)
    {
        var text = new StringBuilder();
        text.Append($"{call}(f\"training loss {{{LossOf(parameters, "train")}:.6g}}  (Longhand: {CodeRun.Short(Run.Losses.Train)})\")\n");
        if (Run.Losses.Test is { } test)
            text.Append($"{call}(f\"test loss     {{{LossOf(parameters, "test")}:.6g}}  (Longhand: {CodeRun.Short(test)})\")\n");
        return text.ToString();
    }

    /// <summary>The loss of a set as an expression.</summary>
    protected abstract string LossOf(string parameters, string set);

    /// <summary>The regularization's slope at a weight w.</summary>
    protected string PenaltySlope => Run.Experiment.Regularization.Slope(Written.Array("w")).Text;

    /// <summary>The names of the parameters on which the penalty works.</summary>
    protected string Penalized =>
        string.Join(", ", Run.Network.Parameters.Where(p => p.Parameter.Role == ParameterRole.Weight).Select(p => $"\"{p.Name}\""));

    /// <summary>What the code calls a layer's output: the layer's name, as far as Python allows it.</summary>
    protected static string Name(Node node)
    {
        string name = NoLetter().Replace(node.Name, "_");
        // A name that somebody has given may be one that the code needs itself, or begin with a digit.
        return name.Length < ShortestOwn || char.IsAsciiDigit(name[0]) ? $"layer_{name}" : name;
    }

    [GeneratedRegex("[^A-Za-z0-9_]")]
    private static partial Regex NoLetter();

    [GeneratedRegex("\n{4,}")]
    private static partial Regex FarApart();

    private string Value(Node node, string input) =>
        node.Layer switch
        {
            Dense dense => $"{input} @ p[\"{node.Name}.weight\"].T{(dense.HasBias ? $" + p[\"{node.Name}.bias\"]" : "")}",
            Activation activation => activation.Value(Written.Array(input)).Text,
            _ => Other(node, input)
                ?? throw new LonghandException(
                    $"The code in {Language} has nothing for {node.Name} ({node.Layer.Notation}); the code in C# has all layers."
                ),
        };

    private string Data()
    {
        var text = new StringBuilder("# The examples, features computed, and their targets as the loss asks for them.\n");
        foreach ((string name, DataSet? set) in new[] { ("train", Run.Data.Train), ("test", Run.Data.Test) })
        {
            if (set is null)
                continue;
            text.Append($"{name}_x = {Array(CodeRun.Inputs(set), [set.Count, .. ExampleSizes], "")}\n");
            text.Append($"{name}_t = {Array(Run.Targets(set), [set.Count, Run.Network.Output[0]], "")}\n");
        }
        return text.ToString();
    }

    private string Parameters()
    {
        var text = new StringBuilder("# The parameters: as training began, and as they are shown.\n");
        foreach ((string name, IReadOnlyList<ParameterValues> values) in new[] { ("start", Run.Start), ("shown", Run.Shown) })
        {
            text.Append($"{name} = {{\n");
            foreach ((NetworkParameter parameter, ParameterValues value) in Run.Network.Parameters.Zip(values))
                text.Append($"    \"{parameter.Name}\": {Array(value.ToSingles(), parameter.Parameter.Sizes, "    ")},\n");
            text.Append("}\n");
        }
        return text.ToString();
    }

    private string Batches()
    {
        string n = Run.Data.Train.Count.ToString(CultureInfo.InvariantCulture);
        int size = Run.Batch == 0 ? Run.Data.Train.Count : Math.Min(Run.Batch, Run.IsPlayground ? Run.Batch : Run.Data.Train.Count);
        if (Run.IsPlayground)
            return $$"""

                def batches(size={{size}}, n={{n}}):
                    # Examples in their order; what is left over of an epoch makes the first batch of the next one larger.
                    left = []
                    while True:
                        first = 0
                        if left and size <= n:
                            yield left + list(range(size))
                            left, first = [], size
                        while first + size <= n:
                            yield list(range(first, first + size))
                            first += size
                        left += range(first, n)

                """;
        if (!Run.Shuffles)
            return $$"""

                def batches(size={{size}}, n={{n}}):
                    while True:
                        for first in range(0, n, size):
                            yield list(range(first, min(first + size, n)))

                """;
        (ulong a, ulong b, ulong c, ulong d) = new RandomStream(Run.Experiment.Settings.Seed, RandomStream.Shuffles).State;
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""

            def random_bits(s=[{{a}}, {{b}}, {{c}}, {{d}}]):
                # Longhand's shuffles: xoshiro256**, its state as the seed leaves it.
                mask = (1 << 64) - 1
                turn = lambda x, by: ((x << by) | (x >> (64 - by))) & mask
                while True:
                    yield (turn(s[1] * 5 & mask, 7) * 9) & mask
                    t = (s[1] << 17) & mask
                    s[2] ^= s[0]
                    s[3] ^= s[1]
                    s[1] ^= s[2]
                    s[0] ^= s[3]
                    s[2] ^= t
                    s[3] = turn(s[3], 45)


            def batches(size={{size}}, n={{n}}):
                # Each epoch has a new order (Fisher and Yates), made from that of the epoch before.
                bits, order = random_bits(), list(range(n))
                while True:
                    for last in range(n - 1, 0, -1):
                        bound = last + 1
                        product = (next(bits) >> 32) * bound
                        while product % 2**32 < 2**32 % bound:
                            product = (next(bits) >> 32) * bound
                        other = product >> 32
                        order[last], order[other] = order[other], order[last]
                    for first in range(0, n, size):
                        yield order[first:first + size]

            """
        );
    }
}
