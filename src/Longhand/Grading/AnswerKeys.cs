using System.Globalization;
using System.Text.RegularExpressions;
using Longhand.Working;

namespace Longhand.Grading;

/// <summary>One number, or all numbers of an array or of a part of it, that a key stands for.</summary>
/// <param name="Key">The key of the array, without the indices that the caller gave.</param>
/// <param name="Sizes">The sizes of the part, none for a single number.</param>
public sealed record AnswerRange(string Key, IReadOnlyList<int> Sizes)
{
    internal AnswerArray Array { get; init; }

    internal int First { get; init; }
}

/// <summary>
/// The keys under which the numbers of a worked solution are found, as its JSON nests them: <c>dense1.output[0]</c>, <c>loss</c>,
/// <c>dense1.outputGradient[0]</c>, <c>gradients.dense1.weight[0][1]</c>, <c>gradients.input[0]</c>,
/// <c>steps[0].parameters.dense1.weight[0][1]</c>; and the names on paper that mean one of them alone.
/// </summary>
public sealed partial class AnswerKeys
{
    private const int MostUpdates = 10_000,
        MostNames = 20_000;

    private readonly Network network;
    private readonly ExplainRequest request;
    private readonly SymbolTable symbols;
    private readonly bool hasLoss;
    private readonly bool hasUpdates;
    private readonly Dictionary<string, AnswerArray> arrays;
    private Dictionary<string, List<(AnswerArray Array, int Index)>>? names;

    /// <param name="network">The network that is worked out.</param>
    /// <param name="request">What is worked out of it.</param>
    public AnswerKeys(Network network, ExplainRequest request)
    {
        this.network = network;
        this.request = request;
        symbols = new SymbolTable(network, request.Inputs.Count > 1, request.Names);
        hasLoss = request.Loss is not null && (request.Targets is not null || request.Classes is not null);
        hasUpdates = hasLoss && request.Optimizer is not null;
        arrays = All().ToDictionary(PrefixOf, StringComparer.Ordinal);
    }

    /// <summary>The arrays that may be answered, in the order of the working; of updates the first.</summary>
    public IEnumerable<AnswerRange> Arrays => arrays.Select(a => new AnswerRange(a.Key, Sizes(a.Value)) { Array = a.Value });

    /// <summary>What a key stands for.</summary>
    /// <exception cref="LonghandException">It stands for nothing here; the nearest key is suggested.</exception>
    public AnswerRange Find(string key)
    {
        Match parts = Indexed().Match(key.Trim());
        string prefix = parts.Groups["prefix"].Value;
        if (Array(prefix) is not { } array)
            return FindName(key) ?? throw Unknown(key, prefix);
        int[] sizes = [.. Sizes(array)];
        string[] indices = [.. parts.Groups["indices"].Value.Split(['[', ']', ',', ' '], StringSplitOptions.RemoveEmptyEntries)];
        if (indices.Length > sizes.Length)
            throw new LonghandException(
                $"{Quoted.Of(key)} has {indices.Length} {(indices.Length == 1 ? "index" : "indices")}, but {PrefixOf(array)} is {Described(sizes)}."
            );
        int first = 0;
        foreach ((int d, string text) in indices.Index())
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int index) || index >= sizes[d])
                throw new LonghandException(
                    $"{Quoted.Of(key)} is outside: {PrefixOf(array)} is {Described(sizes)}, and {Quoted.Of(text)} is not from 0 to {sizes[d] - 1}."
                );
            first = first * sizes[d] + index;
        }
        int[] rest = sizes[indices.Length..];
        return new(PrefixOf(array), rest) { Array = array, First = first * rest.Aggregate(1, (product, size) => product * size) };
    }

    /// <summary>The key of number <paramref name="i"/> of a range, counted in row-major order.</summary>
    public string KeyOf(AnswerRange range, int i) => KeyOf(range.Array, range.First + i);

    /// <summary>The name on paper of number <paramref name="i"/> of a range.</summary>
    public string NameOf(AnswerRange range, int i) => NameOf(range.Array, range.First + i);

    internal string KeyOf(AnswerArray array, int index) =>
        PrefixOf(array) + string.Concat(Chosen.Position(index, Sizes(array)).Select(at => $"[{at}]"));

    internal string NameOf(AnswerArray array, int index)
    {
        int length = array.Kind is AnswerArrayKind.Value or AnswerArrayKind.ValueGradient ? (int)network.ShapeOf(array.Number).Length : 1;
        return array.Kind switch
        {
            AnswerArrayKind.Loss => "L",
            AnswerArrayKind.Penalty => "R",
            AnswerArrayKind.Value => symbols.Value(array.Number, index / length, index % length).ToString(),
            AnswerArrayKind.ValueGradient => (
                symbols.Value(array.Number, index / length, index % length) with
                {
                    IsGradient = true,
                }
            ).ToString(),
            AnswerArrayKind.ParameterGradient => (symbols.Parameter(array.Number, index) with { IsGradient = true }).ToString(),
            _ => (symbols.Parameter(array.Number, index) with { IsNext = true }).ToString(),
        };
    }

    /// <summary>The sizes behind a key; the sample is the first only where the input is a batch.</summary>
    internal IReadOnlyList<int> Sizes(AnswerArray array) =>
        array.Kind switch
        {
            AnswerArrayKind.Loss or AnswerArrayKind.Penalty => [],
            AnswerArrayKind.Value or AnswerArrayKind.ValueGradient => request.IsBatch
                ? [request.Inputs.Count, .. network.ShapeOf(array.Number).MemoryOrder()]
                : network.ShapeOf(array.Number).MemoryOrder(),
            _ => [.. network.Parameters[array.Number].Parameter.Sizes],
        };

    private string PrefixOf(AnswerArray array) =>
        array.Kind switch
        {
            AnswerArrayKind.Loss => array.Update == 1 ? "loss" : $"steps[{array.Update - 1}].loss",
            AnswerArrayKind.Penalty => "penalty",
            AnswerArrayKind.Value => $"{network.Nodes[array.Number - 1].Name}.output",
            AnswerArrayKind.ValueGradient => array.Number == 0
                ? "gradients.input"
                : $"{network.Nodes[array.Number - 1].Name}.outputGradient",
            AnswerArrayKind.ParameterGradient => $"gradients.{network.Parameters[array.Number].Name}",
            _ => $"steps[{array.Update - 1}].parameters.{network.Parameters[array.Number].Name}",
        };

    // In the order in which a person finds them.
    private IEnumerable<AnswerArray> All()
    {
        foreach (Node node in network.Nodes)
            yield return new(AnswerArrayKind.Value, node.Value);
        if (!hasLoss)
            yield break;
        yield return new(AnswerArrayKind.Loss, 0);
        if (!request.Regularization.IsNone)
            yield return new(AnswerArrayKind.Penalty, 0);
        foreach (Node node in network.Nodes.Reverse())
        {
            yield return new(AnswerArrayKind.ValueGradient, node.Value);
            foreach ((int p, NetworkParameter parameter) in network.Parameters.Index())
                if (parameter.Node.Index == node.Index && parameter.Parameter.Trainable)
                    yield return new(AnswerArrayKind.ParameterGradient, p);
        }
        yield return new(AnswerArrayKind.ValueGradient, 0);
        if (!hasUpdates)
            yield break;
        for (int p = 0; p < network.Parameters.Count; p++)
            yield return new(AnswerArrayKind.Parameter, p);
    }

    private AnswerArray? Array(string prefix)
    {
        if (arrays.TryGetValue(prefix, out AnswerArray array))
            return array;
        if (prefix == "output")
            return new(AnswerArrayKind.Value, network.OutputValue);
        Match step = Step().Match(prefix);
        if (!hasUpdates || !step.Success)
            return null;
        if (
            !int.TryParse(step.Groups["step"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            || number >= MostUpdates
        )
            throw new LonghandException(
                $"{Quoted.Of(prefix)}: at most {MostUpdates:N0} updates are worked out, steps[0] the first of them."
            );
        if (step.Groups["rest"].Value == "loss")
            return new(AnswerArrayKind.Loss, 0, number + 1);
        return arrays.TryGetValue($"steps[0].{step.Groups["rest"].Value}", out array) ? array with { Update = number + 1 } : null;
    }

    private AnswerRange? FindName(string key)
    {
        names ??= Names();
        if (!names.TryGetValue(key.Trim(), out List<(AnswerArray Array, int Index)>? found) && !names.TryGetValue(Simple(key), out found))
            return null;
        if (found.Count > 1)
            throw new LonghandException(
                $"{Quoted.Of(key)} could be {string.Join(" or ", found.Take(3).Select(f => KeyOf(f.Array, f.Index)))}; write the key that is meant."
            );
        return new(PrefixOf(found[0].Array), []) { Array = found[0].Array, First = found[0].Index };
    }

    private Dictionary<string, List<(AnswerArray Array, int Index)>> Names()
    {
        var all = new Dictionary<string, List<(AnswerArray Array, int Index)>>(StringComparer.Ordinal);
        foreach (AnswerArray array in arrays.Values)
        {
            bool perSample = array.Kind is AnswerArrayKind.Value or AnswerArrayKind.ValueGradient;
            int length = Sizes(array).Aggregate(1, (product, size) => product * size);
            for (int i = 0; i < length && all.Count < MostNames; i++)
            {
                string name = NameOf(array, i),
                    simple = Simple(name);
                foreach (string spelling in name == simple ? [name] : new[] { name, simple })
                {
                    if (!all.TryGetValue(spelling, out List<(AnswerArray Array, int Index)>? found))
                        all.Add(spelling, found = []);
                    found.Add((array, i));
                }
            }
        }
        return all;
    }

    // z¹₁ and z11, ∂L/∂w₁ and dL/dw1, w₁′ and w1', ŷ and yhat are the same to a keyboard.
    private static string Simple(string name)
    {
        const string raised = "⁰¹²³⁴⁵⁶⁷⁸⁹",
            lowered = "₀₁₂₃₄₅₆₇₈₉";
        string simple = "";
        foreach (char c in name.Trim())
            simple += c switch
            {
                '∂' => "d",
                'ŷ' => "yhat",
                '′' or '’' => "'",
                '⁽' => "(",
                '⁾' => ")",
                '_' or '^' or ' ' => "",
                _ when raised.Contains(c) => raised.IndexOf(c).ToString(CultureInfo.InvariantCulture),
                _ when lowered.Contains(c) => lowered.IndexOf(c).ToString(CultureInfo.InvariantCulture),
                _ => c.ToString(),
            };
        return simple;
    }

    private LonghandException Unknown(string key, string prefix)
    {
        bool backward =
            prefix.StartsWith("gradients", StringComparison.Ordinal) || prefix.EndsWith("outputGradient", StringComparison.Ordinal);
        if (!hasLoss && (backward || prefix is "loss" || prefix.StartsWith("steps", StringComparison.Ordinal)))
            return new($"{Quoted.Of(key)}: there is no loss and target, so nothing is worked out behind the output.");
        if (!hasUpdates && prefix.StartsWith("steps", StringComparison.Ordinal))
            return new($"{Quoted.Of(key)}: there is no optimizer, so no update is worked out.");
        string near = Nearest.Suggestion(prefix, arrays.Keys.Append("output"));
        return new(
            $"nothing here is called {Quoted.Of(key)}."
                + (near.Length > 0 ? near : $" There are {string.Join(", ", Shown())}; --template writes all of them.")
        );
    }

    private IEnumerable<string> Shown() => arrays.Keys.Take(4).Concat(arrays.Count > 4 ? ["…"] : []);

    private static string Described(int[] sizes) => sizes.Length == 0 ? "a single number" : $"[{string.Join("][", sizes)}]";

    [GeneratedRegex(@"^(?<prefix>.*?)\s*(?<indices>(\[[^\[\]]*\]\s*)*)$", RegexOptions.Singleline)]
    private static partial Regex Indexed();

    [GeneratedRegex(@"^steps\[(?<step>[0-9]+)\]\.(?<rest>.+)$")]
    private static partial Regex Step();
}
