using System.Text.Json.Nodes;
using Longhand.Numbers;
using Longhand.Playground.Images;
using Longhand.Reference;

namespace Longhand.Playground.Questions;

/// <summary>∂L/∂x of an image: which way the loss goes where a pixel gets more ink. By the library's way back in double precision.</summary>
internal sealed class SaliencyQuestion : Question
{
    public override string Name => "saliency";

    public override IReadOnlyList<string> Arguments { get; } = ["class", .. ExampleAsked.Arguments];

    public override JsonObject Answer(Asked asked)
    {
        Moment moment = asked.Moment;
        ImageView view = ExampleAsked.View(asked);
        Look look = ExampleAsked.Look(asked);
        Network network = moment.Setup.Network;
        ReferenceRun<Float64> run = ExampleAsked.Run(moment, ExampleAsked.Values(moment), look.Image(view));
        Grid<Float64> output = run.Output,
            target = new(1, output.Length),
            gradient = new(1, output.Length);
        float[] singles = [.. output.ToArray().Select(v => (float)v.Value)];
        // A picture of the page's own has no class but the one that is found.
        int label = asked.Whole("class", 0, view.ClassNames.Count - 1, look.Class(view) ?? moment.Setup.Targets.Decide(singles));
        Loss loss = moment.Setup.Experiment.Loss!;
        double[] wanted = loss.Encode(label, output.Length, network.Range);
        for (int j = 0; j < wanted.Length; j++)
            target[0, j] = new Float64(wanted[j]);
        loss.Gradient(output, target, gradient);
        run.Backward(gradient);
        Grid<Float64>? slopes = run.Gradient(0);
        return new JsonObject
        {
            ["class"] = label,
            ["loss"] = ExampleAsked.Number(loss.Value(output, target, 0).Value),
            ["gradient"] = ExampleAsked.Numbers(slopes?.ToArray().Select(v => v.Value) ?? new double[network.Input.Length]),
        };
    }
}
