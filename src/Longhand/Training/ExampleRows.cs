using Longhand.Kernels;

namespace Longhand;

/// <summary>Examples as a loss reads them, in single precision: one row each, its inputs and behind them its targets.</summary>
/// <param name="count">How many.</param>
/// <param name="inputs">Inputs of each.</param>
/// <param name="outputs">Targets of each.</param>
internal sealed class ExampleRows(int count, int inputs, int outputs)
{
    // 64 MB: beyond, a second copy of a data set costs more than it saves.
    private const long MostNumbers = 1 << 24;

    /// <summary>From row to row: a multiple of 4.</summary>
    public int Stride { get; } = Stretched(inputs + outputs);

    /// <summary>The rows.</summary>
    public FloatBuffer Values { get; } = new((long)count * Stretched(inputs + outputs));

    /// <summary>The rows of a data set; null where they would be too many.</summary>
    public static ExampleRows? Of(DataSet data, Targets targets, int inputs, int outputs)
    {
        if ((long)data.Count * Stretched(inputs + outputs) > MostNumbers)
            return null;
        var rows = new ExampleRows(data.Count, inputs, outputs);
        for (int i = 0; i < data.Count; i++)
            rows.Set(i, data, i, targets);
        return rows;
    }

    /// <summary>Sets a row to an example.</summary>
    public void Set(int row, DataSet data, int example, Targets targets)
    {
        Span<float> place = Values.Span.Slice(row * Stride, inputs + outputs);
        data.CopyInput(example, place[..inputs]);
        targets.CopyRow(data, example, place[inputs..]);
    }

    private static int Stretched(int columns) => (columns + 3) / 4 * 4;
}
