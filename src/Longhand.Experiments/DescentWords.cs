using Longhand.Analysis;
using Longhand.Numbers;

namespace Longhand.Experiments;

/// <summary>What is said of a descent, in sentences.</summary>
internal static class DescentWords
{
    /// <summary>The kind of a stationary point in one word.</summary>
    public static string Kind(StationaryKind kind) => kind.ToString().ToLowerInvariant();

    // What is used where the function has a kink must be said, since there is no derivative.
    /// <summary>What is used where the function has a kink.</summary>
    /// <param name="function">The function.</param>
    /// <param name="gradient">Its partial derivatives.</param>
    public static IEnumerable<string> Conventions(Expression function, IReadOnlyList<Expression> gradient)
    {
        if (gradient.Any(slope => ExpressionParts.Calls(slope.Root, "sgn")))
            yield return "sgn(u) is −1 below 0, 1 above, and 0 at 0, where |u| has no derivative: a convention.";
        if (!gradient.Any(slope => ExpressionParts.Calls(slope.Root, "step")))
            yield break;
        yield return "step(u) is 0 below 0 and 1 from 0 on.";
        if (ExpressionParts.Calls(function.Root, "max", "min"))
            yield return "At a tie max and min follow their first argument: a convention, since there is no derivative.";
        if (ExpressionParts.Calls(function.Root, "relu"))
            yield return "relu has slope 0 at 0: a convention, since there is no derivative.";
    }

    /// <summary>A stationary point: where it lies, what it is, how high.</summary>
    public static string Described(StationaryPoint point, Expression function, int digits)
    {
        IReadOnlyList<string> names = function.Variables;
        bool exact = point.Exact is not null;
        string at = string.Join(
            ", ",
            names.Select(
                (name, i) => exact ? $"{name} = {Minus(point.Exact![i].ToString())}" : $"{name} ≈ {Number(point.Point[i], digits)}"
            )
        );
        double value = function.Evaluate([.. point.Point]);
        // At a rounded point a rounding error is all that is left of a height of 0.
        const double nothing = 1e-15;
        if (!exact && Math.Abs(value) < nothing)
            value = 0;
        string level = Number(value, digits);
        string where =
            point.Directions.Count == 0
                ? at
                : $"{at}, and from there along {string.Join(" and ", point.Directions.Select(v => $"({string.Join(", ", v.Select(x => Minus(x.ToString())))})"))}";
        string kind =
            point.Directions.Count > 0 && point.Kind != StationaryKind.Degenerate
                ? $"{Kind(point.Kind)}, not a strict one"
                : Kind(point.Kind);
        return $"{where}: {kind}, f {(exact && level == Number(value, 17) ? '=' : '≈')} {level}";
    }

    /// <summary>How the path goes: which rates converge, and where it ends.</summary>
    public static IEnumerable<string> Verdict(Descent d, int digits)
    {
        string rate = Number(d.Optimizer.LearningRate, digits);
        if (d.Curvature is (var least, var greatest))
        {
            yield return d.Function.Variables.Count == 1 || least == greatest
                ? $"The curvature of f is λ = {Number(greatest, digits)} everywhere."
                : $"The curvature of f, the eigenvalues of its Hessian, lies between {Number(least, digits)} and λ = {Number(greatest, digits)}.";
            if (d.StableRate is { } stable)
            {
                string limit =
                    $"{d.Optimizer.Notation.Split(' ')[0]}{(stable.Formula.Contains('μ') ? " with this momentum" : "")} converges for learning rates below {(stable.Formula.Length > 0 ? stable.Formula + " ≈ " : "")}{Number(stable.Limit, digits)}";
                yield return d.Optimizer.LearningRate < stable.Limit
                    ? $"{limit}; {rate} is below it. Along the steepest direction a step multiplies the error by {Number(stable.Factor, digits)} in the long run."
                    : $"{limit}; {rate} is not. Each step overshoots: along the steepest direction it multiplies the error by {Number(stable.Factor, digits)} in the long run, so that the path {(stable.Factor > 1 ? "diverges" : "does not settle")}.";
            }
            else if (!d.Stationary.Points.Any(point => point.Kind is StationaryKind.Minimum or StationaryKind.Degenerate))
                yield return "f has no minimum: in some direction it falls without bound, and descent follows it.";
            else if (d.Optimizer.State.Count > 0)
                yield return $"{d.Optimizer.Notation.Split(' ')[0]} scales its steps by the gradients it has seen, so that no largest rate follows from the curvature.";
        }
        foreach (string sentence in End(d.Path, d.Failure, d.Diverges && d.StableRate is null, d.Optimizer, digits))
            yield return sentence;
    }

    /// <summary>Where a path ends: outside of the finite numbers, far away, or at rest.</summary>
    /// <param name="path">The path.</param>
    /// <param name="failure">Why it ends early; null where it does not.</param>
    /// <param name="runsAway">Whether it runs away.</param>
    /// <param name="optimizer">What made it.</param>
    /// <param name="digits">Significant digits.</param>
    public static IEnumerable<string> End(IReadOnlyList<DescentStep> path, string? failure, bool runsAway, Optimizer optimizer, int digits)
    {
        if (failure is not null)
            yield return $"The path cannot go on: {failure}";
        else if (runsAway)
            yield return $"The path runs away: f has gone from {Number(path[0].Value, digits)} to {Number(path[^1].Value, digits)}. Try a learning rate smaller than {Number(optimizer.LearningRate, digits)}.";
        else if (path[^1].Gradient.All(slope => slope == 0))
            yield return $"The gradient is 0: the path has come to rest at ({string.Join(", ", path[^1].Point.Select(x => Number(x, digits)))}).";
    }

    private static string Number(double value, int digits) =>
        NumberLine.Number(value, double.IsFinite(value) ? Rational.FromDouble(value) : null, digits).Text;

    private static string Minus(string text) => text.Replace('-', '−');
}
