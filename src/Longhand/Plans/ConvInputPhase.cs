using Longhand.Kernels;
using Longhand.Numbers;

namespace Longhand.Plans;

/// <summary>The gradient of the pixels whose row and column leave the same rest when divided by the stride: the same weights reach them all.</summary>
internal sealed class ConvInputPhase
{
    private readonly int lastKernelRow,
        lastKernelColumn,
        kernelRowStep,
        kernelColumnStep;

    /// <param name="rows">How the kernel moves along the rows.</param>
    /// <param name="columns">How it moves along the columns.</param>
    /// <param name="channels">Channels of the input.</param>
    /// <param name="filters">Channels of the output.</param>
    /// <param name="groups">Into how many groups both are cut.</param>
    /// <param name="row">The first row of the input.</param>
    /// <param name="column">The first column.</param>
    public ConvInputPhase(WindowAxis rows, WindowAxis columns, int channels, int filters, int groups, int row, int column)
    {
        (FirstRow, FirstColumn) = (row, column);
        (Rows, lastKernelRow, kernelRowStep) = Turn(rows, row);
        (Columns, lastKernelColumn, kernelColumnStep) = Turn(columns, column);
        Correlation = new Correlation(Rows, Columns, filters, channels, groups);
        Packed = PlanSite.Scratch(Correlation.PackedLength);
        Place = (a, b) => (lastKernelRow - a * kernelRowStep) * columns.Size + lastKernelColumn - b * kernelColumnStep;
    }

    public int FirstRow { get; }

    public int FirstColumn { get; }

    public WindowAxis Rows { get; }

    public WindowAxis Columns { get; }

    public Correlation Correlation { get; }

    public FloatBuffer Packed { get; }

    /// <summary>Which place of the kernel, row by row, stands at [row, column] of the turned one.</summary>
    public Func<int, int, int> Place { get; }

    // Row i of the input was read by output o through row a of the kernel where i = o·stride − before + a·dilation. So of all rows that leave
    // the rest "first", those of the kernel count for which first + before − a·dilation is a multiple of the stride: every (stride / gcd)th.
    private static (WindowAxis Axis, int Last, int Step) Turn(WindowAxis axis, int first)
    {
        int common = (int)System.Numerics.BigInteger.GreatestCommonDivisor(axis.Stride, axis.Dilation),
            step = axis.Stride / common,
            last = -1,
            size = 0;
        for (int a = 0; a < axis.Size; a++)
            if ((first + axis.Before - (long)a * axis.Dilation) % axis.Stride == 0)
                (last, size) = (a, size + 1);
        long before = size == 0 ? 0 : -((first + axis.Before - (long)last * axis.Dilation) / axis.Stride),
            count = (axis.Inputs - first + axis.Stride - 1) / axis.Stride;
        return (new WindowAxis((int)axis.Count, size, 1, axis.Dilation / common, (int)before, 0, count), last, step);
    }
}
