using System.Text.RegularExpressions;
using Longhand.Activations;
using Longhand.Analysis;
using Longhand.Layers;
using Longhand.Numbers;
using Xunit;

namespace Longhand.Tests.Laws;

/// <summary>Every activation at a network's end with every loss: it works, or it is refused with a remedy that works.</summary>
public partial class PairLaws
{
    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (string activation in Layer.Kinds.All.SelectMany(kind => kind.Examples).Where(IsActivation))
            foreach (string loss in Loss.Kinds.All.SelectMany(kind => kind.Examples))
                pairs.Add(activation, loss);
            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void It_passes_the_gradient_check_or_is_refused(string activation, string lossText)
    {
        Loss loss = Loss.Parse(lossText);
        foreach (int outputs in (ReadOnlySpan<int>)[1, 3])
        {
            Network network = Network.Chain([2], new Dense(3), Activation.Tanh, new Dense(outputs), Layer.Kinds.Parse(activation));
            Grid<Float64> input = Lab.Random(41, 4, 2),
                target = Targets(loss, network, 4);
            Model model = Lab.Model(network, 42);
            if (loss.Refuse(network.Range, network.Output) is not { } refusal)
            {
                GradientCheck check = GradientCheck.Run(model, input, target, loss, maximumCoordinates: 12);
                Assert.True(check.Ok, $"{activation}, {lossText}, {outputs} outputs: {check.Worst}");
                Assert.True(check.KernelCompared);
                continue;
            }
            Assert.StartsWith(loss.Notation, refusal, StringComparison.Ordinal);
            var thrown = Assert.Throws<LonghandException>(() => GradientCheck.Run(model, input, target, loss));
            Assert.Equal(refusal + ".", thrown.Message);
            TryRemedies(refusal, loss, network, outputs);
        }
    }

    [Fact]
    public void The_refusals_are_those_that_people_meet()
    {
        Assert.Contains("use cross-entropy-probs or drop the softmax", Refusal("cross-entropy", new Softmax(), 3));
        Assert.Contains("use bce-logits", Refusal("cross-entropy", Activation.Identity, 1));
        Assert.Contains("use bce", Refusal("cross-entropy", Activation.Sigmoid, 1));
        Assert.Contains("use bce or", Refusal("cross-entropy", Activation.Sigmoid, 3));
        Assert.Contains("use bce or", Refusal("bce-logits", Activation.Sigmoid, 1));
        Assert.Contains("use bce-logits or put a sigmoid behind", Refusal("bce", Activation.Identity, 1));
        Assert.Contains("drop the last activation", Refusal("hinge", Activation.Relu, 1));
        Assert.Contains("always 1", Refusal("bce", new Softmax(), 1));
        Assert.Null(Loss.CrossEntropy.Refuse(new LogSoftmax().Range(OutputRange.Unbounded), [3]));
        Assert.Contains("flatten", Loss.MeanSquaredError.Refuse(OutputRange.Unbounded, [2, 2, 1]));

        static string Refusal(string loss, Layer last, int outputs) =>
            Loss.Parse(loss).Refuse(last.Range(OutputRange.Unbounded), [outputs])!;
    }

    [Fact]
    public void Flattened_distributions_of_many_pixels_are_not_one()
    {
        Network many = Network.Chain([2, 2, 3], new Softmax(), new Flatten()),
            one = Network.Chain([1, 1, 3], new Softmax(), new Flatten());
        Assert.NotNull(Loss.CrossEntropyFromProbabilities.Refuse(many.Range, many.Output));
        Assert.Null(Loss.CrossEntropyFromProbabilities.Refuse(one.Range, one.Output));
    }

    [Fact]
    public void A_very_deep_network_has_a_range()
    {
        var network = Network.Chain([1], Enumerable.Repeat<Layer>(Activation.Identity, 50_000).Prepend(Activation.Sigmoid));
        Assert.True(network.Range.IsProbability);
    }

    // Whatever the sentence recommends is done to the network, and must then be accepted.
    private static void TryRemedies(string refusal, Loss loss, Network network, int outputs)
    {
        int tried = 0;
        string advice = refusal[(refusal.IndexOf(';', StringComparison.Ordinal) + 1)..];
        foreach (Match use in Use().Matches(advice))
            Accepted(
                Loss.Parse(use.Groups[1].Value),
                // "put a sigmoid in its place and use bce" is one remedy.
                advice.Contains("in its place and use", StringComparison.Ordinal)
                    ? Activation.Sigmoid.Range(OutputRange.Unbounded)
                    : network.Range
            );
        if (advice.Contains("drop the", StringComparison.Ordinal))
        {
            Assert.Contains(
                network.Range.IsDistribution || network.Range.IsLogDistribution ? network.Nodes[^1].Layer.Kind : "last",
                advice
            );
            Accepted(loss, OutputRange.Unbounded);
        }
        if (advice.Contains("put a sigmoid behind", StringComparison.Ordinal))
            Accepted(loss, Activation.Sigmoid.Range(network.Range));
        if (advice.Contains("put a softmax", StringComparison.Ordinal))
            Accepted(loss, new Softmax().Range(network.Range));
        Assert.NotEqual(0, tried);

        void Accepted(Loss remedy, OutputRange range)
        {
            tried++;
            Assert.True(remedy.Refuse(range, [outputs]) is null, $"\"{refusal}\", but then: {remedy.Refuse(range, [outputs])}");
        }
    }

    [GeneratedRegex(@"use ([a-z-]+)")]
    private static partial Regex Use();

    private static bool IsActivation(string text) => Layer.Kinds.Parse(text) is Activation or Softmax or LogSoftmax or LearnedSwish;

    private static Grid<Float64> Targets(Loss loss, Network network, int batch)
    {
        int outputs = network.Output[0];
        var target = new Grid<Float64>(batch, outputs);
        for (int s = 0; s < batch; s++)
        {
            double[] row =
                loss.Labels == LabelEncoding.Values
                    ? Lab.Doubles(Lab.Random((ulong)(43 + s), outputs))
                    : loss.Encode(s % Math.Max(2, outputs), outputs, network.Range);
            for (int j = 0; j < outputs; j++)
                target[s, j] = new(row[j]);
        }
        return target;
    }
}
