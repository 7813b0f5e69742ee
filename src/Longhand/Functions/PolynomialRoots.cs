using System.Numerics;
using Longhand.Numbers;

namespace Longhand;

/// <summary>A real root: exactly where it is a fraction, otherwise the double nearest to it.</summary>
internal readonly record struct PolynomialRoot(double Value, Rational? Exact, int SignBefore, int SignAfter);

/// <summary>
/// All real roots of a polynomial in one variable, none missed: each is enclosed by Sturm's theorem (the changes of sign in the chain of
/// remainders count the roots of an interval), and the enclosure is halved until a fraction is found in it or a double names it.
/// </summary>
internal static class PolynomialRoots
{
    // 2^-70 of the whole range is finer than any double that is told from its neighbours there.
    private const int Halvings = 140;

    // A fraction with a larger denominator is nobody's answer; beyond it the root is given as a decimal.
    private const int LargestDenominator = 1_000_000;

    /// <summary>The roots in rising order, each once, with the sign of the polynomial on both sides.</summary>
    /// <param name="coefficients">From the constant upwards; not all 0.</param>
    public static IReadOnlyList<PolynomialRoot> Find(IReadOnlyList<Rational> coefficients)
    {
        Rational[] p = Trimmed([.. coefficients]);
        if (p.Length < 2)
            return [];
        // Without its repeated factors, which all end the chain, the polynomial has the same roots, each of them simple.
        List<Rational[]> chain = Sturm(Quotient(p, Sturm(p)[^1]));
        // Cauchy's bound: no root is larger.
        Rational bound = 1 + p[..^1].Max(c => Rational.Abs(c / p[^1]));
        var intervals = new List<(Rational Low, Rational High)>();
        Split(chain, -bound, bound, intervals);
        (Rational Value, bool IsExact)[] roots = [.. intervals.Select(interval => Refine(chain, interval.Low, interval.High))];
        return
        [
            .. roots.Select(
                (root, i) =>
                    new PolynomialRoot(
                        (double)root.Value,
                        root.IsExact ? root.Value : null,
                        Value(p, i == 0 ? root.Value - 1 : (roots[i - 1].Value + root.Value) / 2).Sign,
                        Value(p, i == roots.Length - 1 ? root.Value + 1 : (root.Value + roots[i + 1].Value) / 2).Sign
                    )
            ),
        ];
    }

    private static void Split(List<Rational[]> chain, Rational low, Rational high, List<(Rational, Rational)> found)
    {
        int count = Changes(chain, low) - Changes(chain, high); // roots in (low, high]
        if (count == 0)
            return;
        if (count == 1)
        {
            found.Add((low, high));
            return;
        }
        Rational middle = (low + high) / 2;
        Split(chain, low, middle, found);
        Split(chain, middle, high, found);
    }

    private static (Rational Value, bool IsExact) Refine(List<Rational[]> chain, Rational low, Rational high)
    {
        for (int i = 0; i < Halvings; i++)
        {
            Rational simplest = Simplest(low, high);
            if (simplest > low && simplest.Denominator <= LargestDenominator && Value(chain[0], simplest).IsZero)
                return (simplest, true);
            Rational middle = (low + high) / 2;
            if (Changes(chain, low) - Changes(chain, middle) == 1)
                high = middle;
            else
                low = middle;
        }
        return ((low + high) / 2, false);
    }

    /// <summary>The fraction with the smallest denominator in (low, high], by continued fractions.</summary>
    private static Rational Simplest(Rational low, Rational high)
    {
        if (low.Sign < 0 && high.Sign >= 0)
            return 0;
        if (high.Sign < 0)
        {
            // (low, high] mirrored is [−high, −low): its simplest lies in the closed interval.
            Rational mirrored = SimplestClosed(-high, -low);
            return -mirrored;
        }
        return SimplestClosed(low, high);
    }

    private static Rational SimplestClosed(Rational low, Rational high)
    {
        BigInteger whole = Floor(low);
        if (low == whole)
            return low;
        if (whole + 1 <= high)
            return whole + 1;
        return whole + 1 / SimplestClosed(1 / (high - whole), 1 / (low - whole));
    }

    private static BigInteger Floor(Rational value) =>
        BigInteger.Divide(value.Numerator - (value.Sign < 0 ? value.Denominator - 1 : 0), value.Denominator);

    private static List<Rational[]> Sturm(Rational[] p)
    {
        var chain = new List<Rational[]> { p, Trimmed([.. p.Skip(1).Select((c, i) => c * (i + 1))]) };
        while (chain[^1].Length > 1)
        {
            Rational[] rest = Remainder(chain[^2], chain[^1]);
            if (rest.Length == 0)
                break;
            // A positive factor changes no sign and keeps the fractions short.
            Rational scale = Rational.Abs(rest[^1]);
            chain.Add([.. rest.Select(c => -c / scale)]);
        }
        return chain;
    }

    private static Rational[] Remainder(Rational[] a, Rational[] b) => Trimmed(Divide(a, b, new Rational[Math.Max(1, a.Length)]));

    private static Rational[] Quotient(Rational[] a, Rational[] b)
    {
        var quotient = new Rational[a.Length - b.Length + 1];
        Divide(a, b, quotient);
        return quotient;
    }

    private static Rational[] Divide(Rational[] a, Rational[] b, Rational[] quotient)
    {
        Rational[] rest = [.. a];
        for (int shift = a.Length - b.Length; shift >= 0; shift--)
        {
            Rational factor = quotient[shift] = rest[shift + b.Length - 1] / b[^1];
            for (int i = 0; i < b.Length; i++)
                rest[shift + i] -= factor * b[i];
        }
        return rest;
    }

    // With zeros left out the difference between two places counts the roots in (low, high].
    private static int Changes(List<Rational[]> chain, Rational x)
    {
        int changes = 0,
            last = 0;
        foreach (Rational[] p in chain)
        {
            int sign = Value(p, x).Sign;
            if (sign != 0 && last != 0 && sign != last)
                changes++;
            if (sign != 0)
                last = sign;
        }
        return changes;
    }

    private static Rational Value(Rational[] p, Rational x)
    {
        Rational value = 0;
        for (int i = p.Length - 1; i >= 0; i--)
            value = value * x + p[i];
        return value;
    }

    private static Rational[] Trimmed(Rational[] p)
    {
        int length = p.Length;
        while (length > 0 && p[length - 1].IsZero)
            length--;
        return p[..length];
    }
}
