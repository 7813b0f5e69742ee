using System.Globalization;
using System.Text;

namespace Longhand.Experiments.Code;

/// <summary>Numbers and arrays as Python writes them.</summary>
internal static class PythonText
{
    private const int LineLength = 120;

    /// <summary>The shortest text that reads back to the same double; whole numbers without a point.</summary>
    public static string Number(double value) =>
        value
            .ToString("R", CultureInfo.InvariantCulture)
            .Replace("E", "e", StringComparison.Ordinal)
            .Replace("e+", "e", StringComparison.Ordinal);

    /// <summary>The shortest text that reads back to the same float.</summary>
    public static string Number(float value) =>
        float.IsNaN(value) ? "math.nan"
        : float.IsPositiveInfinity(value) ? "math.inf"
        : float.IsNegativeInfinity(value) ? "-math.inf"
        : value
            .ToString("R", CultureInfo.InvariantCulture)
            .Replace("E", "e", StringComparison.Ordinal)
            .Replace("e+", "e", StringComparison.Ordinal);

    /// <summary>Nested lists in brackets, a line of them where it is short, and otherwise one line for each.</summary>
    /// <param name="values">The numbers, the last size the fastest.</param>
    /// <param name="sizes">How many there are in each direction.</param>
    /// <param name="indent">What lines begin with.</param>
    public static string Nested(ReadOnlySpan<float> values, IReadOnlyList<int> sizes, string indent) => Nested(values, sizes, 0, indent);

    private static string Nested(ReadOnlySpan<float> values, IReadOnlyList<int> sizes, int level, string indent)
    {
        if (level == sizes.Count)
            return Number(values[0]);
        var parts = new string[sizes[level]];
        int length = parts.Length == 0 ? 0 : values.Length / parts.Length;
        for (int i = 0; i < parts.Length; i++)
            parts[i] = Nested(values.Slice(i * length, length), sizes, level + 1, indent + "    ");
        string line = $"[{string.Join(", ", parts)}]";
        if (line.Length + indent.Length <= LineLength && !line.Contains('\n'))
            return line;
        return level == sizes.Count - 1
            ? $"[\n{Wrapped(parts, indent + "    ")}{indent}]"
            : $"[\n{string.Concat(parts.Select(part => $"{indent}    {part},\n"))}{indent}]";
    }

    /// <summary>Parts with commas, in lines that are full.</summary>
    public static string Wrapped(IEnumerable<string> parts, string indent)
    {
        var text = new StringBuilder();
        int column = 0;
        foreach (string part in parts)
        {
            if (column > 0 && column + part.Length + 2 > LineLength)
            {
                text.Append('\n');
                column = 0;
            }
            string piece = column == 0 ? $"{indent}{part}," : $" {part},";
            text.Append(piece);
            column += piece.Length;
        }
        return text.Append('\n').ToString();
    }
}
