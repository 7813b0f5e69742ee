using System.Text.Json.Nodes;
using Longhand.Numbers;
using Longhand.Playground.Images;
using Longhand.Reference;

namespace Longhand.Playground.Questions;

/// <summary>What questions about an image have in common: which image, and a pass over it in double precision.</summary>
internal static class ExampleAsked
{
    /// <summary>set and example for one of the data, lines or cells for a picture of the page's own.</summary>
    public static readonly string[] Arguments = ["set", "example", "lines", "cells"];

    /// <summary>What is drawn of the images.</summary>
    /// <exception cref="LonghandException">The examples are no images.</exception>
    public static ImageView View(Asked asked) =>
        asked.Moment.Setup.Images
        ?? throw new LonghandException("There are no images: the examples of this experiment are something else.");

    /// <summary>The image that is asked about.</summary>
    public static Look Look(Asked asked) =>
        Images.Look.Read(
            asked.Moment.Setup,
            asked.Word("set", "test", "train", "test"),
            asked.Whole("example", 0, int.MaxValue, 0),
            asked.Has("lines") ? asked.Text("lines") : null,
            asked.Has("cells") ? asked.Text("cells") : null
        );

    /// <summary>The parameters as the reference reads them.</summary>
    public static IReadOnlyList<Grid<Float64>> Values(Moment moment) =>
        [
            .. moment.Setup.Network.Parameters.Select(
                (p, i) => moment.State.Values[i].Grid(p.Parameter, k => new Float64(moment.State.Values[i].Double(k)))
            ),
        ];

    /// <summary>A pass forward over one image.</summary>
    public static ReferenceRun<Float64> Run(Moment moment, IReadOnlyList<Grid<Float64>> values, ReadOnlySpan<float> image)
    {
        Network network = moment.Setup.Network;
        var input = new Grid<Float64>([1, .. network.Input.MemoryOrder()]);
        for (int i = 0; i < image.Length; i++)
            input.SetFlat(i, new Float64(image[i]));
        var run = new ReferenceRun<Float64>(network, values, input);
        run.Forward();
        return run;
    }

    /// <summary>An example with what was found, and its picture: a byte for each pixel, 255 for full ink.</summary>
    public static JsonObject Example(DataSet data, JudgedExample example)
    {
        var image = new float[data.InputShape.Length];
        data.CopyInput(example.Index, image);
        return new JsonObject
        {
            ["index"] = example.Index,
            ["class"] = example.Class,
            ["found"] = example.Found,
            ["trueScore"] = Number(example.TrueScore),
            ["foundScore"] = Number(example.FoundScore),
            ["loss"] = Number(example.Loss),
            ["picture"] = Convert.ToBase64String([.. image.Select(v => (byte)MathF.Round(255 * Math.Clamp(v, 0, 1)))]),
        };
    }

    /// <summary>Numbers in a list, null for what is no number.</summary>
    public static JsonArray Numbers(IEnumerable<double> numbers) => new([.. numbers.Select(Number)]);

    /// <summary>A number; null for what is none.</summary>
    public static JsonNode? Number(double value) => double.IsFinite(value) ? value : null;
}
