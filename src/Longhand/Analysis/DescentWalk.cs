using Longhand.Numbers;

namespace Longhand.Analysis;

/// <summary>How a landscape is gone down.</summary>
/// <param name="Optimizer">The rule of the steps.</param>
/// <param name="Schedule">How the learning rate changes from step to step; null for the optimizer's own.</param>
/// <param name="Steps">How many.</param>
/// <param name="Digits">Significant digits that lines print.</param>
/// <param name="WorkedFrom">The first step that is written out line by line.</param>
/// <param name="Worked">How many are.</param>
internal sealed record DescentPlan(Optimizer Optimizer, Schedule? Schedule, int Steps, int Digits, int WorkedFrom, int Worked)
{
    /// <summary>Whether a step is written out.</summary>
    public bool Writes(int step) => step >= WorkedFrom && step - WorkedFrom < Worked;

    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">From 1.</param>
    /// <param name="heights">The heights after the steps before, which a plateau watches.</param>
    public double Rate(int step, ReadOnlySpan<double> heights) =>
        Schedule?.Rate(Optimizer.LearningRate, step - 1, Steps, Schedule.Watches ? heights : []) ?? Optimizer.LearningRate;
}

/// <summary>A path down a landscape.</summary>
/// <param name="Path">The start and the point behind each step.</param>
/// <param name="Failure">Why the path ends before its last step; null where it does not.</param>
internal sealed record DescentWalk(IReadOnlyList<DescentStep> Path, string? Failure)
{
    /// <summary>Goes down.</summary>
    /// <exception cref="LonghandException">Height or gradient is no finite number at the start.</exception>
    public static DescentWalk Run(Landscape landscape, IReadOnlyList<Rational> start, DescentPlan plan)
    {
        // Fractions are for lines alone, and slow.
        Expr[] point = [.. start.Select((x, i) => Expr.Symbol(landscape.Variables[i], (double)x, plan.Worked > 0 ? x : null))];
        if (landscape.Visit(Numbers(point), 0, out DescentStep first) is { } problem)
            throw new LonghandException($"{problem} That is where the path would start; choose another start.");
        Expr[][] state = [.. point.Select(_ => Enumerable.Repeat(Expr.Of(0.0), plan.Optimizer.State.Count).ToArray())];
        var path = new List<DescentStep> { first with { State = Kept(state) } };
        var heights = new List<double>();
        var writer = new DescentWriter(landscape, plan.Optimizer, plan.Digits);
        string? failure = null;
        for (int step = 1; step <= plan.Steps && failure is null; step++)
        {
            bool writes = plan.Writes(step);
            double rate = plan.Rate(step, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(heights));
            IReadOnlyList<NumberLine> lines = writer.Step(point, path[^1].Gradient, state, step, rate, writes, out Expr[] next);
            failure = landscape.Visit(Numbers(next), step, out DescentStep reached);
            path.Add(reached with { Rate = rate, State = Kept(state), Lines = writes ? [.. lines, .. writer.Value(next, reached)] : [] });
            heights.Add(reached.Value);
            point = next;
        }
        return new(path, failure);
    }

    /// <summary>Whether a path runs away: the height has risen, with every one of the last steps, far beyond where it began.</summary>
    public static bool RunsAway(IReadOnlyList<DescentStep> path, string? failure)
    {
        const int last = 3;
        if (failure is not null && path.Count > 1)
            return true;
        double[] end = [.. path.TakeLast(last + 1).Select(step => step.Value)];
        return end.Length == last + 1
            && end.Zip(end.Skip(1)).All(pair => pair.Second > pair.First)
            && end[^1] > path[0].Value + 10 * Math.Max(1, Math.Abs(path[0].Value));
    }

    private static double[] Numbers(Expr[] point) => [.. point.Select(e => e.Value)];

    private static IReadOnlyList<IReadOnlyList<double>> Kept(Expr[][] state) =>
        [.. state.Select(of => (double[])[.. of.Select(e => e.Value)])];
}
