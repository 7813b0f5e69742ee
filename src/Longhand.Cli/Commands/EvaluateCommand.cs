using System.CommandLine;
using System.Text.Json;
using Longhand.Experiments;
using Longhand.Experiments.Reports;

namespace Longhand.Cli.Commands;

/// <summary><c>evaluate MODEL --data …</c>: how a trained model does on data.</summary>
internal static class EvaluateCommand
{
    private const int MostClasses = 20;

    public static Command Create(Session session)
    {
        Argument<string[]> file = ModelOptions.Model();
        Option<string?> data = ModelOptions.Data();
        var command = new Command("evaluate", "Measures a trained model on data.") { file, data };
        command.SetAction(parsed =>
            session.Run(
                parsed,
                () =>
                {
                    Model model = Model.Load(Operands.One(parsed, file, "a model file", Examples.First("evaluate")));
                    string text =
                        parsed.GetValue(data)
                        ?? throw new LonghandException($"evaluate needs --data, for example: {Examples.First("evaluate")}");
                    DataSet examples = ModelOptions.Load(model, text);
                    Evaluation evaluation = model.Evaluate(examples);
                    if (session.IsJson)
                        session.WriteJson(json => Write(json, examples, evaluation));
                    else
                        Write(session.NewPage(), examples, evaluation);
                    return 0;
                }
            )
        );
        return command;
    }

    private static void Write(Utf8JsonWriter json, DataSet data, Evaluation evaluation)
    {
        json.WriteStartObject();
        json.Real("loss", evaluation.Loss);
        if (evaluation.Accuracy is { } accuracy)
            json.Real("accuracy", accuracy);
        if (evaluation.Confusion is { } confusion)
        {
            json.WritePropertyName("confusion");
            json.Nested([confusion.GetLength(0), confusion.GetLength(1)], i => json.WriteNumberValue(At(confusion, i)));
        }
        if (evaluation.Scores.Count > 0)
        {
            json.WriteStartArray("scores");
            foreach ((int label, ClassScore score) in evaluation.Scores.Index())
            {
                json.WriteStartObject();
                json.WriteString("class", Name(evaluation, label));
                Optional(json, "precision", score.Precision);
                Optional(json, "recall", score.Recall);
                Optional(json, "f1", score.F1);
                json.WriteNumber("support", score.Support);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            Optional(json, "macroPrecision", evaluation.MacroPrecision);
            Optional(json, "macroRecall", evaluation.MacroRecall);
            Optional(json, "macroF1", evaluation.MacroF1);
        }
        if (evaluation.MeanAbsoluteError is { } error)
        {
            json.Real("meanAbsoluteError", error);
            Optional(json, "r2", evaluation.R2, "the targets are all the same");
        }
        json.WriteNumber("examples", data.Count);
        json.Strings("classes", evaluation.ClassNames);
        json.WriteEndObject();
    }

    private static void Write(Page page, DataSet data, Evaluation evaluation)
    {
        page.Strong(
            evaluation.Accuracy is { } accuracy
                ? $"Of the {Words.Count(data.Count, "example")} of {data.Name} it gets {Words.Count((long)Math.Round(accuracy * data.Count))} ({Words.Percent(accuracy)}) right."
                : $"On the {Words.Count(data.Count, "example")} of {data.Name} the loss is {Words.Loss(evaluation.Loss)}."
        );
        if (Findings.Errors(evaluation) is { } errors)
            page.Line(errors);
        if (evaluation.Confusion is not { } confusion)
            return;
        page.Line($"The loss is {Words.Loss(evaluation.Loss)}.");
        int classes = Math.Min(confusion.GetLength(0), MostClasses);
        if (classes < confusion.GetLength(0))
            page.Line($"The first {classes} classes:");
        page.Table(
            ["is \\ taken for", .. Enumerable.Range(0, classes).Select(c => Name(evaluation, c) + ">"), "precision>", "recall>", "F1>"],
            Enumerable.Range(0, classes).Select(row => Row(evaluation, confusion, row, classes)).Append(Macro(evaluation, classes))
        );
    }

    private static void Optional(Utf8JsonWriter json, string name, double? value, string reason = "no example to count")
    {
        if (value is { } number)
        {
            json.Real(name, number);
            return;
        }
        json.WriteNull(name);
        json.WriteString(name + "Reason", reason);
    }

    private static string[] Row(Evaluation evaluation, int[,] confusion, int row, int classes)
    {
        ClassScore score = evaluation.Scores[row];
        return
        [
            Name(evaluation, row),
            .. Enumerable.Range(0, classes).Select(c => Words.Count(confusion[row, c])),
            Share(score.Precision),
            Share(score.Recall),
            Share(score.F1),
        ];
    }

    private static string[] Macro(Evaluation evaluation, int classes) =>
        [
            "mean",
            .. Enumerable.Repeat("", classes),
            Share(evaluation.MacroPrecision),
            Share(evaluation.MacroRecall),
            Share(evaluation.MacroF1),
        ];

    private static string Share(double? share) => share is { } number ? Words.Percent(number) : "";

    private static int At(int[,] table, int flat) => table[flat / table.GetLength(1), flat % table.GetLength(1)];

    private static string Name(Evaluation evaluation, int label) =>
        label < evaluation.ClassNames.Count ? evaluation.ClassNames[label] : $"class {label}";
}
