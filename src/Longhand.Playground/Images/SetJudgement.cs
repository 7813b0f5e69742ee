using Longhand.Experiments.Reports;

namespace Longhand.Playground.Images;

/// <summary>What a network says of every example of a set, or of its first ones where all would take too long.</summary>
internal sealed class SetJudgement
{
    private const int AtOnce = 256;

    private readonly List<JudgedExample> examples = [];

    /// <param name="setup">What is trained.</param>
    /// <param name="values">The network's parameters.</param>
    /// <param name="set">train or test.</param>
    public SetJudgement(Setup setup, IReadOnlyList<ParameterValues> values, string set)
    {
        ImageView view = setup.Images!;
        DataSet whole = view.Set(set),
            data = view.Checked(whole);
        Of = whole.Count;
        var model = new Model(setup.Network, values);
        var judge = new Judge(setup.Network, setup.Experiment.Loss!, setup.Targets);
        var loss = new ExampleLoss(setup);
        int inputs = (int)data.InputShape.Length,
            outputs = setup.Network.Output[0];
        Confusion = new int[Math.Max(view.ClassNames.Count, outputs), Math.Max(view.ClassNames.Count, outputs)];
        for (int first = 0; first < data.Count; first += AtOnce)
        {
            int count = Math.Min(AtOnce, data.Count - first);
            var input = new float[count * inputs];
            var found = new float[count * outputs];
            for (int k = 0; k < count; k++)
                data.CopyInput(first + k, input.AsSpan(k * inputs, inputs));
            model.Predict(input, found);
            for (int k = 0; k < count; k++)
            {
                ReadOnlySpan<float> output = found.AsSpan(k * outputs, outputs);
                (int truth, int decided) = (data.Class(first + k), judge.Decide(output));
                double[] scores = judge.Scores(output);
                examples.Add(new(first + k, truth, decided, scores[truth], scores[decided], loss.Of(output, truth)));
                Confusion[truth, decided]++;
            }
        }
    }

    /// <summary>How many examples the set has.</summary>
    public int Of { get; }

    /// <summary>The examples that were gone through, in their order.</summary>
    public IReadOnlyList<JudgedExample> Examples => examples;

    /// <summary>[true class, class found]: how often.</summary>
    public int[,] Confusion { get; }

    /// <summary>The mean loss of the examples.</summary>
    public double Loss => examples.Average(e => e.Loss);

    /// <summary>The share that was found right.</summary>
    public double Accuracy => (double)examples.Count(e => e.IsRight) / examples.Count;

    /// <summary>The wrong ones, the highest loss first; of equals the first.</summary>
    public IEnumerable<JudgedExample> Worst =>
        examples
            .Where(e => !e.IsRight)
            .OrderByDescending(e => double.IsNaN(e.Loss) ? double.PositiveInfinity : e.Loss)
            .ThenBy(e => e.Index);
}

/// <summary>What a network says of an example.</summary>
/// <param name="Index">Its number in the set.</param>
/// <param name="Class">What it is.</param>
/// <param name="Found">What was found.</param>
/// <param name="TrueScore">How much spoke for what it is.</param>
/// <param name="FoundScore">How much spoke for what was found.</param>
/// <param name="Loss">Its loss.</param>
internal sealed record JudgedExample(int Index, int Class, int Found, double TrueScore, double FoundScore, double Loss)
{
    /// <summary>Whether what was found is so.</summary>
    public bool IsRight => Class == Found;
}
