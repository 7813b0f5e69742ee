using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Reference;

namespace Longhand.Analysis;

/// <summary>
/// The loss of a network as a function of two of its parameters, called p and q, all others held where they are: the mean over some examples, with the
/// penalty, in double precision. Dropout and batchnorm do what they do in inference.
/// </summary>
internal sealed class LossLandscape : Landscape
{
    private readonly Network network;
    private readonly Loss loss;
    private readonly Regularization penalty;
    private readonly Grid<Float64>[] parameters;
    private readonly (int Parameter, int Index)[] chosen;
    private readonly Grid<Float64> input,
        target;

    /// <param name="network">The network.</param>
    /// <param name="values">Its parameters.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="penalty">The penalty on the weights.</param>
    /// <param name="data">The examples.</param>
    /// <param name="examples">How many of the first of them are used.</param>
    /// <param name="places">Two numbers among the parameters, as they are written: dense1.weight[0][1].</param>
    /// <exception cref="LonghandException">There is no such number, or both are the same.</exception>
    public LossLandscape(
        Network network,
        IReadOnlyList<ParameterValues> values,
        Loss loss,
        Regularization penalty,
        DataSet data,
        int examples,
        IReadOnlyList<string> places
    )
    {
        (this.network, this.loss, this.penalty) = (network, loss, penalty);
        chosen = [.. places.Select(place => Find(network, place))];
        if (chosen.Distinct().Count() < chosen.Length)
            throw new LonghandException($"{places[0]} is taken twice; take two different parameters.");
        Places = [.. places];
        parameters = [.. network.Parameters.Select((p, i) => values[i].Grid(p.Parameter, k => new Float64(values[i].Double(k))))];
        var rule = new Targets(network, loss, data);
        int count = Math.Min(examples, data.Count);
        input = new Grid<Float64>([count, .. network.Input.MemoryOrder()]);
        target = new Grid<Float64>(count, network.Output[0]);
        var row = new double[network.Input.Length];
        for (int s = 0; s < count; s++)
        {
            data.CopyInput(s, row);
            for (int i = 0; i < row.Length; i++)
                input.SetFlat(s * row.Length + i, new Float64(row[i]));
            ReadOnlySpan<double> wanted = rule.Row(data, s);
            for (int j = 0; j < wanted.Length; j++)
                target[s, j] = new Float64(wanted[j]);
        }
    }

    public override string Name => "L";

    public override IReadOnlyList<string> Variables { get; } = ["p", "q"];

    /// <summary>The parameters that are called p and q.</summary>
    public IReadOnlyList<string> Places { get; }

    /// <summary>Where the chosen parameters stand now.</summary>
    public double[] Present => [.. chosen.Select(at => parameters[at.Parameter].Flat(at.Index).Value)];

    /// <summary>All numbers that can be chosen: dense1.weight[0][1].</summary>
    /// <param name="network">The network.</param>
    /// <param name="most">No more than so many.</param>
    public static IReadOnlyList<string> AllPlaces(Network network, int most) =>
        [
            .. network
                .Parameters.Where(p => p.Parameter.Trainable)
                .SelectMany(p => Enumerable.Range(0, (int)Math.Min(most, p.Parameter.Length)).Select(i => Written(p, i)))
                .Take(most),
        ];

    public override double Value(double[] x) => At(x, () => Pass(out _) + Penalty());

    public override double[] Gradient(double[] x) =>
        At(
            x,
            () =>
            {
                Pass(out ReferenceRun<Float64> run, backward: true);
                return (double[])
                    [
                        .. chosen.Select(at =>
                            run.ParameterResults[at.Parameter].Flat(at.Index).Value
                            + (IsWeight(at.Parameter) ? penalty.Slope(parameters[at.Parameter].Flat(at.Index)).Value : 0)
                        ),
                    ];
            }
        );

    // The backward pass over all examples is no line; the ledger opens it for each of them.
    public override NumberLine SlopeLine(int variable, Expr[] point, Expr slope, int digits)
    {
        string text = NumberLine.Number(slope.Value, null, digits).Text;
        return new($"∂L/∂{Variables[variable]}", text, text, false, text, false);
    }

    public override NumberLine ValueLine(Expr[] point, double value, int digits)
    {
        string text = NumberLine.Number(value, null, digits).Text;
        return new("L", text, text, false, text, false);
    }

    private T At<T>(double[] x, Func<T> compute)
    {
        double[] before = Present;
        Set(x);
        try
        {
            return compute();
        }
        finally
        {
            Set(before);
        }
    }

    private void Set(double[] x)
    {
        foreach ((int i, (int parameter, int index)) in chosen.Index())
            parameters[parameter].SetFlat(index, new Float64(x[i]));
    }

    private double Pass(out ReferenceRun<Float64> run, bool backward = false)
    {
        run = new ReferenceRun<Float64>(network, parameters, input);
        Grid<Float64> output = run.Forward();
        if (backward)
        {
            var gradient = new Grid<Float64>([.. output.Sizes]);
            loss.Gradient(output, target, gradient);
            run.Backward(gradient);
        }
        return loss.Value(output, target).Value;
    }

    private double Penalty() =>
        penalty.IsNone
            ? 0
            : parameters.Index().Where(p => IsWeight(p.Index)).Sum(p => p.Item.ToArray().Sum(weight => penalty.Penalty(weight).Value));

    private bool IsWeight(int parameter) => network.Parameters[parameter].Parameter.Role == ParameterRole.Weight && !penalty.IsNone;

    private static string Written(NetworkParameter p, int index)
    {
        string text = "";
        foreach (int size in p.Parameter.Sizes.Reverse())
        {
            text = $"[{index % size}]{text}";
            index /= size;
        }
        return p.Name + text;
    }

    private static (int, int) Find(Network network, string place)
    {
        int bracket = place.IndexOf('[', StringComparison.Ordinal);
        NetworkParameter p = network.Parameter(bracket < 0 ? place : place[..bracket]);
        string[] indices = bracket < 0 ? [] : place[(bracket + 1)..].TrimEnd(']').Split("][");
        int flat = 0;
        bool isRight = indices.Length == p.Parameter.Sizes.Count && p.Parameter.Trainable;
        for (int i = 0; isRight && i < indices.Length; i++)
        {
            isRight = int.TryParse(indices[i], System.Globalization.NumberStyles.None, null, out int index) && index < p.Parameter.Sizes[i];
            flat = flat * p.Parameter.Sizes[i] + index;
        }
        return isRight
            ? (network.Parameters.ToList().IndexOf(p), flat)
            : throw new LonghandException($"{Quoted.Of(place)} is no trained number of {p.Name}; the first of them is {Written(p, 0)}.");
    }
}
