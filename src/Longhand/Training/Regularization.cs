using System.Globalization;
using System.Runtime.CompilerServices;
using Longhand.Numbers;

namespace Longhand;

/// <summary>A penalty on weights (not on biases), reported apart from the loss: l1·Σ|w| + ½·l2·Σw².</summary>
/// <param name="L1">The factor of Σ|w|.</param>
/// <param name="L2">The factor of ½Σw².</param>
public sealed record Regularization(double L1 = 0, double L2 = 0)
{
    /// <summary>No penalty.</summary>
    public static Regularization None { get; } = new();

    /// <summary>Whether there is no penalty.</summary>
    public bool IsNone => L1 == 0 && L2 == 0;

    /// <summary>The penalty of one weight.</summary>
    public T Penalty<T>(T weight)
        where T : IReal<T>
    {
        T l1 = L1 == 0 ? T.Of(0) : T.Of(L1) * T.Abs(weight);
        return L2 == 0 ? l1 : l1 + T.Fraction(1, 2) * T.Of(L2) * T.Power(weight, 2);
    }

    /// <summary>The slope of the penalty at one weight; that of |w| at 0 is taken as 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Slope<T>(T weight)
        where T : IReal<T>
    {
        T l1 = L1 == 0 ? T.Of(0) : T.Select(weight, T.Of(L1), T.Of(0), T.Of(-L1));
        return L2 == 0 ? l1 : l1 + T.Of(L2) * weight;
    }

    /// <summary>Reads <c>l2 0.001</c>, <c>l1 0.01</c>, both, or <c>none</c>.</summary>
    /// <exception cref="LonghandException">It is neither.</exception>
    public static Regularization Parse(string text)
    {
        string[] words = text.Split((char[])[' ', ',', '='], StringSplitOptions.RemoveEmptyEntries);
        if (words is ["none"])
            return None;
        var read = Arguments.Read($"regularization \"{text}\"", words, ["l1", "l2"], [], 0, "l1 λ, l2 λ, both, or none");
        if (words.Length == 0)
            throw read.Error("it is empty");
        return new(read.Number("l1", 0, 0), read.Number("l2", 0, 0));
    }

    /// <inheritdoc/>
    public override string ToString() =>
        IsNone
            ? "none"
            : string.Join(
                " ",
                new[] { (Name: "l1", Value: L1), (Name: "l2", Value: L2) }
                    .Where(part => part.Value != 0)
                    .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Name} {part.Value}"))
            );
}
