using System.Globalization;
using System.Numerics;
using System.Text;

namespace Longhand;

/// <summary>
/// Writes a term as a person would, <c>2y + 2(y − x)</c>, in a form that <see cref="Expression.Parse(string)"/> reads back to the same
/// value.
/// </summary>
/// <param name="numbers">The text of a variable's value, for a line with the numbers put in; null writes the names.</param>
internal sealed class ExpressionWriter(Func<ExpressionTerm.Variable, string>? numbers = null)
{
    // How tightly a written part holds together: what is looser than its surroundings ask for goes into parentheses.
    private const int Sum = 1,
        Negative = 2,
        Product = 3,
        Raised = 4,
        Atom = 5;

    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    // Longer exponents are hard to read above the line.
    private const int LongestSuperscript = 3;

    /// <summary>The text.</summary>
    public string Write(ExpressionTerm term) => Part(term, Sum);

    private string Part(ExpressionTerm term, int least)
    {
        (string text, int tightness) = Text(term);
        return tightness < least ? $"({text})" : text;
    }

    private (string Text, int Tightness) Text(ExpressionTerm term) =>
        term switch
        {
            ExpressionTerm.Number number => Signed(number.Text),
            ExpressionTerm.Variable variable => numbers is null ? (variable.Name, Atom) : Signed(numbers(variable)),
            ExpressionTerm.Negation negation => ($"−{Part(negation.Operand, Product)}", Negative),
            ExpressionTerm.Sum sum => ($"{Part(sum.Left, Sum)} + {Part(sum.Right, Product)}", Sum),
            ExpressionTerm.Difference difference => ($"{Part(difference.Left, Sum)} − {Part(difference.Right, Product)}", Sum),
            ExpressionTerm.Product product => Joined(Times(product)),
            ExpressionTerm.Quotient quotient => Joined($"{Part(quotient.Left, Negative)}/{Part(quotient.Right, Raised)}"),
            ExpressionTerm.Power power => (Part(power.Base, Atom) + Exponent(power.Exponent), Raised),
            ExpressionTerm.Call call => ($"{call.Function.Name}({string.Join(", ", call.Arguments.Select(Write))})", Atom),
            _ => throw new InvalidOperationException($"A bug in Longhand: nothing says how {term.GetType().Name} is written."),
        };

    private string Times(ExpressionTerm.Product product)
    {
        string left = Part(product.Left, Negative);
        // 2(x·y) holds no more than 2x·y does: a whole coefficient needs no parentheses behind it.
        bool coefficient = product.Left is ExpressionTerm.Number;
        string right = Part(product.Right, coefficient && product.Right is ExpressionTerm.Product ? Product : Raised);
        bool side = coefficient && char.IsAsciiDigit(left[^1]) && !left.Contains('/') && !ReadsAsNumber(right);
        return side ? left + right : $"{left}·{right}";
    }

    // Behind a digit another one would lengthen the number, and e1 would be its exponent.
    private static bool ReadsAsNumber(string text) =>
        !(char.IsLetter(text[0]) || text[0] is '(' or '_') || (text[0] is 'e' or 'E' && text.Length > 1 && char.IsAsciiDigit(text[1]));

    private string Exponent(ExpressionTerm exponent)
    {
        if (exponent is ExpressionTerm.Number { Text: { Length: <= LongestSuperscript } digits } && digits.All(char.IsAsciiDigit))
        {
            var raised = new StringBuilder();
            foreach (char digit in digits)
                raised.Append(Superscripts[digit - '0']);
            return raised.ToString();
        }
        return $"^{Part(exponent, Atom)}";
    }

    private static (string, int) Joined(string text) => (text, text.StartsWith('−') ? Negative : Product);

    private static (string, int) Signed(string text) =>
        text == "pi" ? ("π", Atom)
        : text.StartsWith('-') ? ($"−{text[1..]}", Negative)
        : text.StartsWith('−') ? (text, Negative)
        : text.Contains('/') ? (text, Product)
        : (text, Atom);

    /// <summary>The whole number that superscripts say.</summary>
    public static BigInteger ReadSuperscript(string text) =>
        BigInteger.Parse(string.Concat(text.Select(c => Superscripts.IndexOf(c, StringComparison.Ordinal))), CultureInfo.InvariantCulture);

    /// <summary>Whether a piece of text is a superscript digit.</summary>
    public static bool IsSuperscript(string text) => text.Length == 1 && Superscripts.Contains(text[0], StringComparison.Ordinal);
}
