namespace Longhand.Experiments.Plots;

/// <summary>Lays a chart out and draws it.</summary>
internal sealed class ChartDrawing
{
    private const double TickLength = 4,
        TickGap = 7,
        PixelsPerTickX = 80,
        PixelsPerTickY = 52,
        BottomRoom = 50;

    private readonly Chart chart;
    private readonly double width;
    private readonly EndLabels ends;
    private readonly Legend legend;
    private readonly Box box;
    private readonly IReadOnlyList<double> xTicks,
        yTicks;
    private readonly IReadOnlyList<string> xTexts,
        yTexts;
    private readonly string xFactor,
        yFactor;
    private readonly double height,
        headBottom;

    public ChartDrawing(Chart chart, double width)
    {
        (this.chart, this.width) = (chart, width);
        double top = Style.TitleLine + Style.Paragraph(null, chart.Note, 0, width) + 10;
        double roughHeight = chart.IsSquare ? width : Math.Clamp(chart.Height * width / chart.Width, 270, chart.Height);
        yTicks = chart.Y.Ticks((int)Math.Clamp((roughHeight - top - BottomRoom) / PixelsPerTickY, 3, 7));
        (yTexts, yFactor) = Ticks.Texts(yTicks, chart.Y.Scale);
        double left = Style.Edge + yTexts.Max(t => StrokeFont.Width(t, Style.Text)) + TickGap;
        ends = EndLabels.For(chart, width, roughHeight - top - BottomRoom - Style.RowHeight);
        double right = width - Style.Edge - ends.Width;
        legend = new Legend(chart, ends.IsUsed, left, width - Style.Edge);
        headBottom = top + Style.RowHeight;
        double boxTop = headBottom + legend.Height + 4;
        box = chart.IsSquare
            ? new(left, boxTop, right - left, right - left)
            : new(left, boxTop, right - left, Math.Max(120, roughHeight - BottomRoom - boxTop));
        height = box.Bottom + BottomRoom;
        xTicks = chart.X.Ticks(chart.IsSquare ? Math.Min(yTicks.Count, MostTicks(box.Width)) : MostTicks(box.Width));
        (xTexts, xFactor) = Ticks.Texts(xTicks, chart.X.Scale);
    }

    public Drawing Draw()
    {
        var drawing = new Drawing(width, height, chart.Title, chart.Description) { Frame = new(box, chart.X, chart.Y) };
        Style.Head(drawing, chart.Title);
        Style.Paragraph(drawing, chart.Note, Style.TitleLine, width);
        legend.Draw(drawing, headBottom);
        foreach (FieldMark field in chart.Marks.OfType<FieldMark>())
            drawing.Add(new Picture(box, field.Columns, field.Rows, field.Rgba, Smooth: true));
        Axes(drawing);
        var marks = new MarkDrawing(drawing, chart.X, chart.Y, box);
        foreach (Mark mark in chart.Marks)
            marks.Draw(mark);
        ends.Draw(drawing, box);
        return drawing;
    }

    private void Axes(Drawing drawing)
    {
        bool hasField = chart.Marks.Any(m => m is FieldMark);
        foreach ((double tick, string text) in yTicks.Zip(yTexts))
        {
            double y = Math.Round(box.Bottom - chart.Y.Share(tick) * box.Height, 1);
            if (!hasField)
                drawing.Line(box.X, y, box.Right, y, Paint.Grid, Style.Thin);
            drawing.Write(box.X - TickGap, y + Style.Text * 0.35, text, Style.Text, Anchor.End, Paint.Muted);
        }
        foreach ((double tick, string text) in xTicks.Zip(xTexts))
        {
            double x = Math.Round(box.X + chart.X.Share(tick) * box.Width, 1);
            if (chart.IsSquare && !hasField)
                drawing.Line(x, box.Y, x, box.Bottom, Paint.Grid, Style.Thin);
            drawing.Line(x, box.Bottom, x, box.Bottom + TickLength, Paint.Rule, Style.Thin);
            // A text at the very end of the axis must not leave the picture.
            double half = StrokeFont.Width(text, Style.Text) / 2;
            drawing.Write(Math.Min(x, width - 4 - half), box.Bottom + TickLength + 15, text, Style.Text, Anchor.Middle, Paint.Muted);
        }
        if (hasField)
            drawing.Outline(box, Paint.Rule, Style.Thin);
        else
            drawing.Line(box.X, box.Bottom, box.Right, box.Bottom, Paint.Rule, Style.Thin);
        string yName = Named(chart.Y.Name, yFactor);
        drawing.Write(
            Style.Edge,
            headBottom - 8,
            StrokeFont.Fit(yName, Style.Text, width - 2 * Style.Edge),
            Style.Text,
            Anchor.Start,
            Paint.Muted
        );
        drawing.Write(
            box.X + box.Width / 2,
            box.Bottom + BottomRoom - 10,
            StrokeFont.Fit(Named(chart.X.Name, xFactor), Style.Text, width - 2 * Style.Edge),
            Style.Text,
            Anchor.Middle,
            Paint.Muted
        );
    }

    private static int MostTicks(double width) => (int)Math.Clamp(width / PixelsPerTickX, 3, 8);

    private static string Named(string name, string factor) => factor.Length == 0 ? name : $"{name} ({factor})";
}
