using Longhand.Activations;

namespace Longhand.Analysis;

/// <summary>
/// What can be said of an activation, found from its declaration alone: nothing here is a table of answers. The declaration is read with
/// doubles and <see cref="Numbers.Dual"/> at a few thousand points over all scales, and with <see cref="Numbers.Expr"/> for its formula.
/// </summary>
public sealed record ActivationProperties
{
    private ActivationProperties(Activation activation) => Activation = activation;

    /// <summary>Reads the properties of an activation.</summary>
    public static ActivationProperties Of(Activation activation)
    {
        ArgumentNullException.ThrowIfNull(activation);
        var probe = new CurveProbe(activation);
        (double left, double right) = probe.DerivativesAt(0);
        double[] breaks = probe.FindBreaks();
        double? limitLeft = probe.Limit(-1),
            limitRight = probe.Limit(1);
        (double low, bool lowReached) = probe.Extreme(-1, limitLeft, limitRight);
        (double high, bool highReached) = probe.Extreme(1, limitLeft, limitRight);
        return new(activation)
        {
            ValueFormula = CurvePiece.Of(activation, breaks, slope: false),
            SlopeFormula = CurvePiece.Of(activation, breaks, slope: true),
            LeftDerivativeAtZero = left,
            RightDerivativeAtZero = right,
            NotDifferentiableAt = breaks,
            JumpsAt = [.. breaks.Where(probe.JumpsAt)],
            Low = low,
            High = high,
            LowReached = lowReached,
            HighReached = highReached,
            LimitLeft = limitLeft,
            LimitRight = limitRight,
            ZeroCentred = probe.IsOdd(),
            Monotone = probe.IsMonotone(breaks),
            Linear = breaks.Length == 0 && probe.HasOneSlope(),
            ParameterLimits = ParameterLimit.Of(activation),
        };
    }

    /// <summary>The activation.</summary>
    public Activation Activation { get; }

    /// <summary>Its name as it is written, arguments included.</summary>
    public string Name => Activation.Notation;

    /// <summary>The value in symbols, from left to right; one piece unless the declaration chooses by the sign of something.</summary>
    public required IReadOnlyList<CurvePiece> ValueFormula { get; init; }

    /// <summary>The declared slope in symbols, y being the value; at a kink it is what is used there, by convention.</summary>
    public required IReadOnlyList<CurvePiece> SlopeFormula { get; init; }

    /// <summary>lim (f(0) − f(−h))/h as h falls to 0; infinite where the value jumps there.</summary>
    public required double LeftDerivativeAtZero { get; init; }

    /// <summary>lim (f(h) − f(0))/h as h falls to 0; infinite where the value jumps there.</summary>
    public required double RightDerivativeAtZero { get; init; }

    /// <summary>Where it has a kink or a jump, in rising order.</summary>
    public required IReadOnlyList<double> NotDifferentiableAt { get; init; }

    /// <summary>Those of <see cref="NotDifferentiableAt"/> where the value itself jumps.</summary>
    public required IReadOnlyList<double> JumpsAt { get; init; }

    /// <summary>Whether it has a derivative everywhere.</summary>
    public bool Differentiable => NotDifferentiableAt.Count == 0;

    /// <summary>The greatest number that no value lies below; −∞ where there is none.</summary>
    public required double Low { get; init; }

    /// <summary>The least number that no value lies above; ∞ where there is none.</summary>
    public required double High { get; init; }

    /// <summary>Whether <see cref="Low"/> is a value, rather than only approached.</summary>
    public required bool LowReached { get; init; }

    /// <summary>Whether <see cref="High"/> is a value, rather than only approached.</summary>
    public required bool HighReached { get; init; }

    /// <summary>Where the value goes as x → −∞, a number or ±∞; null where it goes nowhere (a wave).</summary>
    public required double? LimitLeft { get; init; }

    /// <summary>Where the value goes as x → ∞, a number or ±∞; null where it goes nowhere (a wave).</summary>
    public required double? LimitRight { get; init; }

    /// <summary>Whether f(−x) = −f(x), so that inputs around 0 give outputs around 0.</summary>
    public required bool ZeroCentred { get; init; }

    /// <summary>Whether it never falls, or never rises.</summary>
    public required bool Monotone { get; init; }

    /// <summary>Whether it is a straight line, so that it adds nothing to the layers around it.</summary>
    public required bool Linear { get; init; }

    /// <summary>Whether it levels off towards −∞: the gradient vanishes there.</summary>
    public bool SaturatesLeft => LimitLeft is { } limit && double.IsFinite(limit);

    /// <summary>Whether it levels off towards ∞: the gradient vanishes there.</summary>
    public bool SaturatesRight => LimitRight is { } limit && double.IsFinite(limit);

    /// <summary>Whether it levels off on both sides, as sigmoid and tanh do.</summary>
    public bool Saturates => SaturatesLeft && SaturatesRight;

    /// <summary>What it becomes as a number in it goes to 0, to 1 or beyond all bounds, where that is a curve with a name or a line.</summary>
    public required IReadOnlyList<ParameterLimit> ParameterLimits { get; init; }
}
