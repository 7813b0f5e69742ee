using System.Text;
using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Reference;
using Longhand.Working;

namespace Longhand.Analysis;

/// <summary>
/// One convolution of one image, worked with exact numbers: forward to y, or back from a given ∂L/∂y to ∂L/∂x. Every number of the result
/// can be asked for as the line that a person writes for it, which is read back as all working is.
/// </summary>
internal sealed class ConvolutionWork
{
    private readonly SymbolTable symbols;
    private readonly Ledger ledger;
    private readonly Grid<Expr> result;
    private readonly Conv conv;
    private readonly WindowAxis rows,
        columns;
    private readonly int kernelChannels;

    /// <param name="network">A single convolution.</param>
    /// <param name="image">The input, channel by channel, row by row.</param>
    /// <param name="weights">[filter][channel][row][column].</param>
    /// <param name="bias">One number a filter; of no account where the convolution has none.</param>
    /// <param name="gradient">∂L/∂y in the order of the output; null for the way forward.</param>
    /// <param name="exact">Whether numbers are written as fractions.</param>
    public ConvolutionWork(Network network, Rational[] image, Rational[] weights, Rational[] bias, Rational[]? gradient, bool exact)
    {
        Network = network;
        IsBackward = gradient is not null;
        conv = (Conv)network.Nodes[0].Layer;
        (rows, columns) = (conv.Window.Rows(network.Input.Height), conv.Window.Columns(network.Input.Width));
        kernelChannels = network.Parameters[0].Parameter.Sizes[1];
        symbols = new SymbolTable(network, false, new Dictionary<string, string> { [Place.ValueName(network, 1)] = "y" });
        ledger = new Ledger(network, symbols, new ExplainRequest { Inputs = [image], Exact = exact }, int.MaxValue);
        ledger.Begin(1);
        Grid<Expr>[] parameters =
        [
            .. network.Parameters.Select((p, i) => Named(new Origin(true, i, 0, 0), i == 0 ? weights : bias, [.. p.Parameter.Sizes])),
        ];
        Grid<Expr> x = Named(new Origin(false, 0, 0, 0), image, [1, .. network.Input.MemoryOrder()]);
        var run = new ReferenceRun<Expr>(network, parameters, x);
        result = run.Forward();
        if (gradient is null)
            return;
        run.Backward(Named(new Origin(false, 1, 0, 0, IsGradient: true), gradient, [1, .. network.Output.MemoryOrder()]));
        result = run.Gradient(0)!;
    }

    /// <summary>The convolution as a network of its own.</summary>
    public Network Network { get; }

    /// <summary>Whether it goes back from ∂L/∂y.</summary>
    public bool IsBackward { get; }

    /// <summary>The shape of what is computed: the output's, or the input's on the way back.</summary>
    public Shape Result => IsBackward ? Network.Input : Network.Output;

    /// <summary>How many numbers are computed.</summary>
    public int Length => result.Length;

    /// <summary>A number of the result as it is printed.</summary>
    public string Text(int index) => ledger.Notation.Number(result.Flat(index).Value, result.Flat(index).Exact).Text;

    /// <summary>A number of the result.</summary>
    public double Value(int index) => result.Flat(index).Value;

    /// <summary>The line of a number of the result: its sum in symbols, with the numbers put in, and what comes out.</summary>
    public WorkingStep Line(int index)
    {
        var origin = IsBackward ? new Origin(false, 0, 0, index, IsGradient: true) : new Origin(false, 1, 0, index);
        WorkingSection section = IsBackward ? WorkingSection.Backward : WorkingSection.Forward;
        ledger.Line(result.Flat(index), symbols.Name(origin), ledger.Block(section, "conv1"), $"[{index}]", conv.Notation);
        return ledger.Steps[^1];
    }

    /// <summary>
    /// Where a number of the result comes from: each place that is read, and the weight that it meets. Forward these are all places of the
    /// window, those in the padding with the rest; on the way back the outputs whose windows hold the input.
    /// </summary>
    public IReadOnlyList<ConvolutionTerm> Terms(int index) => IsBackward ? Back(index) : Forward(index);

    /// <summary>A line as HTML: its name and its sides in MathML, long sums in pieces between which a browser may break.</summary>
    public static string Html(WorkingStep line)
    {
        var html = new StringBuilder();
        html.Append(MathMlPrinter.Element(MathMlPrinter.Instance.Write(new Identifier(line.Name))));
        foreach ((string sign, Formula formula) in line.Chain)
        {
            html.Append("<span>");
            foreach ((int i, string piece) in MathMlPrinter.Instance.Pieces(formula).Index())
                html.Append(i > 0 ? "<wbr>" : "").Append(MathMlPrinter.Element((i == 0 ? MathMlPrinter.Relation(sign) : "") + piece));
            html.Append("</span>");
        }
        return html.ToString();
    }

    private List<ConvolutionTerm> Forward(int index)
    {
        (int filter, int i, int j) = At(index, Network.Output);
        int first = filter / (conv.Filters / conv.Groups(Network.Input.Channels)) * kernelChannels;
        var terms = new List<ConvolutionTerm>();
        for (int c = 0; c < kernelChannels; c++)
        for (int a = 0; a < rows.Size; a++)
        for (int b = 0; b < columns.Size; b++)
            terms.Add(new(first + c, rows.Place(i, a), columns.Place(j, b), Weight(filter, c, a, b)));
        return terms;
    }

    private List<ConvolutionTerm> Back(int index)
    {
        (int channel, int y, int x) = At(index, Network.Input);
        var terms = new List<ConvolutionTerm>();
        for (int filter = 0; filter < Network.Output.Channels; filter++)
        for (int i = 0; i < Network.Output.Height; i++)
        for (int j = 0; j < Network.Output.Width; j++)
        for (int a = 0; a < rows.Size; a++)
        for (int b = 0; b < columns.Size; b++)
            if (rows.Place(i, a) == y && columns.Place(j, b) == x)
                terms.Add(new(filter, i, j, Weight(filter, channel, a, b)));
        return terms;
    }

    // The weight that lies at row a and column b of the window.
    private int Weight(int filter, int channel, int a, int b) =>
        ((filter * kernelChannels + channel) * rows.Size + conv.Laid(a, rows)) * columns.Size + conv.Laid(b, columns);

    private static (int Channel, int Row, int Column) At(int index, Shape shape) =>
        (index / (shape.Height * shape.Width), index / shape.Width % shape.Height, index % shape.Width);

    private Grid<Expr> Named(Origin array, Rational[] numbers, int[] sizes)
    {
        var grid = new Grid<Expr>(sizes);
        for (int i = 0; i < grid.Length; i++)
        {
            Expr symbol = Expr.Symbol("", (double)numbers[i], numbers[i]);
            symbols.Add(symbol, array with { Index = i });
            grid.SetFlat(i, symbol);
        }
        return grid;
    }
}

/// <summary>One product of a convolution.</summary>
/// <param name="Channel">The channel of the image that is read; of ∂L/∂y on the way back.</param>
/// <param name="Row">Its row, from 0; negative or beyond the image in the padding.</param>
/// <param name="Column">Its column.</param>
/// <param name="Weight">Which weight it meets, counted in the order [filter, channel, row, column].</param>
internal readonly record struct ConvolutionTerm(int Channel, int Row, int Column, int Weight);
