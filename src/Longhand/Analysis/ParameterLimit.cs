using System.Globalization;
using Longhand.Activations;
using Longhand.Layers;
using Longhand.Numbers;

namespace Longhand.Analysis;

/// <summary>What an activation becomes as a number in it moves.</summary>
/// <param name="Option">The number's name: beta.</param>
/// <param name="To">Where it goes: 0, 1 or ∞.</param>
/// <param name="Curve">What the activation becomes: the name of another one, or a line such as x/2.</param>
public sealed record ParameterLimit(string Option, double To, string Curve)
{
    private const double Near = 1e-9,
        Same = 1e-6;

    private static readonly double[] points = [-4, -2.5, -1, -0.3, 0, 0.2, 0.7, 1.5, 3, 5];

    // The activation is made anew with the number just beside 0, just beside 1 and very large, and its values are compared with those of
    // every other activation as it is without options, and with the line through two of them.
    internal static IReadOnlyList<ParameterLimit> Of(Activation activation)
    {
        if (Layer.Kinds.Find(activation.Kind) is not { } kind)
            return [];
        var limits = new List<ParameterLimit>();
        foreach (string option in kind.Options)
        foreach ((double to, double value) in new[] { (0, Near), (1, 1 + Near), (double.PositiveInfinity, 1 / Near) })
            if (
                Make(string.Create(CultureInfo.InvariantCulture, $"{kind.Name} {option}={value:R}")) is { } moved
                && Recognise(Values(moved), kind.Name) is { } curve
            )
                limits.Add(new(option, to, curve));
        return limits;
    }

    private static string? Recognise(double[] values, string self)
    {
        foreach (Kind<Layer> other in Layer.Kinds.All)
            if (other.Name != self && other.Example is Activation known && Agree(values, Values(known)))
                return known.Notation;
        (double slope, double offset) = (values[^1] - values[4], values[4]);
        slope /= points[^1] - points[4];
        return Agree(values, Array.ConvertAll(points, x => slope * x + offset)) && Math.Abs(offset) < Same ? Line(slope) : null;
    }

    private static string Line(double slope)
    {
        double parts = 1 / slope;
        return Math.Abs(slope) < Same ? "0"
            : Math.Abs(parts - Math.Round(parts)) < Same ? string.Create(CultureInfo.InvariantCulture, $"x/{Math.Round(parts)}")
            : string.Create(CultureInfo.InvariantCulture, $"{slope:G6}·x");
    }

    private static bool Agree(double[] a, double[] b) => a.Zip(b).All(pair => Math.Abs(pair.First - pair.Second) <= Same);

    private static double[] Values(Activation of) => Array.ConvertAll(points, x => of.Value(new Float64(x)).Value);

    // An option may be no number, or not this one.
    private static Activation? Make(string notation)
    {
        try
        {
            return Layer.Kinds.Parse(notation) as Activation;
        }
        catch (LonghandException)
        {
            return null;
        }
    }
}
