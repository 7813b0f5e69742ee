using System.Text.Json.Nodes;
using Longhand.Analysis;
using Longhand.Numbers;

namespace Longhand.Playground.Questions;

/// <summary>Height and gradient of a landscape at a point, with their working.</summary>
internal sealed class SlopeQuestion : Question
{
    private const int Digits = 6;

    public override string Name => "slope";

    public override IReadOnlyList<string> Arguments { get; } = [.. Terrain.Arguments, "x", "y"];

    public override JsonObject Answer(Asked asked)
    {
        var terrain = Terrain.Read(asked);
        double[] at = [asked.Number("x"), asked.Number("y")];
        string? problem = terrain.Landscape.Visit(at, 0, out DescentStep step);
        if (problem is not null)
            return new() { ["problem"] = problem };
        Expr[] point = [.. at.Select((x, i) => Expr.Symbol(terrain.Landscape.Variables[i], x, Rational.FromDouble(x)))];
        return new()
        {
            ["value"] = step.Value + 0.0,
            ["gradient"] = new JsonArray(step.Gradient[0] + 0.0, step.Gradient[1] + 0.0),
            ["lines"] = new JsonArray([
                DescendQuestion.Line(terrain.Landscape.ValueLine(point, step.Value, Digits)),
                .. step.Gradient.Select(
                    (slope, i) =>
                        (JsonNode)
                            DescendQuestion.Line(
                                terrain.Landscape.SlopeLine(
                                    i,
                                    point,
                                    Expr.Symbol("", slope, terrain.Landscape.ExactSlope(i, point)),
                                    Digits
                                )
                            )
                ),
            ]),
        };
    }
}
