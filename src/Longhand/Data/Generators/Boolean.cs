using System.Globalization;

namespace Longhand;

public static partial class Data
{
    internal static readonly DataKind BooleanKind = Register(
        new(
            "boolean",
            "boolean \"EXPRESSION\"",
            "The whole truth table of a Boolean function, such as \"A xor B\"",
            [],
            a => new DataParts(Boolean(a.Operand(0)), null)
        )
        {
            Operands = ["EXPRESSION"],
            IsComplete = true,
        }
    );

    /// <summary>
    /// Every row of the truth table of a Boolean function: an input of 0 or 1 for each variable, in alphabetical order, and the class 0
    /// (false) or 1 (true). The rows count upwards, the last variable changing fastest: 00, 01, 10, 11.
    /// </summary>
    /// <param name="expression">The function, as <see cref="BooleanExpression.Parse"/> reads it: <c>A xor B</c>.</param>
    /// <exception cref="LonghandException">The expression cannot be read, or it has no variable.</exception>
    public static DataSet Boolean(string expression)
    {
        BooleanExpression function = BooleanExpression.Parse(expression);
        int width = function.Variables.Count;
        if (width == 0)
            throw new LonghandException($"boolean: {Quoted.Of(expression)} has no variable, so that there is nothing to learn it from.");
        IReadOnlyList<bool> table = function.Table();
        var inputs = new double[table.Count * width];
        for (int row = 0; row < table.Count; row++)
        for (int v = 0; v < width; v++)
            inputs[row * width + v] = BooleanExpression.ValueIn(row, v, width) ? 1 : 0;
        return new DataSet(Rows.Of(inputs, width), null, [.. table.Select(value => value ? 1 : 0)])
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"boolean \"{function.Text}\""),
            InputNames = function.Variables,
        };
    }
}
