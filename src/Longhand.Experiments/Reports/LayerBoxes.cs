using Longhand.Experiments.Plots;

namespace Longhand.Experiments.Reports;

/// <summary>Layers as boxes, in rows.</summary>
internal static class LayerBoxes
{
    private const double BoxWidth = 138,
        BoxHeight = 64,
        Arrow = 26,
        RowGap = 18;

    private const int Most = 80;

    public static Drawing Draw(Network network, string title, double width)
    {
        int columns = Math.Max(1, (int)((width - 2 * Style.Edge + Arrow) / (BoxWidth + Arrow)));
        int shown = Math.Min(network.Nodes.Count, Most);
        int rows = (shown + 1 + columns - 1) / columns;
        double top = Style.TitleLine + 18,
            height = top + rows * (BoxHeight + RowGap) + (shown < network.Nodes.Count ? Style.RowHeight : 0);
        var drawing = new Drawing(width, height, title, $"{network}: {network.Nodes.Count} layers.");
        Style.Head(drawing, title);
        for (int i = 0; i <= shown; i++)
        {
            double x = Style.Edge + i % columns * (BoxWidth + Arrow),
                y = top + i / columns * (BoxHeight + RowGap);
            if (i == 0)
                OneBox(drawing, x, y, "input", "", network.Input.ToString(), 4);
            else
            {
                Node node = network.Nodes[i - 1];
                // Who does not read its neighbour says whom it reads.
                string from =
                    node.Inputs.Count == 1 && node.Inputs[0] == node.Index
                        ? node.Layer.Notation
                        : $"{node.Layer.Kind} of {string.Join(", ", node.Inputs.Select(v => v == 0 ? "input" : network.Nodes[v - 1].Name))}";
                OneBox(drawing, x, y, node.Name, from, node.Output.ToString(), Series(node));
            }
            if (i < shown)
                OneArrow(drawing, x, y, i % columns == columns - 1, i + 1 < network.Nodes.Count + 1 && network.Nodes[i].Inputs.Contains(i));
        }
        if (shown < network.Nodes.Count)
            drawing.Write(
                Style.Edge,
                height - 8,
                $"… and {network.Nodes.Count - shown} more layers: see the table",
                Style.Text,
                Anchor.Start,
                Paint.Muted
            );
        return drawing;
    }

    private static int Series(Node node) =>
        node.Parameters.Count > 0 ? 0
        : node.Layer.IsActivation ? 2
        : 7;

    private static void OneBox(Drawing drawing, double x, double y, string name, string what, string shape, int series)
    {
        var box = new Box(x, y, BoxWidth, BoxHeight);
        drawing.Rectangle(box, Paint.Series(series, 0.1));
        drawing.Rectangle(new(x, y, 4, BoxHeight), Paint.Series(series));
        string Fit(string text) => StrokeFont.Fit(text, Style.Text * 1.02, BoxWidth - 20);
        drawing.Write(x + 13, y + 19, Fit(name), Style.Text, Anchor.Start, Paint.Text, bold: true);
        drawing.Write(x + 13, y + 36, Fit(what), Style.Text, Anchor.Start, Paint.Muted);
        drawing.Write(x + 13, y + 54, Fit(shape), Style.Text, Anchor.Start, Paint.Text);
    }

    private static void OneArrow(Drawing drawing, double x, double y, bool atEnd, bool isRead)
    {
        // No arrow where the next layer does not read this one.
        if (!isRead)
            return;
        double from = x + BoxWidth + 4,
            to = from + (atEnd ? 10 : Arrow - 8),
            middle = y + BoxHeight / 2;
        drawing.Line(from, middle, to, middle, Paint.Muted, 1.4);
        drawing.Add(new Stroke([new(to - 4, middle - 4), new(to, middle), new(to - 4, middle + 4)], Paint.Muted, 1.4, Dash.None));
    }
}
