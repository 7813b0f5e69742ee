using System.Globalization;

namespace Longhand.Working;

/// <summary>
/// Reads a printed line back as a stranger would, from its characters alone, and says whether it holds: what is printed on the right must be
/// within half a unit of its last digit, plus what half a unit in each rounded number on the left can move it. It shares nothing with the
/// writer, on purpose: neither expressions nor values, only the text.
/// </summary>
/// <param name="digits">A number with at least so many significant digits may have been rounded; one with fewer is exact.</param>
internal sealed class LineReader(int digits)
{
    /// <summary>Why <paramref name="left"/> does not come to <paramref name="right"/>; null where it does.</summary>
    public string? Disagreement(string left, string right)
    {
        if (right is "NaN" or "∞" or "−∞")
            return null; // no sum is claimed
        try
        {
            (double evaluated, double distance, double allowed) = Compare(left, right);
            return distance <= allowed
                ? null
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{left} is {evaluated:R}, {distance:E1} from {right}; rounding allows {allowed:E1}"
                );
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    /// <summary>How far apart the two sides of a line may be by rounding alone.</summary>
    public double Allowance(string left, string right) => Compare(left, right).Allowed;

    private (double Evaluated, double Distance, double Allowed) Compare(string left, string right)
    {
        Measured evaluated = new Text(left, digits).ReadAll(),
            printed = new Text(right, digits).ReadAll(),
            gap = evaluated - printed;
        return (evaluated.ToDouble(), Math.Abs(gap.ToDouble()), gap.ErrorAsDouble());
    }

    /// <summary>The text of an expression, read from left to right.</summary>
    private sealed class Text(string text, int digits)
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

        public Measured ReadAll()
        {
            Measured value = Sum();
            return at == text.Length ? value : throw Wrong("the end");
        }

        private Measured Sum()
        {
            Measured value = Product();
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

        private Measured Product()
        {
            Measured value = Signed();
            while (true)
            {
                if (Take("·"))
                    value *= Signed();
                else if (Take("/"))
                    value /= Signed();
                else if (at < text.Length && text[at] == '(')
                    value *= Signed();
                else
                    return value;
            }
        }

        private Measured Signed() => Take("−") ? -Signed() : Power();

        private Measured Power()
        {
            Measured value = Single();
            int exponent = 0,
                start = at;
            for (; at < text.Length && Raised.Contains(text[at], StringComparison.Ordinal); at++)
                exponent = exponent * 10 + Raised.IndexOf(text[at], StringComparison.Ordinal);
            if (at == start)
                return value;
            Measured power = value;
            for (int i = 1; i < exponent; i++)
                power *= value;
            return power;
        }

        private Measured Single()
        {
            if (Take("½"))
                return Measured.Exactly(0.5);
            if (Take("⅓"))
                return Measured.Exactly(1.0 / 3);
            if (Take("¼"))
                return Measured.Exactly(0.25);
            if (Take("π"))
                return Measured.Exactly(Math.PI);
            if (Take("√"))
                return Measured.Apply(Math.Sqrt, Single());
            if (Take("e^"))
                return Measured.Exp(Signed());
            if (Take("("))
                return Inside(")");
            if (Take("|"))
                return Measured.Abs(Inside("|"));
            if (Take("["))
                return Left();
            if (Take("ln("))
                return Measured.Log(Inside(")"));
            if (Take("max("))
            {
                Measured largest = Sum();
                while (Take(", "))
                    largest = Measured.Max(largest, Sum());
                return Take(")") ? largest : throw Wrong("a comma or \")\"");
            }
            foreach ((string name, Func<double, double> function) in functions)
                if (Take(name + "("))
                    return Measured.Apply(function, Inside(")"));
            return Number();
        }

        // [772 more: 3.14]: what is not written out, by what it comes to.
        private Measured Left()
        {
            int start = at;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
                at++;
            return at > start && Take(" more: ") ? Inside("]") : throw Wrong("how many more");
        }

        private Measured Inside(string end)
        {
            Measured value = Sum();
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
            return new Measured(value, significant >= digits ? unit / 2 : 0, 0);
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

    /// <summary>
    /// A number with how far it may be off, times a power of two kept apart, so that e^1000 can stand in a softmax. What it is off by
    /// counts the rounding of the doubles that it is computed in, operation by operation: in 1 + erf(−5.7) that is all there is.
    /// </summary>
    private readonly struct Measured
    {
        // Some units in the last place of a double, for each operation here and for the one that it checks.
        private const double Rounding = 1e-15,
            FunctionRounding = 1e-14;

        private readonly double value,
            error;
        private readonly int scale;

        public Measured(double value, double error, int scale)
        {
            if (value != 0 && double.IsFinite(value))
            {
                int shift = Math.ILogB(value);
                value = Math.ScaleB(value, -shift);
                error = Math.ScaleB(error, -shift);
                scale += shift;
            }
            (this.value, this.error, this.scale) = (value, error, scale);
        }

        public static Measured Exactly(double value) => new(value, 0, 0);

        public double ToDouble() => Math.ScaleB(value, scale);

        public double ErrorAsDouble() => Math.ScaleB(error, scale);

        public static Measured operator +(Measured a, Measured b)
        {
            int to =
                a.value == 0 ? b.scale
                : b.value == 0 ? a.scale
                : Math.Max(a.scale, b.scale);
            double sum = Math.ScaleB(a.value, a.scale - to) + Math.ScaleB(b.value, b.scale - to);
            return new(sum, Math.ScaleB(a.error, a.scale - to) + Math.ScaleB(b.error, b.scale - to) + Rounding * Math.Abs(sum), to);
        }

        public static Measured operator -(Measured a) => new(-a.value, a.error, a.scale);

        public static Measured operator -(Measured a, Measured b) => a + -b;

        public static Measured operator *(Measured a, Measured b) =>
            new(
                a.value * b.value,
                double.IsInfinity(a.error + b.error)
                    ? double.PositiveInfinity
                    : Math.Abs(a.value) * b.error
                        + Math.Abs(b.value) * a.error
                        + a.error * b.error
                        + Rounding * Math.Abs(a.value * b.value),
                a.scale + b.scale
            );

        public static Measured operator /(Measured a, Measured b)
        {
            double quotient = a.value / b.value;
            double smallest = Math.Abs(b.value) - b.error;
            if (smallest > 0)
                return new(
                    quotient,
                    (a.error + Math.Abs(quotient) * b.error) / smallest + Rounding * Math.Abs(quotient),
                    a.scale - b.scale
                );
            // Where rounding has left a divisor that may be 0, as 1 − ŷ for a ŷ that is 1 to all its digits, the quotient may be anything.
            return new(b.error > 0 && !double.IsFinite(quotient) ? 0 : quotient, double.PositiveInfinity, a.scale - b.scale);
        }

        public static Measured Exp(Measured x)
        {
            double exponent = x.ToDouble(),
                off = x.ErrorAsDouble();
            int whole = (int)Math.Round(exponent / Math.Log(2));
            double rest = Math.Exp(exponent - whole * Math.Log(2));
            return new(rest, rest * (Math.Exp(off) - 1 + Rounding * Math.Max(1, Math.Abs(exponent))), whole);
        }

        public static Measured Log(Measured x)
        {
            double result = Math.Log(x.value) + x.scale * Math.Log(2);
            double relative = x.value == 0 ? 0 : x.error / Math.Abs(x.value);
            return new(
                result,
                relative < 1 ? -Math.Log(1 - relative) + FunctionRounding * Math.Abs(result) + Rounding : double.PositiveInfinity,
                0
            );
        }

        public static Measured Abs(Measured x) => new(Math.Abs(x.value), x.error, x.scale);

        public static Measured Max(Measured a, Measured b) =>
            new(Math.Max(a.ToDouble(), b.ToDouble()), Math.Max(a.ErrorAsDouble(), b.ErrorAsDouble()), 0);

        public static Measured Apply(Func<double, double> function, Measured x)
        {
            double at = x.ToDouble(),
                off = x.ErrorAsDouble(),
                result = function(at);
            double error = off == 0 ? 0 : Math.Max(Math.Abs(function(at + off) - result), Math.Abs(function(at - off) - result));
            return new(result, error + FunctionRounding * Math.Abs(result), 0);
        }
    }
}
