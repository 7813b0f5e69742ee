namespace Longhand;

/// <summary>How a network is trained. What is not said has the value that CONTRACT and README state.</summary>
public sealed record Training
{
    /// <summary>What is made small.</summary>
    public required Loss Loss { get; init; }

    /// <summary>How parameters follow their gradients.</summary>
    public Optimizer Optimizer { get; init; } = Optimizer.Sgd(0.1);

    /// <summary>How the learning rate changes from the optimizer's own.</summary>
    public Schedule Schedule { get; init; } = Schedule.Constant;

    /// <summary>How often the whole training set is gone through.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Examples per update; 0 takes them all at once.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Whether each epoch goes through the examples in a new order.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>The seed of everything random here: weights, shuffles and dropout, each with a stream of its own.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How weights and biases start.</summary>
    public Initializer Initializer { get; init; } = Initializer.PyTorch;

    /// <summary>A penalty on weights.</summary>
    public Regularization Regularization { get; init; } = Regularization.None;

    /// <summary>A bound on gradients, the penalty's part included; null where there is none.</summary>
    public GradientClipping? Clip { get; init; }

    /// <summary>How much the examples of each class count; null where all count alike.</summary>
    public ClassWeights? ClassWeights { get; init; }

    /// <summary>When the run ends before its last epoch; null where it does not. It watches <see cref="Validation"/>.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>What is measured beside the training set, and never trained on.</summary>
    public DataSet? Test { get; init; }

    /// <summary>A held-out part of the training data, measured beside it.</summary>
    public DataSet? Validation { get; init; }

    /// <summary>Choices that are left open otherwise.</summary>
    public Conventions Conventions { get; init; } = Conventions.PyTorch;

    /// <summary>Whether to compute in double precision on the reference: slow, for checking.</summary>
    public bool DoublePrecision { get; init; }

    /// <summary>Threads that compute. Results do not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// Whether whole sets are measured after each epoch, or only before the first and after the last. What a schedule or early stopping
    /// watches is measured in any case.
    /// </summary>
    public bool MeasureEachEpoch { get; init; } = true;

    /// <summary>Values to start from instead of random ones, by parameter name.</summary>
    public IReadOnlyDictionary<string, ParameterValues> Start { get; init; } = new Dictionary<string, ParameterValues>();

    /// <summary>Where and how often the run's state is saved, so that it can be continued; null where it is not.</summary>
    public Checkpointing? Checkpoints { get; init; }

    /// <summary>The checkpoint that the run goes on from, to the very bits of one that never stopped; null to start from the beginning.</summary>
    public Checkpoint? Resume { get; init; }

    /// <summary>Called before training (epoch 0) and after each epoch; not again for epochs that a resumed run has behind it.</summary>
    public Action<EpochReport>? OnEpoch { get; init; }

    /// <summary>Called after each update, with the number of updates made in this epoch and of all that it has.</summary>
    public Action<int, int>? OnUpdate { get; init; }

    /// <summary>Asked after each epoch; true ends the run as <see cref="StopReason.Early"/>.</summary>
    public Predicate<EpochReport>? StopWhen { get; init; }

    /// <summary>Ends the run after the present update; the model has the parameters of that moment.</summary>
    public CancellationToken Cancellation { get; init; }
}
