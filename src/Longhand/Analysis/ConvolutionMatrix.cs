using System.Globalization;
using Longhand.Layers;
using Longhand.Numbers;

namespace Longhand.Analysis;

/// <summary>
/// A convolution as the matrix that it is: y = Mx + b over the flattened image, channel by channel, row by row. Every row holds the weights
/// of one filter, where its window lies; all else is 0. The transpose takes ∂L/∂y to ∂L/∂x. Nothing is held but the weights: rows and
/// columns are worked out as they are asked for, so that the matrix may be far larger than memory.
/// </summary>
public sealed class ConvolutionMatrix
{
    /// <summary>No convolution with more products (padding's zeros among them), or with more inputs, is begun.</summary>
    public const long MaximumProducts = 5_000_000;

    private readonly Conv conv;
    private readonly WindowAxis rows,
        columns;
    private readonly Coefficient[] weights;
    private readonly Coefficient[] bias;

    private ConvolutionMatrix(
        Network network,
        Node node,
        IReadOnlyDictionary<string, IReadOnlyList<Expr>> given,
        IReadOnlyDictionary<string, string> chosen
    )
    {
        (Network, Node, conv) = (network, node, (Conv)node.Layer);
        Input = network.ShapeOf(node.Inputs[0]);
        Alone = Network.Chain(Input, conv);
        (rows, columns) = (conv.Window.Rows(Input.Height), conv.Window.Columns(Input.Width));
        RequireBounded();
        var own = new Dictionary<string, IReadOnlyList<Expr>>();
        var names = new Dictionary<string, string>();
        foreach (NetworkParameter parameter in Alone.Parameters)
        {
            if (given.TryGetValue($"{node.Name}.{parameter.Parameter.Name}", out IReadOnlyList<Expr>? values))
                own[parameter.Name] = values;
            if (chosen.TryGetValue($"{node.Name}.{parameter.Parameter.Name}", out string? name))
                names[parameter.Name] = name;
        }
        Expr[][] filled = new CollapseSymbols(Alone, names).Fill(own);
        weights = Array.ConvertAll(filled[0], Coefficient.Of);
        bias = conv.HasBias ? Array.ConvertAll(filled[1], Coefficient.Of) : [];
    }

    /// <summary>The network that the convolution is part of.</summary>
    public Network Network { get; }

    /// <summary>The convolution in its place.</summary>
    public Node Node { get; }

    /// <summary>The image that it reads.</summary>
    public Shape Input { get; }

    /// <summary>The image that it writes.</summary>
    public Shape Output => Node.Output;

    /// <summary>How many rows M has: one for each number of the output.</summary>
    public int Rows => (int)Output.Length;

    /// <summary>How many columns M has: one for each number of the input.</summary>
    public long Columns => Input.Length;

    /// <summary>How many products the convolution takes, those with the zeros of the padding included.</summary>
    public long Products => Output.Length * WeightsPerFilter;

    /// <summary>How many weights there are.</summary>
    public int WeightCount => weights.Length;

    /// <summary>How many weights one filter has: the most that a row of M can hold.</summary>
    public long WeightsPerFilter => Alone.Parameters[0].Parameter.Length / conv.Filters;

    /// <summary>Whether a number is added to each row.</summary>
    public bool HasBias => bias.Length > 0;

    /// <summary>Whether weights and biases are numbers rather than symbols.</summary>
    public bool IsNumeric => weights.All(w => w.IsNumber) && bias.All(b => b.IsNumber);

    /// <summary>How many entries of M are not 0: each weight that is not 0, as often as its place lies within the image.</summary>
    public long Nonzeros => Enumerable.Range(0, WeightCount).Where(w => !IsZero(w)).Sum(Times);

    /// <summary>The convolution as a network of its own, which the proof runs.</summary>
    internal Network Alone { get; }

    /// <summary>The convolution of a network that is asked for, or the first.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layer">Its name (<c>conv2</c>); the first where it is null.</param>
    /// <param name="weights">By parameter name, the last index running fastest; what is absent is symbols named as in the working.</param>
    /// <param name="names">What parameters without weights are called, as in the working.</param>
    /// <exception cref="LonghandException">There is no such convolution, or it is too large.</exception>
    public static ConvolutionMatrix Of(
        Network network,
        string? layer = null,
        IReadOnlyDictionary<string, IReadOnlyList<Expr>>? weights = null,
        IReadOnlyDictionary<string, string>? names = null
    )
    {
        ArgumentNullException.ThrowIfNull(network);
        return new(
            network,
            Find(network, layer),
            weights ?? new Dictionary<string, IReadOnlyList<Expr>>(),
            names ?? new Dictionary<string, string>()
        );
    }

    /// <summary>A weight as text: a symbol, a fraction, or 17 digits where it has been rounded.</summary>
    public string Weight(int weight) => Collapse.Text(weights[weight]);

    /// <summary>A weight in double precision; NaN for a symbol.</summary>
    public double WeightValue(int weight) => Collapse.Value(weights[weight]);

    /// <summary>Whether a weight is the number 0, so that its entries are, too.</summary>
    public bool IsZero(int weight) => weights[weight] is { IsNumber: true, Value: 0 };

    /// <summary>What is added to a row, as text; 0 without a bias.</summary>
    public string Bias(int row) => HasBias ? Collapse.Text(bias[FilterOf(row)]) : "0";

    /// <summary>What is added to a row, in double precision; NaN for a symbol.</summary>
    public double BiasValue(int row) => HasBias ? Collapse.Value(bias[FilterOf(row)]) : 0;

    /// <summary>Which filter makes a row.</summary>
    public int FilterOf(int row) => row / (Output.Height * Output.Width);

    /// <summary>The places of one row at which a weight stands: ∂y[row]/∂x[column], the columns in ascending order.</summary>
    public IEnumerable<MatrixEntry> Row(int row)
    {
        int filter = FilterOf(row),
            i = row / Output.Width % Output.Height,
            j = row % Output.Width;
        for (int c = 0; c < Channels; c++)
        for (int a = 0; a < rows.Size; a++)
        for (int b = 0; b < columns.Size; b++)
        {
            long y = (long)i * rows.Stride - rows.Before + (long)a * rows.Dilation,
                x = (long)j * columns.Stride - columns.Before + (long)b * columns.Dilation;
            if (y >= 0 && y < Input.Height && x >= 0 && x < Input.Width)
                yield return new(
                    ((FirstChannel(filter) + c) * (long)Input.Height + y) * Input.Width + x,
                    ((filter * Channels + c) * rows.Size + conv.Laid(a, rows)) * columns.Size + conv.Laid(b, columns)
                );
        }
    }

    /// <summary>The places of one column at which a weight stands, which are those of a row of Mᵀ; in ascending order.</summary>
    public IEnumerable<MatrixEntry> Column(long column)
    {
        int channel = (int)(column / ((long)Input.Height * Input.Width)),
            y = (int)(column / Input.Width % Input.Height),
            x = (int)(column % Input.Width),
            filtersPerGroup = conv.Filters / conv.Groups(Input.Channels),
            first = channel / Channels * filtersPerGroup;
        for (int filter = first; filter < first + filtersPerGroup; filter++)
        for (int a = rows.Size - 1; a >= 0; a--)
        for (int b = columns.Size - 1; b >= 0; b--)
            if (OutputAt(rows, y, a) is { } i && OutputAt(columns, x, b) is { } j)
                yield return new(
                    ((long)filter * Output.Height + i) * Output.Width + j,
                    ((filter * Channels + channel % Channels) * rows.Size + conv.Laid(a, rows)) * columns.Size + conv.Laid(b, columns)
                );
    }

    /// <summary>In how many entries a weight stands.</summary>
    public long Times(int weight)
    {
        int a = conv.Laid(weight / columns.Size % rows.Size, rows),
            b = conv.Laid(weight % columns.Size, columns);
        return (long)Within(rows, a) * Within(columns, b);

        static int Within(WindowAxis axis, int k)
        {
            int count = 0;
            for (int output = 0; output < axis.Count; output++)
                count += axis.Holds(axis.Place(output, k)) ? 1 : 0;
            return count;
        }
    }

    /// <summary>The first entry in which a weight stands; null where it only ever meets padding.</summary>
    public (int Row, long Column)? First(int weight)
    {
        int filter = (int)(weight / WeightsPerFilter),
            a = conv.Laid(weight / columns.Size % rows.Size, rows),
            b = conv.Laid(weight % columns.Size, columns);
        for (int i = 0; i < Output.Height; i++)
        for (int j = 0; j < Output.Width; j++)
            if (rows.Holds(rows.Place(i, a)) && columns.Holds(columns.Place(j, b)))
            {
                int row = (filter * Output.Height + i) * Output.Width + j;
                return (row, Row(row).First(entry => entry.Weight == weight).Place);
            }
        return null;
    }

    // Channels that one filter reads.
    private int Channels => Input.Channels / conv.Groups(Input.Channels);

    private int FirstChannel(int filter) => filter / (conv.Filters / conv.Groups(Input.Channels)) * Channels;

    // The output whose window has row k of the kernel at this place.
    private static int? OutputAt(WindowAxis axis, int place, int k)
    {
        long moved = (long)place + axis.Before - (long)k * axis.Dilation;
        return moved >= 0 && moved % axis.Stride == 0 && moved / axis.Stride < axis.Count ? (int)(moved / axis.Stride) : null;
    }

    // Before anything is made that grows with the sizes.
    private void RequireBounded()
    {
        double products = (double)Output.Length * WeightsPerFilter;
        if (products <= MaximumProducts && Columns <= MaximumProducts)
            return;
        bool isOnly = Network.Nodes.Count(node => node.Layer is Conv) == 1;
        throw new LonghandException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Node.Name} is too large to be compared with its matrix here: its matrix would be {Output.Length:N0} × {Columns:N0}, and one image takes {products:N0} products; at most {MaximumProducts:N0} columns and products are done. Take a smaller image or fewer filters{(isOnly ? "" : ", or another convolution with --layer")}."
            )
        );
    }

    private static Node Find(Network network, string? layer)
    {
        string[] convolutions = [.. network.Nodes.Where(node => node.Layer is Conv).Select(node => node.Name)];
        if (convolutions.Length == 0)
            throw new LonghandException(
                "the network has no convolution, which is what is written as a matrix here; a network of linear layers is one with collapse."
            );
        string wanted = layer ?? convolutions[0];
        Node? found = network.Nodes.FirstOrDefault(node => node.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase));
        return found switch
        {
            { Layer: Conv } => found,
            null => throw new LonghandException(
                $"the network has no layer {Quoted.Of(wanted)}.{(Nearest.Suggestion(wanted, convolutions) is { Length: > 0 } near ? near : $" Its convolutions are {string.Join(", ", convolutions.Take(20))}.")}"
            ),
            _ => throw new LonghandException(
                $"{found.Name} ({found.Layer.Notation}) is no convolution. Those of the network are {string.Join(", ", convolutions.Take(20))}."
            ),
        };
    }
}

/// <summary>Where a weight stands in a row, or in a column, of a <see cref="ConvolutionMatrix"/>.</summary>
/// <param name="Place">The column of a row's entry; the row of a column's.</param>
/// <param name="Weight">Which weight, counted in the order [filter, channel, row, column].</param>
public readonly record struct MatrixEntry(long Place, int Weight);
