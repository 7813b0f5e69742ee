using System.Globalization;
using System.Text;
using Longhand.Analysis;
using Longhand.Numbers;

namespace Longhand.Experiments;

/// <summary>What is said of a network that computes a Boolean function, in sentences and as a file.</summary>
internal static class DesignWords
{
    private const int MostRowsInFile = 64;

    /// <summary>The inequalities that contradict each other.</summary>
    public static IReadOnlyList<string> Proof(BooleanFunction f, Inseparability proof)
    {
        string sum = $"{string.Join(" + ", f.Variables.Select(name => $"w_{name}·{name}"))} + b";
        var lines = new List<string>
        {
            $"No single unit computes {f.Expression() ?? "this function"}: it is not linearly separable.",
            $"A unit that is true where {sum} ≥ 0 would need",
        };
        Rows(proof.TrueRows, "true", "≥");
        string total = Left(proof.TrueRows, f);
        lines.Add($"  added up:  {total} ≥ 0, but also");
        Rows(proof.FalseRows, "false", "<");
        lines.Add($"  added up:  {Left(proof.FalseRows, f)} < 0.");
        lines.Add("Both sums are the same, and cannot be at least 0 and below 0 at once.");
        return lines;

        void Rows(IReadOnlyList<int> rows, string value, string sign)
        {
            foreach (IGrouping<int, int> row in rows.GroupBy(row => row))
                lines.Add(
                    $"  ({string.Join(", ", f.Variables)}) = ({string.Join(", ", f.Variables.Select((_, v) => BooleanExpression.ValueIn(row.Key, v, f.Variables.Count) ? 1 : 0))}) {value}:  {Left([row.Key], f)} {sign} 0{(row.Count() > 1 ? $", {row.Count()} times" : "")}"
                );
        }
    }

    // w_A + 2w_B + 2b
    private static string Left(IReadOnlyList<int> rows, BooleanFunction f)
    {
        IEnumerable<string> terms = f
            .Variables.Select(
                (name, v) => (Name: $"w_{name}", Count: rows.Count(row => BooleanExpression.ValueIn(row, v, f.Variables.Count)))
            )
            .Append(("b", rows.Count))
            .Where(term => term.Item2 > 0)
            .Select(term => term.Item2 == 1 ? term.Item1 : $"{term.Item2}{term.Item1}");
        return string.Join(" + ", terms);
    }

    /// <summary>The network, and each unit as its sum: h₁ = step(A + B − 0.5).</summary>
    /// <param name="network">Dense layers with their activations.</param>
    /// <param name="weights">Its weights, exactly.</param>
    /// <param name="variables">The names of the inputs.</param>
    public static IEnumerable<string> Units(
        Network network,
        IReadOnlyDictionary<string, ParameterValues> weights,
        IReadOnlyList<string> variables
    )
    {
        yield return $"Network  {network}";
        IReadOnlyList<string> names = variables;
        foreach ((int k, Node dense) in network.Nodes.Index())
        {
            if (!weights.TryGetValue($"{dense.Name}.weight", out ParameterValues? values))
                continue;
            bool isLast = network.Nodes.Skip(k + 1).All(node => node.Layer.IsActivation);
            string activation =
                k + 1 < network.Nodes.Count && network.Nodes[k + 1].Layer.IsActivation ? network.Nodes[k + 1].Layer.Notation : "";
            string[] of = isLast ? ["output"] : [.. Hidden((int)dense.Output.Length)];
            for (int i = 0; i < of.Length; i++)
            {
                string sum = Sum(values, weights.GetValueOrDefault($"{dense.Name}.bias"), i, names);
                yield return $"{of[i]} = {(activation.Length > 0 ? $"{activation}({sum})" : sum)}";
            }
            names = of;
        }
    }

    /// <summary>The names of hidden units: h₁, h₂.</summary>
    public static IEnumerable<string> Hidden(int count) =>
        Enumerable.Range(1, count).Select(i => new Working.SymbolName("h") { Indices = [i], IsBracketed = count > 9 }.ToString());

    private static string Sum(ParameterValues weights, ParameterValues? bias, int unit, IReadOnlyList<string> of)
    {
        var text = new StringBuilder();
        for (int k = 0; k < of.Count; k++)
            Term(text, weights.Exact(unit * of.Count + k)!.Value, of[k]);
        if (bias is not null)
            Term(text, bias.Exact(unit)!.Value, "");
        return text.Length == 0 ? "0" : text.ToString();
    }

    private static void Term(StringBuilder text, Rational factor, string name)
    {
        if (factor.IsZero)
            return;
        string size = Number(Rational.Abs(factor));
        text.Append(
            text.Length == 0 ? (factor.Sign < 0 ? "−" : "")
            : factor.Sign < 0 ? " − "
            : " + "
        );
        text.Append(size == "1" && name.Length > 0 ? name : $"{size}{(name.Length > 1 && char.IsAscii(name[1]) ? "·" : "")}{name}");
    }

    /// <summary>A weight: a decimal where it is one, else a fraction.</summary>
    public static string Number(Rational value) => value.TryDecimal(15, out string text) ? text : value.ToString();

    /// <summary>The experiment file.</summary>
    public static string Yaml(BooleanFunction function, Network network, IReadOnlyDictionary<string, ParameterValues> weights)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {function}, for the inputs {string.Join(", ", function.Variables)}\n");
        text.Append(CultureInfo.InvariantCulture, $"network: {network}\nweights:\n");
        foreach ((string name, ParameterValues values) in weights)
        {
            IReadOnlyList<int> sizes = network.Parameter(name).Parameter.Sizes;
            string[] numbers = [.. Enumerable.Range(0, values.Length).Select(i => Number(values.Exact(i)!.Value))];
            int width = sizes[^1];
            string list =
                sizes.Count == 1
                    ? $"[{string.Join(", ", numbers)}]"
                    : $"[{string.Join(", ", numbers.Chunk(width).Select(row => $"[{string.Join(", ", row)}]"))}]";
            text.Append(CultureInfo.InvariantCulture, $"  {name}: {list}\n");
        }
        int n = function.Variables.Count;
        IEnumerable<string> rows = Enumerable
            .Range(0, Math.Min(MostRowsInFile, function.Table.Count))
            .Select(row => $"[{string.Join(", ", Enumerable.Range(0, n).Select(v => BooleanExpression.ValueIn(row, v, n) ? 1 : 0))}]");
        text.Append(CultureInfo.InvariantCulture, $"input: [{string.Join(", ", rows)}]\n");
        return text.ToString();
    }

    /// <summary>When an output counts as true.</summary>
    public static string Rule(TruthTable table) =>
        $"An output is 1 where its value is at least {NumberLine.Number((double)table.Threshold, table.Threshold, 6).Text} ({table.Rule}).";

    /// <summary>The function in words, its usual name beside it where it has one.</summary>
    public static string Named(BooleanFunction function)
    {
        string text =
            function.Expression()
            ?? $"true in {Words.Count(function.Table.Count(v => v))} of {Words.Count(function.Table.Count)} rows; it has no short expression";
        string[] idle = [.. Enumerable.Range(0, function.Variables.Count).Except(function.Essential).Select(v => function.Variables[v])];
        string note =
            idle.Length > 0 && function.Essential.Count > 0
                ? $" ({string.Join(", ", idle)} {(idle.Length == 1 ? "does" : "do")} not matter)"
                : "";
        string[] words = text.Split(' ');
        return (
                words is [_, ("and" or "or" or "xor" or "nand" or "nor" or "xnor") and var word, _]
                    ? $"{word.ToUpperInvariant()}: {text}"
                    : text
            ) + note;
    }
}
