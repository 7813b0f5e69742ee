using Longhand.Experiments.Plots;

namespace Longhand.Experiments.Reports;

/// <summary>A network as it is drawn on a board: units and their weights where it is small, a box for each layer otherwise.</summary>
internal sealed record NetworkFigure(Model Model) : Figure("The network")
{
    private const int MostUnits = 12;

    /// <inheritdoc/>
    public override Drawing Draw(double width) => IsSmall ? new UnitDrawing(Model, Title).Draw(width) : LayerBoxes.Draw(Model.Network, Title, width);

    private bool IsSmall
    {
        get
        {
            Network network = Model.Network;
            bool chain = network.Nodes.Index().All(n => n.Item.Inputs.Count == 1 && n.Item.Inputs[0] == n.Index);
            return chain
                && network.Nodes.Any(n => n.Layer is Layers.Dense)
                && network.Nodes.All(n => n.Layer is Layers.Dense || n.Layer.IsActivation)
                && !network.Input.IsImage
                && Enumerable.Range(0, network.Nodes.Count + 1).All(v => network.ShapeOf(v).Length <= MostUnits);
        }
    }
}

/// <summary>Units in columns; a weight is a line, blue and unbroken where it is positive, orange and dashed where it is negative.</summary>
internal sealed class UnitDrawing(Model model, string title)
{
    private const double Radius = 13,
        Apart = 38,
        Thickest = 5,
        Top = 76,
        NamesRoom = 62;

    public Drawing Draw(double width)
    {
        Network network = model.Network;
        Node[] dense = [.. network.Nodes.Where(n => n.Layer is Layers.Dense)];
        int[] counts = [(int)network.Input.Length, .. dense.Select(n => (int)n.Output.Length)];
        double height = Top + (counts.Max() - 1) * Apart + 2 * Radius + NamesRoom;
        var drawing = new Drawing(width, height, title, $"{network}: {string.Join(", ", counts)} units in columns from left to right.");
        Style.Head(drawing, title);
        drawing.Write(
            Style.Edge,
            Style.TitleLine + Style.RowHeight - 2,
            StrokeFont.Fit("blue: positive weight; orange, dashed: negative; the thicker the larger", Style.Text, width - 2 * Style.Edge),
            Style.Text,
            Anchor.Start,
            Paint.Muted
        );
        double left = Style.Edge + 62,
            right = width - Style.Edge - 62;
        double X(int column) => left + (right - left) * column / Math.Max(1, counts.Length - 1);
        double Y(int column, int unit) => Top + Radius + ((counts.Max() - counts[column]) / 2.0 + unit) * Apart;
        for (int c = 1; c < counts.Length; c++)
            Weights(drawing, dense[c - 1], counts[c - 1], counts[c], (from, to) => (new(X(c - 1), Y(c - 1, from)), new(X(c), Y(c, to))));
        for (int c = 0; c < counts.Length; c++)
        {
            for (int u = 0; u < counts[c]; u++)
                drawing.Add(new Disc(new(X(c), Y(c, u)), Radius, Paint.Ground, Paint.Muted, 1.4));
            double below = Top + 2 * Radius + (counts.Max() - 1) * Apart + 24;
            (string name, string what) = c == 0 ? ("input", $"{counts[0]}") : Names(dense[c - 1]);
            double room = (right - left) / Math.Max(1, counts.Length - 1) - 8;
            drawing.Write(X(c), below, StrokeFont.Fit(name, Style.Text, Math.Max(room, 60)), Style.Text, Anchor.Middle, Paint.Text);
            drawing.Write(X(c), below + 18, StrokeFont.Fit(what, Style.Text, Math.Max(room, 60)), Style.Text, Anchor.Middle, Paint.Muted);
        }
        for (int u = 0; u < counts[0]; u++)
            drawing.Write(
                X(0) - Radius - 7,
                Y(0, u) + 4,
                StrokeFont.Fit(InputName(u), Style.Text, X(0) - Radius - 12),
                Style.Text,
                Anchor.End,
                Paint.Text
            );
        for (int u = 0; u < counts[^1]; u++)
            drawing.Write(X(counts.Length - 1) + Radius + 7, Y(counts.Length - 1, u) + 4, OutputName(u, counts[^1]), Style.Text, Anchor.Start, Paint.Text);
        return drawing;
    }

    private void Weights(Drawing drawing, Node node, int inputs, int outputs, Func<int, int, (Point From, Point To)> ends)
    {
        int index = model.Network.Parameters.ToList().FindIndex(p => p.Node == node && p.Parameter.Role == Layers.ParameterRole.Weight);
        ParameterValues weights = model.Values[index];
        double largest = Enumerable.Range(0, weights.Length).Select(i => Math.Abs(weights.Double(i))).Where(double.IsFinite).Append(0).Max();
        for (int to = 0; to < outputs; to++)
        for (int from = 0; from < inputs; from++)
        {
            double weight = weights.Double(to * inputs + from),
                share = largest == 0 || !double.IsFinite(weight) ? 0 : Math.Abs(weight) / largest;
            (Point a, Point b) = ends(from, to);
            drawing.Add(
                new Stroke(
                    [a, b],
                    Paint.Series(weight < 0 ? 1 : 0, 0.35 + 0.65 * share),
                    0.5 + (Thickest - 0.5) * share,
                    weight < 0 ? [8, 5] : Dash.None
                )
            );
        }
    }

    private string InputName(int input) =>
        model.InputNames.Count == (int)model.Network.Input.Length
            ? model.InputNames[input]
            : ParameterFigures.NameOf("x", [(int)model.Network.Input.Length], input);

    private string OutputName(int output, int count) =>
        count > 1 && model.ClassNames.Count == count ? StrokeFont.Fit(model.ClassNames[output], Style.Text, 60) : ParameterFigures.NameOf("ŷ", [count], output);

    private (string, string) Names(Node node)
    {
        IEnumerable<Node> behind = model.Network.Nodes.Skip(node.Index + 1).TakeWhile(n => n.Layer.IsActivation);
        return (node.Name, string.Join(" ", behind.Select(n => n.Layer.Notation).Prepend(node.Output.ToString())));
    }
}

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
            drawing.Write(Style.Edge, height - 8, $"… and {network.Nodes.Count - shown} more layers: see the table", Style.Text, Anchor.Start, Paint.Muted);
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
