namespace Longhand;

/// <summary>A function that expressions know by name.</summary>
public sealed class ExpressionFunction
{
    private readonly Func<ReadOnlySpan<double>, double> rule;

    private ExpressionFunction(string name, int least, int? most, Func<ReadOnlySpan<double>, double> rule)
    {
        Name = name;
        LeastArguments = least;
        MostArguments = most;
        this.rule = rule;
    }

    /// <summary>Every function, in the order in which help lists them. log is the natural logarithm, as ln is.</summary>
    public static IReadOnlyList<ExpressionFunction> All { get; } =
    [
        Of("exp", Math.Exp),
        Of("ln", Math.Log),
        Of("log", Math.Log),
        Of("sin", Math.Sin),
        Of("cos", Math.Cos),
        Of("tan", Math.Tan),
        Of("tanh", Math.Tanh),
        Of("arctan", Math.Atan),
        Of("sqrt", Math.Sqrt),
        Of("abs", Math.Abs),
        // Each branch takes exp of a number that is not positive, which cannot overflow.
        Of("sigmoid", x => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x))),
        Of("relu", x => Math.Max(0, x)),
        // The slopes of what has a kink: step is 1 from 0 on, as the activation is, and sgn(0) is 0.
        Of(
            "step",
            x =>
                double.IsNaN(x) ? x
                : x >= 0 ? 1
                : 0
        ),
        Of("sgn", x => double.IsNaN(x) ? x : Math.Sign(x)),
        OfMany("max", Math.Max),
        OfMany("min", Math.Min),
    ];

    /// <summary>The name, in small letters.</summary>
    public string Name { get; }

    /// <summary>The fewest arguments that it takes.</summary>
    public int LeastArguments { get; }

    /// <summary>The most arguments that it takes; null where there is no limit.</summary>
    public int? MostArguments { get; }

    /// <summary>The function's value.</summary>
    /// <param name="arguments">As many as it takes.</param>
    public double Evaluate(ReadOnlySpan<double> arguments) => rule(arguments);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static ExpressionFunction Of(string name, Func<double, double> rule) => new(name, 1, 1, x => rule(x[0]));

    private static ExpressionFunction OfMany(string name, Func<double, double, double> rule) =>
        new(
            name,
            2,
            null,
            x =>
            {
                double result = x[0];
                foreach (double next in x[1..])
                    result = rule(result, next);
                return result;
            }
        );
}
