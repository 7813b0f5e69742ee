using System.Numerics;
using Longhand.Numbers;

namespace Longhand.Analysis;

/// <summary>
/// A single unit that computes a Boolean function: true exactly where Σ wᵢxᵢ ≥ T. All weights are whole numbers, so that where it is false
/// the sum is at most T − 1.
/// </summary>
/// <param name="Weights">w, one for each input.</param>
/// <param name="Threshold">T.</param>
public sealed record ThresholdUnit(IReadOnlyList<BigInteger> Weights, BigInteger Threshold)
{
    /// <summary>Σ wᵢxᵢ − T in a row of the truth table.</summary>
    public BigInteger Excess(int row)
    {
        BigInteger sum = -Threshold;
        for (int v = 0; v < Weights.Count; v++)
            if (BooleanExpression.ValueIn(row, v, Weights.Count))
                sum += Weights[v];
        return sum;
    }

    /// <summary>The unit that is true where this one is false.</summary>
    public ThresholdUnit Negated() => new([.. Weights.Select(w => -w)], 1 - Threshold);
}

/// <summary>
/// Why no single unit computes a function: rows in which it is true and rows in which it is false, as many of the one as of the other, that
/// add up to the same inputs. Any weighted sum then adds up to the same on both sides, but would have to be larger on one of them (a Farkas
/// certificate).
/// </summary>
/// <param name="TrueRows">Rows in which the function is true, repeated as often as they count.</param>
/// <param name="FalseRows">Rows in which it is false, likewise.</param>
public sealed record Inseparability(IReadOnlyList<int> TrueRows, IReadOnlyList<int> FalseRows);

/// <summary>Decides exactly whether a single unit can compute a Boolean function.</summary>
public static class Separability
{
    /// <summary>Either the unit with the smallest weights (Σ|wᵢ| for a gap of 1 between true and false) or the proof that there is none.</summary>
    /// <param name="table">The truth table.</param>
    public static (ThresholdUnit? Unit, Inseparability? Proof) Decide(IReadOnlyList<bool> table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (ByPairs(table) is { } proof)
            return (null, proof);
        // Without such a pair each variable works in one direction alone. Then the least rows that are true and the greatest that are
        // false decide; whether they did is seen by looking at all.
        (ThresholdUnit? unit, _) = ByLinearProgram(table, Border(table));
        return unit is not null && Enumerable.Range(0, table.Count).All(row => (unit.Excess(row).Sign >= 0) == table[row])
            ? (unit, null)
            : ByLinearProgram(table, [.. Enumerable.Range(0, table.Count)]);
    }

    // A row is at the border where each step that makes the function falser (or truer, where it is false) changes its value.
    private static int[] Border(IReadOnlyList<bool> table)
    {
        int n = BitOperations.Log2((uint)table.Count),
            rising = 0,
            falling = 0;
        for (int bit = 1; bit < table.Count; bit <<= 1)
        for (int row = 0; row < table.Count; row++)
            if ((row & bit) == 0 && table[row] != table[row | bit])
                (rising, falling) = table[row] ? (rising, falling | bit) : (rising | bit, falling);
        return
        [
            .. Enumerable
                .Range(0, table.Count)
                .Where(row =>
                {
                    int high = (row & rising) | (~row & falling),
                        low = (~row & rising) | (row & falling);
                    int steps = table[row] ? high : low;
                    return Enumerable.Range(0, n).All(k => (steps & (1 << k)) == 0 || table[row ^ (1 << k)] != table[row]);
                }),
        ];
    }

    // The shortest proofs have two rows on each side. Up to eight inputs there is one whenever there is any (Muroga 1971).
    private static Inseparability? ByPairs(IReadOnlyList<bool> table)
    {
        int n = BitOperations.Log2((uint)table.Count);
        int[] ternary =
        [
            .. Enumerable.Range(0, table.Count).Select(row => Enumerable.Range(0, n).Sum(bit => ((row >> bit) & 1) * Power(bit))),
        ];
        var sums = new (int A, int B)?[Power(n)];
        int[] rows = [.. Enumerable.Range(0, table.Count)];
        int[] truths = [.. rows.Where(row => table[row])],
            lies = [.. rows.Where(row => !table[row])];
        foreach ((int a, int b) in Pairs(truths))
            sums[ternary[a] + ternary[b]] ??= (a, b);
        foreach ((int a, int b) in Pairs(lies))
            if (sums[ternary[a] + ternary[b]] is var (c, d))
                return new([c, d], [a, b]);
        return null;

        static int Power(int exponent) => (int)Math.Pow(3, exponent);
    }

    private static IEnumerable<(int, int)> Pairs(int[] rows)
    {
        for (int i = 0; i < rows.Length; i++)
        for (int j = i; j < rows.Length; j++)
            yield return (rows[i], rows[j]);
    }

    /// <summary>
    /// Minimises Σ|wᵢ| under wx − θ ≥ ½ where the function is true and ≤ −½ where it is false, by its dual: maximise ½Σyᵣ with
    /// |Σ ±yᵣxᵣ| ≤ 1 and Σ ±yᵣ = 0, which y = 0 satisfies. Where the dual grows without bound, the direction in which it does is the proof.
    /// </summary>
    internal static (ThresholdUnit? Unit, Inseparability? Proof) ByLinearProgram(IReadOnlyList<bool> table, int[] rows)
    {
        int n = BitOperations.Log2((uint)table.Count),
            m = 2 * n + 2;
        var lines = new Rational[m][];
        for (int i = 0; i < m; i++)
        {
            lines[i] = new Rational[rows.Length + m + 1];
            foreach ((int column, int row) in rows.Index())
            {
                bool on = i >= 2 * n || BooleanExpression.ValueIn(row, i / 2, n);
                lines[i][column] =
                    !on ? 0
                    : (i % 2 == 0) == table[row] ? 1
                    : -1;
            }
            lines[i][rows.Length + i] = 1;
            lines[i][^1] = i < 2 * n ? 1 : 0;
        }
        var program = new Simplex(lines, [.. Enumerable.Repeat((Rational)1 / 2, rows.Length), .. Enumerable.Repeat(Rational.Zero, m)]);
        if (program.Maximise() is { } ray)
            return (null, Proof(table, rows, ray));
        Rational[] weights =
        [
            .. Enumerable.Range(0, n).Select(i => program.Price(rows.Length + 2 * i) - program.Price(rows.Length + 2 * i + 1)),
        ];
        BigInteger scale = Denominator(weights);
        var unit = new ThresholdUnit([.. weights.Select(w => (w * scale).Numerator)], 0);
        BigInteger threshold = rows.Any(row => table[row]) ? rows.Where(row => table[row]).Min(unit.Excess) : rows.Max(unit.Excess) + 1;
        return (unit with { Threshold = threshold }, null);
    }

    private static BigInteger Denominator(Rational[] values) =>
        values.Aggregate(BigInteger.One, (all, v) => all * v.Denominator / BigInteger.GreatestCommonDivisor(all, v.Denominator));

    private static Inseparability Proof(IReadOnlyList<bool> table, int[] rows, Rational[] ray)
    {
        Rational[] counts = ray[..rows.Length];
        BigInteger scale = Denominator(counts);
        BigInteger common = counts.Aggregate(BigInteger.Zero, (all, y) => BigInteger.GreatestCommonDivisor(all, (y * scale).Numerator));
        int[] Rows(bool value) =>
            [
                .. rows.Index()
                    .Where(at => table[at.Item] == value)
                    .SelectMany(at => Enumerable.Repeat(at.Item, (int)((counts[at.Index] * scale).Numerator / common))),
            ];
        return new(Rows(true), Rows(false));
    }
}
