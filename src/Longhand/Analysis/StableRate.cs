using Longhand.Numbers;

namespace Longhand.Analysis;

/// <summary>
/// The learning rates with which an optimizer of the gradient-descent family converges on a quadratic: along the direction of a curvature λ
/// each update is a linear map of the error and the velocity, and it shrinks both while its spectral radius is below 1. For plain descent
/// that is η &lt; 2/λ, with momentum η &lt; 2(1 + μ)/λ (Polyak 1964), with Nesterov's η &lt; 2(1 + μ)/((1 + 2μ)λ).
/// </summary>
/// <param name="Limit">Below it every step shrinks the error in the end.</param>
/// <param name="Formula">What the limit is, in symbols; empty where options such as weight decay leave no short one.</param>
/// <param name="Factor">By what an error along the steepest direction is multiplied at each step, at the optimizer's own rate.</param>
public sealed record StableRate(double Limit, string Formula, double Factor)
{
    /// <summary>The limit for a greatest curvature; null where the optimizer's update is not linear (adam, rmsprop, …).</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="curvature">λ, the greatest eigenvalue of the Hessian; above 0.</param>
    public static StableRate? Of(Optimizer optimizer, double curvature)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        if (optimizer.State.Count > 1 || !IsLinear(optimizer) || !(curvature > 0))
            return null;
        string formula = FormulaOf(optimizer);
        double momentum = optimizer.State.Count == 0 ? 0 : Next(optimizer, 1, 0, 0, 1).Velocity;
        double limit = formula switch
        {
            "" => Search(optimizer, curvature),
            "2/λ" or "2(1 + μ)/λ" => 2 * (1 + momentum) / curvature,
            _ => 2 * (1 + momentum) / ((1 + 2 * momentum) * curvature),
        };
        return new(limit, formula, SpectralRadius(optimizer, optimizer.LearningRate, curvature));
    }

    /// <summary>The limit without a formula: where the spectral radius passes 1.</summary>
    internal static double Search(Optimizer optimizer, double curvature)
    {
        double Radius(double rate) => SpectralRadius(optimizer, rate, curvature);
        double low = 0,
            high = 1 / curvature;
        while (Radius(high) < 1 && double.IsFinite(high))
            (low, high) = (high, 2 * high);
        for (int i = 0; i < 100; i++)
        {
            double middle = low + (high - low) / 2;
            if (Radius(middle) < 1)
                low = middle;
            else
                high = middle;
        }
        return high;
    }

    private static string FormulaOf(Optimizer optimizer)
    {
        (double Weight, double Velocity) gradient = Next(optimizer, 1, 0, 1, 0),
            still = Next(optimizer, 1, 1, 0, 0);
        if (still != (1, 0))
            return "";
        if (optimizer.State.Count == 0)
            return "2/λ";
        (double Weight, double Velocity) rolling = Next(optimizer, 1, 0, 0, 1);
        return gradient.Velocity != 1 ? ""
            : rolling.Weight == -rolling.Velocity ? "2(1 + μ)/λ"
            : "2(1 + μ)/((1 + 2μ)λ)";
    }

    // The rule is asked itself, so that it stands in one place only.
    private static bool IsLinear(Optimizer optimizer)
    {
        (double Weight, double Velocity) one = Next(optimizer, 1, 0.5, 0.75, 0.25),
            two = Next(optimizer, 1, 1, 1.5, 0.5),
            none = Next(optimizer, 1, 0, 0, 0);
        return none == (0, 0) && Near(2 * one.Weight, two.Weight) && Near(2 * one.Velocity, two.Velocity);
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) <= 1e-12 * Math.Max(1, Math.Abs(a));

    private static double SpectralRadius(Optimizer optimizer, double rate, double curvature)
    {
        (double a, double c) = Next(optimizer, rate, 1, curvature, 0);
        (double b, double d) = optimizer.State.Count == 0 ? (0, 0) : Next(optimizer, rate, 0, 0, 1);
        double half = (a + d) / 2,
            determinant = a * d - b * c,
            root = half * half - determinant;
        return root < 0 ? Math.Sqrt(determinant) : Math.Abs(half) + Math.Sqrt(root);
    }

    // An update behind the first, which some rules treat in a way of its own.
    private static (double Weight, double Velocity) Next(Optimizer optimizer, double rate, double weight, double gradient, double velocity)
    {
        var constants = new Float64[Optimizer.MaximumConstants];
        var state = new Float64[Math.Max(1, optimizer.State.Count)];
        state[0] = new(velocity);
        optimizer.Constants(2, new Float64(rate), constants);
        Float64 next = optimizer.Next(new Float64(weight), new Float64(gradient), state, constants);
        return (next.Value, optimizer.State.Count == 0 ? 0 : state[0].Value);
    }
}
