namespace Longhand.Working;

/// <summary>Plain text of several rows that stands in a line of text: a matrix, a tall parenthesis. All rows are equally wide.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Baseline">The row that is level with text before and behind it.</param>
/// <param name="Remarks">What is written below all boxes of a line, as wide as the rows; empty where there is nothing.</param>
internal sealed record TextBox(IReadOnlyList<string> Rows, int Baseline, string Remarks)
{
    /// <summary>How many characters wide it is.</summary>
    public int Width => TextLines.Cells(Rows[0]);

    /// <summary>A piece of a line.</summary>
    public static TextBox Of(string text) => new([text], 0, "");

    /// <summary>Numbers or terms in rows and columns, in brackets.</summary>
    public static TextBox Brackets(IReadOnlyList<IReadOnlyList<string>> cells)
    {
        int columns = cells[0].Count;
        string[][] aligned = [.. Enumerable.Range(0, columns).Select(c => Aligned([.. cells.Select(row => row[c])]))];
        return Fenced(
            new([.. cells.Select((_, r) => string.Join("  ", aligned.Select(column => column[r])))], (cells.Count - 1) / 2, ""),
            "[⎡⎢⎣",
            "]⎤⎥⎦"
        );
    }

    /// <summary>A box between tall parentheses.</summary>
    public static TextBox Parentheses(TextBox inner) => Fenced(inner, "(⎛⎜⎝", ")⎞⎟⎠");

    /// <summary>Boxes side by side, level at their baselines.</summary>
    public static TextBox Beside(params IReadOnlyList<TextBox> boxes)
    {
        int above = boxes.Max(box => box.Baseline),
            below = boxes.Max(box => box.Rows.Count - box.Baseline);
        var rows = new string[above + below];
        for (int r = 0; r < rows.Length; r++)
            rows[r] = string.Join("", boxes.Select(box => box.Row(r - above + box.Baseline)));
        bool hasRemarks = boxes.Any(box => box.Remarks.Length > 0);
        return new(rows, above, hasRemarks ? string.Join("", boxes.Select(box => TextLines.Pad(box.Remarks, box.Width))) : "");
    }

    /// <summary>The box with a remark below its middle.</summary>
    public TextBox Under(string remark)
    {
        // Two shapes side by side must not run together.
        int width = Math.Max(Width, remark.Length + (remark.Length > Width ? 1 : 0)),
            left = (width - Width) / 2;
        string Widened(string row) => TextLines.Pad(new string(' ', left) + row, width);
        return new([.. Rows.Select(Widened)], Baseline, TextLines.Pad(new string(' ', (width - remark.Length) / 2) + remark, width));
    }

    /// <summary>Something small at the upper right.</summary>
    public TextBox Raised(string text) =>
        Beside(this, new([text, .. Enumerable.Repeat(new string(' ', TextLines.Cells(text)), Rows.Count - 1)], Baseline, ""));

    private string Row(int row) => row >= 0 && row < Rows.Count ? Rows[row] : new string(' ', Width);

    // The signs are those for a single row, the uppermost, those between and the lowest.
    private static TextBox Fenced(TextBox inner, string open, string close)
    {
        int last = inner.Rows.Count - 1;
        int Sign(int row) =>
            last == 0 ? 0
            : row == 0 ? 1
            : row == last ? 3
            : 2;
        return new(
            [.. inner.Rows.Select((row, r) => open[Sign(r)] + row + close[Sign(r)])],
            inner.Baseline,
            inner.Remarks.Length > 0 ? $" {inner.Remarks} " : ""
        );
    }

    // Numbers stand point under point, anything else begins at the left.
    private static string[] Aligned(string[] column)
    {
        bool areNumbers = column.All(cell =>
            cell.All(c => char.IsAsciiDigit(c) || c is '−' or '.' or 'e' or '/') && !(cell.Contains('/') && cell.Contains('.'))
        );
        int[] before = [.. column.Select(cell => areNumbers && cell.IndexOfAny(['.', 'e']) is >= 0 and var point ? point : cell.Length)];
        int most = areNumbers ? before.Max() : 0;
        string[] shifted = [.. column.Select((cell, i) => areNumbers ? new string(' ', most - before[i]) + cell : cell)];
        int width = shifted.Max(TextLines.Cells);
        return [.. shifted.Select(cell => TextLines.Pad(cell, width))];
    }
}
