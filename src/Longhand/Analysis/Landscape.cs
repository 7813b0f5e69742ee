using System.Globalization;
using Longhand.Numbers;

namespace Longhand.Analysis;

/// <summary>What a descent goes down: a height and a gradient at every point.</summary>
internal abstract class Landscape
{
    /// <summary>What the height is called: f, or L for a loss.</summary>
    public abstract string Name { get; }

    /// <summary>The names of the coordinates.</summary>
    public abstract IReadOnlyList<string> Variables { get; }

    /// <summary>The height at a point, which need not be a finite number.</summary>
    /// <param name="x">A coordinate for each variable.</param>
    public abstract double Value(double[] x);

    /// <summary>The partial derivatives at a point, one for each variable.</summary>
    /// <param name="x">A coordinate for each variable.</param>
    public abstract double[] Gradient(double[] x);

    /// <summary>A partial derivative as a fraction; null where it is none or unknown.</summary>
    /// <param name="variable">By which variable.</param>
    /// <param name="point">The point.</param>
    public virtual Rational? ExactSlope(int variable, Expr[] point) => null;

    /// <summary>How a partial derivative is worked out at a point.</summary>
    /// <param name="variable">By which variable.</param>
    /// <param name="point">The point.</param>
    /// <param name="slope">The derivative there.</param>
    /// <param name="digits">Significant digits.</param>
    public abstract NumberLine SlopeLine(int variable, Expr[] point, Expr slope, int digits);

    /// <summary>How the height is worked out at a point.</summary>
    /// <param name="point">The point.</param>
    /// <param name="value">The height there.</param>
    /// <param name="digits">Significant digits.</param>
    public abstract NumberLine ValueLine(Expr[] point, double value, int digits);

    /// <summary>How far a point is from where a descent should end; null where that is not known.</summary>
    public virtual double? Distance(double[] x) => null;

    /// <summary>Why the height is not a finite number at a point, as the end of a sentence that names the place.</summary>
    protected virtual string ValueProblem(double[] x, double value) => $"{Name} is {Shown(value)}, {Described(value)}.";

    /// <summary>The same of a partial derivative.</summary>
    protected virtual string SlopeProblem(int variable, double[] x, double value) =>
        $"∂{Name}/∂{Variables[variable]} is {Shown(value)}, {Described(value)}.";

    /// <summary>A point with its numbers, and what is wrong with it.</summary>
    /// <param name="x">The coordinates.</param>
    /// <param name="number">The step; 0 for the start.</param>
    /// <param name="step">The point.</param>
    /// <returns>Why it is not among the finite numbers; null where it is.</returns>
    public string? Visit(double[] x, int number, out DescentStep step)
    {
        double value = Value(x);
        double[] gradient = Gradient(x);
        step = new(number, x, value, gradient, Distance(x));
        string where = number == 0 ? "at the start" : string.Create(CultureInfo.InvariantCulture, $"after step {number}");
        foreach ((int i, string name) in Variables.Index())
            if (!double.IsFinite(x[i]))
                return $"{where}, {name} is {Described(x[i])}.";
        if (!double.IsFinite(value))
            return $"{where}, {ValueProblem(x, value)}";
        for (int i = 0; i < gradient.Length; i++)
            if (!double.IsFinite(gradient[i]))
                return $"{where}, {SlopeProblem(i, x, gradient[i])}";
        return null;
    }

    /// <summary>A number for a sentence.</summary>
    protected static string Shown(double value) =>
        NumberLine.Number(value, double.IsFinite(value) ? Rational.FromDouble(value) : null, 6).Text;

    /// <summary>What a number is that is not finite.</summary>
    protected static string Described(double value) =>
        double.IsNaN(value) ? "which is not a number" : "which is beyond all numbers (infinite)";
}
