using System.Globalization;

namespace Longhand;

/// <summary>
/// A real-valued expression in named variables: <c>x*y</c>, <c>y^2 + (y-x)^2</c>, <c>sin(2x)</c>. From the tightest to the loosest: ^
/// (grouped from the right: 2^3^2 = 2^9; x² is x^2); a sign (−x^2 = −(x^2)); * × · / ÷ and a product without a sign, as in 2x or 3(x+1) (from the left:
/// 1/2x = x/2); + −. Constants are pi and e, functions those of <see cref="ExpressionFunction.All"/>. Names keep their case.
/// </summary>
public sealed class Expression
{
    internal Expression(string text, IReadOnlyList<string> variables, ExpressionTerm root)
    {
        Text = text;
        Variables = variables;
        Root = root;
    }

    /// <summary>The text, as it was written.</summary>
    public string Text { get; }

    /// <summary>The names of the variables, in the order in which <see cref="Evaluate"/> takes their values.</summary>
    public IReadOnlyList<string> Variables { get; }

    /// <summary>The tree.</summary>
    public ExpressionTerm Root { get; }

    /// <summary>
    /// Reads an expression whose variables are the names it uses (other than functions, pi and e), in alphabetical order, x2 before x10.
    /// </summary>
    /// <exception cref="LonghandException">The text cannot be read; the message says in which column and what was expected.</exception>
    public static Expression Parse(string text) => new ExpressionParser(text, null, null).Parse();

    /// <summary>Reads an expression in given variables; another name is an error.</summary>
    /// <param name="text">The text.</param>
    /// <param name="variables">The variables, in the order of their values; they go before constants and functions of the same name.</param>
    /// <param name="aliases">Other names of variables, each with the name that it stands for: x1 for x.</param>
    /// <inheritdoc cref="Parse(string)"/>
    public static Expression Parse(string text, IReadOnlyList<string> variables, IReadOnlyDictionary<string, string>? aliases = null) =>
        new ExpressionParser(text, variables, aliases).Parse();

    /// <summary>
    /// The value, by the rules of floating-point numbers: 1/0 is infinite, the square root of −1 no number.
    /// </summary>
    /// <param name="variables">One value for each of <see cref="Variables"/>, in that order.</param>
    /// <exception cref="LonghandException">There are more or fewer values than variables.</exception>
    public double Evaluate(ReadOnlySpan<double> variables) =>
        variables.Length == Variables.Count
            ? Root.Evaluate(variables)
            : throw new LonghandException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The expression has {Variables.Count} variables ({string.Join(", ", Variables)}), but {variables.Length} values were given."
                )
            );

    /// <summary>
    /// The partial derivative by a variable, exact and in symbols: of y² + (y − x)² by y it is 2y + 2(y − x). Its text reads back to the
    /// same function. Where there is none a convention chooses: abs and relu have slope 0 at 0, at a tie max and min follow their first
    /// argument.
    /// </summary>
    /// <param name="variable">The variable's place among <see cref="Variables"/>.</param>
    /// <exception cref="LonghandException">The derivative would be too long to be read.</exception>
    public Expression Derivative(int variable)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(variable);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(variable, Variables.Count);
        ExpressionTerm slope = ExpressionDerivative.Of(Root, variable);
        return new Expression(new ExpressionWriter().Write(slope), Variables, slope);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
