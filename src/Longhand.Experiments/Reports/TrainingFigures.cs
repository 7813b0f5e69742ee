using Longhand.Experiments.Plots;

namespace Longhand.Experiments.Reports;

/// <summary>Every figure that can be drawn of a run, by the name of its file.</summary>
internal static class TrainingFigures
{
    /// <summary>The figures, each with the name that its file has without an ending.</summary>
    public static IReadOnlyList<(string File, Figure Figure)> Of(TrainingRun run)
    {
        var figures = new List<(string, Figure)>();
        var names = new FileNames();
        void Add(string name, Figure? figure)
        {
            if (figure is not null)
                figures.Add((names.Of(name), figure));
        }
        Add("loss", CurveFigures.Loss(run));
        Add("accuracy", CurveFigures.Accuracy(run));
        Add("learning-rate", CurveFigures.LearningRate(run));
        // A run that left the finite numbers has no outcome that could be drawn.
        if (run.Result.Stopped != StopReason.NotFinite)
        {
            Add("regions", PlaneFigures.Regions(run));
            Add("output", PlaneFigures.Surface(run));
            Add("curve", PlaneFigures.Curve(run));
            Add("predictions", PredictionFigures.Predictions(run));
            Add("confusion", PredictionFigures.Confusion(run));
            Add("filters", ImageFigures.Filters(run));
            Add("feature-maps", ImageFigures.FeatureMaps(run));
        }
        foreach ((string name, Chart figure) in ParameterFigures.Of(run))
            Add(name, figure);
        return figures;
    }
}
