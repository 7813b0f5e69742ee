using System.Text.Json.Nodes;

namespace Longhand.Playground.Questions;

/// <summary>
/// How the present network does on both sets: for classes accuracy, confusion, precision, recall and F1; for values the mean absolute error,
/// the root of the mean square and R². With the class
/// of each example and the one that it was taken for, those of training first, as the page has them.
/// </summary>
internal sealed class MetricsQuestion : Question
{
    public override string Name => "metrics";

    public override IReadOnlyList<string> Arguments { get; } = [];

    public override JsonObject Answer(Asked asked)
    {
        Setup setup = asked.RequireUnits();
        var model = new Model(setup.Network, asked.Moment.State.Values);
        var answer = new JsonObject();
        JsonArray found = [],
            truth = [];
        foreach ((string name, DataSet? data) in ((string, DataSet?)[])[("train", setup.Data.Train), ("test", setup.Data.Test)])
            if (data is not null)
            {
                answer[name] = Of(setup, model, data, found);
                for (int i = 0; i < data.Count && data.HasClasses; i++)
                    truth.Add(data.Class(i));
            }
        if (setup.Data.Train.HasClasses)
            (answer["truth"], answer["found"]) = (truth, found);
        return answer;
    }

    private static JsonObject Of(Setup setup, Model model, DataSet data, JsonArray found)
    {
        Evaluation evaluation = model.Evaluate(data, setup.Experiment.Loss);
        double squares = Outputs(setup, model, data, found);
        var of = new JsonObject { ["examples"] = data.Count, ["loss"] = Json.Number(evaluation.Loss) };
        if (evaluation.Confusion is not { } confusion)
        {
            of["mae"] = Json.Number(evaluation.MeanAbsoluteError);
            of["rmse"] = Json.Number(Math.Sqrt(squares / data.Count / setup.Network.Output.Length));
            of["r2"] = Json.Number(evaluation.R2);
            return of;
        }
        int classes = confusion.GetLength(0);
        of["accuracy"] = Json.Number(evaluation.Accuracy);
        of["macro"] = new JsonObject
        {
            ["precision"] = Json.Number(evaluation.MacroPrecision),
            ["recall"] = Json.Number(evaluation.MacroRecall),
            ["f1"] = Json.Number(evaluation.MacroF1),
        };
        of["classes"] = new JsonArray([
            .. evaluation.Scores.Select(
                (score, i) =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["name"] = i < evaluation.ClassNames.Count ? evaluation.ClassNames[i] : $"{i}",
                            ["precision"] = Json.Number(score.Precision),
                            ["recall"] = Json.Number(score.Recall),
                            ["f1"] = Json.Number(score.F1),
                            ["support"] = score.Support,
                        }
            ),
        ]);
        of["confusion"] = new JsonArray([
            .. Enumerable
                .Range(0, classes)
                .Select(truth =>
                    (JsonNode)new JsonArray([.. Enumerable.Range(0, classes).Select(taken => (JsonNode)confusion[truth, taken])])
                ),
        ]);
        return of;
    }

    // What each example was taken for; returns the sum of the squares of all errors.
    private static double Outputs(Setup setup, Model model, DataSet data, JsonArray found)
    {
        int inputs = (int)data.InputShape.Length,
            outputs = (int)setup.Network.Output.Length;
        var input = new float[data.Count * inputs];
        var output = new float[data.Count * outputs];
        for (int i = 0; i < data.Count; i++)
            data.CopyInput(i, input.AsSpan(i * inputs, inputs));
        model.Predict(input, output);
        var targets = new Targets(setup.Network, setup.Experiment.Loss!, data);
        double squares = 0;
        for (int i = 0; i < data.Count; i++)
        {
            ReadOnlySpan<float> row = output.AsSpan(i * outputs, outputs);
            if (data.HasClasses)
            {
                found.Add(targets.Decide(row));
                continue;
            }
            ReadOnlySpan<double> wanted = targets.Row(data, i);
            for (int j = 0; j < outputs; j++)
                squares += (row[j] - wanted[j]) * (row[j] - wanted[j]);
        }
        return squares;
    }
}
