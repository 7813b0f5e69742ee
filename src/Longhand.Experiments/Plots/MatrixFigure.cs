using System.Globalization;

namespace Longhand.Experiments.Plots;

/// <summary>Counts in a square of cells, each shaded by its share of its row: a confusion matrix.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Counts">[row, column].</param>
/// <param name="Names">What rows and columns are called.</param>
/// <param name="RowName">What the rows are.</param>
/// <param name="ColumnName">What the columns are.</param>
internal sealed record MatrixFigure(string Title, int[,] Counts, IReadOnlyList<string> Names, string RowName, string ColumnName)
    : Figure(Title)
{
    private const double Smallest = 7,
        Usual = 46,
        LargestNames = 130;

    /// <inheritdoc/>
    public override double Width => Math.Clamp(Count * Usual + NameRoom(0.35 * 720) + 2 * Style.Edge, 360, 720);

    private int Count => Counts.GetLength(0);

    /// <inheritdoc/>
    public override Drawing Draw(double width)
    {
        double names = NameRoom(0.35 * width),
            left = Style.Edge + names + 8,
            cell = Math.Min(64, (width - left - Style.Edge) / Count);
        bool turned = Names.Any(name => StrokeFont.Width(name, Style.Text) > cell - 4);
        double head = turned ? Math.Min(LargestNames, names) * (cell < 14 ? 1 : 0.75) + 14 : 22,
            top = Style.TitleLine + 10 + Style.RowHeight + head;
        var drawing = new Drawing(width, top + Count * cell + Style.Edge, Title, Description);
        Style.Head(drawing, Title);
        drawing.Write(
            Style.Edge,
            Style.TitleLine + Style.RowHeight,
            StrokeFont.Fit($"rows: {RowName}; columns: {ColumnName}", Style.Text, width - 2 * Style.Edge),
            Style.Text,
            Anchor.Start,
            Paint.Muted
        );
        // Names of classes that would touch each other are left out.
        int every = Math.Max(1, (int)Math.Ceiling((Style.Text + 1) / cell));
        for (int r = 0; r < Count; r++)
        {
            double y = top + r * cell,
                middle = y + cell / 2 + Style.Text * 0.34,
                x = left + (r + 0.5) * cell;
            string name = StrokeFont.Fit(Names[r], Style.Text, names);
            if (r % every == 0)
            {
                drawing.Write(left - 8, middle, name, Style.Text, Anchor.End, Paint.Text);
                drawing.Add(
                    turned
                        ? new Label(new(x + 4, top - 7), name, Style.Text, Anchor.Start, Paint.Text) { Turned = cell < 14 ? -90 : -45 }
                        : new Label(new(x, top - 8), name, Style.Text, Anchor.Middle, Paint.Text)
                );
            }
            Row(drawing, r, left, y, cell);
        }
        drawing.Outline(new(left, top, Count * cell, Count * cell), Paint.Rule);
        return drawing;
    }

    private void Row(Drawing drawing, int row, double left, double y, double cell)
    {
        long all = Enumerable.Range(0, Count).Sum(c => (long)Counts[row, c]);
        for (int c = 0; c < Count; c++)
        {
            double share = all == 0 ? 0 : (double)Counts[row, c] / all;
            var box = new Box(left + c * cell, y, cell, cell);
            // What is right is blue, what is wrong orange; a single mistake among many must still be seen.
            if (Counts[row, c] > 0)
                drawing.Rectangle(box, Paint.Series(row == c ? 0 : 1, row == c ? 0.12 + 0.88 * share : 0.18 + 0.82 * Math.Sqrt(share)));
            drawing.Outline(box, Paint.Grid, 0.7);
            string text = Counts[row, c].ToString("N0", CultureInfo.InvariantCulture);
            double size = Math.Min(Style.Text, Style.Text * (cell - 5) / Math.Max(1, StrokeFont.Width(text, Style.Text)));
            if (size < Smallest)
                continue;
            double covered = row == c ? share : Math.Sqrt(share);
            drawing.Add(
                new Label(
                    new(box.X + cell / 2, y + cell / 2 + size * 0.35),
                    text,
                    size,
                    Anchor.Middle,
                    Counts[row, c] == 0 ? Paint.Muted with { Opacity = 0.7 }
                        : covered > 0.5 ? Paint.Ground
                        : Paint.Text
                )
                {
                    Bold = row == c,
                }
            );
        }
    }

    private double NameRoom(double most) => Math.Min(Math.Min(most, LargestNames), Names.Max(name => StrokeFont.Room(name, Style.Text)));
}
