using System.Globalization;
using Longhand.Analysis;
using Longhand.Experiments;
using Longhand.Layers;
using Longhand.Working;

namespace Longhand.Cli.Commands;

/// <summary>A convolution's matrix for a person: in full where it fits, else its first rows and where each weight stands.</summary>
internal static class MatrixReport
{
    private const int MostLines = 40,
        MostWidth = 200,
        RowsShown = 4,
        TermsShown = 9,
        WeightsShown = 12;

    public static void Write(Page page, ConvolutionMatrix m, MatrixProof proof, bool transpose)
    {
        long rows = transpose ? m.Columns : m.Rows,
            columns = transpose ? m.Rows : m.Columns;
        page.Strong(
            $"{m.Node.Name} ({m.Node.Layer.Notation}) on {m.Input}, which it makes {m.Output}: a matrix of {Words.Count(m.Rows)} × {Words.Count(m.Columns)}"
        );
        page.Line(transpose ? "Backward: ∂L/∂x = Mᵀ·∂L/∂y, written ∂x and ∂y here." : $"y = Mx{(m.HasBias ? " + b" : "")}.");
        page.Line("x and y are counted from 1, channel by channel, row by row, as flatten does; positions [channel,row,column] from 0.");
        page.Line();
        string[]? lines = Full(m, transpose, (int)Math.Min(rows, MostLines + 1), columns, Math.Min(page.Terminal.Width, MostWidth));
        foreach (string line in lines ?? Sparse(m, transpose, rows))
            page.Line(line);
        page.Line();
        if (lines is null)
            Weights(page, m, transpose);
        Structure(page, m, transpose);
        Counts(page, m);
        Proof(page, m, proof);
    }

    /// <summary>How many parameters a dense layer between the same values would have.</summary>
    public static long DenseParameters(ConvolutionMatrix m) => checked(m.Rows * m.Columns + (m.HasBias ? m.Rows : 0));

    private static IEnumerable<MatrixEntry> Line(ConvolutionMatrix m, bool transpose, long row) =>
        transpose ? m.Column(row) : m.Row((int)row);

    // The entries in columns of one width, so that a weight that comes again can be followed; null where they do not fit.
    private static string[]? Full(ConvolutionMatrix m, bool transpose, int rows, long columns, int width)
    {
        if (rows > MostLines || columns > width)
            return null;
        string to = Letter(transpose ? "x" : "y", transpose),
            from = Letter(transpose ? "y" : "x", transpose);
        var cells = new List<string[]> { new[] { "" }.Concat(Enumerable.Range(1, (int)columns).Select(i => Name(from, i))).ToArray() };
        for (int row = 0; row < rows; row++)
        {
            string[] line = [Name(to, row + 1), .. Enumerable.Repeat("·", (int)columns)];
            foreach ((long place, int weight) in Line(m, transpose, row))
                line[place + 1] = Entry(m.Weight(weight), m.WeightValue(weight));
            cells.Add(line);
        }
        bool hasBias = m.HasBias && !transpose;
        if (hasBias)
            for (int row = 0; row <= rows; row++)
                cells[row] = [.. cells[row], row == 0 ? "b" : Entry(m.Bias(row - 1), m.BiasValue(row - 1))];
        int first = cells.Max(line => line[0].Length),
            last = hasBias ? cells.Max(line => line[^1].Length) : 0,
            cell = cells.Max(line => line.Skip(1).Take((int)columns).Max(text => text.Length));
        if (first + 3 + columns * (cell + 1) + (hasBias ? last + 3 : 0) > width)
            return null;
        return
        [
            .. cells.Select(line =>
                $"  {line[0].PadLeft(first)} {string.Concat(line.Skip(1).Take((int)columns).Select(text => " " + text.PadLeft(cell)))}{(hasBias ? "   " + line[^1].PadLeft(last) : "")}"
            ),
            "  · is 0: no weight stands there.",
        ];
    }

    // The first rows as sums.
    private static IEnumerable<string> Sparse(ConvolutionMatrix m, bool transpose, long rows)
    {
        string to = transpose ? "x" : "y",
            from = transpose ? "y" : "x";
        for (long row = 0; row < Math.Min(rows, RowsShown); row++)
        {
            MatrixEntry[] entries = [.. Line(m, transpose, row)];
            string[] terms =
            [
                .. entries
                    .Take(TermsShown)
                    .Select(entry =>
                        $"{Factor(m.Weight(entry.Weight), m.WeightValue(entry.Weight))}·{Position(m, from, transpose, entry.Place)}"
                    ),
            ];
            string sum = terms.Length == 0 ? "0" : string.Join(" + ", terms);
            if (entries.Length > TermsShown)
                sum += $" + … ({Words.Count(entries.Length)} terms)";
            if (m.HasBias && !transpose)
                sum += $" + {Factor(m.Bias((int)row), m.BiasValue((int)row))}";
            yield return $"  {Position(m, to, transpose, row)} = {sum}";
        }
        if (rows > RowsShown)
            yield return $"  and {Words.Count(rows - RowsShown)} more rows of this kind.";
    }

    private static void Weights(Page page, ConvolutionMatrix m, bool transpose)
    {
        (int Row, long Column)?[] first = [.. Enumerable.Range(0, Math.Min(m.WeightCount, WeightsShown)).Select(m.First)];
        page.Table(
            ["weight", "value", "stands in>", transpose ? "first column>" : "first row>", transpose ? "first row>" : "first column>"],
            first.Select(
                (at, w) =>
                    (string[])
                        [
                            Index(m, w),
                            Entry(m.Weight(w), m.WeightValue(w)),
                            Words.Count(m.Times(w), "place"),
                            at is { } a ? Words.Count(a.Row + 1) : "only ever meets padding",
                            at is { } b ? Words.Count(b.Column + 1) : "",
                        ]
            )
        );
        if (m.WeightCount > WeightsShown)
            page.Line($"and {Words.Count(m.WeightCount - WeightsShown)} more weights.");
    }

    private static void Structure(Page page, ConvolutionMatrix m, bool transpose)
    {
        Window window = ((Conv)m.Node.Layer).Window;
        (string row, string column) = transpose ? ("column", "row") : ("row", "column");
        if (m.Output.Width > 1)
            page.Line(
                $"One output further right, the weights of a {row} stand {Words.Count(window.Stride.Width, column)} further {(transpose ? "down" : "right")}."
            );
        if (m.Output.Height > 1)
            page.Line(
                $"One output further down, they stand {Words.Count((long)window.Stride.Height * m.Input.Width, column)} further (stride {window.Stride.Height} times width {Words.Count(m.Input.Width)})."
            );
        if (window.Stride == 1 && m.Rows > m.Output.Channels)
            page.Line(
                "With stride 1 each channel's part of the matrix is a Toeplitz matrix of Toeplitz blocks: the same along every diagonal, but where the image ends."
            );
        int groups = ((Conv)m.Node.Layer).Groups(m.Input.Channels);
        if (groups > 1)
            page.Line(
                $"{Words.Count(groups)} groups: the matrix falls into {Words.Count(groups)} blocks along its diagonal, and no filter reads the channels of another group."
            );
    }

    private static void Counts(Page page, ConvolutionMatrix m)
    {
        double all = (double)m.Rows * m.Columns;
        page.Line(
            $"Not 0: {Words.Count(m.Nonzeros)} of {Words.Count(m.Rows * m.Columns)} entries ({Share(m.Nonzeros / all)}), at most {Words.Count(m.WeightsPerFilter)} in a row of M."
        );
        long parameters = m.Node.Parameters.Sum(p => p.Length);
        page.Line(
            $"Parameters: {Words.Count(parameters)} of the convolution ({Words.Count(m.WeightCount, "weight")}{(m.HasBias ? $", {Biases(m)}" : "")}); a dense layer of this size has {Words.Count(DenseParameters(m))}."
        );
    }

    // Of large matrices so little that a tenth of a percent is too coarse.
    private static string Share(double share) =>
        share is > 0 and < 0.01 ? $"{(100 * share).ToString("G2", CultureInfo.InvariantCulture)} %" : Words.Percent(share);

    private static string Biases(ConvolutionMatrix m) => m.Output.Channels == 1 ? "1 bias" : $"{Words.Count(m.Output.Channels)} biases";

    private static void Proof(Page page, ConvolutionMatrix m, MatrixProof proof)
    {
        page.Line(
            proof.InSymbols is null
                ? $"Proof in symbols: left out, since {Words.Count(m.Products, "product")} are more than {Words.Count(MatrixProof.MaximumSymbolicProducts)}."
                : $"Proof in symbols: the layer was run over letters; each of its {Words.Count(m.Rows, "output")} is the sum in its row of M, and each of its {Words.Count(m.Columns, "input gradient")} the sum in its row of Mᵀ."
        );
        page.Line(
            $"Proof in numbers: random images of seeds {string.Join(", ", proof.Seeds)}; the largest difference is {Difference(proof.Forward)} forward and {Difference(proof.Backward)} backward."
        );
    }

    private static string Difference(double value) => value == 0 ? "0" : value.ToString("G2", CultureInfo.InvariantCulture);

    private static string Letter(string letter, bool transpose) => transpose ? $"∂{letter}" : letter;

    private static string Name(string letter, int index) => new SymbolName(letter) { Indices = [index] }.ToString();

    // y[0,2,1]: channel, row and column, as positions are written everywhere.
    private static string Position(ConvolutionMatrix m, string letter, bool transpose, long place)
    {
        Shape shape = letter == "x" ? m.Input : m.Output;
        long pixels = (long)shape.Height * shape.Width;
        string name = transpose ? $"∂L/∂{letter}" : letter;
        return FormattableString.Invariant($"{name}[{place / pixels},{place % pixels / shape.Width},{place % shape.Width}]");
    }

    private static string Index(ConvolutionMatrix m, int weight)
    {
        IReadOnlyList<int> sizes = m.Node.Parameters[0].Sizes;
        int b = weight % sizes[3],
            a = weight / sizes[3] % sizes[2],
            c = weight / sizes[3] / sizes[2] % sizes[1],
            o = weight / sizes[3] / sizes[2] / sizes[1];
        return FormattableString.Invariant($"[{o},{c},{a},{b}]");
    }

    // A fraction in full where it is short, else four digits of it.
    private static string Entry(string text, double value) =>
        (double.IsNaN(value) || text.Length <= 8 ? text : value.ToString("G4", CultureInfo.InvariantCulture)).Replace('-', '−');

    private static string Factor(string text, double value) => value < 0 ? $"({Entry(text, value)})" : Entry(text, value);
}
