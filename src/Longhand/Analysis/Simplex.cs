using Longhand.Numbers;

namespace Longhand.Analysis;

/// <summary>A linear program in exact fractions: maximise c·y under Ay = b, y ≥ 0, begun at the slack variables, which are the last of y.</summary>
internal sealed class Simplex
{
    private readonly Rational[][] rows;
    private readonly Rational[] cost; // the reduced costs, and behind them minus the value
    private readonly int[] basis;

    /// <param name="rows">A line for each equation, its right side (at least 0) behind it; the last columns are the identity.</param>
    /// <param name="objective">c.</param>
    public Simplex(Rational[][] rows, Rational[] objective)
    {
        this.rows = rows;
        cost = [.. objective, 0];
        basis = [.. Enumerable.Range(objective.Length - rows.Length, rows.Length)];
    }

    /// <summary>The price of an equation by its slack variable's column, once the maximum is found.</summary>
    public Rational Price(int column) => -cost[column];

    /// <summary>Goes to the maximum.</summary>
    /// <returns>Null there; where there is none, a direction y ≥ 0 with Ay = 0 in which the objective grows for ever.</returns>
    public Rational[]? Maximise()
    {
        // The first column that helps, and of equal rows the first variable: Bland's rule, which never goes round in circles (1977).
        while (Array.FindIndex(cost, 0, cost.Length - 1, value => value.Sign > 0) is >= 0 and int entering)
        {
            int leaving = -1;
            for (int i = 0; i < rows.Length; i++)
                if (rows[i][entering].Sign > 0 && (leaving < 0 || IsBefore(i, leaving, entering)))
                    leaving = i;
            if (leaving < 0)
                return Ray(entering);
            Pivot(leaving, entering);
        }
        return null;
    }

    private bool IsBefore(int i, int best, int entering)
    {
        int order = (rows[i][^1] * rows[best][entering]).CompareTo(rows[best][^1] * rows[i][entering]);
        return order < 0 || (order == 0 && basis[i] < basis[best]);
    }

    private Rational[] Ray(int entering)
    {
        var ray = new Rational[cost.Length - 1];
        ray[entering] = 1;
        for (int i = 0; i < rows.Length; i++)
            ray[basis[i]] = -rows[i][entering];
        return ray;
    }

    private void Pivot(int leaving, int entering)
    {
        Rational[] line = rows[leaving];
        Rational lead = line[entering];
        for (int k = 0; k < line.Length; k++)
            if (!line[k].IsZero)
                line[k] /= lead;
        foreach (Rational[] other in (IEnumerable<Rational[]>)[.. rows, cost])
        {
            if (ReferenceEquals(other, line) || other[entering].IsZero)
                continue;
            Rational factor = other[entering];
            for (int k = 0; k < line.Length; k++)
                if (!line[k].IsZero)
                    other[k] -= factor * line[k];
        }
        basis[leaving] = entering;
    }
}
