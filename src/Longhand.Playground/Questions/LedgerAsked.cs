using System.Globalization;
using Longhand.Experiments;
using Longhand.Numbers;
using Longhand.Working;

namespace Longhand.Playground.Questions;

/// <summary>What of the present network is to be worked by hand: which examples, which numbers, how it is written.</summary>
internal sealed class LedgerAsked
{
    /// <summary>The arguments that say so.</summary>
    public static readonly IReadOnlyList<string> Arguments = ["set", "example", "input", "target", "view", "digits", "at"];

    private readonly Asked asked;
    private readonly Setup setup;
    private readonly Moment moment;

    /// <exception cref="LonghandException">An argument is wrong, or it would be too much to be worked.</exception>
    public LedgerAsked(Asked asked)
    {
        this.asked = asked;
        moment = asked.Moment;
        setup = moment.Setup;
        Set = asked.Word("set", "train", "train", "test", "batch", "own");
        NumberBatch input,
            target;
        switch (Set)
        {
            case "own":
                (input, target) = Own();
                break;
            case "batch":
                Indices = moment.Next;
                RequireWorkable(Indices.Count);
                (input, target) = Taken(setup.Data.Train, isBatch: true);
                break;
            default:
                DataSet data =
                    (Set == "train" ? setup.Data.Train : setup.Data.Test)
                    ?? throw asked.Wrong("set", "nothing is kept aside for testing; take an example of the training data.");
                Indices = [asked.Whole("example", 0, data.Count - 1, 0)];
                (input, target) = Taken(data, isBatch: false);
                break;
        }
        RequireWorkable(input.Rows.Count);
        Model = new Model(setup.Experiment.Network, Parameters());
        Experiment experiment = setup.Experiment with
        {
            Input = input,
            Target = target.Rows.Count > 0 ? target : null,
            Conventions = setup.Experiment.Conventions with { Digits = asked.Whole("digits", 2, 12, setup.Experiment.Digits) },
        };
        Request = experiment.ToExplainRequest("ledger") with
        {
            View = asked.Word("view", "scalar", "scalar", "matrix") == "matrix" ? View.Matrix : View.Scalar,
            At = [.. asked.Texts("at", Limits.LedgerPlaces).Select(text => PlaceOf(text, input))],
            Before = Progress(),
        };
    }

    /// <summary>train, test, batch or own.</summary>
    public string Set { get; }

    /// <summary>Which examples of their set; none for an input that was typed.</summary>
    public IReadOnlyList<int> Indices { get; } = [];

    /// <summary>The network with its present parameters.</summary>
    public Model Model { get; }

    /// <summary>What is worked.</summary>
    public ExplainRequest Request { get; }

    private (NumberBatch Input, NumberBatch Target) Taken(DataSet data, bool isBatch)
    {
        Example[] examples = [.. Indices.Select(i => data[i])];
        NumberBatch Exactly(IEnumerable<double[]> rows) =>
            new([.. rows.Select(row => Array.ConvertAll(row, Rational.FromDouble))], isBatch);
        return (
            Exactly(examples.Select(e => e.Input)),
            Exactly(examples.Select(e => e.Target)) with
            {
                Classes = data.HasClasses ? [.. examples.Select(e => e.Class!.Value)] : null,
            }
        );
    }

    // What is typed are the columns of the data: features are computed from them as from any example.
    private (NumberBatch Input, NumberBatch Target) Own()
    {
        Network network = setup.Experiment.Network;
        int columns = setup.Examples?.Columns.Count ?? (int)network.Input.Length;
        Rational[] row = Numbers("input", columns);
        if (setup.Features is { } features)
            row = features.Apply(row);
        if (setup.Data.Train.Scaling is { } scaling)
        {
            double[] numbers = Array.ConvertAll(row, number => (double)number);
            scaling.Apply(numbers);
            row = Array.ConvertAll(numbers, Rational.FromDouble);
        }
        NumberBatch input = new([row], IsBatch: false);
        int outputs = network.Output[0];
        if (asked.Text("target", "").Trim().Length == 0)
            return (input, new([], IsBatch: false));
        Loss loss = setup.Experiment.Loss!;
        if (outputs > 1 && Written("target") is [var only])
        {
            if (!int.TryParse(only, NumberStyles.None, CultureInfo.InvariantCulture, out int label) || label >= outputs)
                throw asked.Wrong(
                    "target",
                    $"a class from 0 to {outputs - 1} is needed, or {outputs} numbers with commas between them; it is {Quoted.Of(only)}."
                );
            return (
                input,
                new(
                    [
                        [],
                    ],
                    IsBatch: false
                )
                {
                    Classes = [label],
                }
            );
        }
        Rational[] target = Numbers("target", outputs);
        if (TargetEntry.Refusal(target, loss) is { } refusal)
            throw asked.Wrong("target", $"{refusal}.");
        return (input, new([target], IsBatch: false));
    }

    private string[] Written(string key) => [.. asked.Text(key, "").Split(',', ';').Select(part => part.Trim())];

    private Rational[] Numbers(string key, int count)
    {
        string[] parts = Written(key);
        if (parts.Length != count)
            throw asked.Wrong(
                key,
                count == 1
                    ? $"one number is needed, such as 0.5, but there are {parts.Length}."
                    : $"{count} numbers are needed, with commas between them, but there {(parts is [""] ? "are none" : parts.Length == 1 ? "is 1" : $"are {parts.Length}")}."
            );
        return Array.ConvertAll(
            parts,
            part => Rational.TryParse(part, out Rational value, out string? reason) ? value : throw asked.Wrong(key, $"{reason}.")
        );
    }

    private void RequireWorkable(int examples)
    {
        if (examples > Limits.LedgerExamples)
            throw asked.Wrong(
                "set",
                $"the next batch has {examples} examples; {Limits.LedgerExamples} can be worked together. Take one example, or a smaller batch."
            );
        Network network = setup.Network;
        long each = network.Nodes.Sum(node =>
            (long)node.Layer.Multiplications([.. node.Inputs.Select(network.ShapeOf)]) + node.Output.Length
        );
        if (each * examples > Limits.LedgerMultiplications)
            throw new LonghandException(
                $"One pass of {(examples == 1 ? "an example" : $"{examples} examples")} takes {each * examples} operations; the ledger works {Limits.LedgerMultiplications}. "
                    + (examples > 1 && each <= Limits.LedgerMultiplications ? "Take one example." : "A smaller network is needed.")
            );
    }

    private Place PlaceOf(string text, NumberBatch input)
    {
        try
        {
            return Place.Parse(text, setup.Experiment.Network, input.IsBatch ? input.Rows.Count : 0);
        }
        catch (LonghandException e)
        {
            throw asked.Wrong("at", e.Message);
        }
    }

    // The shortest decimals that mean the engine's numbers: what was set to 0.1 by hand is read as 0.1.
    private ParameterValues[] Parameters() =>
        [
            .. moment.State.Values.Select(
                (values, p) =>
                    new ParameterValues(
                        setup.Network.Parameters[p].Parameter,
                        Array.ConvertAll(
                            values.ToSingles(),
                            number =>
                                float.IsFinite(number)
                                    ? Rational.Parse(number.ToString("R", CultureInfo.InvariantCulture))
                                    : throw new LonghandException(
                                        $"{setup.Network.Parameters[p].Name} has left the finite numbers, and nothing can be worked with it. Reset the run."
                                    )
                        )
                    )
            ),
        ];

    private OptimizerProgress Progress() =>
        new(
            moment.State.Updates,
            [.. moment.State.Kept.Select(kind => (IReadOnlyList<double[]?>)[.. kind.Select(kept => kept?.ToDoubles())])]
        );
}
