using Longhand.Layers;

namespace Longhand;

/// <summary>How weights and biases start.</summary>
public sealed partial class Initializer
{
    private readonly Func<Parameter, RandomSource, double> draw;

    private Initializer(string notation, Func<Parameter, RandomSource, double> draw)
    {
        Notation = notation;
        this.draw = draw;
    }

    /// <summary>Every initialiser there is.</summary>
    public static Registry<Initializer> Kinds => Registries.Initializers;

    // See Layer: an explicit static constructor, or the registry may be found empty.
    static Initializer() { }

    /// <summary>U(±1/√fan_in) for weights and biases, as PyTorch's Linear and Conv2d draw them.</summary>
    public static Initializer PyTorch { get; } =
        Add("pytorch", "U(±1/√fan_in), biases too", (p, random) => random.Uniform(-1, 1) / Math.Sqrt(p.FanIn));

    /// <summary>N(0, 2/fan_in) for weights, biases 0 (He et al. 2015, arXiv:1502.01852).</summary>
    public static Initializer He { get; } =
        Add("he", "N(0, 2/fan_in), biases 0", (p, random) => IsBias(p) ? 0 : random.Normal() * Math.Sqrt(2.0 / p.FanIn));

    /// <summary>U(±√(6/(fan_in + fan_out))) for weights, biases 0 (Glorot and Bengio 2010).</summary>
    public static Initializer Glorot { get; } =
        Add(
            "glorot",
            "U(±√(6/(fan_in + fan_out))), biases 0",
            (p, random) => IsBias(p) ? 0 : random.Uniform(-1, 1) * Math.Sqrt(6.0 / (p.FanIn + p.FanOut))
        );

    /// <summary>U(−½, ½) for weights, biases 0.1: the Playground's rule.</summary>
    public static Initializer Playground { get; } =
        Add("playground", "U(−½, ½), biases 0.1", (p, random) => IsBias(p) ? 0.1 : random.NextDouble() - 0.5);

    /// <summary>Everything 0.</summary>
    public static Initializer Zero { get; } = Add("zero", "everything 0", (_, _) => 0);

    /// <summary>Everything one value.</summary>
    public static Initializer Constant(double value) => new(FormattableString.Invariant($"constant={value}"), (_, _) => value);

    internal static readonly Kind<Initializer> ConstantKind = Registries.Initializers.Add(
        new(
            "constant",
            "constant V",
            "everything V",
            a =>
                a.NextNumber("value", double.NaN) is var value && double.IsFinite(value)
                    ? Constant(value)
                    : throw a.Error("the value is missing, as in constant 0.5")
        )
        {
            Positional = 1,
            Options = ["value"],
            Examples = ["constant 0.5"],
        }
    );

    /// <summary>The initialiser with this text: <c>glorot</c>, <c>constant=0.5</c>.</summary>
    /// <exception cref="LonghandException">There is no such initialiser.</exception>
    public static Initializer Parse(string text) => Kinds.Parse(text.Replace('=', ' '));

    /// <summary>As it is written.</summary>
    public string Notation { get; }

    /// <summary>The start values of a parameter, row by row. A parameter with a start value of its own draws nothing.</summary>
    public double[] Draw(Parameter parameter, RandomSource random)
    {
        var values = new double[parameter.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = parameter.Role == ParameterRole.Fixed ? parameter.Initial : draw(parameter, random);
        return values;
    }

    /// <inheritdoc/>
    public override string ToString() => Notation;

    private static bool IsBias(Parameter p) => p.Role == ParameterRole.Bias;

    private static Initializer Add(string name, string summary, Func<Parameter, RandomSource, double> draw)
    {
        var initializer = new Initializer(name, draw);
        Registries.Initializers.Add(new(name, name, summary, _ => initializer) { Examples = [name] });
        return initializer;
    }
}
