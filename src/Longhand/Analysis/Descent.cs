using System.Globalization;
using Longhand.Numbers;

namespace Longhand.Analysis;

/// <summary>A point of a <see cref="Descent"/>.</summary>
/// <param name="Step">0 for the start.</param>
/// <param name="Point">A coordinate for each variable.</param>
/// <param name="Value">The function there.</param>
/// <param name="Gradient">A partial derivative for each variable.</param>
/// <param name="Distance">To the nearest stationary minimum; null where none is known.</param>
public sealed record DescentStep(int Step, IReadOnlyList<double> Point, double Value, IReadOnlyList<double> Gradient, double? Distance)
{
    /// <summary>How the point came about from the one before, line by line; empty for the start and beyond the steps that are worked out.</summary>
    public IReadOnlyList<NumberLine> Lines { get; init; } = [];
}

/// <summary>
/// A function minimised by an optimizer, every step with its numbers: the gradient in symbols, the stationary points where they can be
/// solved for, the path in double precision.
/// </summary>
public sealed class Descent
{
    /// <summary>The most steps that are taken.</summary>
    public const int MostSteps = 100_000;

    private Descent(Expression function, Optimizer optimizer)
    {
        Function = function;
        Optimizer = optimizer;
        Gradient = [.. function.Variables.Select((_, i) => function.Derivative(i))];
        Stationary = StationaryPoints.Of(function);
        if (Stationary.Hessian is { } hessian)
        {
            Curvature = LinearSystem.Eigenvalues(hessian);
            StableRate = LinearSystem.Inertia(hessian) is (> 0, 0, _) ? StableRate.Of(optimizer, Curvature.Value.Greatest) : null;
        }
    }

    /// <summary>The function.</summary>
    public Expression Function { get; }

    /// <summary>The optimizer.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>The partial derivatives, one for each variable.</summary>
    public IReadOnlyList<Expression> Gradient { get; }

    /// <summary>Where the gradient is zero.</summary>
    public StationaryPoints Stationary { get; }

    /// <summary>For a quadratic function the least and the greatest eigenvalue of its Hessian.</summary>
    public (double Least, double Greatest)? Curvature { get; }

    /// <summary>For a quadratic function that has a minimum: which learning rates converge; null for optimizers that are not linear.</summary>
    public StableRate? StableRate { get; }

    /// <summary>The start and the point behind each step.</summary>
    public IReadOnlyList<DescentStep> Path { get; private set; } = [];

    /// <summary>Why the path ends before its last step: what left the finite numbers, and where. Null where it does not.</summary>
    public string? Failure { get; private set; }

    /// <summary>Whether the path runs away: the value has risen, with every one of the last steps, far beyond where it began.</summary>
    public bool Diverges
    {
        get
        {
            const int last = 3;
            if (Failure is not null && Path.Count > 1)
                return true;
            if (StableRate is { } stable && Optimizer.LearningRate >= stable.Limit)
                return Path.Count > 1 && Path[^1].Value > Path[0].Value;
            double[] end = [.. Path.TakeLast(last + 1).Select(step => step.Value)];
            return end.Length == last + 1
                && end.Zip(end.Skip(1)).All(pair => pair.Second > pair.First)
                && end[^1] > Path[0].Value + 10 * Math.Max(1, Math.Abs(Path[0].Value));
        }
    }

    /// <summary>Minimises a function.</summary>
    /// <param name="function">In at least one variable.</param>
    /// <param name="start">A coordinate for each variable, in their order.</param>
    /// <param name="optimizer">The rule of the steps.</param>
    /// <param name="steps">How many.</param>
    /// <param name="digits">Significant digits that lines print.</param>
    /// <param name="worked">How many steps are written out with <see cref="DescentStep.Lines"/>.</param>
    /// <exception cref="LonghandException">Function or gradient has no finite value at the start.</exception>
    public static Descent Run(
        Expression function,
        IReadOnlyList<Rational> start,
        Optimizer optimizer,
        int steps,
        int digits = 6,
        int worked = int.MaxValue
    )
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentOutOfRangeException.ThrowIfNotEqual(start.Count, function.Variables.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, MostSteps);
        if (start.Count == 0)
            throw new LonghandException($"{Quoted.Of(function.Text)} has no variable, so that there is nothing to minimise.");
        var descent = new Descent(function, optimizer);
        Expr[] point = [.. start.Select((x, i) => Expr.Symbol(function.Variables[i], (double)x, x))];
        if (descent.Problem(point, out DescentStep first, 0) is { } problem)
            throw new LonghandException($"{problem} That is where the path would start; choose another start.");
        var path = new List<DescentStep> { first };
        var writer = new DescentWriter(descent, digits);
        Expr[][] state = [.. point.Select(_ => Enumerable.Repeat(Expr.Of(0.0), optimizer.State.Count).ToArray())];
        for (int step = 1; step <= steps && descent.Failure is null; step++)
        {
            IReadOnlyList<NumberLine> lines = writer.Step(point, state, step, write: step <= worked, out Expr[] next);
            descent.Failure = descent.Problem(next, out DescentStep reached, step);
            path.Add(reached with { Lines = step <= worked ? [.. lines, .. writer.Value(next, reached)] : [] });
            point = next;
        }
        descent.Path = path;
        return descent;
    }

    private string? Problem(Expr[] point, out DescentStep step, int number)
    {
        double[] x = [.. point.Select(e => e.Value)];
        double value = Function.Evaluate(x);
        double[] gradient = [.. Gradient.Select(slope => slope.Evaluate(x))];
        double? distance = Stationary
            .Points.Where(p => p.Kind == StationaryKind.Minimum)
            .Select(p => (double?)p.DistanceFrom(x))
            .DefaultIfEmpty(null)
            .Min();
        step = new(number, x, value, gradient, distance);
        string where = number == 0 ? "at the start" : string.Create(CultureInfo.InvariantCulture, $"after step {number}");
        foreach ((int i, string name) in Function.Variables.Index())
            if (!double.IsFinite(x[i]))
                return $"{where}, {name} is {Described(x[i])}.";
        if (NotFinite("f", Function, x, value) is { } inValue)
            return $"{where}, {inValue}";
        foreach ((int i, string name) in Function.Variables.Index())
            if (NotFinite($"∂f/∂{name} = {Gradient[i].Text}", Gradient[i], x, gradient[i]) is { } inGradient)
                return $"{where}, {inGradient}";
        return null;
    }

    // The innermost part that goes wrong says why: in ln(x − 2)·y it is ln(−1).
    private string? NotFinite(string what, Expression of, double[] x, double value)
    {
        if (double.IsFinite(value))
            return null;
        ExpressionTerm culprit = ExpressionParts.FirstNotFinite(of.Root, x)!;
        var numbers = new ExpressionWriter(variable =>
            NumberLine.Number(x[variable.Index], Rational.FromDouble(x[variable.Index]), 6).Text
        );
        string place = string.Join(", ", Function.Variables.Select((name, i) => $"{name} = {Shown(x[i])}"));
        string part =
            culprit.Equals(of.Root) && of == Function
                ? new ExpressionWriter().Write(culprit)
                : $"{new ExpressionWriter().Write(culprit)} in {what}";
        return $"where {place}, {part} is {numbers.Write(culprit)}, {Described(culprit.Evaluate(x))}.";
    }

    private static string Shown(double value) => NumberLine.Number(value, Rational.FromDouble(value), 6).Text;

    private static string Described(double value) =>
        double.IsNaN(value) ? "which is not a number" : "which is beyond all numbers (infinite)";
}
