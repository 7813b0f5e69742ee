using Longhand.Experiments.Plots;

namespace Longhand.Experiments.Reports;

/// <summary>Units in columns; a weight is a line, blue and unbroken where it is positive, orange and dashed where it is negative.</summary>
internal sealed class UnitDrawing(Model model, string title)
{
    private const double Radius = 13,
        Apart = 38,
        Thickest = 5,
        Head = 20,
        NamesRoom = 62,
        ColumnsApart = 260;

    private const string Note = "blue: positive weight; orange, dashed: negative; the thicker the larger";

    public Drawing Draw(double width)
    {
        Network network = model.Network;
        Node[] dense = [.. network.Nodes.Where(n => n.Layer is Layers.Dense)];
        int[] counts = [(int)network.Input.Length, .. dense.Select(n => (int)n.Output.Length)];
        double top = Style.TitleLine + Style.Paragraph(null, Note, 0, width) + Head,
            height = top + (counts.Max() - 1) * Apart + 2 * Radius + NamesRoom;
        var drawing = new Drawing(width, height, title, $"{network}: {string.Join(", ", counts)} units in columns from left to right.");
        Style.Head(drawing, title);
        Style.Paragraph(drawing, Note, Style.TitleLine, width);
        double left = Style.Edge + 62,
            right = Math.Min(width - Style.Edge - 62, left + (counts.Length - 1) * ColumnsApart);
        double X(int column) => left + (right - left) * column / Math.Max(1, counts.Length - 1);
        double Y(int column, int unit) => top + Radius + ((counts.Max() - counts[column]) / 2.0 + unit) * Apart;
        for (int c = 1; c < counts.Length; c++)
            Weights(drawing, dense[c - 1], counts[c - 1], counts[c], (from, to) => (new(X(c - 1), Y(c - 1, from)), new(X(c), Y(c, to))));
        for (int c = 0; c < counts.Length; c++)
        {
            for (int u = 0; u < counts[c]; u++)
                drawing.Add(new Disc(new(X(c), Y(c, u)), Radius, Paint.Ground, Paint.Muted, 1.4));
            double below = top + 2 * Radius + (counts.Max() - 1) * Apart + 24;
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
            drawing.Write(
                X(counts.Length - 1) + Radius + 7,
                Y(counts.Length - 1, u) + 4,
                OutputName(u, counts[^1]),
                Style.Text,
                Anchor.Start,
                Paint.Text
            );
        return drawing;
    }

    private void Weights(Drawing drawing, Node node, int inputs, int outputs, Func<int, int, (Point From, Point To)> ends)
    {
        int index = model.Network.Parameters.ToList().FindIndex(p => p.Node == node && p.Parameter.Role == Layers.ParameterRole.Weight);
        ParameterValues weights = model.Values[index];
        double largest = Enumerable
            .Range(0, weights.Length)
            .Select(i => Math.Abs(weights.Double(i)))
            .Where(double.IsFinite)
            .Append(0)
            .Max();
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
        count > 1 && model.ClassNames.Count == count
            ? StrokeFont.Fit(model.ClassNames[output], Style.Text, 60)
            : ParameterFigures.NameOf("ŷ", [count], output);

    private (string, string) Names(Node node)
    {
        IEnumerable<Node> behind = model.Network.Nodes.Skip(node.Index + 1).TakeWhile(n => n.Layer.IsActivation);
        return (node.Name, string.Join(" ", behind.Select(n => n.Layer.Notation).Prepend(node.Output.ToString())));
    }
}
