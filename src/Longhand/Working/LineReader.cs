using System.Globalization;
using Longhand.Numbers;

namespace Longhand.Working;

/// <summary>
/// Reads a printed line back as a stranger would, from its characters alone, and says whether it holds: what is printed on the right must be
/// within half a unit of its last digit, plus what half a unit in each rounded number on the left can move it. It shares nothing with the
/// writer, on purpose: neither expressions nor values, only the text. Matrices are read, too: <c>[a, b; c, d]·[x; y]</c>.
/// </summary>
/// <param name="digits">A number with at least so many significant digits may have been rounded; one with fewer is exact.</param>
/// <param name="fractions">
/// Whether numbers are fractions where they can be: then a whole number is exact however long it is, and a line of nothing but exact numbers
/// must hold exactly.
/// </param>
internal sealed class LineReader(int digits, bool fractions = false)
{
    /// <summary>Why <paramref name="left"/> does not come to <paramref name="right"/>; null where it does.</summary>
    public string? Disagreement(string left, string right) => Check(left, right).Disagreement;

    /// <summary>The same, and how far apart the two sides may be by rounding alone, for each number of a matrix, row by row.</summary>
    public (string? Disagreement, IReadOnlyList<double> Allowed) Check(string left, string right)
    {
        if (!Claims(left, right))
            return (null, [0]);
        try
        {
            (double Evaluated, double Distance, double Allowed)[] entries = [.. Compare(left, right)];
            string? disagreement = null;
            foreach ((double evaluated, double distance, double allowed) in entries)
                if (!(distance <= allowed))
                    disagreement ??= string.Create(
                        CultureInfo.InvariantCulture,
                        $"{left} is {evaluated:R}, {distance:E1} from {right}; rounding allows {allowed:E1}"
                    );
            return (disagreement, [.. entries.Select(entry => entry.Allowed)]);
        }
        catch (FormatException e)
        {
            return (e.Message, []);
        }
    }

    /// <summary>Whether the line says of numbers that they are equal; it does not where one of them has overflown.</summary>
    public static bool Claims(string left, string right) =>
        !((string[])[left, right]).Any(side =>
            side.Contains("NaN", StringComparison.Ordinal) || side.Contains('∞', StringComparison.Ordinal)
        );

    /// <summary>How far apart the two sides of a line may be by rounding alone; of a matrix the largest.</summary>
    public double Allowance(string left, string right) => Allowances(left, right).Max();

    /// <summary>How far apart the two sides may be by rounding alone, for each number of a matrix, row by row.</summary>
    public double[] Allowances(string left, string right) => [.. Compare(left, right).Select(entry => entry.Allowed)];

    private IEnumerable<(double Evaluated, double Distance, double Allowed)> Compare(string left, string right)
    {
        MeasuredMatrix evaluated = new Text(left, digits, fractions).ReadAll(),
            printed = new Text(right, digits, fractions).ReadAll();
        if ((evaluated.Rows, evaluated.Columns) != (printed.Rows, printed.Columns))
            throw new FormatException(
                $"\"{left}\" is {evaluated.Rows}×{evaluated.Columns}, but \"{right}\" is {printed.Rows}×{printed.Columns}"
            );
        MeasuredMatrix gap = evaluated - printed;
        return Enumerable
            .Range(0, gap.Length)
            .Select(i =>
                gap[i].Exact is { } exact
                    ? (evaluated[i].ToDouble(), Math.Abs((double)exact), 0)
                    : (evaluated[i].ToDouble(), Math.Abs(gap[i].ToDouble()), gap[i].ErrorAsDouble())
            );
    }

    /// <summary>The text of an expression, read from left to right.</summary>
    private sealed class Text(string text, int digits, bool fractions)
    {
        private const string Raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";

        private static readonly Dictionary<string, Func<double, double>> functions = new()
        {
            ["σ"] = x => 1 / (1 + Math.Exp(-x)),
            ["tanh"] = Math.Tanh,
            ["arctan"] = Math.Atan,
            ["sin"] = Math.Sin,
            ["cos"] = Math.Cos,
            ["erf"] = ErrorFunction,
        };

        private int at;

        public MeasuredMatrix ReadAll()
        {
            MeasuredMatrix value = Sum();
            return at == text.Length ? value : throw Wrong("the end");
        }

        private MeasuredMatrix Sum()
        {
            MeasuredMatrix value = Product();
            while (true)
            {
                if (Take(" + "))
                    value += Product();
                else if (Take(" − "))
                    value -= Product();
                else
                    return value;
            }
        }

        private MeasuredMatrix Product()
        {
            MeasuredMatrix value = Signed();
            while (true)
            {
                if (Take("·"))
                    value *= Signed();
                else if (Take(" ⊙ "))
                    value = MeasuredMatrix.Entrywise((a, b) => a * b, value, Signed());
                else if (Take("/"))
                    value /= Signed();
                else if (at < text.Length && text[at] == '(')
                    value *= Signed();
                else
                    return value;
            }
        }

        private MeasuredMatrix Signed() => Take("−") ? Signed().Map(x => -x) : Power();

        private MeasuredMatrix Power()
        {
            MeasuredMatrix value = Single();
            int exponent = 0,
                start = at;
            for (; at < text.Length && Raised.Contains(text[at], StringComparison.Ordinal); at++)
                exponent = exponent * 10 + Raised.IndexOf(text[at], StringComparison.Ordinal);
            if (at == start)
                return Take("ᵀ") ? value.Transpose() : value;
            return value.Map(x => Raise(x, exponent));
        }

        private MeasuredMatrix Single()
        {
            if (Take("½"))
                return Exactly(Rational.Of(1, 2));
            if (Take("⅓"))
                return Exactly(Rational.Of(1, 3));
            if (Take("¼"))
                return Exactly(Rational.Of(1, 4));
            if (Take("π"))
                return Measured.Exactly(Math.PI);
            if (Take("√"))
                return Single().Map(x => Measured.Apply(Math.Sqrt, x));
            if (Take("e^"))
                return Signed().Map(Measured.Exp);
            if (Take("("))
                return Inside(")");
            if (Take("|"))
                return Inside("|").Map(Measured.Abs);
            if (Take("ln("))
                return Inside(")").Map(Measured.Log);
            if (Take("["))
                return Bracket();
            if (Take("diag("))
                return Inside(")").Diagonal();
            if (Take("max("))
            {
                MeasuredMatrix largest = Sum();
                while (Take(", "))
                    largest = MeasuredMatrix.Entrywise(Measured.Max, largest, Sum());
                return Take(")") ? largest : throw Wrong("a comma or \")\"");
            }
            foreach ((string name, Func<double, double> function) in functions)
                if (Take(name + "("))
                    return Inside(")").Map(x => Measured.Apply(function, x));
            return Number();
        }

        // [772 more: 3.14]: what is not written out, by what it comes to. Otherwise a matrix, row by row.
        private MeasuredMatrix Bracket()
        {
            int start = at;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
                at++;
            if (at > start && Take(" more: "))
                return Inside("]");
            at = start;
            return Rows();
        }

        private MeasuredMatrix Rows()
        {
            var rows = new List<List<Measured>> { new() };
            while (true)
            {
                rows[^1].Add(Sum().Single);
                if (Take("; "))
                    rows.Add([]);
                else if (!Take(", "))
                    break;
            }
            if (!Take("]"))
                throw Wrong("a comma, a semicolon or \"]\"");
            return rows.TrueForAll(row => row.Count == rows[0].Count)
                ? new MeasuredMatrix(rows.Count, rows[0].Count, [.. rows.SelectMany(row => row)])
                : throw new FormatException($"the rows of a matrix in \"{text}\" are not equally long");
        }

        private static Measured Raise(Measured x, int exponent)
        {
            Measured power = x;
            for (int i = 1; i < exponent; i++)
                power *= x;
            return power;
        }

        private MeasuredMatrix Inside(string end)
        {
            MeasuredMatrix value = Sum();
            return Take(end) ? value : throw Wrong($"\"{end}\"");
        }

        private Measured Number()
        {
            int start = at,
                significant = 0;
            bool leading = true,
                point = false;
            double unit = 1;
            for (; at < text.Length && (char.IsAsciiDigit(text[at]) || (text[at] == '.' && !point)); at++)
            {
                if (text[at] == '.')
                {
                    point = true;
                    continue;
                }
                if (point)
                    unit /= 10;
                leading &= text[at] == '0';
                if (!leading)
                    significant++;
            }
            if (at == start)
                throw Wrong("a number");
            string numeral = text[start..at];
            if (at < text.Length && text[at] == 'e' && at + 1 < text.Length && (text[at + 1] == '−' || char.IsAsciiDigit(text[at + 1])))
            {
                int sign = text[++at] == '−' ? -1 : 1;
                if (sign < 0)
                    at++;
                int from = at;
                while (at < text.Length && char.IsAsciiDigit(text[at]))
                    at++;
                int exponent = sign * int.Parse(text.AsSpan(from, at - from), CultureInfo.InvariantCulture);
                numeral += "e" + exponent.ToString(CultureInfo.InvariantCulture);
                unit *= Math.Pow(10, exponent);
            }
            double value = double.Parse(numeral, CultureInfo.InvariantCulture);
            bool isWhole = !point && !numeral.Contains('e', StringComparison.Ordinal);
            if (fractions)
                return isWhole ? Exactly(Rational.Parse(numeral)) : new Measured(value, unit / 2, 0);
            return new Measured(value, significant >= digits ? unit / 2 : 0, 0);
        }

        private Measured Exactly(Rational number)
        {
            Measured read = Measured.Exactly((double)number);
            return fractions ? read.As(number) : read;
        }

        private bool Take(string expected)
        {
            if (!text.AsSpan(at).StartsWith(expected, StringComparison.Ordinal))
                return false;
            at += expected.Length;
            return true;
        }

        private FormatException Wrong(string expected) => new($"at character {at + 1} of \"{text}\" {expected} was expected");

        // By Simpson's rule over the density, since it is to share nothing with what it checks.
        private static double ErrorFunction(double x)
        {
            const int steps = 2000;
            double end = Math.Clamp(x, -6.5, 6.5),
                h = end / steps,
                sum = 1 + Math.Exp(-end * end);
            for (int i = 1; i < steps; i++)
                sum += (i % 2 == 0 ? 2 : 4) * Math.Exp(-(i * h) * (i * h));
            return sum * h / 3 * 2 / Math.Sqrt(Math.PI);
        }
    }
}
