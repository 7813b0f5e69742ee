using Longhand.Working;

namespace Longhand.Experiments;

/// <summary>From an experiment to what is worked out by hand.</summary>
public static class ExplainRequests
{
    /// <summary>All that an experiment says about its working; how many updates, and which places, is the caller's.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="use">Who asks, for the message.</param>
    /// <exception cref="LonghandException">There is no input.</exception>
    public static ExplainRequest ToExplainRequest(this Experiment experiment, string use)
    {
        NumberBatch input =
            experiment.Input
            ?? throw experiment.Source.Error(
                $"{use} needs an input of {experiment.Network.Input.Length} numbers ({experiment.Network.Input}), such as \"input: [0.5, …]\"."
            );
        return new ExplainRequest
        {
            Inputs = input.Rows,
            IsBatch = input.IsBatch,
            Targets = experiment.Target is { Classes: null } target ? target.Rows : null,
            Classes = experiment.Target?.Classes,
            Loss = experiment.Loss,
            Optimizer = experiment.HasOptimizer ? experiment.Optimizer : null,
            Regularization = experiment.Regularization,
            Conventions = experiment.Conventions,
            Training = !experiment.Inference,
            Seed = experiment.Settings.Seed,
            Names = experiment.Names,
        };
    }
}
