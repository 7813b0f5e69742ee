using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Longhand.Experiments;

namespace Longhand.Cli.Commands;

/// <summary><c>predict MODEL --input …</c>: the outputs of a trained model.</summary>
internal static class PredictCommand
{
    private const int MostShown = 100,
        MostOutputs = 12;

    public static Command Create(Session session)
    {
        Argument<string[]> file = ModelOptions.Model();
        var input = new Option<string?>("--input")
        {
            Description = "numbers with commas between them, or [[…], …] for several examples",
            HelpName = "NUMBERS",
        };
        Option<string?> data = ModelOptions.Data();
        var command = new Command("predict", "Asks a trained model.") { file, input, data };
        command.SetAction(parsed =>
            session.Run(
                parsed,
                () =>
                {
                    Model model = Model.Load(Operands.One(parsed, file, "a model file", Examples.First("predict")));
                    (List<float[]> rows, bool isBatch) = (parsed.GetValue(input), parsed.GetValue(data)) switch
                    {
                        ({ } numbers, null) => Numbers(model, numbers),
                        (null, { } text) => (Rows(ModelOptions.Load(model, text)), true),
                        (null, null) => throw new LonghandException(
                            $"predict needs --input or --data, for example: {Examples.First("predict")}"
                        ),
                        _ => throw new LonghandException("predict takes --input or --data, not both."),
                    };
                    List<float[]> outputs = [.. rows.Select(row => model.Predict(row))];
                    if (session.IsJson)
                        session.WriteJson(json => Write(json, model, outputs, isBatch));
                    else
                        Write(session.NewPage(), model, outputs);
                    return 0;
                }
            )
        );
        return command;
    }

    private static (List<float[]>, bool) Numbers(Model model, string text)
    {
        Entry entry = OneLine.Value("--input", text, isNumbers: true);
        NumberBatch batch;
        if (model.Features.Count == 0)
            batch = InputEntry.Read(entry, model.Network.Input);
        else
        {
            int columns = model.InputNames.Count > 0 ? model.InputNames.Count : InputEntry.Columns(entry);
            FeatureMap features = ModelOptions.Features(model, columns);
            batch = InputEntry.Read(entry, [columns]);
            batch = batch with { Rows = [.. batch.Rows.Select(row => features.Apply(row))] };
        }
        return ([.. batch.Rows.Select(row => Array.ConvertAll(row, number => (float)number))], batch.IsBatch);
    }

    private static List<float[]> Rows(DataSet data)
    {
        var rows = new List<float[]>();
        for (int i = 0; i < data.Count; i++)
        {
            var row = new float[data.InputShape.Length];
            data.CopyInput(i, row);
            rows.Add(row);
        }
        return rows;
    }

    private static void Write(Utf8JsonWriter json, Model model, List<float[]> outputs, bool isBatch)
    {
        json.WriteStartObject();
        json.WritePropertyName("output");
        int[] sizes = model.Network.Output.MemoryOrder();
        if (isBatch)
            json.WriteStartArray();
        foreach (float[] output in outputs)
            json.Nested(sizes, i => json.Single(output[i]));
        if (isBatch)
            json.WriteEndArray();
        string[] classes =
        [
            .. outputs.Select(output => ModelOptions.ClassOf(model, output)).OfType<int>().Select(label => ModelOptions.Name(model, label)),
        ];
        if (classes.Length == outputs.Count && isBatch)
            json.Strings("class", classes);
        else if (classes.Length == outputs.Count)
            json.WriteString("class", classes[0]);
        json.WriteEndObject();
    }

    private static void Write(Page page, Model model, List<float[]> outputs)
    {
        string Outputs(float[] output) =>
            string.Join("  ", output.Take(MostOutputs).Select(value => value.ToString("G6", CultureInfo.InvariantCulture)))
            + (output.Length > MostOutputs ? "  …" : "");
        bool hasClasses = outputs.Count > 0 && ModelOptions.ClassOf(model, outputs[0]) is not null;
        page.Table(
            hasClasses ? ["example>", "outputs", "class"] : ["example>", model.Network.Output.Length == 1 ? "output>" : "outputs"],
            outputs
                .Take(MostShown)
                .Select(
                    (output, i) =>
                        ModelOptions.ClassOf(model, output) is { } label
                            ? (string[])[$"{i + 1}", Outputs(output), ModelOptions.Name(model, label)]
                            : [$"{i + 1}", Outputs(output)]
                )
        );
        if (outputs.Count > MostShown)
            page.Line($"… and {Words.Count(outputs.Count - MostShown)} more; --json writes them all.");
    }
}
