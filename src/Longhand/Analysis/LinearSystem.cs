using Longhand.Numbers;

namespace Longhand.Analysis;

/// <summary>Linear equations and symmetric matrices in exact fractions.</summary>
internal static class LinearSystem
{
    /// <summary>All solutions of Ax = b: one of them, and the directions in which every other lies. Null where there is none.</summary>
    /// <remarks>By Gauss and Jordan.</remarks>
    public static (Rational[] Solution, IReadOnlyList<Rational[]> Directions)? Solve(Rational[,] a, Rational[] b)
    {
        int n = b.Length;
        var rows = new Rational[n][];
        for (int i = 0; i < n; i++)
            rows[i] = [.. Enumerable.Range(0, n).Select(j => a[i, j]), b[i]];
        var pivots = new List<int>();
        for (int column = 0; column < n; column++)
        {
            int rank = pivots.Count;
            int pivot = Array.FindIndex(rows, rank, row => !row[column].IsZero);
            if (pivot < 0)
                continue;
            (rows[rank], rows[pivot]) = (rows[pivot], rows[rank]);
            Rational lead = rows[rank][column];
            rows[rank] = [.. rows[rank].Select(value => value / lead)];
            for (int i = 0; i < n; i++)
                if (i != rank && rows[i][column] is { IsZero: false } factor)
                    rows[i] = [.. rows[i].Zip(rows[rank], (value, other) => value - factor * other)];
            pivots.Add(column);
            if (pivots.Count == n)
                break;
        }
        if (rows.Skip(pivots.Count).Any(row => !row[n].IsZero))
            return null;
        var solution = new Rational[n];
        foreach ((int row, int column) in pivots.Index())
            solution[column] = rows[row][n];
        var directions = new List<Rational[]>();
        foreach (int free in Enumerable.Range(0, n).Except(pivots))
        {
            var direction = new Rational[n];
            direction[free] = 1;
            foreach ((int row, int column) in pivots.Index())
                direction[column] = -rows[row][free];
            directions.Add(direction);
        }
        return (solution, directions);
    }

    /// <summary>How many eigenvalues of a symmetric matrix are positive, negative and zero, by Sylvester's law of inertia.</summary>
    public static (int Positive, int Negative, int Zero) Inertia(Rational[,] symmetric)
    {
        int n = symmetric.GetLength(0);
        var a = (Rational[,])symmetric.Clone();
        var open = Enumerable.Range(0, n).ToList();
        int positive = 0,
            negative = 0;
        while (open.Count > 0)
        {
            int k = open.FirstOrDefault(i => !a[i, i].IsZero, -1);
            if (k < 0)
            {
                int i = open.FirstOrDefault(row => open.Any(column => !a[row, column].IsZero), -1);
                if (i < 0)
                    break;
                int j = open.First(column => !a[i, column].IsZero);
                // xᵢ becomes xᵢ + xⱼ, which puts 2aᵢⱼ onto the diagonal.
                foreach (int m in open)
                    a[i, m] += a[j, m];
                foreach (int m in open)
                    a[m, i] += a[m, j];
                k = i;
            }
            Rational pivot = a[k, k];
            if (pivot.Sign > 0)
                positive++;
            else
                negative++;
            open.Remove(k);
            foreach (int i in open)
            {
                Rational factor = a[i, k] / pivot;
                foreach (int j in open)
                    a[i, j] -= factor * a[k, j];
            }
        }
        return (positive, negative, n - positive - negative);
    }

    /// <summary>
    /// The least and the greatest eigenvalue of a symmetric matrix, in double precision, by Jacobi's rotations; a short decimal that is one
    /// exactly comes out as such.
    /// </summary>
    public static (double Least, double Greatest) Eigenvalues(Rational[,] symmetric)
    {
        int n = symmetric.GetLength(0);
        var a = new double[n, n];
        for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            a[i, j] = (double)symmetric[i, j];
        const int sweeps = 60;
        for (int sweep = 0; sweep < sweeps; sweep++)
        for (int p = 0; p < n; p++)
        for (int q = p + 1; q < n; q++)
            Rotate(a, p, q);
        double[] values = [.. Enumerable.Range(0, n).Select(i => a[i, i])];
        return (Exactly(symmetric, values.Min()), Exactly(symmetric, values.Max()));
    }

    private static double Exactly(Rational[,] symmetric, double eigenvalue)
    {
        double rounded = Math.Abs(eigenvalue) < 1e9 ? Math.Round(eigenvalue, 6) : eigenvalue;
        if (rounded.Equals(eigenvalue) || Math.Abs(rounded - eigenvalue) > 1e-9)
            return eigenvalue;
        var shifted = (Rational[,])symmetric.Clone();
        for (int i = 0; i < symmetric.GetLength(0); i++)
            shifted[i, i] -= Rational.FromDouble(rounded);
        return Inertia(shifted).Zero > 0 ? rounded + 0.0 : eigenvalue;
    }

    private static void Rotate(double[,] a, int p, int q)
    {
        if (a[p, q] == 0)
            return;
        double theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        double t = theta == 0 ? 1 : Math.Sign(theta) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        double c = 1 / Math.Sqrt(t * t + 1),
            s = t * c;
        for (int k = 0; k < a.GetLength(0); k++)
            (a[k, p], a[k, q]) = (c * a[k, p] - s * a[k, q], s * a[k, p] + c * a[k, q]);
        for (int k = 0; k < a.GetLength(0); k++)
            (a[p, k], a[q, k]) = (c * a[p, k] - s * a[q, k], s * a[p, k] + c * a[q, k]);
    }
}
