using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Longhand.Analysis;
using Longhand.Experiments;
using Longhand.Experiments.Plots;

namespace Longhand.Playground.Questions;

/// <summary>
/// A landscape from above: lines of equal height as paths of a picture of 1000 × 1000, bytes for its shades, stationary points.
/// </summary>
internal sealed class ContoursQuestion : Question
{
    private const double Size = 1000;

    // Beyond these, places could not be told apart in the digits of an axis.
    private const double Furthest = 1e9,
        Narrowest = 1e-6;

    private const byte Blank = 255;

    public override string Name => "contours";

    public override IReadOnlyList<string> Arguments { get; } = [.. Terrain.Arguments, "x0", "x1", "y0", "y1", "levels"];

    public override JsonObject Answer(Asked asked)
    {
        var terrain = Terrain.Read(asked);
        double[] middle = terrain.Present ?? [0, 0];
        const double half = 3;
        (double, double) x = Range(asked, "x0", "x1", middle[0] - half, middle[0] + half),
            y = Range(asked, "y0", "y1", middle[1] - half, middle[1] + half);
        bool logarithmic = asked.Word("levels", "linear", "linear", "log") == "log";
        double[] across = Places(x, terrain.Side),
            up = Places(y, terrain.Side);
        var heights = new double[up.Length, across.Length];
        for (int r = 0; r < up.Length; r++)
        for (int c = 0; c < across.Length; c++)
            heights[r, c] = terrain.Landscape.Value([across[c], up[r]]);
        double[] finite = [.. heights.Cast<double>().Where(double.IsFinite)];
        var stationary = terrain.Function is { } function ? StationarySearch.Within(function, x, y) : null;
        double[] levels = finite.Length == 0 ? [] : ContourLevels.Of(finite.Min(), finite.Max(), logarithmic);
        var answer = new JsonObject
        {
            ["name"] = terrain.Landscape.Name,
            ["variables"] = Texts(terrain.Landscape.Variables),
            ["x"] = new JsonArray(x.Item1, x.Item2),
            ["y"] = new JsonArray(y.Item1, y.Item2),
            ["lines"] = new JsonArray([.. levels.Select(level => (JsonNode)Line(heights, across, up, level))]),
            ["side"] = across.Length,
            ["shades"] = Convert.ToBase64String(Shades(heights, levels)),
            ["blank"] = finite.Length < heights.Length,
            ["low"] = finite.Length == 0 ? null : finite.Min(),
            ["high"] = finite.Length == 0 ? null : finite.Max(),
        };
        if (terrain.Function is { } f)
        {
            answer["text"] = new ExpressionWriter().Write(f.Root);
            answer["gradient"] = Texts(terrain.Gradient.Select(slope => slope.Text));
            answer["conventions"] = Texts(DescentWords.Conventions(f, terrain.Gradient));
            answer["explanation"] = stationary!.Explanation;
            answer["stationary"] = new JsonArray([
                .. stationary.Points.Select(point =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["x"] = point.Point[0],
                            ["y"] = point.Point[1],
                            ["kind"] = DescentWords.Kind(point.Kind),
                            ["along"] = point.Directions is [var along] ? new JsonArray((double)along[0], (double)along[1]) : null,
                            ["text"] = DescentWords.Described(point, f, 6),
                        }
                ),
            ]);
        }
        else
        {
            answer["note"] = terrain.Note;
            answer["chosen"] = Texts(((LossLandscape)terrain.Landscape).Places);
            answer["present"] = new JsonArray(terrain.Present![0], terrain.Present[1]);
            answer["places"] = Texts(LossLandscape.AllPlaces(asked.Moment.Setup.Network, Limits.LandscapePlaces));
        }
        return answer;
    }

    private static (double Low, double High) Range(Asked asked, string from, string to, double low, double high)
    {
        (low, high) = (asked.Number(from, low), asked.Number(to, high));
        if (Math.Max(Math.Abs(low), Math.Abs(high)) > Furthest)
            throw asked.Wrong(from, $"an axis goes from {-Furthest:0} to {Furthest:0} at most.");
        return high - low >= Narrowest * Math.Max(1, Math.Max(Math.Abs(low), Math.Abs(high)))
            ? (low, high)
            : throw asked.Wrong(
                to,
                string.Create(CultureInfo.InvariantCulture, $"it is {high}, but more than {from}, which is {low}, is needed.")
            );
    }

    private static double[] Places((double Low, double High) range, int side) =>
        [.. Enumerable.Range(0, side + 1).Select(i => range.Low + (range.High - range.Low) * i / side)];

    private static JsonObject Line(double[,] heights, double[] x, double[] y, double level)
    {
        (double left, double width, double top, double height) = (x[0], x[^1] - x[0], y[^1], y[^1] - y[0]);
        var path = new StringBuilder();
        foreach (IReadOnlyList<(double X, double Y)> line in Contours.At(heights, x, y, level))
        foreach ((int i, (double px, double py)) in line.Index())
            path.Append(
                CultureInfo.InvariantCulture,
                $"{(i == 0 ? 'M' : 'L')}{Math.Round((px - left) / width * Size, 1)} {Math.Round((top - py) / height * Size, 1)}"
            );
        return new() { ["level"] = level, ["path"] = path.ToString() };
    }

    // The share of the levels that a place lies above, from the top row down.
    private static byte[] Shades(double[,] heights, double[] levels)
    {
        int side = heights.GetLength(0);
        var bytes = new byte[side * side];
        for (int r = 0; r < side; r++)
        for (int c = 0; c < side; c++)
        {
            double height = heights[side - 1 - r, c];
            bytes[r * side + c] = double.IsFinite(height)
                ? (byte)((Blank - 1) * levels.Count(level => height >= level) / Math.Max(1, levels.Length))
                : Blank;
        }
        return bytes;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
