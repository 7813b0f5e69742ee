using Longhand.Analysis;
using Longhand.Numbers;

namespace Longhand.Playground.Questions;

/// <summary>
/// What a question about a descent is about: a function that was typed (f), or the loss of the session's network as a function of two of its
/// parameters (p and q; the first ones where they are empty).
/// </summary>
internal sealed class Terrain
{
    /// <summary>The arguments that say it.</summary>
    public static readonly string[] Arguments = ["f", "p", "q"];

    // Fewer examples than these say little of a loss, fewer places along a side little of a landscape.
    private const int LeastExamples = 16,
        LeastSide = 24,
        MostSide = 120,
        MostTerms = 100_000;

    private readonly long cost;
    private readonly long budget;

    private Terrain(Landscape landscape, long cost, long budget) => (Landscape, this.cost, this.budget) = (landscape, cost, budget);

    /// <summary>Heights and gradients.</summary>
    public Landscape Landscape { get; }

    /// <summary>The function; null for a loss.</summary>
    public Expression? Function { get; private init; }

    /// <summary>Its partial derivatives; empty for a loss.</summary>
    public IReadOnlyList<Expression> Gradient { get; private init; } = [];

    /// <summary>What the loss is of, in a sentence; null for a function.</summary>
    public string? Note { get; private init; }

    /// <summary>Where the chosen parameters stand; null for a function.</summary>
    public double[]? Present => (Landscape as LossLandscape)?.Present;

    /// <summary>How many places along each side of a grid are looked at.</summary>
    public int Side => (int)Math.Clamp(Math.Sqrt(budget / (double)cost), LeastSide, MostSide);

    /// <summary>Reads it.</summary>
    /// <exception cref="LonghandException">It cannot be read, has not two variables, or takes too long.</exception>
    public static Terrain Read(Asked asked) =>
        asked.Has("f") ? OfFunction(asked)
        : asked.Has("p") || asked.Has("q") ? OfNetwork(asked)
        : throw asked.Wrong("f", "a function is needed, such as x^2 + 10y^2, or two parameters p and q of the network.");

    /// <summary>Refuses a descent that takes too long.</summary>
    public void RequireSteps(Asked asked, int steps)
    {
        if (steps * cost > budget)
            throw asked.Wrong(
                "steps",
                $"{steps} steps take too long here; {budget / cost} {(Function is null ? "with this network" : "with a function of so many terms")} is the limit."
            );
    }

    private static Terrain OfFunction(Asked asked)
    {
        var function = Expression.Parse(asked.Text("f"));
        // x and y are the plane's own, even where a function uses one of them or none.
        if (function.Variables.All(name => name is "x" or "y"))
            function = Expression.Parse(function.Text, ["x", "y"]);
        if (function.Variables.Count != 2)
            throw asked.Wrong(
                "f",
                function.Variables.Count == 1
                    ? $"the only variable is {function.Variables[0]}, but the plane has two; call them x and y."
                    : $"there are {function.Variables.Count} variables ({string.Join(", ", function.Variables)}), but the plane has room for two."
            );
        Expression[] gradient = [function.Derivative(0), function.Derivative(1)];
        int terms = gradient.Append(function).Sum(e => ExpressionParts.Count(e.Root, MostTerms));
        return new(new FunctionLandscape(function, gradient, StationaryPoints.Of(function)), terms, Limits.DescentTerms)
        {
            Function = function,
            Gradient = gradient,
        };
    }

    private static Terrain OfNetwork(Asked asked)
    {
        (Setup setup, EngineState state) = (asked.Moment.Setup, asked.Moment.State);
        long macs = Math.Max(1, setup.Network.ParameterCount + Summary.Of(setup.Network).Multiplications);
        // A pass back is about two passes forward; all examples, where that is not too many.
        long most = Limits.LandscapeWork / (3 * macs * LeastSide * LeastSide);
        if (most < LeastExamples)
            throw new LonghandException(
                $"The network is too large for a landscape of its loss: it takes {macs} multiplications an example, and {Limits.LandscapeWork / (3 * LeastExamples * LeastSide * LeastSide)} is the limit."
            );
        int count = setup.Data.Train.Count,
            used = (int)Math.Min(count, most);
        var landscape = new LossLandscape(
            setup.Network,
            state.Values,
            setup.Experiment.Loss!,
            setup.Experiment.Regularization,
            setup.Data.Train,
            used,
            Places(setup.Network, asked.Text("p", ""), asked.Text("q", ""))
        );
        string examples = used == count ? $"all {count} training examples" : $"the first {used} of {count} training examples";
        string penalty = setup.Experiment.Regularization.IsNone ? "" : $", with the penalty {setup.Experiment.Regularization}";
        return new(landscape, 3 * macs * used, Limits.LandscapeWork)
        {
            Note =
                $"{setup.Experiment.Loss!.Notation} over {examples}{penalty}; all other parameters stay where they were after epoch {asked.Moment.Epoch}.",
        };
    }

    // What is not said is the first that is free.
    private static string[] Places(Network network, string p, string q)
    {
        IReadOnlyList<string> all = LossLandscape.AllPlaces(network, Limits.LandscapePlaces);
        if (all.Count < 2)
            throw new LonghandException("The network has a single parameter, but the plane has two axes.");
        p = p.Length > 0 ? p : all.First(place => place != q);
        return [p, q.Length > 0 ? q : all.First(place => place != p)];
    }
}
