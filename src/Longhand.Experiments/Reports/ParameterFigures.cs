using Longhand.Experiments.Plots;
using Longhand.Working;

namespace Longhand.Experiments.Reports;

/// <summary>How weights and biases moved: a line each, or their spread where there are many.</summary>
internal static class ParameterFigures
{
    /// <summary>A figure for each parameter that is trained, with its name.</summary>
    public static IEnumerable<(string Name, Chart Figure)> Of(TrainingRun run)
    {
        if (run.Parameters.Epochs.Count == 0)
            yield break;
        for (int p = 0; p < run.Network.Parameters.Count; p++)
        {
            NetworkParameter parameter = run.Network.Parameters[p];
            if (parameter.Parameter.Trainable)
                yield return (run.NameOf(parameter), Chart(run, p));
        }
    }

    /// <summary>What one value of a parameter is called: U₁₂, b₂, b₁[3]; [2,1] where it has only its layer's name; that alone where there is one value.</summary>
    public static string NameOf(string name, IReadOnlyList<int> sizes, int flat)
    {
        // Sizes of 1 say nothing: the weights into a single unit are w₁, w₂ …
        int[] told = [.. sizes.Where(size => size > 1)];
        var indices = new int[told.Length];
        for (int d = told.Length - 1; d >= 0; d--)
            (indices[d], flat) = (flat % told[d] + 1, flat / told[d]);
        // The name of a layer's parameter stands in the title, and would only be in the way before each index.
        if (name.Contains('.') && told.Length > 0)
            return $"[{string.Join(',', indices)}]";
        // Behind a digit an index would be read as its next.
        bool bracketed = told.Any(size => size > 9) || char.IsDigit(name[^1]) || "₀₁₂₃₄₅₆₇₈₉".Contains(name[^1]);
        return new SymbolName(name) { Indices = indices, IsBracketed = bracketed }.ToString();
    }

    private static Chart Chart(TrainingRun run, int index)
    {
        NetworkParameter parameter = run.Network.Parameters[index];
        string name = run.NameOf(parameter);
        IReadOnlyList<float[]> kept = run.Parameters.Of(index);
        double[] epochs = [.. run.Parameters.Epochs.Select(e => (double)e)];
        IReadOnlyList<Mark> marks = run.Parameters.HasValues(index)
            ? Lines(name, [.. parameter.Parameter.Sizes], epochs, kept)
            : Bands(epochs, kept);
        string sizes = string.Join("×", parameter.Parameter.Sizes);
        return new Chart(
            name,
            CurveFigures.Epochs(run),
            Axis.Of("value", kept.SelectMany(v => v).Select(v => (double)v), room: 0.05),
            marks
        )
        {
            Note =
                (name == parameter.Name ? "" : $"{parameter.Name}: ")
                + Told(parameter, sizes)
                // A checkpoint keeps the parameters of one moment.
                + (run.Parameters.Epochs[0] > 0 ? $"; from epoch {run.Parameters.Epochs[0]} on, since the run was resumed there" : ""),
            Description = $"The {(marks.OfType<BandMark>().Any() ? "spread of the values" : "values")} of {name} by epoch.",
        };
    }

    private static string Told(NetworkParameter parameter, string sizes) =>
        parameter.Parameter.Role switch
        {
            Layers.ParameterRole.Weight => $"{sizes} weights of {parameter.Node.Layer.Notation}",
            Layers.ParameterRole.Bias => $"{sizes} bias{(parameter.Parameter.Length == 1 ? "" : "es")} of {parameter.Node.Layer.Notation}",
            _ => $"{sizes} of {parameter.Node.Layer.Notation}",
        };

    private static List<Mark> Lines(string name, IReadOnlyList<int> sizes, double[] epochs, IReadOnlyList<float[]> kept)
    {
        int count = kept[0].Length,
            perRow = sizes.Count > 1 ? count / sizes[0] : 1;
        bool few = count <= Palette.SeriesCount,
            plain = few || perRow == 1 || perRow == count;
        var marks = new List<Mark>();
        for (int i = 0; i < count; i++)
        {
            int at = i;
            marks.Add(
                new LineMark(epochs, [.. kept.Select(values => (double)values[at])])
                {
                    Name = NameOf(name, sizes, i),
                    // Of many lines a colour is a unit, and a pattern one of its inputs.
                    Series = plain ? i : i / perRow,
                    Dashes = Dash.Of(
                        few ? i
                        : plain ? i / Palette.SeriesCount
                        : i % perRow
                    ),
                    Width = few ? Plots.Style.Line : 1.2,
                }
            );
        }
        return marks;
    }

    private static List<Mark> Bands(double[] epochs, IReadOnlyList<float[]> kept)
    {
        double[] At(int share) => [.. kept.Select(values => (double)values[share])];
        return
        [
            new BandMark(epochs, At(0), At(6)) { Name = "all values", Opacity = 0.13 },
            new BandMark(epochs, At(1), At(5)) { Name = "nine tenths", Opacity = 0.22 },
            new BandMark(epochs, At(2), At(4)) { Name = "half of them", Opacity = 0.32 },
            new LineMark(epochs, At(3)) { Name = "median" },
        ];
    }
}
