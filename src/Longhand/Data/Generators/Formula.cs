using System.Globalization;

namespace Longhand;

public static partial class Data
{
    private const double WidestSquare = 1e6;

    internal static readonly DataKind FormulaKind = Register(
        new(
            "formula",
            "formula \"EXPRESSION\" [n=500] [extent=6] [noise=0] [seed=1]",
            "Points of a square, their classes by an inequality such as \"y > sin(3*x)\", or values such as \"x*y\"",
            [
                CountOption(500),
                new("extent", "6", "the square reaches from -extent to extent along both axes"),
                new("noise", "0", "the standard deviation of normal noise on the value, or on the difference of the inequality's sides"),
                SeedOption,
            ],
            a => new DataParts(
                Formula(a.Operand(0), a.Whole("n", 500), a.Number("extent", 6), a.Number("noise", 0), a.Seed("seed", 1)),
                null
            )
        )
        {
            Operands = ["EXPRESSION"],
        }
    );

    /// <summary>
    /// Points drawn uniformly from the square [−extent, extent]², with what an expression in x and y says of each: where it compares two
    /// sides (&lt; &gt; ≤ ≥ &lt;= &gt;=), class 1 where that holds and class 0 elsewhere, also where a side is no number; otherwise its value
    /// is the target.
    /// </summary>
    /// <param name="expression">An inequality, or an <see cref="Expression"/>.</param>
    /// <param name="n">How many points.</param>
    /// <param name="extent">Half the side of the square.</param>
    /// <param name="noise">The standard deviation of normal noise that is added to the value, or to the difference of the two sides.</param>
    /// <param name="seed">The seed of the stream "data".</param>
    /// <exception cref="LonghandException">
    /// The expression cannot be read, a value is not finite, the inequality holds everywhere or nowhere, or an argument is out of its range.
    /// </exception>
    public static DataSet Formula(string expression, int n = 500, double extent = 6, double noise = 0, ulong seed = 1)
    {
        RequireCount("formula", n);
        RequireNoise("formula", noise);
        if (!(extent > 0 && extent <= WidestSquare))
            throw new LonghandException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"formula: extent is {extent}, but it must lie above 0 and up to {WidestSquare}."
                )
            );
        (Expression greater, Expression? lesser, bool orEqual) = Sides(expression);
        var random = new RandomStream(seed, RandomStream.Data);
        var points = new double[2 * n];
        var values = new double[n];
        for (int i = 0; i < n; i++)
        {
            Span<double> point = points.AsSpan(2 * i, 2);
            point[0] = random.Uniform(-extent, extent);
            point[1] = random.Uniform(-extent, extent);
            values[i] = greater.Evaluate(point) - (lesser?.Evaluate(point) ?? 0) + noise * random.Normal();
            if (lesser is null && !double.IsFinite(values[i]))
                throw new LonghandException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"formula: {Quoted.Of(expression)} is not a finite number at x = {point[0]:G4}, y = {point[1]:G4}."
                    )
                );
        }
        string name = $"formula {Quoted.Of(expression)}";
        if (lesser is null)
            return new DataSet(Rows.Of(points, 2), null, Rows.Of(values, 1)) { Name = name, InputNames = ["x", "y"] };
        int[] classes = [.. values.Select(difference => difference > 0 || (orEqual && difference == 0) ? 1 : 0)];
        if (classes.Distinct().Count() == 1)
            throw new LonghandException(
                $"formula: {Quoted.Of(expression)} holds at {(classes[0] == 1 ? "all" : "none")} of the {n} points; there is nothing to tell apart."
            );
        return new DataSet(Rows.Of(points, 2), null, classes) { Name = name, InputNames = ["x", "y"] };
    }

    // The side that is to be the greater, and the other; an expression without a comparison is a value.
    private static (Expression Greater, Expression? Lesser, bool OrEqual) Sides(string text)
    {
        string[] variables = ["x", "y"];
        int at = text.AsSpan().IndexOfAny("<>≤≥=");
        if (at < 0)
            return (Expression.Parse(text, variables), null, false);
        bool isTwo = text[at] is '<' or '>' && at + 1 < text.Length && text[at + 1] == '=';
        int behind = at + (isTwo ? 2 : 1);
        int second = text.AsSpan(behind).IndexOfAny("<>≤≥=");
        if (text[at] == '=' || second >= 0)
            throw new LonghandException(
                $"formula {Quoted.Of(text)}, column {(text[at] == '=' ? at : behind + second) + 1}: one comparison is read, such as y > sin(x); "
                    + "of several, min(…) > 0 says that all hold and max(…) > 0 that one does."
            );
        // Spaces in the place of the other side keep columns of messages as they are in the text.
        Expression left = Expression.Parse(text[..at], variables),
            right = Expression.Parse(new string(' ', behind) + text[behind..], variables);
        return text[at] is '>' or '≥' ? (left, right, isTwo || text[at] == '≥') : (right, left, isTwo || text[at] == '≤');
    }
}
