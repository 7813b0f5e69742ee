namespace Longhand;

/// <summary>A Boolean function as its truth table, and the shortest clear way to write it.</summary>
public sealed class BooleanFunction
{
    // Beyond this many variables that matter, a sum of products is no help to a reader.
    private const int MostWritten = 8;

    /// <param name="variables">The names of the variables.</param>
    /// <param name="table">A value for each row, in the order of <see cref="BooleanExpression.ValueIn"/>.</param>
    /// <exception cref="ArgumentException">There are not 2^variables values.</exception>
    public BooleanFunction(IReadOnlyList<string> variables, IReadOnlyList<bool> table)
    {
        ArgumentNullException.ThrowIfNull(variables);
        ArgumentNullException.ThrowIfNull(table);
        if (table.Count != 1L << variables.Count)
            throw new ArgumentException($"{variables.Count} variables have {1L << variables.Count} rows, not {table.Count}.");
        Variables = variables;
        Table = table;
        Essential = [.. Enumerable.Range(0, variables.Count).Where(Matters)];
    }

    /// <summary>The names of the variables; the last one changes fastest in the table.</summary>
    public IReadOnlyList<string> Variables { get; }

    /// <summary>A value for each row.</summary>
    public IReadOnlyList<bool> Table { get; }

    /// <summary>The variables that the value depends on, by their places.</summary>
    public IReadOnlyList<int> Essential { get; }

    /// <summary>
    /// The function as an expression that <see cref="BooleanExpression.Parse"/> reads back: a connective that has a name (A xor B,
    /// parity(A, B, C)), otherwise the shorter of a minimal sum of products (Quine 1952, McCluskey 1956) and the negation of one. Null
    /// where more than eight variables matter and no such name fits.
    /// </summary>
    public string? Expression()
    {
        if (Essential.Count == 0)
            return Table[0] ? "true" : "false";
        var essential = Restricted();
        string[] names = [.. essential.Variables];
        if (essential.Named() is { } named)
            return named;
        if (names.Length > MostWritten)
            return null;
        IReadOnlyList<Implicant> products = Implicant.Cover(names.Length, row => essential.Table[row]),
            complement = Implicant.Cover(names.Length, row => !essential.Table[row]);
        return complement.Sum(p => p.Literals) + 1 < products.Sum(p => p.Literals) || (products.Count > 1 && complement.Count == 1)
            ? $"not ({Implicant.Write(complement, names)})"
            : Implicant.Write(products, names);
    }

    /// <summary>The same function of the variables alone that matter.</summary>
    public BooleanFunction Restricted()
    {
        int n = Variables.Count,
            m = Essential.Count;
        var table = new bool[1 << m];
        for (int row = 0; row < table.Length; row++)
        {
            int full = 0;
            for (int v = 0; v < m; v++)
                if (BooleanExpression.ValueIn(row, v, m))
                    full |= 1 << (n - 1 - Essential[v]);
            table[row] = Table[full];
        }
        return new([.. Essential.Select(v => Variables[v])], table);
    }

    // Connectives that have names of their own, of two variables or of many.
    private string? Named()
    {
        int n = Variables.Count;
        string[] names = [.. Variables];
        bool Is(Func<int, bool> rule) => Enumerable.Range(0, Table.Count).All(row => Table[row] == rule(row));
        string Joined(string word) => string.Join($" {word} ", names);
        int last = Table.Count - 1;
        if (n == 1)
            return Table[1] ? names[0] : $"not {names[0]}";
        if (Is(row => row == last))
            return Joined("and");
        if (Is(row => row != 0))
            return Joined("or");
        if (Is(row => row != last))
            return n == 2 ? Joined("nand") : $"not ({Joined("and")})";
        if (Is(row => row == 0))
            return n == 2 ? Joined("nor") : $"not ({Joined("or")})";
        if (Is(row => int.PopCount(row) % 2 == 1))
            return n == 2 ? Joined("xor") : $"parity({string.Join(", ", names)})";
        if (Is(row => int.PopCount(row) % 2 == 0))
            return n == 2 ? Joined("xnor") : $"not parity({string.Join(", ", names)})";
        if (n == 2 && Is(row => row != 2))
            return $"{names[0]} implies {names[1]}";
        return n == 2 && Is(row => row != 1) ? $"{names[1]} implies {names[0]}" : null;
    }

    private bool Matters(int variable)
    {
        int bit = 1 << (Variables.Count - 1 - variable);
        for (int row = 0; row < Table.Count; row++)
            if ((row & bit) == 0 && Table[row] != Table[row | bit])
                return true;
        return false;
    }

    /// <inheritdoc/>
    public override string ToString() => Expression() ?? string.Concat(Table.Select(value => value ? '1' : '0'));
}
