using Longhand.Layers;

namespace Longhand;

/// <summary>A data set's targets as a loss asks for them, and the rule that decides whether an output is right.</summary>
internal sealed class Targets
{
    private readonly double[]?[] encoded;
    private readonly int outputs;
    private readonly Loss loss;
    private readonly OutputRange range;
    private readonly double[] row;
    private readonly Lazy<ExampleRows?> rows;

    /// <exception cref="LonghandException">The targets do not fit the network's outputs.</exception>
    public Targets(Network network, Loss loss, DataSet data)
    {
        this.loss = loss;
        if (
            data.InputShape.Length != network.Input.Length
            || (data.InputShape.IsImage && network.Input.IsImage && data.InputShape != network.Input)
        )
            throw new ShapeException($"The network reads {network.Input}, but the examples of {data.Name} are {data.InputShape}.");
        range = network.Range;
        if (loss.Refuse(range, network.Output) is { } refusal)
            throw new LonghandException(refusal + ".");
        outputs = network.Output[0];
        row = new double[outputs];
        encoded = new double[]?[Math.Max(2, data.ClassNames.Count)];
        if (data.HasClasses)
        {
            HasAccuracy = true;
            // Which classes occur is only known by looking; a class without an output is refused before training starts.
            for (int i = 0; i < data.Count; i++)
                Of(data.Class(i));
        }
        else if (data.TargetLength != outputs)
            throw new ShapeException(
                $"The network has {outputs} outputs, but the examples of {data.Name} have {data.TargetLength} target values."
            );
        rows = new(() => ExampleRows.Of(data, this, (int)data.InputShape.Length, outputs));
        Threshold = outputs == 1 ? loss.Threshold(range) : 0;
    }

    /// <summary>Whether right and wrong can be told: there are classes.</summary>
    public bool HasAccuracy { get; }

    /// <summary>Where a single output is split.</summary>
    public double Threshold { get; }

    /// <summary>The target values of one example; valid until the next call.</summary>
    public ReadOnlySpan<double> Row(DataSet data, int index)
    {
        if (data.HasClasses)
            return Of(data.Class(index));
        data.CopyTarget(index, row);
        return row;
    }

    /// <summary>The examples side by side with their targets; null where they would be too many.</summary>
    public ExampleRows? Rows => rows.Value;

    /// <summary>Copies the target values of one example.</summary>
    public void CopyRow(DataSet data, int index, Span<float> destination)
    {
        ReadOnlySpan<double> values = Row(data, index);
        for (int j = 0; j < values.Length; j++)
            destination[j] = (float)values[j];
    }

    /// <summary>The class that outputs stand for: above the threshold, or the first of the largest.</summary>
    public int Decide(ReadOnlySpan<float> output)
    {
        if (outputs == 1)
            return output[0] > Threshold ? 1 : 0;
        int best = 0;
        for (int j = 1; j < output.Length; j++)
            if (output[j] > output[best])
                best = j;
        return best;
    }

    private double[] Of(int label)
    {
        if (label >= encoded.Length || encoded[label] is not { } values)
            values = encoded[label] = loss.Encode(label, outputs, range);
        return values;
    }
}
