using System.Globalization;
using System.Text;
using Longhand.Analysis;
using Longhand.Experiments;
using Longhand.Numbers;

namespace Longhand.Cli.Commands;

/// <summary>A designed network for a person.</summary>
internal static class DesignText
{
    private const int MostRows = 32,
        MostRowsInFile = 64;

    public static void Write(Page page, BooleanDesign d)
    {
        page.Strong(TruthCommand.Named(d.Function));
        if (d.Proof is { } proof)
        {
            page.Line();
            foreach (string line in Proof(d.Function, proof))
                page.Line(line);
            page.Line();
            page.Strong($"Two layers: {Words.Count(d.Hidden, "hidden unit")}");
        }
        else
            page.Strong("A single unit is enough: the function is linearly separable.");
        foreach (string line in d.Explanation)
            page.Line($"  {line}");
        foreach (string line in Units(d))
            page.Line($"  {line}");
        TruthCommand.Rows(page, d.Table, MostRows);
        page.Line(TruthCommand.Rule(d.Table));
        page.Strong($"Verified on all {d.Table.Rows.Count} rows{(d.Units == DesignUnits.Sigmoid ? "" : ", in exact numbers")}.");
        if (d.Function.Variables.Count == 2)
        {
            page.Line();
            page.Line(DesignPlot.Characters(d));
        }
        page.Line();
        page.Line("As an experiment, for truth and explain (--out FILE.yaml writes it):");
        page.Line();
        foreach (string line in Yaml(d).TrimEnd().Split('\n'))
            page.Line(line);
    }

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

    // Each unit as its sum: h₁ = step(A + B − 0.5).
    private static IEnumerable<string> Units(BooleanDesign d)
    {
        yield return $"Network  {d.Model.Network}";
        string[] names = [.. d.Function.Variables];
        string activation = d.Units.ToString().ToLowerInvariant();
        string[] hidden =
        [
            .. Enumerable
                .Range(1, d.Hidden)
                .Select(i => new Working.SymbolName("h") { Indices = [i], IsBracketed = d.Hidden > 9 }.ToString()),
        ];
        for (int i = 0; i < d.Hidden; i++)
            yield return $"{hidden[i]} = {activation}({Sum("dense1", i, names)})";
        string output = d.Hidden == 0 ? Sum("dense1", 0, names) : Sum("dense2", 0, hidden);
        yield return d.Hidden > 0 && d.Units == DesignUnits.Relu ? $"output = {output}" : $"output = {activation}({output})";

        string Sum(string layer, int unit, string[] of)
        {
            ParameterValues weights = d.Weights[$"{layer}.weight"];
            var text = new StringBuilder();
            for (int k = 0; k < of.Length; k++)
                Term(text, weights.Exact(unit * of.Length + k)!.Value, of[k]);
            if (d.Weights.TryGetValue($"{layer}.bias", out ParameterValues? bias))
                Term(text, bias.Exact(unit)!.Value, "");
            return text.Length == 0 ? "0" : text.ToString();
        }
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

    private static string Number(Rational value) => value.TryDecimal(15, out string text) ? text : value.ToString();

    /// <summary>The experiment file.</summary>
    public static string Yaml(BooleanDesign d)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {d.Function}, for the inputs {string.Join(", ", d.Function.Variables)}\n");
        text.Append(CultureInfo.InvariantCulture, $"network: {d.Model.Network}\nweights:\n");
        foreach ((string name, ParameterValues values) in d.Weights)
        {
            IReadOnlyList<int> sizes = d.Model.Network.Parameter(name).Parameter.Sizes;
            string[] numbers = [.. Enumerable.Range(0, values.Length).Select(i => Number(values.Exact(i)!.Value))];
            int width = sizes[^1];
            string list =
                sizes.Count == 1
                    ? $"[{string.Join(", ", numbers)}]"
                    : $"[{string.Join(", ", numbers.Chunk(width).Select(row => $"[{string.Join(", ", row)}]"))}]";
            text.Append(CultureInfo.InvariantCulture, $"  {name}: {list}\n");
        }
        IEnumerable<string> rows = d
            .Table.Rows.Take(MostRowsInFile)
            .Select(row => $"[{string.Join(", ", row.Input.Select(bit => bit ? 1 : 0))}]");
        text.Append(CultureInfo.InvariantCulture, $"input: [{string.Join(", ", rows)}]\n");
        return text.ToString();
    }
}
