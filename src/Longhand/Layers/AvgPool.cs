using Longhand.Numbers;
using Longhand.Plans;

namespace Longhand.Layers;

public abstract partial class Layer
{
    internal static readonly Kind<Layer> AvgPoolKind = Registries.Layers.Add(
        new(
            "avgpool",
            "avgpool K|KhxKw [stride S|ShxSw] [pad valid|same|P|PhxPw|top/left/bottom/right] [dilation D|DhxDw] [ceil] [nopadcount]",
            "the mean of the values under a window, channel by channel",
            a => new AvgPool(Window.Read(a, strideIsSize: true) with { Ceiling = a.Flag("ceil") }, !a.Flag("nopadcount"))
        )
        {
            Options = Window.Options,
            Flags = [.. Pool.PoolFlags, "nopadcount"],
            Positional = 1,
            Shorthand = AvgPool.ReadShorthand,
            Examples =
            [
                "avgpool 1x2",
                "avgpool 3 stride 2 pad 1 ceil",
                "avgpool 3x2 stride 2x1 pad same nopadcount",
                "avgpool 2 dilation 2 ceil",
            ],
        }
    );
}

/// <summary>
/// The mean of the values under a window, channel by channel. Padding counts as zeros that are divided by, too, unless it is left out; what
/// a last window has beyond the padding never counts (as PyTorch's <c>count_include_pad</c>).
/// </summary>
/// <param name="window">The window, and how it moves; its padding is at most half its size.</param>
/// <param name="countPadding">Whether padding is divided by.</param>
public sealed class AvgPool(Window window, bool countPadding = true) : Pool(window)
{
    /// <summary>Whether padding is divided by.</summary>
    public bool CountsPadding { get; } = countPadding;

    /// <inheritdoc/>
    public override string Kind => "avgpool";

    /// <inheritdoc/>
    public override bool IsLinear => true;

    internal override Layer Small => new AvgPool(new Window(1), CountsPadding);

    /// <inheritdoc/>
    public override string Notation => base.Notation + (CountsPadding ? "" : " nopadcount");

    /// <inheritdoc/>
    public override OutputRange Range(OutputRange input) =>
        CountsPadding && Window.Padding != Padding.Valid
            ? new(Math.Min(input.Low, 0), Math.Max(input.High, 0))
            : new(input.Low, input.High);

    /// <inheritdoc/>
    public override void Forward<T>(Pass<T> p) // x: [N, C, H, W]   y: [N, C, H′, W′]
    {
        (WindowAxis rows, WindowAxis columns) = (Window.Rows(p.X.Size(2)), Window.Columns(p.X.Size(3)));
        for (int s = 0; s < p.Batch; s++)
        for (int c = 0; c < p.Y.Size(1); c++)
        for (int i = 0; i < p.Y.Size(2); i++)
        for (int j = 0; j < p.Y.Size(3); j++)
        {
            T sum = T.Of(0);
            foreach ((int row, int column) in Places(rows, columns, i, j))
                sum += p.X[s, c, row, column];
            p.Y[s, c, i, j] = sum / T.Of(Divisor(rows, columns, i, j));
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(Pass<T> p) // ∂x = Σ δ/n over the windows that saw x
    {
        (WindowAxis rows, WindowAxis columns) = (Window.Rows(p.DX.Size(2)), Window.Columns(p.DX.Size(3)));
        Clear(p.DX);
        for (int s = 0; s < p.Batch; s++)
        for (int c = 0; c < p.DY.Size(1); c++)
        for (int i = 0; i < p.DY.Size(2); i++)
        for (int j = 0; j < p.DY.Size(3); j++)
        {
            T share = p.DY[s, c, i, j] / T.Of(Divisor(rows, columns, i, j));
            foreach ((int row, int column) in Places(rows, columns, i, j))
                p.DX[s, c, row, column] += share;
        }
    }

    internal override PlanStep Lay(PlanSite site) => new PoolStep<MeanRule>(Window, site, CountsPadding);

    internal static string? ReadShorthand(string word) => ReadShorthand(word, "avgpool", "avgpool");

    private double Divisor(WindowAxis rows, WindowAxis columns, int i, int j) =>
        (double)rows.Counted(i, CountsPadding) * columns.Counted(j, CountsPadding);
}
