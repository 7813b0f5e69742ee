using System.Globalization;

namespace Longhand.Experiments.Code;

/// <summary>A run whose numbers code is to reproduce: what was trained, on what, from which parameters to which.</summary>
internal sealed record CodeRun
{
    // What would be longer than a person scrolls through, or an editor opens.
    private const int MostNumbers = 400_000;

    /// <summary>The experiment.</summary>
    public required Experiment Experiment { get; init; }

    /// <summary>Its data, features computed and parts cut off.</summary>
    public required ExperimentData Data { get; init; }

    /// <summary>The parameters that training began with, in the network's order.</summary>
    public required IReadOnlyList<ParameterValues> Start { get; init; }

    /// <summary>The parameters that are shown.</summary>
    public required IReadOnlyList<ParameterValues> Shown { get; init; }

    /// <summary>How many epochs lie between the two.</summary>
    public required int Epochs { get; init; }

    /// <summary>How many batches of the next epoch, too.</summary>
    public int Batches { get; init; }

    /// <summary>The losses that are shown: of the training set, and of the test set where there is one.</summary>
    public required (double Train, double? Test) Losses { get; init; }

    /// <summary>Whether settings were changed or weights set on the way, so that training anew ends elsewhere.</summary>
    public bool IsTouched { get; init; }

    /// <summary>The network under the experiment's conventions.</summary>
    public Network Network => Experiment.Network.Under(Experiment.Conventions);

    /// <summary>The loss.</summary>
    public Loss Loss => Experiment.RequireLoss("code");

    /// <summary>Examples of one update, 0 for all.</summary>
    public int Batch => Experiment.Settings.Batch;

    /// <summary>Whether batches and penalty follow TensorFlow Playground's rule.</summary>
    public bool IsPlayground => Experiment.Conventions.PlaygroundTraining;

    /// <summary>Whether each epoch has another order.</summary>
    public bool Shuffles => Experiment.Settings.Shuffle && !IsPlayground;

    /// <summary>Trains as the experiment says.</summary>
    /// <exception cref="LonghandException">It cannot be trained, or its loss left the finite numbers.</exception>
    public static CodeRun Of(Experiment experiment, CancellationToken cancellation)
    {
        ExperimentData data = experiment.LoadData();
        Training training = experiment.ToTraining(data) with { Cancellation = cancellation };
        IReadOnlyList<ParameterValues> start = experiment.Network.Run(data.Train, training with { Epochs = 0 }).Model.Values;
        TrainingResult result = experiment.Network.Run(data.Train, training);
        if (result.Problem is { } problem)
            throw new LonghandException($"There are no numbers to reproduce: {problem}");
        return new CodeRun
        {
            Experiment = experiment,
            Data = data,
            Start = start,
            Shown = result.Model.Values,
            Epochs = result.Final.Epoch,
            Losses = (result.Final.Train!.Loss, result.Final.Test?.Loss),
        };
    }

    /// <summary>The losses of the training and the test set with these parameters.</summary>
    public static (double Train, double? Test) Measure(Experiment experiment, ExperimentData data, IReadOnlyList<ParameterValues> values)
    {
        Training training = experiment.ToTraining(data) with
        {
            Epochs = 0,
            Threads = 1,
            Start = experiment.Network.Parameters.Zip(values).ToDictionary(pair => pair.First.Name, pair => pair.Second),
        };
        EpochReport report = experiment.Network.Run(data.Train, training).Final;
        return (report.Train!.Loss, report.Test?.Loss);
    }

    /// <summary>How many updates lie between start and what is shown.</summary>
    public int Updates()
    {
        var plan = new BatchPlan(Data.Train.Count, Batch, shuffle: false, IsPlayground, new RandomStream(1, RandomStream.Shuffles));
        int updates = 0;
        for (int epoch = 0; epoch < Epochs; epoch++)
            updates += plan.NextEpoch().Count();
        return updates + Batches;
    }

    /// <summary>What every text says at its head.</summary>
    public IEnumerable<string> Head(string language)
    {
        yield return $"Written by Longhand: a network, its weights and its training in {language}.";
        yield return "";
        yield return $"  network    {Experiment.Network}";
        yield return $"  data       {Experiment.DataText ?? "the examples of the experiment"}: {Data.Train.Count} examples to train on"
            + (Data.Test is { } test ? $", {test.Count} to test" : "");
        yield return $"  loss       {Loss}";
        yield return $"  optimizer  {Experiment.Optimizer}";
        if (!Experiment.Regularization.IsNone)
            yield return $"  penalty    {Experiment.Regularization}";
        yield return "";
        yield return $"Shown behind epoch {Epochs}{(Batches > 0 ? $" and {Batches} batches of the next" : "")}: training loss {Short(Losses.Train)}"
            + (Losses.Test is { } loss ? $", test loss {Short(loss)}" : "")
            + ".";
        if (IsTouched)
        {
            yield return "Settings were changed or weights set by hand on the way: the weights below are those that are shown, but training anew";
            yield return "from the start ends elsewhere.";
        }
    }

    /// <summary>A loss as it is printed beside what the code finds.</summary>
    public static string Short(double loss) => loss.ToString("G6", CultureInfo.InvariantCulture);

    /// <summary>The inputs of a set, row by row.</summary>
    public static float[] Inputs(DataSet data)
    {
        int length = (int)data.InputShape.Length;
        var values = new float[data.Count * length];
        for (int i = 0; i < data.Count; i++)
            data.CopyInput(i, values.AsSpan(i * length, length));
        return values;
    }

    /// <summary>The targets of a set as the loss asks for them, row by row.</summary>
    public float[] Targets(DataSet data)
    {
        var targets = new Targets(Network, Loss, data);
        int length = Network.Output[0];
        var values = new float[data.Count * length];
        for (int i = 0; i < data.Count; i++)
            targets.CopyRow(data, i, values.AsSpan(i * length, length));
        return values;
    }

    /// <summary>Refuses more numbers than a text should hold.</summary>
    /// <exception cref="LonghandException">There are too many.</exception>
    public void RequireRoom()
    {
        long numbers =
            (Data.Train.Count + (long)(Data.Test?.Count ?? 0)) * (Data.Train.InputShape.Length + Network.Output.Length)
            + 2 * Network.ParameterCount;
        if (numbers > MostNumbers)
            throw new LonghandException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Examples and weights are {numbers:N0} numbers, and a program holds at most {MostNumbers:N0}; take fewer examples or a smaller network."
                )
            );
    }

    /// <summary>Refuses what only Longhand itself can repeat.</summary>
    /// <exception cref="LonghandException">The run has something of the kind; the message names it.</exception>
    public void RequirePlainTraining(string language)
    {
        TrainSettings settings = Experiment.Settings;
        string? what =
            settings.Schedule.Notation != Schedule.Constant.Notation ? $"the schedule {settings.Schedule}"
            : settings.Clip is not null ? "clipped gradients"
            : settings.ClassWeights is not null ? "weights of classes"
            : null;
        if (what is not null)
            throw new LonghandException($"The code in {language} would not repeat {what}; the code in C# does.");
    }
}
