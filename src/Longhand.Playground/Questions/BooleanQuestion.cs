using System.Numerics;
using System.Text.Json.Nodes;
using Longhand.Analysis;
using Longhand.Experiments;
using Longhand.Numbers;
using Longhand.Working;

namespace Longhand.Playground.Questions;

/// <summary>
/// A Boolean function, a network for it (designed, or with weights that were set by hand), the network's own truth table beside the
/// function's, and where its units draw their borders; with <c>row</c> how that row is worked out.
/// </summary>
internal sealed class BooleanQuestion : Question
{
    // The borders are drawn a little beyond the corners 0 and 1.
    private const double Low = -0.5,
        High = 1.5;

    // In space less far, or the planes hide the cube.
    private const double Beyond = 0.15;

    private const int Side = 90;

    public override string Name => "boolean";

    public override IReadOnlyList<string> Arguments { get; } = ["f", "table", "units", "single", "weights", "row"];

    public override JsonObject Answer(Asked asked)
    {
        BooleanFunction function = Function(asked);
        int n = function.Variables.Count;
        var units = Enum.Parse<DesignUnits>(asked.Word("units", "step", "step", "relu", "sigmoid"), ignoreCase: true);
        bool single = asked.Truth("single");
        Inseparability? proof = Separability.Decide(function.Table).Proof;
        BooleanDesign? design = single && proof is not null ? null : BooleanDesign.Of(function, units);
        BooleanUnits network =
            asked.Has("weights") ? BooleanUnits.Read(asked, "weights", n, units)
            : design is null ? BooleanUnits.Single(n, units)
            : BooleanUnits.Of(design);
        var table = TruthTable.Of(network.Model, null, function.Variables);
        if (asked.Has("row"))
            return new() { ["lines"] = Working(network.Model, table, asked.Whole("row", 0, table.Rows.Count - 1)) };
        string expression = function.Expression() ?? "";
        return new()
        {
            ["variables"] = Texts(function.Variables),
            ["table"] = string.Concat(function.Table.Select(value => value ? '1' : '0')),
            ["expression"] = expression,
            ["named"] = DesignWords.Named(function),
            ["separable"] = proof is null,
            ["proof"] = Texts(proof is null ? [] : DesignWords.Proof(function, proof)),
            ["explanation"] = Texts(asked.Has("weights") || design is null ? [] : design.Explanation),
            ["designed"] = design is not null && !asked.Has("weights"),
            ["network"] = network.Model.Network.ToString(),
            ["units"] = Texts(DesignWords.Units(network.Model.Network, network.Weights, function.Variables).Skip(1)),
            ["weights"] = network.Text,
            ["rule"] = DesignWords.Rule(table),
            ["computes"] = DesignWords.Named(table.Functions[0]),
            ["hidden"] = Texts(table.HiddenNames),
            ["rows"] = new JsonArray([.. table.Rows.Select((row, r) => (JsonNode)Row(row, function.Table[r]))]),
            ["borders"] = n is 2 or 3 ? Borders(network) : null,
            ["region"] = n == 2 ? Convert.ToBase64String(Region(network.Model, table)) : null,
            ["side"] = Side,
            ["file"] = DesignWords.Yaml(function, network.Model.Network, network.Weights),
        };
    }

    private static BooleanFunction Function(Asked asked)
    {
        if (asked.Has("f"))
        {
            var expression = BooleanExpression.Parse(asked.Text("f"));
            return expression.Variables.Count is > 0 and <= Limits.BooleanVariables
                ? new(expression.Variables, expression.Table())
                : throw asked.Wrong(
                    "f",
                    $"there are {expression.Variables.Count} variables; from 1 to {Limits.BooleanVariables} can be drawn."
                );
        }
        string bits = asked.Text("table");
        int inputs = BitOperations.Log2((uint)Math.Max(1, bits.Length));
        if (bits.AsSpan().ContainsAnyExcept('0', '1') || bits.Length != 1 << inputs || inputs is 0 or > Limits.BooleanVariables)
            throw asked.Wrong("table", $"a 0 or 1 for each row is needed, 2, 4, 8 or {1 << Limits.BooleanVariables} of them, as in 0110.");
        return new([.. Enumerable.Range(0, inputs).Select(i => ((char)('A' + i)).ToString())], [.. bits.Select(bit => bit == '1')]);
    }

    private static JsonObject Row(TruthRow row, bool wanted) =>
        new()
        {
            ["input"] = new JsonArray([.. row.Input.Select(bit => (JsonNode)(bit ? 1 : 0))]),
            ["hidden"] = new JsonArray([.. row.Hidden.Select(value => (JsonNode)value)]),
            ["value"] = row.Values[0],
            ["output"] = row.Outputs[0] ? 1 : 0,
            ["wanted"] = wanted ? 1 : 0,
            ["onThreshold"] = row.OnThreshold,
        };

    // Of each unit of the first layer where its sum is 0, and the way to where it is above.
    private static JsonArray Borders(BooleanUnits network) =>
        new([
            .. network
                .Layers[0]
                .Select(unit =>
                {
                    double[] weights = [.. unit[..^1].Select(w => (double)w)];
                    return (JsonNode)
                        new JsonArray([
                            .. HalfPlane
                                .Border(
                                    weights,
                                    (double)unit[^1],
                                    weights.Length == 2 ? Low : -Beyond,
                                    weights.Length == 2 ? High : 1 + Beyond
                                )
                                .Select(point => (JsonNode)new JsonArray([.. point.Select(x => (JsonNode)x)])),
                        ]);
                }),
        ]);

    // Where the output is true, from the top row down.
    private static byte[] Region(Model model, TruthTable table)
    {
        var bytes = new byte[Side * Side];
        double threshold = (double)table.Threshold;
        for (int r = 0; r < Side; r++)
        for (int c = 0; c < Side; c++)
        {
            float x = (float)(Low + (c + 0.5) * (High - Low) / Side),
                y = (float)(High - (r + 0.5) * (High - Low) / Side);
            bytes[r * Side + c] = model.Predict([x, y])[0] >= threshold ? (byte)1 : (byte)0;
        }
        return bytes;
    }

    // The forward pass as the library writes it, with what its x₁, x₂ stand for before, and the comparison behind.
    private static JsonArray Working(Model model, TruthTable table, int row)
    {
        TruthRow of = table.Rows[row];
        var solution = Solution.Explain(
            model,
            new ExplainRequest
            {
                Inputs =
                [
                    [.. of.Input.Select(bit => (Rational)(bit ? 1 : 0))],
                ],
                Training = false,
            }
        );
        static JsonNode Line(string name, params string[] parts) =>
            new JsonObject { ["name"] = name, ["parts"] = new JsonArray([.. parts.Select(part => (JsonNode)part)]) };
        string value = NumberLine.Number(of.Values[0], Rational.FromDouble(of.Values[0]), 6).Text,
            threshold = NumberLine.Number((double)table.Threshold, table.Threshold, 6).Text;
        return new([
            .. of.Input.Select(
                (bit, i) =>
                    Line(
                        of.Input.Count == 1 ? "x" : new SymbolName("x") { Indices = [i + 1] }.ToString(),
                        $"= {table.Inputs[i]}",
                        bit ? "= 1" : "= 0"
                    )
            ),
            .. solution.Steps.Select(step =>
                DescendQuestion.Line(
                    new(step.Name.ToString(), step.Symbolic, step.Numbers, step.NumbersAreExact, step.Result, step.ResultIsExact)
                )
            ),
            Line("output", of.Outputs[0] ? "= 1" : "= 0", $"since {value} {(of.Outputs[0] ? "≥" : "<")} {threshold}"),
        ]);
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
