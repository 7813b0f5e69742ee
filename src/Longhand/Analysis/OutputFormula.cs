using System.Globalization;
using Longhand.Layers;
using Longhand.Numbers;

namespace Longhand.Analysis;

/// <summary>How many outputs a window has along one axis, written out.</summary>
internal static class OutputFormula
{
    /// <summary><c>floor((64 + 2·0 − 1·(4 − 1) − 1)/2) + 1 = 31</c>.</summary>
    public static string Of(WindowAxis axis, Window window) => window.Padding.IsSame ? Same(axis) : Padded(axis, window.Ceiling);

    private static string Same(WindowAxis axis) => Text($"ceil({axis.Inputs}/{axis.Stride}) = {axis.Count}");

    private static string Padded(WindowAxis axis, bool ceiling)
    {
        string padding = axis.Before == axis.After ? Text($"2·{axis.Before}") : Text($"{axis.Before} + {axis.After}"),
            round = ceiling ? "ceil" : "floor",
            // Rounded up, a last window that would see nothing of the image is left out.
            without = ceiling && Ceiling(axis) > axis.Count ? " − 1" : "";
        return Text(
            $"{round}(({axis.Inputs} + {padding} − {axis.Dilation}·({axis.Size} − 1) − 1)/{axis.Stride}) + 1{without} = {axis.Count}"
        );
    }

    private static long Ceiling(WindowAxis axis) =>
        (axis.Inputs + (long)axis.Before + axis.After - axis.Span + axis.Stride - 1) / axis.Stride + 1;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
