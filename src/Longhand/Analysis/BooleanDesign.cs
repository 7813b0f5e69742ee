using System.Globalization;
using System.Numerics;
using Longhand.Numbers;

namespace Longhand.Analysis;

/// <summary>What the units of a designed network are.</summary>
public enum DesignUnits
{
    /// <summary>0 below 0, 1 from 0 on.</summary>
    Step,

    /// <summary>max(0, z) in the hidden layer.</summary>
    Relu,

    /// <summary>σ(z), with weights so large that its values come close to 0 and 1.</summary>
    Sigmoid,
}

/// <summary>
/// A network with weights for a given Boolean function: a single unit where one is enough, decided exactly, otherwise two layers. Every row
/// of the truth table is verified.
/// </summary>
public sealed class BooleanDesign
{
    // σ(±10) is 0 and 1 to four decimals, at the least distance of ½ from the border.
    private const int SigmoidScale = 20;

    private BooleanDesign(BooleanFunction function, DesignUnits units, Inseparability? proof)
    {
        Function = function;
        Units = units;
        Proof = proof;
    }

    /// <summary>The function.</summary>
    public BooleanFunction Function { get; }

    /// <summary>The kind of the units.</summary>
    public DesignUnits Units { get; }

    /// <summary>Why a single unit cannot do it; null where it can.</summary>
    public Inseparability? Proof { get; }

    /// <summary>The network with its weights.</summary>
    public Model Model { get; private init; } = null!;

    /// <summary>The weights and biases by the names of the parameters.</summary>
    public IReadOnlyDictionary<string, ParameterValues> Weights { get; private init; } = new Dictionary<string, ParameterValues>();

    /// <summary>How many hidden units; 0 for a single unit.</summary>
    public int Hidden { get; private init; }

    /// <summary>What each hidden unit computes and how the output joins them; empty for a single unit.</summary>
    public IReadOnlyList<string> Explanation { get; private init; } = [];

    /// <summary>The truth table that the network was found to have.</summary>
    public TruthTable Table { get; private init; } = null!;

    /// <summary>Whether that is the table of the function in every row.</summary>
    public bool Verified => Table.Functions[0].Table.SequenceEqual(Function.Table);

    /// <summary>Designs a network.</summary>
    /// <param name="function">A function of one to ten variables.</param>
    /// <param name="units">What it is made of.</param>
    public static BooleanDesign Of(BooleanFunction function, DesignUnits units = DesignUnits.Step)
    {
        ArgumentNullException.ThrowIfNull(function);
        int n = function.Variables.Count;
        if (n is 0 or > BooleanExpression.MostVariables)
            throw new LonghandException($"design needs a function of 1 to {BooleanExpression.MostVariables} variables; this one has {n}.");
        (ThresholdUnit? unit, Inseparability? proof) = Separability.Decide(function.Table);
        var design = new BooleanDesign(function, units, proof);
        return unit is not null ? design.Build([new(unit, "")], null, []) : design.Build(HiddenLayer.Of(function));
    }

    private BooleanDesign Build(HiddenLayer layer)
    {
        bool relu = Units == DesignUnits.Relu;
        (IReadOnlyList<DesignedUnit> units, Rational[] weights, Rational bias) = relu ? layer.ToRelu(Function) : layer.ToSteps();
        string[] explanation =
        [
            .. units.Select(
                (unit, i) =>
                    $"{new Working.SymbolName("h") { Indices = [i + 1] }} {(relu ? "is above 0 where" : "is 1 where")} {unit.Meaning}"
            ),
            layer.Explain(relu),
        ];
        return Build(units, (weights, bias), explanation);
    }

    private BooleanDesign Build(IReadOnlyList<DesignedUnit> units, (Rational[] Weights, Rational Bias)? output, string[] explanation)
    {
        int n = Function.Variables.Count;
        Rational scale = Units == DesignUnits.Sigmoid ? SigmoidScale : 1;
        Rational[] first = [.. units.SelectMany(unit => unit.Unit.Weights.Select(w => scale * w))],
            firstBias = [.. units.Select(unit => scale * unit.Bias(Units))];
        string word = Units switch
        {
            DesignUnits.Step => "step",
            DesignUnits.Relu => "relu",
            _ => "sigmoid",
        };
        string Dense(int count, Rational[] bias, string activation) =>
            string.Create(CultureInfo.InvariantCulture, $" -> dense {count}{(bias.All(b => b.IsZero) ? " nobias" : "")}{activation}");
        string text = string.Create(CultureInfo.InvariantCulture, $"{n}") + Dense(units.Count, firstBias, " " + word);
        var values = new Dictionary<string, Rational[]> { ["dense1.weight"] = first };
        if (!firstBias.All(b => b.IsZero))
            values["dense1.bias"] = firstBias;
        if (output is var (weights, bias))
        {
            Rational[] second = [.. weights.Select(w => scale * w)],
                secondBias = [scale * bias];
            // A sum of relus needs no unit behind it: it is compared with the threshold itself.
            text += Dense(1, secondBias, Units == DesignUnits.Relu ? "" : " " + word);
            values["dense2.weight"] = second;
            if (!secondBias[0].IsZero)
                values["dense2.bias"] = secondBias;
        }
        var network = Network.Parse(text);
        var given = values.ToDictionary(pair => pair.Key, pair => new ParameterValues(network.Parameter(pair.Key).Parameter, pair.Value));
        var model = Model.Create(network, given);
        return new BooleanDesign(Function, Units, Proof)
        {
            Model = model,
            Weights = given,
            Hidden = output is null ? 0 : units.Count,
            Explanation = explanation,
            Table = TruthTable.Of(model, null, Function.Variables),
        };
    }
}

/// <summary>A unit of a design and what it says.</summary>
/// <param name="Unit">Its weights.</param>
/// <param name="Meaning">The function that it computes, or the sum that it watches.</param>
internal sealed record DesignedUnit(ThresholdUnit Unit, string Meaning)
{
    /// <summary>
    /// A step or sigmoid stands half-way between the sums that are false and those that are true; a relu is 0 up to the greatest false one.
    /// </summary>
    public Rational Bias(DesignUnits units) =>
        units == DesignUnits.Relu ? 1 - (Rational)Unit.Threshold : (Rational)1 / 2 - (Rational)Unit.Threshold;
}
