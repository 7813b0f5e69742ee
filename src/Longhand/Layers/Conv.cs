using Longhand.Numbers;
using Longhand.Plans;

namespace Longhand.Layers;

public abstract partial class Layer
{
    internal static readonly Kind<Layer> ConvKind = Registries.Layers.Add(
        new(
            "conv",
            "conv N K|KhxKw [stride S|ShxSw] [pad valid|same|P|PhxPw|top/left/bottom/right] [dilation D|DhxDw] [groups G | depthwise] [nobias]",
            "N filters that move over an image, each a weighted sum of what lies under it",
            Conv.Read
        )
        {
            Options = [.. Window.Options, "groups"],
            Flags = ["depthwise", "nobias"],
            Positional = 2,
            Shorthand = Conv.ReadShorthand,
            Examples =
            [
                "conv 2 3x3 pad 1",
                "conv 3 2x3 stride 2x1 pad 1/0/2/1",
                "conv 2 3 dilation 2 pad same nobias",
                "conv 4 3x1 groups 2 pad 1x0",
                "conv 6 2 stride 3 pad same depthwise",
            ],
        }
    );
}

/// <summary>
/// Filters that move over an image: y[o, i, j] = Σ w[o, c, a, b] · x[c, i·S + a·D − P, j·S + b·D − P] + bias[o], with 0 in the padding. This is
/// cross-correlation, as every network program computes it. Weights are [filters, channels / groups, rows, columns], as in PyTorch.
/// </summary>
public sealed class Conv : Layer
{
    // Groups that are as many as there are channels, however many those are.
    private readonly bool depthwise;
    private readonly int groups;
    private readonly Size filters;

    /// <param name="filters">How many channels are written.</param>
    /// <param name="kernel">The kernel's size, and how it moves.</param>
    /// <param name="groups">Into how many groups channels and filters are cut; each group of filters reads its own channels alone.</param>
    /// <param name="bias">Whether a number is added to each sum.</param>
    /// <exception cref="LonghandException">There is no filter, or the groups do not divide the filters.</exception>
    public Conv(Size filters, Window kernel, int groups = 1, bool bias = true)
        : this(filters, kernel, groups, false, bias) { }

    private Conv(Size filters, Window kernel, int groups, bool depthwise, bool bias)
    {
        if (!filters.HasLetters && filters.Number < 1)
            throw new LonghandException($"A convolution has at least 1 filter, not {filters}.");
        if (groups < 1)
            throw new LonghandException($"A convolution has at least 1 group, not {groups}.");
        if (groups > 1 && filters.NumberOr(groups) % groups != 0)
            throw new LonghandException(
                $"{filters} filters cannot be cut into {groups} groups of one size. Take a multiple of {groups} filters."
            );
        (this.filters, Window, this.groups, this.depthwise, HasBias) = (filters, kernel with { Ceiling = false }, groups, depthwise, bias);
    }

    /// <summary>Filters that read one channel each: as many groups as there are channels, whatever their number.</summary>
    /// <param name="filters">How many channels are written: a multiple of those that are read.</param>
    /// <param name="kernel">The kernel's size, and how it moves.</param>
    /// <param name="bias">Whether a number is added to each sum.</param>
    public static Conv Depthwise(Size filters, Window kernel, bool bias = true) => new(filters, kernel, 1, true, bias);

    /// <summary>How many channels are written.</summary>
    /// <exception cref="LonghandException">They are a letter.</exception>
    public int Filters => filters.Number;

    /// <summary>The kernel's size, and how it moves.</summary>
    public Window Window { get; }

    /// <summary>Whether a number is added to each sum.</summary>
    public bool HasBias { get; }

    /// <inheritdoc/>
    public override string Kind => "conv";

    /// <inheritdoc/>
    public override Window? WindowOver(Shape image) => Window;

    /// <inheritdoc/>
    public override bool IsLinear => true;

    internal override Layer Small => new Conv(1, new Window(1), bias: HasBias);

    /// <inheritdoc/>
    public override string Notation =>
        $"conv {filters} {Window.Size.Both}{Window.Written(1)}{(depthwise ? " depthwise" : groups > 1 ? $" groups {groups}" : "")}{(HasBias ? "" : " nobias")}";

    /// <summary>Into how many groups so many channels are cut.</summary>
    public int Groups(int channels) => depthwise ? channels : groups;

    /// <inheritdoc/>
    public override Shape Output(IReadOnlyList<Shape> inputs)
    {
        (Size height, Size width) = Window.Output(Notation, inputs[0]);
        // A letter may be divided by no other number of groups.
        if (groups == 1 && !depthwise)
            return Shape.Of(height, width, filters);
        if (inputs[0].Size(^1).HasLetters || filters.HasLetters)
            throw new ShapeException(
                $"{Notation} cuts the channels into groups, and no letter says how: take numbers for its channels ({inputs[0].Size(^1)}) and filters ({filters})."
            );
        int channels = inputs[0].Channels;
        if (depthwise && Filters % channels != 0)
            throw new ShapeException(
                $"{Notation} gives each of the {channels} channels as many filters as any other, but {Filters} is no multiple of {channels}."
            );
        if (channels % Groups(channels) != 0)
            throw new ShapeException(
                $"{Notation} cuts the channels into {groups} groups of one size, but the image has {channels}, which {groups} does not divide."
            );
        return Shape.Of(height, width, filters);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters(IReadOnlyList<Shape> inputs)
    {
        Size channels = groups == 1 && !depthwise ? inputs[0].Size(^1) : inputs[0].Channels / Groups(inputs[0].Channels);
        long area = (long)Window.Size.Height * Window.Size.Width;
        int fanIn = (int)Math.Min(checked(channels.NumberOr(1) * area), int.MaxValue),
            fanOut = (int)Math.Min(checked(filters.NumberOr(1) * area), int.MaxValue);
        var weight = new Parameter("weight", Size.List(filters, channels, Window.Size.Height, Window.Size.Width))
        {
            FanIn = fanIn,
            FanOut = fanOut,
        };
        return HasBias
            ?
            [
                weight,
                new("bias", Size.List(filters))
                {
                    FanIn = fanIn,
                    FanOut = fanOut,
                    Role = ParameterRole.Bias,
                },
            ]
            : [weight];
    }

    /// <inheritdoc/>
    public override void Forward<T>(Pass<T> p) // x: [N, C, H, W]   w: [O, C/G, Kh, Kw]   b: [O]   y: [N, O, H′, W′]
    {
        Grid<T> x = p.X,
            w = p["weight"],
            y = p.Y;
        (WindowAxis rows, WindowAxis columns) = (Window.Rows(x.Size(2)), Window.Columns(x.Size(3)));
        for (int s = 0; s < p.Batch; s++)
        for (int o = 0; o < y.Size(1); o++)
        for (int i = 0; i < y.Size(2); i++)
        for (int j = 0; j < y.Size(3); j++)
        {
            int first = FirstChannel(o, w, x);
            T sum = T.Of(0);
            for (int c = 0; c < w.Size(1); c++)
            for (int a = 0; a < w.Size(2); a++)
            for (int b = 0; b < w.Size(3); b++)
            {
                int row = rows.Place(i, a),
                    column = columns.Place(j, b);
                bool padding = !rows.Holds(row) || !columns.Holds(column);
                sum += w[o, c, a, b] * (padding ? T.Of(0) : x[s, first + c, row, column]);
            }
            y[s, o, i, j] = HasBias ? sum + p["bias"][o] : sum;
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(Pass<T> p) // ∂w = Σ δ·x   ∂b = Σ δ   ∂x = Σ δ·w, over all places where they met
    {
        Grid<T> x = p.X,
            w = p["weight"],
            dy = p.DY,
            dx = p.DX;
        (WindowAxis rows, WindowAxis columns) = (Window.Rows(x.Size(2)), Window.Columns(x.Size(3)));
        for (int o = 0; o < w.Size(0); o++)
        {
            int first = FirstChannel(o, w, x);
            for (int c = 0; c < w.Size(1); c++)
            for (int a = 0; a < w.Size(2); a++)
            for (int b = 0; b < w.Size(3); b++)
            {
                T sum = T.Of(0);
                for (int s = 0; s < p.Batch; s++)
                for (int i = 0; i < dy.Size(2); i++)
                for (int j = 0; j < dy.Size(3); j++)
                {
                    int row = rows.Place(i, a),
                        column = columns.Place(j, b);
                    if (rows.Holds(row) && columns.Holds(column))
                        sum += dy[s, o, i, j] * x[s, first + c, row, column];
                }
                p.Gradient("weight")[o, c, a, b] = sum;
            }
            if (HasBias)
                p.Gradient("bias")[o] = SumOf(dy, o);
        }
        for (int i = 0; i < dx.Length; i++)
            dx.SetFlat(i, T.Of(0));
        for (int s = 0; s < p.Batch; s++)
        for (int o = 0; o < w.Size(0); o++)
        for (int i = 0; i < dy.Size(2); i++)
        for (int j = 0; j < dy.Size(3); j++)
        {
            int first = FirstChannel(o, w, x);
            for (int c = 0; c < w.Size(1); c++)
            for (int a = 0; a < w.Size(2); a++)
            for (int b = 0; b < w.Size(3); b++)
            {
                int row = rows.Place(i, a),
                    column = columns.Place(j, b);
                if (rows.Holds(row) && columns.Holds(column))
                    dx[s, first + c, row, column] += dy[s, o, i, j] * w[o, c, a, b];
            }
        }
    }

    internal override bool FusesElementwise => true;

    internal override PlanStep Lay(PlanSite site)
    {
        int channels = site.InputShapes[0].Channels;
        return channels > 1 && Groups(channels) == channels && Filters == channels
            ? new DepthwiseStep(this, site)
            : new ConvStep(this, site);
    }

    // The first channel that the group of filter o reads.
    private static int FirstChannel<T>(int o, Grid<T> w, Grid<T> x)
    {
        int filtersPerGroup = w.Size(0) / (x.Size(1) / w.Size(1));
        return o / filtersPerGroup * w.Size(1);
    }

    private static T SumOf<T>(Grid<T> dy, int channel)
        where T : IScalar<T>
    {
        T sum = T.Of(0);
        for (int s = 0; s < dy.Size(0); s++)
        for (int i = 0; i < dy.Size(2); i++)
        for (int j = 0; j < dy.Size(3); j++)
            sum += dy[s, channel, i, j];
        return sum;
    }

    internal static Conv Read(Arguments a)
    {
        Size filters = a.NextSize("the number of filters");
        Window kernel = Window.Read(a, strideIsSize: false);
        bool bias = !a.Flag("nobias");
        if (a.Text("groups") is not { } text)
            return new(filters, kernel, 1, a.Flag("depthwise"), bias);
        if (a.Flag("depthwise"))
            throw a.Error("\"depthwise\" means as many groups as there are channels; \"groups\" beside it says it twice");
        int groups = 0;
        if (Arguments.CountProblem(text, out groups) is { } problem)
            throw a.Error($"the number of groups {problem}");
        return new(filters, kernel, groups, false, bias);
    }

    // Conv4-5-Pvalid-S2
    internal static string? ReadShorthand(string word)
    {
        if (word.Length < 5 || !word.StartsWith("conv", StringComparison.OrdinalIgnoreCase) || !char.IsAsciiDigit(word[4]))
            return null;
        string[] pieces = word[4..].Split('-');
        if (pieces.Length < 2 || pieces[1].Length == 0 || !char.IsAsciiDigit(pieces[1][0]))
            throw new LonghandException(
                $"{Quoted.Of(word)} lacks the number of filters behind the kernel's size, as in \"Conv4-5-Pvalid-S2\" (5 filters 4x4)."
            );
        return $"conv {pieces[1]} {pieces[0]}{Window.ShorthandOptions(word, pieces.Skip(2))}";
    }
}
