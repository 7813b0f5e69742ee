using System.Text.Json.Nodes;
using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Playground.Images;
using Longhand.Reference;
using Longhand.Working;

namespace Longhand.Playground.Questions;

/// <summary>One number of a layer with all that it was computed from: patch × kernel = sum.</summary>
internal sealed class PixelQuestion : Question
{
    // Of more channels those that count most, and so of a long row of terms.
    private const int MostNumbers = 8192,
        MostTerms = 48;

    public override string Name => "pixel";

    public override IReadOnlyList<string> Arguments { get; } = ["at", .. ExampleAsked.Arguments];

    public override JsonObject Answer(Asked asked)
    {
        Moment moment = asked.Moment;
        ImageView view = ExampleAsked.View(asked);
        Network network = moment.Setup.Network;
        var place = Place.Parse(asked.Text("at"), network);
        if (place.IsParameter)
            throw asked.Wrong("at", $"{place.Text} is a weight; a number of a layer's output is needed, such as conv1[0,1,2].");
        Look look = ExampleAsked.Look(asked);
        IReadOnlyList<Grid<Float64>> values = ExampleAsked.Values(moment);
        ReferenceRun<Float64> run = ExampleAsked.Run(moment, values, look.Image(view));
        var answer = new JsonObject
        {
            ["at"] = place.Text,
            ["epoch"] = moment.Epoch,
            ["batch"] = moment.Batch,
        };
        if (place.Array == 0)
        {
            answer["kind"] = "input";
            answer["value"] = ExampleAsked.Number(run.Value(0).Flat(place.Index).Value);
            return answer;
        }
        Node node = network.Nodes[place.Array - 1];
        var sum = new PixelSum(network, values, run, node, place.Index);
        int column = view.ColumnOf(node.Inputs[0]);
        ImageColumn source = view.Columns[column];
        answer["value"] = ExampleAsked.Number(sum.Value);
        answer["layer"] = node.Layer.Notation;
        answer["source"] = column;
        answer["rows"] = Whole(sum.Rows);
        answer["columns"] = Whole(sum.Columns);
        if (sum.Kernel is null)
            if (node.Layer is MaxPool or AvgPool or GlobalAvgPool)
                Window(answer, sum, source, node, run, network);
            else
                Element(answer, sum, source, place.Index, node);
        else if (node.Layer is Conv || IsMapByMap(sum, source))
            Planes(answer, sum, source, node, network);
        else
            Terms(answer, sum);
        return answer;
    }

    // A dense layer behind an image reads it map by map.
    private static bool IsMapByMap(PixelSum sum, ImageColumn source) =>
        source.Shape.IsImage && source.Shape.Length == sum.Kernel!.Length && source.Shape.Height * source.Shape.Width > 1;

    // Σ patch × kernel + bias, channel by channel.
    private static void Planes(JsonObject answer, PixelSum sum, ImageColumn source, Node node, Network network)
    {
        bool isConv = node.Layer is Conv;
        (int height, int width) = isConv ? (sum.Rows.Length, sum.Columns.Length) : (source.Shape.Height, source.Shape.Width);
        int area = height * width,
            planes = sum.Kernel!.Length / area,
            first = isConv ? FirstChannel(sum, node, network) : 0;
        double[] sums = [.. Enumerable.Range(0, planes).Select(p => sum.Products!.Skip(p * area).Take(area).Sum())];
        int[] order = MostImportant(sums, Math.Max(1, MostNumbers / area));
        answer["kind"] = "planes";
        if (!isConv)
        {
            answer["rows"] = Whole(Enumerable.Range(0, height));
            answer["columns"] = Whole(Enumerable.Range(0, width));
        }
        answer["height"] = height;
        answer["width"] = width;
        answer["planes"] = new JsonArray([
            .. order.Select(p =>
                (JsonNode)
                    new JsonObject
                    {
                        ["channel"] = first + p,
                        ["patch"] = ExampleAsked.Numbers(sum.Patch!.Skip(p * area).Take(area)),
                        ["kernel"] = ExampleAsked.Numbers(sum.Kernel.Skip(p * area).Take(area)),
                        ["sum"] = ExampleAsked.Number(sums[p]),
                    }
            ),
        ]);
        Rest(answer, sum, sums, order);
    }

    // Σ x·w + bias, term by term.
    private static void Terms(JsonObject answer, PixelSum sum)
    {
        int[] order = MostImportant(sum.Products!, MostTerms);
        answer["kind"] = "terms";
        answer["terms"] = new JsonArray([
            .. order.Select(i =>
                (JsonNode)
                    new JsonObject
                    {
                        ["index"] = i,
                        ["read"] = ExampleAsked.Number(sum.Patch![i]),
                        ["weight"] = ExampleAsked.Number(sum.Kernel![i]),
                        ["product"] = ExampleAsked.Number(sum.Products![i]),
                    }
            ),
        ]);
        Rest(answer, sum, sum.Products!, order);
    }

    private static void Rest(JsonObject answer, PixelSum sum, double[] sums, int[] shown)
    {
        answer["bias"] = sum.Bias is { } bias ? ExampleAsked.Number(bias) : null;
        answer["others"] = sums.Length - shown.Length;
        answer["othersSum"] = ExampleAsked.Number(sums.Sum() - shown.Sum(p => sums[p]));
    }

    private static int[] MostImportant(double[] sums, int most)
    {
        int[] all = [.. Enumerable.Range(0, sums.Length)];
        return sums.Length <= most ? all : [.. all.OrderByDescending(i => Math.Abs(sums[i])).Take(most).Order()];
    }

    private static int FirstChannel(PixelSum sum, Node node, Network network)
    {
        int channels = network.ShapeOf(node.Inputs[0]).Channels,
            read = (int)node.Parameters[0].Sizes[1],
            groups = channels / read;
        return sum.Channel / (node.Output.Channels / groups) * read;
    }

    // A pool: what its window sees, which of it was chosen, and which were in the other windows of the same map.
    private static void Window(JsonObject answer, PixelSum sum, ImageColumn source, Node node, ReferenceRun<Float64> run, Network network)
    {
        bool isMax = node.Layer is MaxPool;
        (int height, int width) = (source.Shape.Height, source.Shape.Width);
        var patch = new JsonArray();
        JsonNode? winner = null;
        double share = 1;
        foreach ((int i, int row) in sum.Rows.Index())
        foreach ((int j, int column) in sum.Columns.Index())
        {
            if (row < 0 || row >= height || column < 0 || column >= width)
            {
                patch.Add(null);
                continue;
            }
            int at = (sum.Channel * height + row) * width + column;
            patch.Add(ExampleAsked.Number(sum.Read(at)));
            if (sum.Slope(at) == 0)
                continue;
            share = sum.Slope(at);
            winner ??= Whole([i, j]);
        }
        answer["kind"] = isMax ? "max" : "mean";
        answer["channel"] = sum.Channel;
        answer["height"] = sum.Rows.Length;
        answer["width"] = sum.Columns.Length;
        answer["patch"] = patch;
        if (isMax)
        {
            answer["winner"] = winner;
            answer["winners"] = Winners(sum.Channel, node, run, network);
        }
        else
            // Each number of the window counts as much as one of them is let through.
            answer["counted"] = (int)Math.Round(1 / share);
    }

    // All windows of one map at once: 1 for each of its numbers.
    private static JsonArray Winners(int channel, Node node, ReferenceRun<Float64> run, Network network)
    {
        Grid<Float64> output = run.Value(node.Value),
            ones = new([.. output.Sizes]),
            slopes = new([.. run.Value(node.Inputs[0]).Sizes]);
        int pixels = node.Output.Height * node.Output.Width;
        for (int i = 0; i < pixels; i++)
            ones.SetFlat(channel * pixels + i, new Float64(1));
        node.Layer.Backward(run.PassOf(node, [slopes], ones, []));
        Shape read = network.ShapeOf(node.Inputs[0]);
        int area = read.Height * read.Width;
        return Whole([.. Enumerable.Range(0, area).Where(i => slopes.Flat(channel * area + i).Value != 0)]);
    }

    // Number by number: what went in, and how fast the outcome grows with it.
    private static void Element(JsonObject answer, PixelSum sum, ImageColumn source, int index, Node node)
    {
        bool isOwn = source.Shape.Length == node.Output.Length;
        answer["kind"] = "element";
        answer["channel"] = sum.Channel;
        answer["read"] = isOwn ? ExampleAsked.Number(sum.Read(index)) : null;
        answer["slope"] = isOwn ? ExampleAsked.Number(sum.Slope(index)) : null;
    }

    private static JsonArray Whole(IEnumerable<int> numbers) => new([.. numbers.Select(n => (JsonNode)n)]);
}
