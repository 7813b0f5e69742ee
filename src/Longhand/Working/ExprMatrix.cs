using Longhand.Numbers;

namespace Longhand.Working;

/// <summary>Expressions in rows and columns as they are printed.</summary>
internal sealed class ExprMatrix(int rows, int columns, IReadOnlyList<Expr> items)
{
    public int Rows => rows;

    public int Columns => columns;

    public int Length => items.Count;

    /// <summary>All of them, row by row.</summary>
    public IReadOnlyList<Expr> Items => items;

    public Expr this[int index] => items[index];

    public ExprMatrix Select(Func<Expr, Expr> change) => new(rows, columns, [.. items.Select(change)]);

    public ExprMatrix Turned() => new(columns, rows, [.. Enumerable.Range(0, Length).Select(i => items[i % rows * columns + i / rows])]);

    /// <summary>The numbers, as a matrix or as the single number that it is.</summary>
    public Formula Numbers(TextNotation notation) => Laid(notation.Value);

    /// <summary>Whether all of the numbers are printed exactly.</summary>
    public bool IsExact(TextNotation notation) => items.All(e => notation.Number(e.Value, e.Exact).Exact);

    /// <summary>A formula for each entry, in rows and columns.</summary>
    public Formula Laid(Func<Expr, Formula> entry) =>
        Length == 1
            ? entry(items[0])
            : new Matrix([
                .. Enumerable
                    .Range(0, rows)
                    .Select(r => (IReadOnlyList<Formula>)[.. Enumerable.Range(0, columns).Select(c => entry(items[r * columns + c]))]),
            ]);
}

/// <summary>The right side of a line: in symbols, with the numbers put in, whether these are exact, and what it is made of.</summary>
internal sealed record RightSide(Formula InSymbols, Formula InNumbers, bool IsExact, IReadOnlyList<Expr> Used);
