using Longhand.Numbers;

namespace Longhand.Experiments;

/// <summary>The key <c>features</c>: a network's inputs, computed from the columns of the data.</summary>
public sealed class FeatureMap
{
    private readonly IReadOnlyList<Expression> expressions;
    private readonly int columns;

    private FeatureMap(IReadOnlyList<Expression> expressions, int columns)
    {
        this.expressions = expressions;
        this.columns = columns;
    }

    /// <summary>The expressions as they were written; they are the names of the computed inputs.</summary>
    public IReadOnlyList<string> Texts => [.. expressions.Select(expression => expression.Text)];

    /// <summary>Reads features in given columns. x1, x2, … stand for the columns in their order, whatever they are called.</summary>
    /// <param name="list">The expressions.</param>
    /// <param name="names">The columns' names; may be empty, then two columns are x and y.</param>
    /// <param name="columns">How many columns there are.</param>
    /// <exception cref="LonghandException">One cannot be read; the message names its place.</exception>
    internal static FeatureMap Read(ListEntry list, IReadOnlyList<string> names, int columns)
    {
        string[] variables = [.. Enumerable.Range(0, columns).Select(i => names.Count == columns ? names[i] : Default(i, columns))];
        var aliases = new Dictionary<string, string>();
        for (int i = 0; i < columns; i++)
            if (!variables.Contains($"x{i + 1}"))
                aliases[$"x{i + 1}"] = variables[i];
        if (columns == 2)
            foreach ((string letter, int column) in new[] { ("x", 0), ("y", 1) })
                if (!variables.Contains(letter))
                    aliases[letter] = variables[column];
        return new(
            [
                .. list.Items.Select(item =>
                {
                    string text = item.Text("features: expected an expression such as x*y");
                    return item.Read(() => Expression.Parse(text, variables, aliases));
                }),
            ],
            columns
        );
    }

    /// <summary>The same examples with the computed inputs.</summary>
    /// <exception cref="LonghandException">A feature is not a finite number somewhere.</exception>
    public DataSet Apply(DataSet data)
    {
        long numbers = (long)data.Count * expressions.Count;
        if (numbers > Array.MaxLength)
            throw new LonghandException(
                FormattableString.Invariant(
                    $"{expressions.Count} features of {data.Count:N0} examples are {numbers:N0} numbers, more than can be kept."
                )
            );
        var inputs = new double[numbers];
        var row = new double[columns];
        for (int i = 0; i < data.Count; i++)
        {
            data.CopyInput(i, row);
            for (int f = 0; f < expressions.Count; f++)
            {
                double value = expressions[f].Evaluate(row);
                if (!double.IsFinite(value))
                    throw new LonghandException(
                        FormattableString.Invariant(
                            $"The feature {expressions[f].Text} is not a finite number for example {i} of {data.Name} ({string.Join(", ", row)})."
                        )
                    );
                inputs[i * expressions.Count + f] = value;
            }
        }
        return data.WithInputs(Rows.Of(inputs, expressions.Count), null, Texts);
    }

    /// <summary>The computed inputs of one example: exact where a fraction is, otherwise the nearest double.</summary>
    /// <exception cref="LonghandException">A feature is not a finite number.</exception>
    public Rational[] Apply(IReadOnlyList<Rational> row) => [.. expressions.Select(expression => Value(expression, row))];

    private static Rational Value(Expression expression, IReadOnlyList<Rational> row)
    {
        if (ExactExpression.Evaluate(expression.Root, row) is { } exact)
            return exact;
        double value = expression.Evaluate([.. row.Select(number => (double)number)]);
        return double.IsFinite(value)
            ? Rational.FromDouble(value)
            : throw new LonghandException(
                $"The feature {expression.Text} is not a finite number for the input ({string.Join(", ", row)})."
            );
    }

    private static string Default(int column, int columns) =>
        columns == 2 ? (column == 0 ? "x" : "y")
        : columns == 1 ? "x"
        : $"x{column + 1}";
}
