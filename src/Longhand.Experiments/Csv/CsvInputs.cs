namespace Longhand.Experiments;

/// <summary>The input columns of a table, as they come line by line.</summary>
/// <param name="table">The table.</param>
/// <param name="columns">The columns that are inputs.</param>
/// <param name="fill">Whether missing values are filled with their column's mean.</param>
internal sealed class CsvInputs(CsvTable table, int[] columns, bool fill)
{
    private readonly List<double> numbers = [];
    private readonly List<int> gaps = [];
    private readonly double[] sums = new double[columns.Length];
    private readonly int[] present = new int[columns.Length];

    /// <summary>How many lines have been taken.</summary>
    public int Count { get; private set; }

    /// <summary>Takes the inputs of the table's present line.</summary>
    public void Take()
    {
        for (int c = 0; c < columns.Length; c++)
            if (fill && table.IsMissing(columns[c]))
            {
                gaps.Add(numbers.Count);
                numbers.Add(0);
            }
            else
            {
                double number = table.Number(columns[c]);
                numbers.Add(number);
                sums[c] += number;
                present[c]++;
            }
        Count++;
        if (numbers.Count > CsvTable.MostNumbers)
            throw table.Error(
                FormattableString.Invariant($"more than {CsvTable.MostNumbers:N0} numbers are too many for a text table; keep them as npy.")
            );
    }

    /// <summary>The rows, gaps filled, and what was done to them.</summary>
    public Rows Finish(out string[] notes)
    {
        double[] rows = [.. numbers];
        foreach (int gap in gaps)
        {
            int c = gap % columns.Length;
            if (present[c] == 0)
                throw table.Error(
                    $"{table.ColumnName(columns[c])} has no value at all, so that there is no mean; say ignore={columns[c] + 1}."
                );
            rows[gap] = sums[c] / present[c];
        }
        notes =
            gaps.Count == 0
                ? []
                : [FormattableString.Invariant($"{gaps.Count:N0} missing values were filled with the means of their columns.")];
        return Rows.Of(rows, columns.Length);
    }
}
