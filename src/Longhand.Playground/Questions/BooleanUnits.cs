using System.Globalization;
using Longhand.Analysis;
using Longhand.Experiments;
using Longhand.Numbers;

namespace Longhand.Playground.Questions;

/// <summary>A network of one or two layers of units over truth values, its weights as fractions.</summary>
internal sealed class BooleanUnits
{
    // A weight of more characters is no weight that anybody sets by hand.
    private const int MostCharacters = 40;

    private static readonly Rational largest = 1_000_000;

    private BooleanUnits(Model model, IReadOnlyDictionary<string, ParameterValues> weights, IReadOnlyList<Rational[][]> layers)
    {
        (Model, Weights, Layers) = (model, weights, layers);
    }

    /// <summary>The network.</summary>
    public Model Model { get; }

    /// <summary>Its weights by the names of the parameters.</summary>
    public IReadOnlyDictionary<string, ParameterValues> Weights { get; }

    /// <summary>[layer][unit][weights, bias last].</summary>
    public IReadOnlyList<Rational[][]> Layers { get; }

    /// <summary>As an address has it: 1,-1,-0.5;-1,1,-0.5|1,1,-0.5 — layers apart by |, units by ;, weights by commas, the bias last.</summary>
    public string Text =>
        string.Join('|', Layers.Select(layer => string.Join(';', layer.Select(unit => string.Join(',', unit.Select(DesignWords.Number))))))
            .Replace('−', '-');

    /// <summary>What the library designed.</summary>
    public static BooleanUnits Of(BooleanDesign design)
    {
        var layers = new List<Rational[][]>();
        foreach (string name in (string[])["dense1", "dense2"])
        {
            if (!design.Weights.TryGetValue($"{name}.weight", out ParameterValues? weights))
                continue;
            ParameterValues? biases = design.Weights.GetValueOrDefault($"{name}.bias");
            int units = layers.Count == 0 ? Math.Max(1, design.Hidden) : 1,
                inputs = weights.Length / units;
            layers.Add([
                .. Enumerable
                    .Range(0, units)
                    .Select(u =>
                        (Rational[])
                            [.. Enumerable.Range(0, inputs).Select(i => weights.Exact(u * inputs + i)!.Value), biases?.Exact(u) ?? 0]
                    ),
            ]);
        }
        return new(design.Model, design.Weights, layers);
    }

    /// <summary>A single unit that is true where any input is: something to begin with where no single unit is right.</summary>
    public static BooleanUnits Single(int inputs, DesignUnits units) =>
        Build(
            [
                [
                    [.. Enumerable.Repeat(Rational.One, inputs), -(Rational)1 / 2],
                ],
            ],
            inputs,
            units
        );

    /// <summary>Reads weights that were set by hand.</summary>
    /// <exception cref="LonghandException">They are none of a network of one or two layers over so many inputs.</exception>
    public static BooleanUnits Read(Asked asked, string key, int inputs, DesignUnits units)
    {
        string[][][] texts =
        [
            .. asked
                .Text(key)
                .Split('|')
                .Select(layer => layer.Split(';').Select(unit => unit.Split(',', StringSplitOptions.TrimEntries)).ToArray()),
        ];
        if (texts.Length > 2)
            throw asked.Wrong(key, $"there are {texts.Length} layers; one unit, or one hidden layer and the output, is the limit.");
        if (texts[^1].Length != 1)
            throw asked.Wrong(key, $"the last layer has {texts[^1].Length} units, but there is one output.");
        if (texts[0].Length > Limits.BooleanUnits)
            throw asked.Wrong(key, $"there are {texts[0].Length} hidden units; {Limits.BooleanUnits} is the limit.");
        var layers = new List<Rational[][]>();
        int width = inputs;
        foreach (string[][] layer in texts)
        {
            layers.Add([
                .. layer.Select(
                    (unit, u) =>
                        unit.Length == width + 1
                            ? (Rational[])[.. unit.Select(text => Number(asked, key, text))]
                            : throw asked.Wrong(
                                key,
                                $"unit {u + 1} of layer {layers.Count + 1} has {unit.Length} numbers, but {width} weights and a bias are needed."
                            )
                ),
            ]);
            width = layer.Length;
        }
        return Build(layers, inputs, units);
    }

    private static BooleanUnits Build(IReadOnlyList<Rational[][]> layers, int inputs, DesignUnits units)
    {
        string word = units.ToString().ToLowerInvariant();
        string text = string.Create(CultureInfo.InvariantCulture, $"{inputs}");
        foreach ((int l, Rational[][] layer) in layers.Index())
            // A sum of relus needs no unit behind it: it is compared with the threshold itself.
            text += string.Create(
                CultureInfo.InvariantCulture,
                $" -> dense {layer.Length}{(l > 0 && units == DesignUnits.Relu ? "" : $" {word}")}"
            );
        var network = Network.Parse(text);
        var weights = new Dictionary<string, ParameterValues>();
        foreach ((int l, Rational[][] layer) in layers.Index())
        {
            string name = $"dense{l + 1}";
            weights[$"{name}.weight"] = new(network.Parameter($"{name}.weight").Parameter, [.. layer.SelectMany(unit => unit[..^1])]);
            weights[$"{name}.bias"] = new(network.Parameter($"{name}.bias").Parameter, [.. layer.Select(unit => unit[^1])]);
        }
        return new(Model.Create(network, weights), weights, layers);
    }

    private static Rational Number(Asked asked, string key, string text)
    {
        if (text.Length > MostCharacters)
            throw asked.Wrong(key, $"{text.Length} characters are too many for a number; {MostCharacters} is the limit.");
        if (!Rational.TryParse(text.Replace('−', '-'), out Rational value, out string? reason))
            throw asked.Wrong(key, $"{reason}.");
        return Rational.Abs(value) <= largest ? value : throw asked.Wrong(key, $"{text} is too large; {largest} is the limit.");
    }
}
