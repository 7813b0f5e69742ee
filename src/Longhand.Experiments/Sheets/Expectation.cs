using System.Globalization;
using System.Text.Json;
using Longhand.Numbers;
using Markdig;
using Markdig.Syntax;

namespace Longhand.Experiments.Sheets;

/// <summary>
/// What must come out of a command: <c>output[0]: 0.55   # the output $\hat y$</c>. The path leads through the command's JSON; a number
/// holds to as many digits as it is written with, a whole number and a fraction hold exactly.
/// </summary>
/// <param name="Line">Where it stands in the sheet, counted from 1.</param>
/// <param name="Path">What is looked at.</param>
/// <param name="Expected">What must be there, as it is written.</param>
/// <param name="Label">What people call it, in Markdown; null where the path says enough.</param>
internal sealed record Expectation(int Line, string Path, string Expected, MarkdownDocument? Label)
{
    /// <summary>The exit code, where it is not 0.</summary>
    public const string ExitCode = "exit code";

    /// <summary>A part of the text that a person reads.</summary>
    public const string OutputContains = "output contains";

    /// <summary>A part of what the command complains of.</summary>
    public const string MessageContains = "message contains";

    // What is whole or a fraction on paper may come out of a sum in binary.
    private const double Exactly = 1e-9,
        ExactlyInSinglePrecision = 1e-6;

    /// <summary>Reads a line.</summary>
    /// <exception cref="LonghandException">It is none.</exception>
    public static Expectation Parse(string text, int line)
    {
        int colon = text.IndexOf(": ", StringComparison.Ordinal);
        if (colon < 1)
            throw new LonghandException($"{Quoted.Of(text)} is no expectation such as output[0]: 0.55");
        string path = text[..colon].Trim(),
            expected = text[(colon + 2)..].Trim();
        int hash = LabelStart(expected);
        MarkdownDocument? label = hash < 0 ? null : Markdown.Parse(expected[(hash + 1)..].Trim(), Sheet.Pipeline);
        foreach (var math in label?.Descendants<Markdig.Extensions.Mathematics.MathInline>() ?? [])
            LatexMath.ToMathMl(math.Content.ToString(), display: false);
        if (hash >= 0)
            expected = expected[..hash].TrimEnd();
        if (expected.Length == 0)
            throw new LonghandException($"nothing is expected of {Quoted.Of(path)}.");
        return new(line, path, expected, label);
    }

    /// <summary>What must be there, as people read it.</summary>
    public string Answer => Unquoted(Expected).Replace('-', '−');

    /// <summary>What is wrong with a result; null where it is as expected.</summary>
    public string? Problem(SheetResult result)
    {
        string? text = Path switch
        {
            OutputContains => result.Text,
            MessageContains => result.Message,
            _ => null,
        };
        if (text is not null)
            return text.Contains(Unquoted(Expected), StringComparison.Ordinal)
                ? null
                : $"{Path}: {Unquoted(Expected)} does not occur in it.";
        if (Path == ExitCode)
            return Expected == result.Exit.ToString(CultureInfo.InvariantCulture)
                ? null
                : $"{Path}: {Expected} is expected, it is {result.Exit}.";
        if (result.Json is not { } json)
            return $"{Path}: the command gives no JSON to look into.";
        try
        {
            return Difference(JsonPath.Find(json, Path), Expected) is { } found ? $"{Path}: {Expected} is expected, it is {found}." : null;
        }
        catch (LonghandException e)
        {
            return e.Message;
        }
    }

    // What is there instead; null where all is well.
    private static string? Difference(JsonElement value, string expected)
    {
        if (expected.StartsWith('[') && value.ValueKind == JsonValueKind.Array)
        {
            IReadOnlyList<string> parts = Parts(expected);
            return
                parts.Count == value.GetArrayLength()
                && value.EnumerateArray().Zip(parts).All(pair => Difference(pair.First, pair.Second) is null)
                ? null
                : value.GetRawText();
        }
        bool agrees = value.ValueKind switch
        {
            JsonValueKind.Number => Agrees(value.GetDouble(), expected),
            JsonValueKind.String => Signs(value.GetString()!) == Signs(Unquoted(expected)),
            JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null => value.GetRawText() == expected,
            _ => false,
        };
        return agrees ? null : value.GetRawText();
    }

    private static bool Agrees(double value, string expected)
    {
        string digits = Signs(expected);
        if (!Rational.TryParse(digits, out Rational wanted, out _))
            return false;
        int point = digits.IndexOf('.', StringComparison.Ordinal),
            power = digits.IndexOfAny(['e', 'E']);
        double tolerance = digits.Contains('/', StringComparison.Ordinal) ? Exactly : ExactlyInSinglePrecision;
        if (point >= 0 || power >= 0)
        {
            int decimals = point < 0 ? 0 : (power < 0 ? digits.Length : power) - point - 1,
                exponent = power < 0 ? 0 : int.Parse(digits[(power + 1)..], CultureInfo.InvariantCulture);
            // Half a unit of the last digit; a value in the very middle may be rounded to either side.
            tolerance = 0.5 * Math.Pow(10, exponent - decimals) * (1 + Exactly);
        }
        return Math.Abs(value - (double)wanted) <= tolerance;
    }

    // [1, [2, 3]] into its parts on the first level.
    private static List<string> Parts(string list)
    {
        if (!list.EndsWith(']'))
            throw new LonghandException($"{Quoted.Of(list)}: the list is not closed.");
        var parts = new List<string>();
        int depth = 0,
            start = 1;
        for (int i = 1; i < list.Length; i++)
        {
            depth +=
                list[i] == '[' ? 1
                : list[i] == ']' ? -1
                : 0;
            if ((depth == 0 && list[i] == ',') || i == list.Length - 1)
            {
                if (list[start..i].Trim() is { Length: > 0 } part)
                    parts.Add(part);
                start = i + 1;
            }
        }
        return parts;
    }

    private static string Unquoted(string text) => text is ['"', .., '"'] && text.Length > 1 ? text[1..^1] : text;

    // − is how a minus is printed, - how it is typed.
    private static string Signs(string text) => text.Replace('−', '-');

    private static int LabelStart(string text)
    {
        int from = text.StartsWith('"') ? text.IndexOf('"', 1) + 1 : 0;
        int hash = text.IndexOf(" #", from, StringComparison.Ordinal);
        return hash < 0 ? -1 : hash + 1;
    }
}
