using System.Globalization;
using Longhand.Experiments;

namespace Longhand.Experiments.Reports;

/// <summary>What the course of a run says about it: over-fitting, still falling, steps that are too long. A sentence each, with a remedy.</summary>
internal static class Findings
{
    // By how much a loss must differ to be worth a word, and over which share of a run's end it is watched.
    private const double Risen = 1.1,
        Fallen = 0.9,
        FarHigher = 1.5,
        End = 0.1;

    private const int FewestEpochs = 10;

    public static IReadOnlyList<string> Of(TrainingResult result, Training training)
    {
        IReadOnlyList<EpochReport> history = result.History;
        EpochReport last = history[^1];
        if (result.Stopped == StopReason.Early && training.EarlyStopping is { } rule)
            return [Stopped(result, rule)];
        if (last.Epoch == 0 || result.Stopped is StopReason.NotFinite or StopReason.Cancelled)
            return [];
        if (history[0].Train is { } before && last.Train is { } after && after.Loss > FarHigher * before.Loss && after.Loss > before.Loss)
            return
            [
                $"The loss ended higher ({Words.Loss(after.Loss)}) than it began ({Words.Loss(before.Loss)}): the steps are too long. "
                    + $"Try a smaller learning rate (it is {training.Optimizer.LearningRate.ToString(CultureInfo.InvariantCulture)}), "
                    + "or clip: 1.0 among the train settings.",
            ];
        if (OverFitting(history, result) is { } overfitting)
            return [overfitting];
        if (result.RestoredEpoch is { } kept)
            return
            [
                $"The model has the weights of epoch {kept}, where the validation loss was least ({Words.Loss(result.Final.Validation!.Loss)}).",
            ];
        return StillFalling(history) is { } falling ? [falling] : [];
    }

    /// <summary>How far values are off, in words; null where targets are classes.</summary>
    public static string? Errors(Evaluation evaluation) =>
        evaluation.MeanAbsoluteError is not { } error
            ? null
            : $"On average an output is {Words.Loss(error)} away from its target"
                + (evaluation.R2 is { } r2 ? $"; R² is {Words.Loss(r2)} (1 is perfect, 0 no better than always giving the mean)." : ".");

    private static string Stopped(TrainingResult result, EarlyStopping rule)
    {
        string why =
            $"It was stopped after epoch {result.History[^1].Epoch}, {Words.Count(rule.Patience, "epoch")} without a better validation loss.";
        return result.RestoredEpoch is { } best
            ? $"{why} The model has the weights of epoch {best}, where that loss was least ({Words.Loss(result.Final.Validation!.Loss)})."
            : why;
    }

    private static string? OverFitting(IReadOnlyList<EpochReport> history, TrainingResult result)
    {
        EpochReport[] watched = [.. history.Where(report => report.Epoch > 0 && report.Validation is not null)];
        if (watched.Length < FewestEpochs)
            return null;
        EpochReport best = watched.MinBy(report => report.Validation!.Loss)!,
            last = watched[^1];
        if (last.Epoch - best.Epoch < End * watched.Length || last.Validation!.Loss < Risen * best.Validation!.Loss)
            return null;
        string risen =
            $"Since epoch {best.Epoch} the validation loss has risen from {Words.Loss(best.Validation.Loss)} to {Words.Loss(last.Validation.Loss)}: "
            + "it learns its own examples by heart (over-fitting).";
        return result.RestoredEpoch is { } kept
            ? $"{risen} The model has the weights of epoch {kept}."
            : $"{risen} early-stopping: patience=10 among the train settings would keep the best epoch; more data, fewer units or a regularization help too.";
    }

    private static string? StillFalling(IReadOnlyList<EpochReport> history)
    {
        double[] losses = [.. history.Where(report => report.Loss is not null).Select(report => report.Loss!.Value)];
        if (losses.Length < FewestEpochs || history[^1].Train?.Accuracy == 1)
            return null;
        int part = Math.Max(2, (int)(End * losses.Length));
        double end = losses[^part..].Average(),
            before = losses[^(2 * part)..^part].Average();
        return end < Fallen * before ? "The loss was still falling at the end: more epochs may help." : null;
    }
}
