using System.Globalization;
using Longhand.Analysis;
using Longhand.Numbers;

namespace Longhand.Cli.Commands;

/// <summary>The properties of an activation for a person.</summary>
internal static class ActivationText
{
    private static readonly double[] points = [-5, -2, -1, -0.5, 0, 0.5, 1, 2, 5];

    private const double Side = 5,
        MostShown = 5;

    public static void Write(Page page, ActivationProperties p)
    {
        page.Strong(p.Name);
        page.Fact("value", $"y = {Formula(p.ValueFormula)}");
        page.Fact("slope", $"y′ = {Formula(p.SlopeFormula)}");
        page.Fact("at 0", $"{SlopeAtZero(p)}");
        page.Fact("range", Range(p));
        page.Fact("x → −∞", Limit(p.LimitLeft));
        page.Fact("x → ∞", Limit(p.LimitRight));
        page.Fact("centred", p.ZeroCentred ? "on 0: f(−x) = −f(x)" : "not on 0");
        page.Fact("monotone", YesNo(p.Monotone));
        page.Fact("smooth", p.Differentiable ? "differentiable everywhere" : $"no derivative {Where(p)}");
        page.Fact("linear", YesNo(p.Linear));
        page.Fact("saturates", Saturates(p));
        foreach (ParameterLimit limit in p.ParameterLimits)
            page.Fact($"{limit.Option} → {Number(limit.To)}", limit.Curve);
        page.Table(["x>", "value>", "slope>"], points.Select(x => Row(p, x)));
        page.Line(Plot(p));
        page.Line();
    }

    /// <summary>The pieces of a formula in one line.</summary>
    public static string Formula(IReadOnlyList<CurvePiece> pieces) =>
        pieces is [var only] ? only.Text : string.Join("; ", pieces.Select(piece => $"{piece.Text} for {piece.Condition}"));

    /// <summary>One derivative, or those of the two sides.</summary>
    public static string SlopeAtZero(ActivationProperties p) =>
        p.NotDifferentiableAt.Contains(0)
            ? $"{Number(p.LeftDerivativeAtZero)} left, {Number(p.RightDerivativeAtZero)} right"
            : Number(p.RightDerivativeAtZero);

    /// <summary>The range as an interval: [0, ∞).</summary>
    public static string Range(ActivationProperties p) =>
        $"{(p.LowReached ? '[' : '(')}{Number(p.Low)}, {Number(p.High)}{(p.HighReached ? ']' : ')')}";

    /// <summary>Yes, or where not.</summary>
    public static string Differentiable(ActivationProperties p) => p.Differentiable ? "yes" : $"not {Where(p)}";

    /// <summary>On which sides it levels off.</summary>
    public static string Saturates(ActivationProperties p) =>
        p.Saturates ? "yes"
        : p.SaturatesLeft ? "left only"
        : p.SaturatesRight ? "right only"
        : "no";

    public static string YesNo(bool value) => value ? "yes" : "no";

    private static string Where(ActivationProperties p) =>
        $"at {string.Join(", ", p.NotDifferentiableAt.Select(Number))}{(p.JumpsAt.Count > 0 ? ", where it jumps" : "")}";

    private static string Limit(double? limit) => limit is { } value ? Number(value) : "no limit";

    private static string[] Row(ActivationProperties p, double x)
    {
        (double value, double slope) = At(p, x);
        return [Number(x), Number(value), Number(slope)];
    }

    private static (double Value, double Slope) At(ActivationProperties p, double x)
    {
        Float64 value = p.Activation.Value(new Float64(x));
        return (value.Value, p.Activation.Slope(new Float64(x), value).Value);
    }

    private static string Plot(ActivationProperties p)
    {
        var across = (-Side, Side);
        (double, double)[] curve =
        [
            .. Enumerable.Range(0, CharacterPlot.Width).Select(c => At(p, 2 * Side * c / (CharacterPlot.Width - 1) - Side)),
        ];
        (double low, double high) = CharacterPlot.Range(curve.SelectMany(point => new[] { point.Item1, point.Item2, 0 }));
        var plot = new CharacterPlot(across, (Math.Max(low, -MostShown), Math.Min(high, MostShown)));
        for (int column = 0; column < CharacterPlot.Width; column++)
            plot.Mark(plot.Across(column), 0, '·');
        foreach ((int column, (double _, double slope)) in curve.Index())
            plot.Mark(plot.Across(column), slope, '\'');
        foreach ((int column, (double value, double _)) in curve.Index())
            plot.Mark(plot.Across(column), value, '*');
        return plot.Draw("* value   ' slope   · 0");
    }

    private static string Number(double value) =>
        double.IsInfinity(value) ? (value > 0 ? "∞" : "−∞") : (value + 0.0).ToString("G6", CultureInfo.InvariantCulture).Replace('-', '−');
}
