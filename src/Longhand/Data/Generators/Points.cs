using System.Globalization;

namespace Longhand;

public static partial class Data
{
    private const double FurthestPoint = 1e9;

    internal static readonly DataKind PointsKind = Register(
        new(
            "points",
            "points \"POINTS\"",
            "Points of the plane written out, classes between semicolons: \"1,2 0.5,3; -1,0 2,-2\", or with values: \"1,2,0.5 3,4,1\"",
            [],
            a => new DataParts(Points(a.Operand(0)), null)
        )
        {
            Operands = ["POINTS"],
        }
    );

    /// <summary>
    /// Points of the plane that are written out: <c>1,2 0.5,3; -1,0 2,-2</c> has two of class 0 and, behind the semicolon, two of class 1;
    /// <c>1,2,0.5 3,4,1</c> has a value to be learned behind each point. The examples take the classes in turn, so that their order in the
    /// text is no order of training; values stay in theirs.
    /// </summary>
    /// <param name="text">The points, with spaces between them.</param>
    /// <exception cref="LonghandException">The text cannot be read, or there is but one class; the message says where.</exception>
    public static DataSet Points(string text)
    {
        var groups = new List<List<double>> { new() };
        int width = 0;
        for (int at = 0; at < text.Length; )
        {
            if (char.IsWhiteSpace(text[at]))
                at++;
            else if (text[at] == ';')
            {
                if (groups.Count == MostBlobs)
                    throw WrongPoint(text, at, $"there are more than {MostBlobs} classes.");
                groups.Add([]);
                at++;
            }
            else
            {
                int end = at;
                while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] != ';')
                    end++;
                width = ReadPoint(text, at, end, width, groups);
                at = end;
            }
        }
        if (width == 0)
            throw new LonghandException("points: there is no point; they are written x,y with spaces between: 1,2 0.5,3; -1,0.");
        if (width == 3)
            return Valued(groups[0]);
        if (groups.Count == 1)
            throw new LonghandException("points: there is one class; a semicolon begins the next, as in 1,2 0.5,3; -1,0.");
        return InTurn(groups);
    }

    // Takes the point from a column to another; all have as many numbers as the first.
    private static int ReadPoint(string text, int at, int end, int width, List<List<double>> groups)
    {
        string[] numbers = text[at..end].Split(',');
        if (numbers.Length is not (2 or 3))
            throw WrongPoint(text, at, $"{Quoted.Of(text[at..end])} is no point; two numbers are needed, x,y, or three with a value.");
        if (width != 0 && numbers.Length != width)
            throw WrongPoint(text, at, $"{Quoted.Of(text[at..end])} has {numbers.Length} numbers, but the points before have {width}.");
        if (numbers.Length == 3 && groups.Count > 1)
            throw WrongPoint(text, at, "points with values have no classes; leave the semicolons out.");
        foreach (string number in numbers)
        {
            if (
                !double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                || !(Math.Abs(value) <= FurthestPoint)
            )
                throw WrongPoint(
                    text,
                    at,
                    $"{Quoted.Of(number)} is no number between {-FurthestPoint:0} and {FurthestPoint:0} (decimals stand behind a point: 0.5)."
                );
            groups[^1].Add(value);
            at += number.Length + 1;
        }
        return numbers.Length;
    }

    private static DataSet Valued(List<double> rows)
    {
        int count = rows.Count / 3;
        var points = new double[2 * count];
        var values = new double[count];
        for (int i = 0; i < count; i++)
            (points[2 * i], points[2 * i + 1], values[i]) = (rows[3 * i], rows[3 * i + 1], rows[3 * i + 2]);
        return new DataSet(Rows.Of(points, 2), null, Rows.Of(values, 1)) { Name = "points", InputNames = ["x", "y"] };
    }

    private static DataSet InTurn(List<List<double>> groups)
    {
        var points = new List<double>();
        var labels = new List<int>();
        for (int i = 0; i < groups.Max(group => group.Count); i += 2)
        for (int label = 0; label < groups.Count; label++)
            if (i < groups[label].Count)
            {
                points.Add(groups[label][i]);
                points.Add(groups[label][i + 1]);
                labels.Add(label);
            }
        string[] names = [.. Enumerable.Range(0, groups.Count).Select(label => label.ToString(CultureInfo.InvariantCulture))];
        return new DataSet(Rows.Of([.. points], 2), null, [.. labels], names) { Name = "points", InputNames = ["x", "y"] };
    }

    private static LonghandException WrongPoint(string text, int at, string problem)
    {
        // Of a long text only the piece before the place says where it is.
        string before = text[Math.Max(0, at - 20)..at];
        return new($"points, column {at + 1}{(before.Trim().Length == 0 ? "" : $", behind {Quoted.Of(before.TrimStart())}")}: {problem}");
    }
}
