using System.Text.Json;
using Longhand.Analysis;
using Longhand.Layers;
using Longhand.Numbers;

namespace Longhand.Experiments.Reports;

/// <summary>A summary as the JSON of <c>longhand summary --json</c>, which is the playground's answer, too.</summary>
internal static class SummaryJson
{
    /// <summary>A summary in numbers.</summary>
    public static void Write(Utf8JsonWriter json, Summary summary, IReadOnlyList<NetworkWarning> warnings)
    {
        Network network = summary.Network;
        json.WriteStartObject();
        json.Shape("input", network.Input);
        json.WriteStartArray("layers");
        foreach (LayerSummary layer in summary.Layers)
            Write(json, layer, network.Input);
        json.WriteEndArray();
        json.WriteNumber("parameters", network.ParameterCount);
        json.WriteNumber("macs", summary.Multiplications);
        json.WriteStartObject("memory");
        json.WriteNumber("parameters", summary.Memory.Parameters);
        json.WriteNumber("forward", summary.Memory.Forward);
        json.WriteNumber("stored", summary.Memory.Stored);
        json.WriteNumber("optimizer", summary.Memory.Optimizer);
        json.WriteNumber("storedByCourse", summary.MemoryFormula.StoredByCourse.ToInt64());
        json.WriteEndObject();
        Write(json, warnings);
        json.WriteEndObject();
    }

    /// <summary>The field "warnings".</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<NetworkWarning> warnings)
    {
        json.WriteStartArray("warnings");
        foreach (NetworkWarning warning in warnings)
        {
            json.WriteStartObject();
            json.WriteString("code", warning.Code);
            json.WriteString("layer", warning.Layer);
            json.WriteString("message", warning.Message);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, LayerSummary layer, Shape input)
    {
        json.WriteStartObject();
        json.WriteString("name", layer.Node.Name);
        json.WriteString("kind", layer.Node.Layer.Kind);
        json.Shape("output", layer.Node.Output);
        json.WriteNumber("parameters", layer.Parameters);
        json.WriteNumber("weights", layer.Weights);
        json.WriteNumber("biases", layer.Biases);
        json.WriteNumber("macs", layer.Multiplications);
        // A vector sees the whole image, and has no neighbours that look elsewhere; of a vector there is no field at all.
        Pair(json, "receptiveField", layer.Field, axis => axis.Size, input.IsImage ? (input.Height, input.Width) : null);
        Pair(json, "jump", layer.Field, axis => axis.Jump, null);
        Pair(json, "start", layer.Field, axis => axis.Start, input.IsImage ? (0, 0) : null);
        json.WriteNumber("outputBytes", layer.OutputBytes);
        json.Strings("stored", layer.Stored);
        json.WriteEndObject();
    }

    private static void Pair(
        Utf8JsonWriter json,
        string name,
        ReceptiveField? field,
        Func<FieldAxis, long> number,
        (long Rows, long Columns)? ofVector
    )
    {
        if ((field is null ? ofVector : (number(field.Rows), number(field.Columns))) is not var (rows, columns))
        {
            json.WriteNull(name);
            return;
        }
        json.WriteStartArray(name);
        json.WriteNumberValue(rows);
        json.WriteNumberValue(columns);
        json.WriteEndArray();
    }

    /// <summary>A summary in letters, and behind it the numbers that it comes to where they are given.</summary>
    /// <param name="json">Where one object is written.</param>
    /// <param name="formulas">The summary of the network as it is written.</param>
    /// <param name="putIn">The summary with numbers in place of letters; null where none were given.</param>
    /// <param name="numbers">The numbers.</param>
    /// <param name="warnings">What is to be said beside it.</param>
    public static void Write(
        Utf8JsonWriter json,
        Summary formulas,
        Summary? putIn,
        IReadOnlyDictionary<string, int> numbers,
        IReadOnlyList<NetworkWarning> warnings
    )
    {
        json.WriteStartObject();
        json.Strings("letters", formulas.Letters());
        Sizes(json, "input", formulas.Network.Input);
        json.WriteStartArray("layers");
        foreach (LayerSummary layer in formulas.Layers)
        {
            json.WriteStartObject();
            json.WriteString("name", layer.Node.Name);
            json.WriteString("kind", layer.Node.Layer.Kind);
            Sizes(json, "output", layer.Node.Output);
            Formula(json, "parameters", layer.ParameterFormula);
            Formula(json, "weights", layer.WeightFormula);
            Formula(json, "biases", layer.BiasFormula);
            Formula(json, "macs", layer.MultiplicationFormula);
            Formula(json, "outputBytes", layer.OutputByteFormula);
            json.Strings("stored", layer.Stored);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Formula(json, "parameters", formulas.ParameterFormula);
        Formula(json, "macs", formulas.MultiplicationFormula);
        json.WriteStartObject("memory");
        Formula(json, "parameters", formulas.MemoryFormula.Parameters);
        Formula(json, "forward", formulas.MemoryFormula.Forward);
        Formula(json, "stored", formulas.MemoryFormula.Stored);
        Formula(json, "optimizer", formulas.MemoryFormula.Optimizer);
        Formula(json, "storedByCourse", formulas.MemoryFormula.StoredByCourse);
        json.WriteEndObject();
        Write(json, warnings);
        if (putIn is not null)
        {
            json.WriteStartObject("set");
            foreach ((string letter, int number) in numbers)
                json.WriteNumber(letter, number);
            json.WriteEndObject();
            json.WritePropertyName("numbers");
            if (putIn.Network.HasLetters)
                Write(json, putIn, null, numbers, warnings);
            else
                Write(json, putIn, warnings);
        }
        json.WriteEndObject();
    }

    /// <summary>The letters among its sizes, in the order in which they come up.</summary>
    public static string[] Letters(this Summary summary) =>
        [
            .. Enumerable
                .Range(0, summary.Network.Nodes.Count + 1)
                .Select(summary.Network.ShapeOf)
                .SelectMany(shape => Enumerable.Range(0, shape.Rank).SelectMany(i => shape.Size(i).Formula.Letters))
                .Distinct(),
        ];

    private static void Formula(Utf8JsonWriter json, string name, Polynomial formula)
    {
        if (formula.Number is null)
            json.WriteString(name, formula.ToString());
        else
            json.WriteNumber(name, formula.ToInt64());
    }

    private static void Sizes(Utf8JsonWriter json, string name, Shape shape)
    {
        json.WriteStartArray(name);
        for (int i = 0; i < shape.Rank; i++)
            if (shape.Size(i).HasLetters)
                json.WriteStringValue(shape.Size(i).ToString());
            else
                json.WriteNumberValue(shape[i]);
        json.WriteEndArray();
    }
}
