using System.Text.Json;
using Longhand.Analysis;

namespace Longhand.Experiments.Reports;

/// <summary>A linear network as one layer, as the JSON of <c>longhand collapse --json</c>.</summary>
internal static class CollapseJson
{
    /// <summary>Writes one object.</summary>
    public static void Write(Utf8JsonWriter json, Collapse c)
    {
        json.WriteStartObject();
        Matrix("weight", (row, column) => json.WriteStringValue(c.Weight(row, column)));
        Vector("bias", row => json.WriteStringValue(c.Bias(row)));
        json.WriteBoolean("exact", c.IsExact);
        json.WriteNumber("rank", c.Rank);
        if (c.IsNumeric)
        {
            Matrix("weightValues", (row, column) => json.Double(c.WeightValue(row, column)));
            Vector("biasValues", row => json.Double(c.BiasValue(row)));
        }
        json.Shape("input", c.Network.Input);
        json.Shape("output", c.Network.Output);
        json.WriteStartObject("parameters");
        json.WriteNumber("before", c.ParametersBefore);
        json.WriteNumber("after", c.ParametersAfter);
        json.WriteEndObject();
        json.WriteEndObject();

        void Matrix(string name, Action<int, int> write)
        {
            json.WritePropertyName(name);
            json.Nested([c.Outputs, c.Inputs], at => write(at / c.Inputs, at % c.Inputs));
        }

        void Vector(string name, Action<int> write)
        {
            json.WritePropertyName(name);
            json.Nested([c.Outputs], write);
        }
    }
}
