namespace Longhand.Experiments.Reports;

/// <summary>A finished training run, as plots and reports look at it.</summary>
/// <param name="Experiment">What was to be done.</param>
/// <param name="Data">What it was done with, inputs as they were measured: the model scales them.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Parameters">How the parameters moved.</param>
internal sealed record TrainingRun(Experiment Experiment, ExperimentData Data, TrainingResult Result, ParameterHistory Parameters)
{
    private Evaluation? evaluation;

    /// <summary>The network.</summary>
    public Network Network => Result.Model.Network;

    /// <summary>The loss.</summary>
    public Loss Loss => Experiment.RequireLoss("training");

    /// <summary>What the run is judged by: the examples that were kept aside, or where there are none those that it learned from.</summary>
    public DataSet Judged => Data.Test ?? Data.Validation ?? Data.Train;

    /// <summary>What <see cref="Judged"/> is, in the words of a title.</summary>
    public string JudgedName =>
        Data.Test is not null ? "test examples"
        : Data.Validation is not null ? "held-out examples"
        : "training examples";

    /// <summary>How the model does on <see cref="Judged"/>; measured once.</summary>
    public Evaluation Evaluation => evaluation ??= Result.Model.Evaluate(Judged, Loss);

    /// <summary>What a parameter is called: the experiment's own name for it, or that of its layer.</summary>
    public string NameOf(NetworkParameter parameter) => Experiment.Names.GetValueOrDefault(parameter.Name) ?? parameter.Name;
}
