using System.Globalization;
using Longhand.Experiments;
using Longhand.Experiments.Reports;

namespace Longhand.Cli.Commands;

/// <summary>What a training run has reached, in words for someone who sees their first one.</summary>
internal sealed class Verdict(Page page, Experiment experiment, ExperimentData data, TrainingResult result)
{
    // Differences that chance alone makes of a few hundred examples are not worth a word.
    private const double LearnedNothing = 0.03,
        LargeGap = 0.1;

    private const int MostTyped = 8;

    private readonly IReadOnlyList<string> findings = Findings.Of(result, result.Model.Training!);

    // What the model is worth: it may have gone back to an earlier epoch than the last.
    private readonly EpochReport end = result.Final;

    /// <param name="model">Where the model has been written; null where it has not.</param>
    /// <param name="run">The folder of the run; null where it has none.</param>
    /// <param name="files">Sentences about other files that were written.</param>
    public void Write(string? model, string? run, IReadOnlyList<string> files)
    {
        page.Line();
        int epochs = result.History[^1].Epoch;
        if (result.Stopped == StopReason.NotFinite)
        {
            page.Warning($"Stopped in epoch {epochs}: the loss is not a number any more.");
            Files(files);
            return;
        }
        page.Line(
            $"{(result.Stopped == StopReason.Cancelled ? "Cancelled in epoch" : "Done:")} {(result.Stopped == StopReason.Cancelled ? epochs : Words.Count(epochs, "epoch"))} "
                + $"in {Words.Time(result.Seconds)}, {Words.Count((long)result.SamplesPerSecond)} examples a second."
        );
        if (end.Train?.Accuracy is not null)
            Classes();
        else
            Values();
        foreach (string sentence in findings)
            page.Warning(sentence);
        foreach (string sentence in DeadUnits.Find(result.Model, data.Train))
            page.Warning(sentence);
        if (run is not null)
            page.Line($"Run: {run}");
        if (model is not null)
        {
            page.Line($"Model: {model}");
            if (Next(model) is { } command)
                page.Line($"Go on with: longhand {command}");
        }
        else
            page.Line("Add --model FILE to keep what it has learned.");
        Files(files);
    }

    // A command that does something as it stands: the first example where it fits into a line, otherwise all data.
    private string? Next(string model)
    {
        DataSet examples = data.Measured.Test ?? data.Measured.Train;
        if (experiment.FeatureList is null && examples.InputShape is { IsImage: false, Length: <= MostTyped })
            return $"predict {model} --input \"{string.Join(", ", examples[0].Input.Select(value => value.ToString("G4", CultureInfo.InvariantCulture)))}\"";
        return experiment.DataText is { } text ? $"evaluate {model} --data '{text}'" : null;
    }

    private void Files(IReadOnlyList<string> files)
    {
        foreach (string sentence in files)
            page.Line(sentence);
    }

    private void Classes()
    {
        (Measurement Measured, DataSet Set)? unseen = end.Test is { } test ? (test, data.Test!) : null;
        double known = end.Train!.Accuracy!.Value;
        if (unseen is not { } of)
        {
            page.Strong(
                $"Of the {Words.Count(data.Train.Count, "example")} that it learned from it gets {Share(known, data.Train.Count)} right."
            );
            page.Line("None was kept aside, so nothing says how it would do with others.");
            return;
        }
        double accuracy = of.Measured.Accuracy!.Value;
        (double usual, string name) = Commonest(of.Set);
        page.Strong($"Of the {Words.Count(of.Set.Count, "example")} that it has not seen it gets {Share(accuracy, of.Set.Count)} right.");
        page.Line(
            $"Always saying \"{name}\" would get {Words.Percent(usual)}; of the examples that it learned from it gets {Words.Percent(known)}."
        );
        if (accuracy < usual + LearnedNothing)
            page.Warning("So far that is no better than guessing: try more epochs, another learning rate, or a hidden layer.");
        else if (known - accuracy > LargeGap && findings.Count == 0)
            page.Warning(
                "It knows its own examples much better than new ones (overfitting): more data, fewer units or a regularization may help."
            );
    }

    private void Values()
    {
        double? before = (result.History[0].Test ?? result.History[0].Train)?.Loss;
        (Measurement? Measured, DataSet Set, string Which) of = end.Test is not null
            ? (end.Test, data.Test!, "that it has not seen")
            : (end.Train, data.Train, "that it learned from");
        if (of.Measured is null)
            return;
        page.Strong(
            $"On the {Words.Count(of.Set.Count, "example")} {of.Which} the loss is {Words.Loss(of.Measured.Loss)}"
                + (before is { } was ? $"; before training it was {Words.Loss(was)}." : ".")
        );
        if (Findings.Errors(result.Model.Evaluate(of.Set)) is { } errors)
            page.Line(errors);
    }

    private static string Share(double accuracy, int count) =>
        $"{Words.Count((long)Math.Round(accuracy * count))} ({Words.Percent(accuracy)})";

    private static (double Share, string Name) Commonest(DataSet set)
    {
        (int label, int count) = set.Classes().CountBy(label => label).MaxBy(pair => pair.Value);
        return ((double)count / set.Count, set.ClassNames[label]);
    }
}
