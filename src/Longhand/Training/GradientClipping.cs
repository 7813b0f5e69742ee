using System.Globalization;
using Longhand.Numbers;

namespace Longhand;

/// <summary>A bound on gradients, so that a single bad batch cannot throw the parameters far away.</summary>
public sealed record GradientClipping
{
    // PyTorch adds it to the norm that it divides by.
    private const double BesideNorm = 1e-6;

    private GradientClipping(double limit, bool isByValue)
    {
        if (!(limit > 0 && double.IsFinite(limit)))
            throw new LonghandException(
                string.Create(CultureInfo.InvariantCulture, $"Gradients are clipped at a number above 0, not at {limit}.")
            );
        Limit = limit;
        IsByValue = isByValue;
    }

    /// <summary>What is not exceeded.</summary>
    public double Limit { get; }

    /// <summary>Whether each gradient is clipped by itself, rather than all of them together by their norm.</summary>
    public bool IsByValue { get; }

    /// <summary>
    /// All gradients together, as one vector g, are shortened to the given length where they are longer: g ← g · min(1, c/(‖g‖₂ + 10⁻⁶))
    /// (Pascanu, Mikolov and Bengio 2013, arXiv:1211.5063; PyTorch's clip_grad_norm_).
    /// </summary>
    public static GradientClipping Norm(double limit) => new(limit, false);

    /// <summary>Each gradient is moved to the nearest number from −limit to limit (PyTorch's clip_grad_value_).</summary>
    public static GradientClipping Value(double limit) => new(limit, true);

    /// <summary>Reads <c>1.0</c> or <c>norm 1.0</c>, or <c>value 0.5</c>.</summary>
    /// <exception cref="LonghandException">It is something else.</exception>
    public static GradientClipping Parse(string text)
    {
        string[] words = text.Split((char[])[' ', '='], StringSplitOptions.RemoveEmptyEntries);
        bool named = words is ["norm" or "value", ..];
        if (words.Length != (named ? 2 : 1) || !Rational.TryParse(words[^1], out Rational limit, out _) || limit.Sign <= 0)
            throw new LonghandException(
                $"clip {Quoted.Of(text)}: a number above 0 is needed: 1.0 for the norm of all gradients, or value 0.5 for each by itself."
            );
        return new((double)limit, words[0] == "value");
    }

    /// <summary>What gradients with this sum of squares are multiplied by.</summary>
    internal double Factor(double squares) => Math.Min(1, Limit / (Math.Sqrt(squares) + BesideNorm));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsByValue ? "value" : "norm")} {Limit}");
}
