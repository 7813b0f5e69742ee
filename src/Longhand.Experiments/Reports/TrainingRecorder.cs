namespace Longhand.Experiments.Reports;

/// <summary>Watches a run for the plots and the report that were asked for, and writes them when it has ended.</summary>
internal sealed class TrainingRecorder
{
    private readonly Experiment experiment;
    private readonly string? plots;
    private readonly List<string> pages = [];
    private ParameterHistory? parameters;

    /// <param name="experiment">What will be run.</param>
    /// <param name="plots">The folder of the plots; null for none.</param>
    /// <param name="page">The file of the report; null for none.</param>
    /// <exception cref="LonghandException">Nothing can be written there: better known before the run than after it.</exception>
    public TrainingRecorder(Experiment experiment, string? plots, string? page)
    {
        (this.experiment, this.plots) = (experiment, plots);
        if (plots is not null)
        {
            TrainingPlots.Prepare(plots);
            parameters = new ParameterHistory(experiment.Network);
        }
        if (page is not null)
        {
            TrainingPage.Prepare(page);
            AddPage(page);
        }
    }

    /// <summary>Asks for one more page, in a folder that is there; before the run begins.</summary>
    public void AddPage(string page)
    {
        parameters ??= new ParameterHistory(experiment.Network);
        pages.Add(page);
    }

    /// <summary>What is to be called after each epoch; null where nothing is to be kept.</summary>
    public Action<EpochReport>? OnEpoch => parameters is null ? null : parameters.Add;

    /// <summary>Writes what was asked for.</summary>
    /// <returns>A sentence for a person about each thing that was written.</returns>
    /// <exception cref="LonghandException">A file cannot be written.</exception>
    public IReadOnlyList<string> Finish(ExperimentData data, TrainingResult result)
    {
        if (parameters is null)
            return [];
        var run = new TrainingRun(experiment, data.Measured, result, parameters);
        var sentences = new List<string>();
        if (plots is not null)
            sentences.Add($"Plots in {plots}: {string.Join(", ", TrainingPlots.Write(run, plots))} (each as .svg and .png).");
        foreach (string page in pages)
        {
            TrainingPage.Write(run, page);
            sentences.Add($"Report: {page}");
        }
        return sentences;
    }
}
