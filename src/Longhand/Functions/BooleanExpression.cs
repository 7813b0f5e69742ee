using System.Globalization;

namespace Longhand;

/// <summary>
/// A Boolean function of up to ten named variables, read from text. From the tightest operator to the loosest: not (! ~ ¬); and, nand
/// (&amp; ∧ ⊼); xor, xnor (^ ⊕); or, nor (| ∨ ⊽); implies (-&gt; →), grouped from the right; iff (&lt;-&gt; ↔). A chain in
/// which nand or nor meets its own level needs parentheses, since it could be read in two ways. parity(A, B, …) is true when an odd number
/// of its arguments is. Constants are 0, 1, false and true. Words may be in any case.
/// </summary>
public sealed class BooleanExpression
{
    /// <summary>The most variables that an expression may have: its table has 2^10 rows then.</summary>
    public const int MostVariables = 10;

    private readonly BooleanTerm root;

    internal BooleanExpression(string text, IReadOnlyList<string> variables, BooleanTerm root)
    {
        Text = text;
        Variables = variables;
        this.root = root;
    }

    /// <summary>The text, as it was written.</summary>
    public string Text { get; }

    /// <summary>The names of the variables in alphabetical order, numbers at their ends counting as numbers (x2 before x10).</summary>
    public IReadOnlyList<string> Variables { get; }

    /// <summary>Reads an expression.</summary>
    /// <exception cref="LonghandException">The text cannot be read; the message says in which column and what was expected.</exception>
    public static BooleanExpression Parse(string text) => new BooleanParser(text).Parse();

    /// <summary>The value for given variables.</summary>
    /// <param name="variables">One value for each of <see cref="Variables"/>, in that order.</param>
    /// <exception cref="LonghandException">There are more or fewer values than variables.</exception>
    public bool Evaluate(ReadOnlySpan<bool> variables) =>
        variables.Length == Variables.Count
            ? root.Evaluate(variables)
            : throw new LonghandException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The expression has {Variables.Count} variables ({string.Join(", ", Variables)}), but {variables.Length} values were given."
                )
            );

    /// <summary>The truth table: 2^variables values, in the order of rows that <see cref="ValueIn"/> gives.</summary>
    public IReadOnlyList<bool> Table()
    {
        var table = new bool[1 << Variables.Count];
        var values = new bool[Variables.Count];
        for (int row = 0; row < table.Length; row++)
        {
            for (int v = 0; v < values.Length; v++)
                values[v] = ValueIn(row, v, values.Length);
            table[row] = root.Evaluate(values);
        }
        return table;
    }

    /// <summary>The value of a variable in a row of a truth table. Rows count upwards in binary, the last variable changing fastest.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="variable">The variable, from 0.</param>
    /// <param name="variables">How many variables there are.</param>
    public static bool ValueIn(int row, int variable, int variables) => ((row >> (variables - 1 - variable)) & 1) == 1;

    /// <inheritdoc/>
    public override string ToString() => Text;
}
