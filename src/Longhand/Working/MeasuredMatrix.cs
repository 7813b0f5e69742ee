namespace Longhand.Working;

/// <summary>Measured numbers in rows and columns; a single number is 1×1 and goes with everything.</summary>
internal sealed class MeasuredMatrix(int rows, int columns, Measured[] items)
{
    public int Rows => rows;

    public int Columns => columns;

    public int Length => items.Length;

    public Measured this[int index] => items[index];

    /// <summary>The one number of a 1×1 matrix.</summary>
    /// <exception cref="FormatException">There are more.</exception>
    public Measured Single =>
        items.Length == 1 ? items[0] : throw new FormatException($"a matrix of {rows}×{columns} stands where a number must");

    public static implicit operator MeasuredMatrix(Measured number) => new(1, 1, [number]);

    public static MeasuredMatrix operator +(MeasuredMatrix a, MeasuredMatrix b) => Entrywise((x, y) => x + y, a, b);

    public static MeasuredMatrix operator -(MeasuredMatrix a, MeasuredMatrix b) => Entrywise((x, y) => x - y, a, b);

    public static MeasuredMatrix operator /(MeasuredMatrix a, MeasuredMatrix b) => Entrywise((x, y) => x / y, a, b);

    /// <summary>The product of matrices, or of a number and a matrix.</summary>
    public static MeasuredMatrix operator *(MeasuredMatrix a, MeasuredMatrix b)
    {
        if (a.Length == 1 || b.Length == 1)
            return Entrywise((x, y) => x * y, a, b);
        if (a.Columns != b.Rows)
            throw new FormatException($"{a.Rows}×{a.Columns} times {b.Rows}×{b.Columns} is no product");
        var product = new Measured[a.Rows * b.Columns];
        for (int i = 0; i < a.Rows; i++)
        for (int j = 0; j < b.Columns; j++)
        {
            Measured sum = a[i * a.Columns] * b[j];
            for (int k = 1; k < a.Columns; k++)
                sum += a[i * a.Columns + k] * b[k * b.Columns + j];
            product[i * b.Columns + j] = sum;
        }
        return new(a.Rows, b.Columns, product);
    }

    /// <summary>One operation on each pair of entries; a number goes with every entry, a column with every column, a row with every row.</summary>
    public static MeasuredMatrix Entrywise(Func<Measured, Measured, Measured> operation, MeasuredMatrix a, MeasuredMatrix b)
    {
        int rows = Math.Max(a.Rows, b.Rows),
            columns = Math.Max(a.Columns, b.Columns);
        if (
            (a.Rows != rows && a.Rows != 1)
            || (b.Rows != rows && b.Rows != 1)
            || (a.Columns != columns && a.Columns != 1)
            || (b.Columns != columns && b.Columns != 1)
        )
            throw new FormatException($"{a.Rows}×{a.Columns} and {b.Rows}×{b.Columns} do not go together");
        var result = new Measured[rows * columns];
        for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++)
            result[i * columns + j] = operation(At(a, i, j), At(b, i, j));
        return new(rows, columns, result);

        static Measured At(MeasuredMatrix m, int i, int j) => m[(m.Rows == 1 ? 0 : i) * m.Columns + (m.Columns == 1 ? 0 : j)];
    }

    public MeasuredMatrix Map(Func<Measured, Measured> function) => new(rows, columns, Array.ConvertAll(items, x => function(x)));

    public MeasuredMatrix Transpose()
    {
        var turned = new Measured[items.Length];
        for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++)
            turned[j * rows + i] = items[i * columns + j];
        return new(columns, rows, turned);
    }

    /// <summary>A square matrix with the entries of this row or column on its diagonal.</summary>
    public MeasuredMatrix Diagonal()
    {
        if (rows != 1 && columns != 1)
            throw new FormatException($"diag reads a vector, not {rows}×{columns}");
        var square = new Measured[items.Length * items.Length];
        for (int i = 0; i < items.Length; i++)
            square[i * items.Length + i] = items[i];
        return new(items.Length, items.Length, square);
    }
}
