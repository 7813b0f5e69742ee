using System.Text.Json;
using Longhand.Numbers;

namespace Longhand.Working;

/// <summary>A worked solution as JSON: the fields that CONTRACT promises for <c>explain --json</c>.</summary>
internal static class SolutionJson
{
    public static void Write(Solution solution, Utf8JsonWriter json, bool working)
    {
        bool batch = solution.Request.IsBatch;
        Network network = solution.Model.Network;
        json.WriteStartObject();
        Values(json, "output", solution.Output, batch);
        if (solution.Loss is { } loss)
        {
            Number(json, "loss", loss);
            Number(json, "penalty", solution.Penalty);
        }
        json.WriteStartArray("layers");
        foreach ((int i, (Grid<Float64> output, Grid<Float64>? gradient)) in solution.Layers.Index())
        {
            json.WriteStartObject();
            json.WriteString("name", network.Nodes[i].Name);
            json.WriteString("kind", network.Nodes[i].Layer.Kind);
            Values(json, "output", output, batch);
            if (gradient is not null)
                Values(json, "outputGradient", gradient, batch);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (solution.Loss is not null)
        {
            json.WriteStartObject("gradients");
            foreach ((int i, NetworkParameter parameter) in network.Parameters.Index())
                if (parameter.Parameter.Trainable)
                    Values(json, parameter.Name, solution.Gradients[i], batch: true);
            if (solution.InputGradient is { } input)
                Values(json, "input", input, batch);
            json.WriteEndObject();
        }
        json.WriteStartArray("steps");
        foreach ((int i, (double before, IReadOnlyList<Grid<Float64>> parameters)) in solution.Updates.Index())
        {
            json.WriteStartObject();
            json.WriteNumber("step", i + 1);
            Number(json, "loss", before);
            json.WriteStartObject("parameters");
            for (int p = 0; p < parameters.Count; p++)
                Values(json, network.Parameters[p].Name, parameters[p], batch: true);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (working)
            Working(json, solution);
        json.WriteEndObject();
    }

    private static void Working(Utf8JsonWriter json, Solution solution)
    {
        json.WriteStartArray("working");
        foreach (WorkingStep step in solution.Steps)
        {
            json.WriteStartObject();
            json.WriteString("id", step.Id);
            json.WriteString("section", Word(step.Section));
            json.WriteNumber("step", step.Update);
            json.WriteString("key", step.Key);
            json.WriteString("name", step.Name.ToString());
            json.WriteString("rule", step.Rule);
            json.WriteString("symbolic", step.Symbolic);
            json.WriteString("numbers", step.Numbers);
            if (step.Values is { } values)
            {
                Values(json, "value", values, batch: true);
                Values(json, "tolerance", step.Tolerances!, batch: true);
            }
            else
            {
                Number(json, "value", step.Value);
                Number(json, "tolerance", step.Tolerance);
            }
            json.WriteString("line", step.Line);
            if (step.IsShare)
                json.WriteBoolean("isShare", true);
            if (step.Note.Length > 0)
                json.WriteString("note", step.Note);
            json.WriteStartArray("uses");
            foreach (string id in step.Uses)
                json.WriteStringValue(id);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Maps(json, solution);
    }

    // Arrays of which not every number has a line: how many there are, and what they range over.
    private static void Maps(Utf8JsonWriter json, Solution solution)
    {
        json.WriteStartArray("summarised");
        foreach (WorkingBlock block in solution.Blocks)
        {
            if (block.Map is not { } map || block.Worked == block.Total)
                continue;
            json.WriteStartObject();
            json.WriteString("section", Word(block.Section));
            json.WriteNumber("step", block.Update);
            json.WriteString("key", map.Key);
            json.WriteString("name", map.Name.ToString());
            json.WriteStartArray("sizes");
            foreach (int size in map.Sizes)
                json.WriteNumberValue(size);
            json.WriteEndArray();
            json.WriteNumber("worked", block.Worked);
            json.WriteNumber("total", block.Total);
            Number(json, "minimum", map.Least);
            Number(json, "mean", map.Mean);
            Number(json, "maximum", map.Greatest);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static string Word(WorkingSection section) =>
        section switch
        {
            WorkingSection.Forward => "forward",
            WorkingSection.Loss => "loss",
            WorkingSection.Backward => "backward",
            _ => "update",
        };

    // Nested as the sizes are; the batch level is left out where the input had none.
    private static void Values(Utf8JsonWriter json, string name, Grid<Float64> values, bool batch)
    {
        json.WritePropertyName(name);
        int[] sizes = [.. values.Sizes];
        Level(batch || sizes.Length == 0 ? 0 : 1, 0);

        int Level(int depth, int position)
        {
            if (depth == sizes.Length)
            {
                Number(json, values.Flat(position));
                return position + 1;
            }
            json.WriteStartArray();
            for (int i = 0; i < sizes[depth]; i++)
                position = Level(depth + 1, position);
            json.WriteEndArray();
            return position;
        }
    }

    private static void Number(Utf8JsonWriter json, Float64 value)
    {
        if (double.IsFinite(value.Value))
            json.WriteNumberValue(value.Value);
        else
            json.WriteNullValue();
    }

    // JSON knows neither NaN nor infinities: null, with the reason beside it.
    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        Number(json, new Float64(value));
        if (!double.IsFinite(value))
            json.WriteString(name + "Reason", double.IsNaN(value) ? "not a number" : "infinite");
    }
}
