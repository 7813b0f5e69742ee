using System.Text.Json.Nodes;

namespace Longhand.Playground.Questions;

/// <summary>What the network says of some of the examples, beside what would be right.</summary>
internal sealed class PredictionsQuestion : Question
{
    private const int MostRows = 100;

    public override string Name => "predictions";

    public override IReadOnlyList<string> Arguments { get; } = ["part", "from", "count"];

    public override JsonObject Answer(Asked asked)
    {
        Setup setup = asked.Moment.Setup;
        ShownExamples examples =
            setup.Examples ?? throw new LonghandException("predictions: images are asked about by classify and confusion.");
        (DataSet Set, string Name)[] parts = [.. examples.Parts];
        string part = asked.Word("part", parts[^1].Name, [.. parts.Select(p => p.Name)]);
        DataSet raw = parts.First(p => p.Name == part).Set,
            data = part switch
            {
                "train" => setup.Data.Train,
                "validation" => setup.Data.Validation!,
                _ => setup.Data.Test!,
            };
        int from = Math.Min(asked.Whole("from", 0, Limits.Examples, 0), Math.Max(0, raw.Count - 1)),
            count = Math.Min(asked.Whole("count", 1, MostRows, 10), raw.Count - from);
        var model = new Model(setup.Network, asked.Moment.State.Values);
        var input = new float[setup.Network.Input.Length];
        var rows = new JsonArray();
        for (int i = from; i < from + count; i++)
        {
            data.CopyInput(i, input);
            rows.Add(Row(setup, raw[i], model.Predict(input)));
        }
        return new JsonObject
        {
            ["part"] = part,
            ["parts"] = new JsonArray([.. parts.Select(p => (JsonNode)new JsonObject { ["name"] = p.Name, ["count"] = p.Set.Count })]),
            ["from"] = from,
            ["rows"] = rows,
        };
    }

    // What is no finite number is null.
    private static JsonObject Row(Setup setup, Example example, float[] output)
    {
        static JsonArray Numbers(IEnumerable<double> numbers) => new([.. numbers.Select(n => double.IsFinite(n) ? (JsonNode?)n : null)]);
        var row = new JsonObject { ["input"] = Numbers(example.Input), ["output"] = Numbers(output.Select(o => (double)o)) };
        if (example.Class is not { } label)
        {
            row["target"] = Numbers(example.Target);
            return row;
        }
        row["class"] = label;
        if (output.Any(o => !float.IsFinite(o)))
            return row;
        row["decided"] = setup.Targets.Decide(output);
        if (output.Length > 1)
        {
            var shares = new float[output.Length];
            setup.Shares.Of(output, shares);
            row["shares"] = Numbers(shares.Select(s => (double)s));
        }
        return row;
    }
}
