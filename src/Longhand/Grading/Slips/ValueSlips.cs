using Longhand.Numbers;

namespace Longhand.Grading.Slips;

/// <summary>The slips that are made in a single line: its value changed by a sign, a factor, a term, a place.</summary>
internal static class ValueSlips
{
    private const int MostNeighbours = 400;

    /// <summary>What each of them would give at a place.</summary>
    public static IEnumerable<SlipCandidate> At(SlipPoint point)
    {
        string difference =
            point.Maker is not null && point.Array.Number == point.Network.OutputValue ? "taken a difference the other way round, or " : "";
        if (point.Array.Kind != AnswerArrayKind.Parameter)
            yield return new("sign", 30, -point.Own, difference + "lost a minus sign");
        IEnumerable<SlipCandidate> all =
        [
            .. point.Array.ScalesWithLoss ? Factors(point) : [],
            .. Logarithms(point),
            .. point.Array.Kind == AnswerArrayKind.Parameter ? Steps(point) : [],
            .. Terms(point),
            .. Neighbours(point),
        ];
        foreach (SlipCandidate candidate in all)
            yield return candidate;
        for (int places = 1; places <= 3; places++)
            foreach (double factor in new[] { Math.Pow(10, places), Math.Pow(10, -places) })
                yield return new("decimal-point", 150, new Interval(factor) * point.Own, "put the decimal point in the wrong place");
    }

    private static IEnumerable<SlipCandidate> Factors(SlipPoint point)
    {
        int examples = point.Request.Inputs.Count,
            outputs = point.Network.Output[0];
        SlipCandidate Times(string name, int rank, double factor, string sentence) =>
            new(name, rank, new Interval(factor) * point.Own, sentence);
        if (examples > 1 && !point.Request.Loss!.IsSum)
            yield return Times("not-averaged", 31, examples, $"left out 1/N: the {examples} examples are averaged, not added");
        if (examples > 1)
            yield return Times("averaged-twice", 32, 1.0 / examples, $"divided by the {examples} examples once too often");
        yield return Times("factor-two", 33, 2, "left out a factor ½, or put in a 2");
        yield return Times("factor-half", 34, 0.5, "left out a factor 2, or put in a ½");
        if (outputs > 1)
        {
            yield return Times("outputs-not-averaged", 35, outputs, $"added the {outputs} outputs up where their mean is taken");
            yield return Times("outputs-averaged", 36, 1.0 / outputs, $"taken the mean over the {outputs} outputs");
        }
        var factors = new Dictionary<string, double>
        {
            ["mse"] = 1.0 / examples / outputs,
            ["sse"] = 1,
            ["half-mse"] = 0.5 / examples,
        };
        if (factors.TryGetValue(point.Request.Loss!.Notation, out double own))
            foreach ((string loss, double factor) in factors)
                if (factor != own)
                    yield return Times(
                        "other-loss",
                        37,
                        factor / own,
                        $"computed with {loss}, but the loss here is {point.Request.Loss.Notation}"
                    );
    }

    private static IEnumerable<SlipCandidate> Logarithms(SlipPoint point)
    {
        bool reads =
            point.Array.Kind == AnswerArrayKind.Loss
                ? point.Request.Loss!.Reads
                    is LossReads.Probabilities
                        or LossReads.Distribution
                        or LossReads.Logits
                        or LossReads.ClassLogits
                : point is { Array.Kind: AnswerArrayKind.Value, Maker.Layer.Kind: "logsoftmax" or "softplus" };
        if (!reads)
            yield break;
        yield return new("log-base-ten", 25, point.Own / new Interval(Math.Log(10)), "taken the logarithm to base 10 for the natural one");
        yield return new("log-base-two", 26, point.Own / new Interval(Math.Log(2)), "taken the logarithm to base 2 for the natural one");
    }

    private static IEnumerable<SlipCandidate> Steps(SlipPoint point)
    {
        if (!point.Network.Parameters[point.Array.Number].Parameter.Trainable)
            yield break;
        Interval before = point.Before(point.Array.Number, point.Index),
            step = point.Own - before;
        double rate = point.Request.Optimizer!.LearningRate;
        yield return new("ascent", 27, before - step, "gone up the gradient instead of down: the step is subtracted");
        if (rate is not (0 or 1))
        {
            yield return new("rate-forgotten", 28, before + step / new Interval(rate), "left out the learning rate");
            yield return new(
                "rate-forgotten",
                28,
                before - step / new Interval(rate),
                "left out the learning rate, and gone up the gradient"
            );
        }
        yield return new("step-only", 29, step, "written the step alone, without the number that it changes");
        yield return new("step-only", 29, -step, "written the step alone, without the number that it changes");
        yield return new("not-updated", 29, before, "left the number as it was before the update");
    }

    // A term of a sum forgotten: a weight in Wx, a way back in Σ δw, an example in a batch.
    private static IEnumerable<SlipCandidate> Terms(SlipPoint point)
    {
        if (point.Array.Update > 1)
            yield break;
        if (point.Array.Kind == AnswerArrayKind.Value && point.Weights(point.Maker!) is >= 0 and var weights)
        {
            int inputs = point.Network.Parameters[weights].Parameter.Sizes[1],
                units = point.Network.Parameters[weights].Parameter.Sizes[0],
                read = point.Maker!.Inputs[0];
            for (int i = 0; i < Math.Min(inputs, MostNeighbours); i++)
            {
                int w = point.Index % units * inputs + i;
                Interval term = point.Before(weights, w) * point.Value(read, point.Index / units, i);
                yield return new("term-left-out", 45, point.Own - term, $"left out term {i + 1} of the sum");
            }
        }
        if (point.Array.Kind == AnswerArrayKind.ValueGradient)
        {
            Node[] readers = [.. point.Network.Nodes.Where(n => n.Inputs.Contains(point.Array.Number))];
            if (readers is not [var reader] || point.Weights(reader) is not (>= 0 and var back))
                yield break;
            int inputs = point.Network.Parameters[back].Parameter.Sizes[1],
                units = point.Network.Parameters[back].Parameter.Sizes[0];
            var delta = new AnswerArray(AnswerArrayKind.ValueGradient, reader.Value);
            for (int j = 0; j < Math.Min(units, MostNeighbours) && units > 1; j++)
            {
                int d = point.Index / inputs * units + j;
                Interval term = point.Of(delta, d) * point.Before(back, j * inputs + point.Index % inputs);
                yield return new(
                    "path-left-out",
                    44,
                    point.Own - term,
                    $"left out the path through {point.Keys.NameOf(delta with { Kind = AnswerArrayKind.Value }, d)}"
                );
            }
        }
        if (point.Array.Kind == AnswerArrayKind.ParameterGradient && point.Request.Inputs.Count > 1)
        {
            NetworkParameter parameter = point.Network.Parameters[point.Array.Number];
            int weight = point.Weights(parameter.Node);
            if (weight < 0)
                yield break;
            int inputs = point.Network.Parameters[weight].Parameter.Sizes[1],
                units = point.Network.Parameters[weight].Parameter.Sizes[0];
            bool isWeight = weight == point.Array.Number;
            int unit = isWeight ? point.Index / inputs : point.Index;
            for (int s = 0; s < Math.Min(point.Request.Inputs.Count, MostNeighbours); s++)
            {
                Interval term = point.Of(new(AnswerArrayKind.ValueGradient, parameter.Node.Value), s * units + unit);
                if (isWeight)
                    term *= point.Value(parameter.Node.Inputs[0], s, point.Index % inputs);
                yield return new("example-left-out", 46, point.Own - term, $"left out example {s + 1}");
                yield return new("one-example", 47, term, $"taken example {s + 1} alone");
            }
        }
    }

    private static IEnumerable<SlipCandidate> Neighbours(SlipPoint point)
    {
        if (!point.Computed.TryGetValue(point.Array, out Interval[]? all))
            yield break;
        int across = -1;
        if (
            point.Keys.Sizes(point.Array) is [var rows, var columns]
            && point.Array.Kind is AnswerArrayKind.ParameterGradient or AnswerArrayKind.Parameter
        )
        {
            (int row, int column) = (point.Index / columns, point.Index % columns);
            if (row != column && column < rows && row < columns)
            {
                across = column * columns + row;
                yield return new(
                    "indices-swapped",
                    40,
                    all[across],
                    $"swapped the indices: this is {point.Keys.KeyOf(point.Array, across)}"
                );
            }
        }
        foreach (int i in Enumerable.Range(0, all.Length).OrderBy(i => Math.Abs(i - point.Index)).Take(MostNeighbours))
            if (i != point.Index && i != across)
                yield return new(
                    "neighbour",
                    60,
                    all[i],
                    $"taken another number of the same array: this is {point.Keys.KeyOf(point.Array, i)}"
                );
    }
}
