using Longhand.Numbers;

namespace Longhand.Analysis;

/// <summary>The height is a function that was typed; its slopes are exact derivatives.</summary>
internal sealed class FunctionLandscape : Landscape
{
    // So many tell any two numbers of double precision apart.
    private const int MostDigits = 17;
    private const int LongestLine = 400;

    private readonly Expression function;
    private readonly IReadOnlyList<Expression> gradient;
    private readonly IReadOnlyList<StationaryPoint> minima;

    /// <param name="function">The function.</param>
    /// <param name="gradient">Its partial derivatives.</param>
    /// <param name="stationary">Where they are zero, as far as that is known.</param>
    public FunctionLandscape(Expression function, IReadOnlyList<Expression> gradient, StationaryPoints stationary)
    {
        (this.function, this.gradient) = (function, gradient);
        minima = [.. stationary.Points.Where(point => point.Kind == StationaryKind.Minimum)];
    }

    public override string Name => "f";

    public override IReadOnlyList<string> Variables => function.Variables;

    public override double Value(double[] x) => function.Evaluate(x);

    public override double[] Gradient(double[] x) => [.. gradient.Select(slope => slope.Evaluate(x))];

    public override Rational? ExactSlope(int variable, Expr[] point) => Exact(gradient[variable], point);

    public override NumberLine SlopeLine(int variable, Expr[] point, Expr slope, int digits) =>
        Line($"∂f/∂{Variables[variable]}", gradient[variable], point, slope.Value, slope.Exact, digits);

    public override NumberLine ValueLine(Expr[] point, double value, int digits) =>
        Line("f", function, point, value, Exact(function, point), digits);

    public override double? Distance(double[] x) => minima.Select(point => (double?)point.DistanceFrom(x)).DefaultIfEmpty(null).Min();

    protected override string ValueProblem(double[] x, double value) => Problem("f", function, x);

    protected override string SlopeProblem(int variable, double[] x, double value) =>
        Problem($"∂f/∂{Variables[variable]} = {gradient[variable].Text}", gradient[variable], x);

    // The innermost part that goes wrong says why: in ln(x − 2)·y it is ln(−1).
    private string Problem(string what, Expression of, double[] x)
    {
        ExpressionTerm culprit = ExpressionParts.FirstNotFinite(of.Root, x)!;
        var numbers = new ExpressionWriter(variable => Shown(x[variable.Index]));
        string place = string.Join(", ", Variables.Select((name, i) => $"{name} = {Shown(x[i])}"));
        string part =
            culprit.Equals(of.Root) && of == function
                ? new ExpressionWriter().Write(culprit)
                : $"{new ExpressionWriter().Write(culprit)} in {what}";
        return $"where {place}, {part} is {numbers.Write(culprit)}, {Described(culprit.Evaluate(x))}.";
    }

    private static Rational? Exact(Expression of, Expr[] point)
    {
        if (!point.All(e => e.Exact is not null))
            return null;
        Rational? exact = ExactExpression.Evaluate(of.Root, [.. point.Select(e => e.Exact!.Value)]);
        return exact is { BitLength: <= Expr.MaximumExactBits } ? exact : null;
    }

    private static NumberLine Line(string name, Expression of, Expr[] point, double value, Rational? exact, int digits)
    {
        // Nobody reads a line of many pages, and reading it back would take longer than all else.
        if (ExpressionParts.Count(of.Root, LongestLine) >= LongestLine)
            return new(name, "…", "…", false, NumberLine.Number(value, exact, digits).Text, false);
        // A number that is rounded across a kink, as step(x − 1) has one, would say something else: then it has as many digits as it takes.
        for (int shown = digits; ; shown++)
        {
            NumberLine line = Line(name, of, point, value, exact, shown, digits);
            if (NumberLine.Disagreement(line, shown) is not { } disagreement)
                return line;
            if (shown >= MostDigits)
                throw new InvalidOperationException($"A bug in Longhand: the line {line} does not hold: {disagreement}");
        }
    }

    private static NumberLine Line(string name, Expression of, Expr[] point, double value, Rational? exact, int shown, int digits)
    {
        bool allExact = true;
        string numbers = new ExpressionWriter(variable =>
        {
            Expr e = point[variable.Index];
            (string text, bool isExact) = NumberLine.Number(e.Value, e.Exact, shown);
            allExact &= isExact;
            return text;
        }).Write(of.Root);
        (string result, bool resultExact) = NumberLine.Number(value, exact, digits);
        return new(name, new ExpressionWriter().Write(of.Root), numbers, allExact, result, resultExact && allExact);
    }
}
