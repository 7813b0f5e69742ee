using System.Globalization;
using Longhand.Activations;
using Longhand.Numbers;
using Longhand.Working;

namespace Longhand.Analysis;

/// <summary>A formula and the stretch of the line on which it holds.</summary>
/// <param name="Text">In symbols, as plain text.</param>
/// <param name="From">Where the stretch begins; −∞ for none.</param>
/// <param name="FromIncluded">Whether the beginning belongs to it.</param>
/// <param name="To">Where the stretch ends; ∞ for none.</param>
/// <param name="ToIncluded">Whether the end belongs to it.</param>
public sealed record CurvePiece(string Text, double From, bool FromIncluded, double To, bool ToIncluded)
{
    private const int Digits = 6;

    /// <summary>The stretch as a condition: <c>x ≤ 0</c>; empty for the whole line.</summary>
    public string Condition
    {
        get
        {
            string from = From.ToString(CultureInfo.InvariantCulture),
                to = To.ToString(CultureInfo.InvariantCulture);
            if (From.Equals(To))
                return $"x = {from}";
            string above = double.IsInfinity(From) ? "" : from,
                below = double.IsInfinity(To) ? "" : to;
            return (above, below) switch
            {
                ("", "") => "",
                ("", _) => $"x {(ToIncluded ? '≤' : '<')} {to}",
                (_, "") => $"x {(FromIncluded ? '≥' : '>')} {from}",
                _ => $"{from} {(FromIncluded ? '≤' : '<')} x {(ToIncluded ? '≤' : '<')} {to}",
            };
        }
    }

    // A declaration that chooses shows, read at a number, the branch that is chosen there: so it is read at each break, at 0, and once in
    // each stretch between them. Neighbours with the same text are one piece.
    internal static IReadOnlyList<CurvePiece> Of(Activation activation, double[] breaks, bool slope)
    {
        double[] cuts = [.. breaks.Append(0).Distinct().Order()];
        var pieces = new List<CurvePiece>();
        double from = double.NegativeInfinity;
        foreach (double cut in cuts)
        {
            Add(new(Read(double.IsInfinity(from) ? cut - 1 : from + (cut - from) / 2), from, false, cut, false));
            Add(new(Read(cut), cut, true, cut, true));
            from = cut;
        }
        Add(new(Read(from + 1), from, false, double.PositiveInfinity, false));
        return pieces;

        void Add(CurvePiece piece)
        {
            if (pieces is [.., var last] && last.Text == piece.Text)
                pieces[^1] = last with { To = piece.To, ToIncluded = piece.ToIncluded };
            else
                pieces.Add(piece);
        }

        string Read(double at)
        {
            var notation = new TextNotation(e => new SymbolName(e.Name), Digits);
            var x = Expr.Symbol("x", at, Rational.FromDouble(at));
            Expr value = activation.Value(x);
            return notation.Symbolic(slope ? activation.Slope(x, Expr.Symbol("y", value.Value, value.Exact)) : value);
        }
    }
}
