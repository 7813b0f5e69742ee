using Longhand.Layers;
using Longhand.Numbers;

namespace Longhand;

/// <summary>
/// How far the outputs are from the targets, as one number for a batch. Each loss states its value and its gradient for one sample once,
/// over an abstract number; over the batch the samples are averaged, or added where the loss says so.
/// </summary>
public abstract partial class Loss
{
    /// <summary>Every loss there is.</summary>
    public static Registry<Loss> Kinds => Registries.Losses;

    // See Layer: an explicit static constructor, or the registry may be found empty.
    static Loss() { }

    /// <summary>The loss with this text, such as <c>huber delta=0.5</c>.</summary>
    /// <exception cref="LonghandException">There is no such loss; the nearest is suggested.</exception>
    public static Loss Parse(string text) => Kinds.Parse(text);

    /// <summary>As it is written, arguments included.</summary>
    public abstract string Notation { get; }

    /// <summary>What its outputs must be.</summary>
    public abstract LossReads Reads { get; }

    /// <summary>How a class number becomes a target.</summary>
    public abstract LabelEncoding Labels { get; }

    /// <summary>Whether the loss of a batch is the sum over its samples rather than their mean.</summary>
    public virtual bool IsSum => false;

    /// <summary>The loss of one sample: row <paramref name="sample"/> of outputs and targets, both [N, features].</summary>
    public abstract T Value<T>(Grid<T> output, Grid<T> target, int sample)
        where T : IScalar<T>;

    /// <summary>Sets row <paramref name="sample"/> of <paramref name="gradient"/> to factor · ∂(loss of this sample)/∂output.</summary>
    public abstract void Gradient<T>(Grid<T> output, Grid<T> target, int sample, T factor, Grid<T> gradient)
        where T : IScalar<T>;

    /// <summary>The loss of the batch.</summary>
    public T Value<T>(Grid<T> output, Grid<T> target)
        where T : IScalar<T>
    {
        int samples = output.Size(0);
        if (samples == 1)
            return Value(output, target, 0);
        T sum = T.Let("L[0]", Value(output, target, 0));
        for (int s = 1; s < samples; s++)
            sum += T.Let($"L[{s}]", Value(output, target, s));
        return IsSum ? sum : T.Fraction(1, samples) * sum;
    }

    /// <summary>Sets <paramref name="gradient"/> to ∂(loss of the batch)/∂output.</summary>
    public void Gradient<T>(Grid<T> output, Grid<T> target, Grid<T> gradient)
        where T : IScalar<T>
    {
        int samples = output.Size(0);
        T factor = IsSum ? T.Of(1) : T.Fraction(1, samples);
        for (int s = 0; s < samples; s++)
            Gradient(output, target, s, factor, gradient);
    }

    /// <summary>
    /// Why this loss cannot stand behind a network with these outputs, and what to do; null where it can. Each remedy that is named is
    /// accepted in its turn.
    /// </summary>
    /// <param name="output">What is known of the outputs.</param>
    /// <param name="shape">The shape of one output.</param>
    public string? Refuse(OutputRange output, Shape shape)
    {
        if (shape.IsImage)
            return $"{Notation} reads a vector, but the network's output is {shape}; end it with flatten or a dense layer";
        bool single = shape.Length == 1;
        if (Reads != LossReads.Anything && single && (output.IsDistribution || output.IsLogDistribution))
            return $"{Notation} would learn nothing: a softmax over a single output is always 1; put a sigmoid in its place and use bce";
        return Reads switch
        {
            LossReads.Probabilities => RefuseForProbabilities(output),
            LossReads.Distribution => RefuseForDistribution(output, single),
            LossReads.Logits => RefuseForLogits(output),
            LossReads.ClassLogits => RefuseForClassLogits(output, single),
            LossReads.Scores => RefuseForScores(output),
            _ => null,
        };
    }

    private string? RefuseForProbabilities(OutputRange output) =>
        output.IsProbability ? null
        : output.IsLogDistribution
            ? $"{Notation} reads probabilities, but these outputs are logarithms of them; use cross-entropy or put a softmax in the place of "
                + "the logsoftmax"
        : $"{Notation} reads probabilities, but these outputs are not between 0 and 1; use bce-logits or put a sigmoid behind";

    private string? RefuseForDistribution(OutputRange output, bool single)
    {
        string fromLogits = Notation.Replace("-probs", "", StringComparison.Ordinal);
        if (single)
            return $"{Notation} reads a distribution over classes, but there is a single output; use {ForSingleOutput(output)}";
        if (output.IsLogDistribution)
            return $"{Notation} reads probabilities, but these outputs are logarithms of them; use {fromLogits} or put a softmax in the place "
                + "of the logsoftmax";
        if (output.IsProbability && !output.IsDistribution)
            return $"{Notation} reads probabilities that add up to 1, but each of these outputs is a probability by itself; use bce or put a "
                + "softmax in the place of the last activation";
        return output.IsDistribution ? null : $"{Notation} reads probabilities that add up to 1; put a softmax behind, or use {fromLogits}";
    }

    private string? RefuseForLogits(OutputRange output) =>
        output.IsProbability ? $"{Notation} reads logits, but these outputs are probabilities already; use bce or {Drop(output)}"
        : output.IsLogDistribution
            ? $"{Notation} reads logits, but these outputs are logarithms of probabilities; use cross-entropy or {Drop(output)}"
        : null;

    // Behind a logsoftmax nothing is wrong: the softmax of the logarithms of a distribution is that distribution.
    private string? RefuseForClassLogits(OutputRange output, bool single)
    {
        if (single)
            return $"{Notation} compares classes, but there is a single output; use {ForSingleOutput(output)}";
        return output.IsProbability
            ? $"{Notation} reads logits, but these outputs are probabilities already; use {(output.IsDistribution ? Notation + "-probs" : "bce")} "
                + $"or {Drop(output)}"
            : null;
    }

    // Where all scores have one sign, one of the targets ±1 can never be met, and the split at 0 puts everything into one class.
    private string? RefuseForScores(OutputRange output)
    {
        if (output.Low < 0 && output.High > 0)
            return null;
        string instead =
            output.IsDistribution ? "cross-entropy-probs"
            : output.IsLogDistribution ? "cross-entropy"
            : output.IsProbability ? "bce"
            : "mse";
        return $"{Notation} reads scores on both sides of 0, but these outputs are never {(output.Low >= 0 ? "below" : "above")} it; "
            + $"{Drop(output)}, or use {instead}";
    }

    private static string ForSingleOutput(OutputRange output) => output.IsProbability ? "bce" : "bce-logits";

    private static string Drop(OutputRange output) =>
        output.IsDistribution ? "drop the softmax"
        : output.IsLogDistribution ? "drop the logsoftmax"
        : "drop the last activation";

    /// <summary>The target values of a class.</summary>
    /// <param name="label">The class, counted from 0.</param>
    /// <param name="outputs">How many outputs the network has.</param>
    /// <param name="range">What is known of them.</param>
    /// <exception cref="LonghandException">There is no output for this class.</exception>
    public double[] Encode(int label, int outputs, OutputRange range)
    {
        if (label < 0 || label >= Math.Max(2, outputs))
            throw new LonghandException(
                outputs == 1
                    ? $"A single output tells two classes apart, 0 and 1, but there is a class {label}; give the network one output per class."
                    : $"There is a class {label}, but the network has outputs for 0 to {outputs - 1} only."
            );
        // One output is on one side or the other; of several the class is marked, by −1 and 1 only where the outputs end there.
        bool signs = Labels == LabelEncoding.Signs ? outputs == 1 : Labels == LabelEncoding.Values && range is { Low: -1, High: 1 };
        (double no, double yes) = signs ? (-1, 1) : (0, 1);
        if (outputs == 1)
            return [label == 1 ? yes : no];
        var target = new double[outputs];
        Array.Fill(target, no);
        target[label] = yes;
        return target;
    }

    /// <summary>Where a single output is split into two classes: midway between the two targets.</summary>
    public double Threshold(OutputRange range) =>
        Reads is LossReads.Logits ? 0 : Encode(0, 1, range)[0] + (Encode(1, 1, range)[0] - Encode(0, 1, range)[0]) / 2;

    /// <inheritdoc/>
    public sealed override string ToString() => Notation;
}

/// <summary>What a loss takes the outputs for.</summary>
public enum LossReads
{
    /// <summary>Any numbers.</summary>
    Anything,

    /// <summary>A probability each.</summary>
    Probabilities,

    /// <summary>Probabilities that add up to 1.</summary>
    Distribution,

    /// <summary>Numbers that a sigmoid would make probabilities of.</summary>
    Logits,

    /// <summary>Numbers that a softmax would make a distribution of.</summary>
    ClassLogits,

    /// <summary>Numbers whose sign, or whose order, tells the class.</summary>
    Scores,
}

/// <summary>How a class number becomes a target.</summary>
public enum LabelEncoding
{
    /// <summary>0 and 1; −1 and 1 behind outputs between −1 and 1.</summary>
    Values,

    /// <summary>0 and 1: probabilities.</summary>
    Probabilities,

    /// <summary>−1 and 1 for a single output; for several a 1 among 0s marks the class.</summary>
    Signs,
}
