using System.Numerics;
using Longhand.Numbers;

namespace Longhand.Analysis;

/// <summary>The rank of a matrix of numbers.</summary>
internal static class MatrixRank
{
    // 2⁶¹ − 1, a prime.
    private const ulong Prime = (1UL << 61) - 1;

    // Beside the largest number of a matrix that has been rounded, this is nothing.
    private const double Rounding = 1e-12;

    /// <summary>The rank: exactly where every number is a fraction, else as far as rounding lets it be seen.</summary>
    public static int Of(Coefficient[][] matrix)
    {
        if (!matrix.All(row => row.All(c => c.Exact is not null)))
            return Rounded([.. matrix.Select(row => Array.ConvertAll(row, c => c.Value))]);
        Rational[][] exact = [.. matrix.Select(row => Array.ConvertAll(row, c => c.Exact!.Value))];
        // In remainders of a prime the rank can only be smaller: where it is the greatest there is, nothing more is needed.
        int full = Math.Min(matrix.Length, matrix[0].Length);
        return Remainders(exact) == full ? full : Exact(exact);
    }

    private static int Exact(Rational[][] rows) =>
        Eliminate(
            rows,
            column => Array.FindIndex(rows, column.From, r => !r[column.At].IsZero),
            (a, b) => a / b,
            (a, f, b) => a - f * b,
            x => x.IsZero
        );

    private static int Remainders(Rational[][] rows)
    {
        ulong Remainder(BigInteger n) => (ulong)(((n % Prime) + Prime) % Prime);
        ulong Times(ulong a, ulong b) => (ulong)((UInt128)a * b % Prime);
        ulong Inverse(ulong a) => (ulong)BigInteger.ModPow(a, Prime - 2, Prime);
        ulong[][] of =
        [
            .. rows.Select(row => Array.ConvertAll(row, q => Times(Remainder(q.Numerator), Inverse(Remainder(q.Denominator))))),
        ];
        return Eliminate(
            of,
            column => Array.FindIndex(of, column.From, r => r[column.At] != 0),
            (a, b) => Times(a, Inverse(b)),
            (a, f, b) => (a + Prime - Times(f, b)) % Prime,
            x => x == 0
        );
    }

    private static int Rounded(double[][] rows)
    {
        double least = Rounding * rows.Max(row => row.Max(Math.Abs));
        return Eliminate(
            rows,
            column =>
            {
                int best = Enumerable.Range(column.From, rows.Length - column.From).MaxBy(r => Math.Abs(rows[r][column.At]));
                return Math.Abs(rows[best][column.At]) > least ? best : -1;
            },
            (a, b) => a / b,
            (a, f, b) => a - f * b,
            x => x == 0
        );
    }

    // Gaussian elimination; the rows are used up.
    private static int Eliminate<T>(
        T[][] rows,
        Func<(int At, int From), int> pivot,
        Func<T, T, T> divide,
        Func<T, T, T, T> subtract,
        Func<T, bool> isZero
    )
    {
        int rank = 0;
        for (int at = 0; at < rows[0].Length && rank < rows.Length; at++)
        {
            int found = pivot((at, rank));
            if (found < 0)
                continue;
            (rows[rank], rows[found]) = (rows[found], rows[rank]);
            for (int r = rank + 1; r < rows.Length; r++)
            {
                if (isZero(rows[r][at]))
                    continue;
                T factor = divide(rows[r][at], rows[rank][at]);
                for (int c = at; c < rows[r].Length; c++)
                    rows[r][c] = subtract(rows[r][c], factor, rows[rank][c]);
            }
            rank++;
        }
        return rank;
    }
}
