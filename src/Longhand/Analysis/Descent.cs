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

    /// <summary>The learning rate of the step; null for the start.</summary>
    public double? Rate { get; init; }

    /// <summary>What the optimizer keeps after the step: for each variable the numbers of <see cref="Optimizer.State"/>.</summary>
    public IReadOnlyList<IReadOnlyList<double>> State { get; init; } = [];
}

/// <summary>
/// A function minimised by an optimizer, every step with its numbers: the gradient in symbols, the stationary points where they can be
/// solved for, the path in double precision.
/// </summary>
public sealed class Descent
{
    /// <summary>The most steps that are taken.</summary>
    public const int MostSteps = 100_000;

    private Descent(Expression function, Optimizer optimizer, Schedule? schedule)
    {
        Function = function;
        Optimizer = optimizer;
        Schedule = schedule;
        Gradient = [.. function.Variables.Select((_, i) => function.Derivative(i))];
        Stationary = StationaryPoints.Of(function);
        if (Stationary.Hessian is { } hessian)
        {
            Curvature = LinearSystem.Eigenvalues(hessian);
            StableRate =
                schedule is null && LinearSystem.Inertia(hessian) is (> 0, 0, _)
                    ? StableRate.Of(optimizer, Curvature.Value.Greatest)
                    : null;
        }
    }

    /// <summary>The function.</summary>
    public Expression Function { get; }

    /// <summary>The optimizer.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>How its learning rate changes; null where it does not.</summary>
    public Schedule? Schedule { get; }

    /// <summary>The partial derivatives, one for each variable.</summary>
    public IReadOnlyList<Expression> Gradient { get; }

    /// <summary>Where the gradient is zero.</summary>
    public StationaryPoints Stationary { get; }

    /// <summary>For a quadratic function the least and the greatest eigenvalue of its Hessian.</summary>
    public (double Least, double Greatest)? Curvature { get; }

    /// <summary>For a quadratic function that has a minimum: which learning rates converge; null for optimizers that are not linear, and under a schedule.</summary>
    public StableRate? StableRate { get; }

    /// <summary>The start and the point behind each step.</summary>
    public IReadOnlyList<DescentStep> Path { get; private set; } = [];

    /// <summary>Why the path ends before its last step: what left the finite numbers, and where. Null where it does not.</summary>
    public string? Failure { get; private set; }

    /// <summary>Whether the path runs away: the value has risen, with every one of the last steps, far beyond where it began.</summary>
    public bool Diverges =>
        Failure is null && StableRate is { } stable && Optimizer.LearningRate >= stable.Limit
            ? Path.Count > 1 && Path[^1].Value > Path[0].Value
            : DescentWalk.RunsAway(Path, Failure);

    /// <summary>Minimises a function.</summary>
    /// <param name="function">In at least one variable.</param>
    /// <param name="start">A coordinate for each variable, in their order.</param>
    /// <param name="optimizer">The rule of the steps.</param>
    /// <param name="steps">How many.</param>
    /// <param name="digits">Significant digits that lines print.</param>
    /// <param name="worked">How many steps are written out with <see cref="DescentStep.Lines"/>.</param>
    /// <param name="schedule">How the learning rate changes from step to step, a step being an epoch; null for the optimizer's own.</param>
    /// <param name="workedFrom">The first step that is written out.</param>
    /// <exception cref="LonghandException">Function or gradient has no finite value at the start.</exception>
    public static Descent Run(
        Expression function,
        IReadOnlyList<Rational> start,
        Optimizer optimizer,
        int steps,
        int digits = 6,
        int worked = int.MaxValue,
        Schedule? schedule = null,
        int workedFrom = 1
    )
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentOutOfRangeException.ThrowIfNotEqual(start.Count, function.Variables.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, MostSteps);
        if (start.Count == 0)
            throw new LonghandException($"{Quoted.Of(function.Text)} has no variable, so that there is nothing to minimise.");
        var descent = new Descent(function, optimizer, schedule);
        var walk = DescentWalk.Run(
            new FunctionLandscape(function, descent.Gradient, descent.Stationary),
            start,
            new(optimizer, schedule, steps, digits, workedFrom, worked)
        );
        (descent.Path, descent.Failure) = (walk.Path, walk.Failure);
        return descent;
    }
}
