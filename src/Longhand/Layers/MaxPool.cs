using Longhand.Numbers;
using Longhand.Plans;

namespace Longhand.Layers;

public abstract partial class Layer
{
    internal static readonly Kind<Layer> MaxPoolKind = Registries.Layers.Add(
        new(
            "maxpool",
            "maxpool K|KhxKw [stride S|ShxSw] [pad valid|same|P|PhxPw|top/left/bottom/right] [dilation D|DhxDw] [ceil]",
            "the largest value under a window, channel by channel",
            a => new MaxPool(Window.Read(a, strideIsSize: true) with { Ceiling = a.Flag("ceil") })
        )
        {
            Options = Window.Options,
            Flags = Pool.PoolFlags,
            Positional = 1,
            Shorthand = MaxPool.ReadShorthand,
            Examples = ["maxpool 1x2", "maxpool 3 stride 2 pad 1", "maxpool 2 ceil pad same", "maxpool 2x3 stride 1x2 dilation 2x1 ceil"],
        }
    );
}

/// <summary>
/// The largest value under a window, channel by channel; padding counts as −∞. The gradient goes to the first of equals, or in equal shares to
/// all of them.
/// </summary>
/// <param name="window">The window, and how it moves; its padding is at most half its size.</param>
public sealed class MaxPool(Window window) : Pool(window)
{
    /// <inheritdoc/>
    public override string Kind => "maxpool";

    /// <summary>Whether all that are largest share the gradient in equal parts; else the first of them gets it.</summary>
    public bool SharesTies { get; init; }

    /// <inheritdoc/>
    public override Layer Under(Conventions conventions) =>
        conventions.SharesPoolTies == SharesTies ? this : new MaxPool(Window) { SharesTies = conventions.SharesPoolTies };

    internal override Layer Small => new MaxPool(new Window(1)) { SharesTies = SharesTies };

    /// <inheritdoc/>
    public override OutputRange Range(OutputRange input) => new(input.Low, input.High);

    /// <inheritdoc/>
    public override void Forward<T>(Pass<T> p) // x: [N, C, H, W]   y: [N, C, H′, W′]
    {
        (WindowAxis rows, WindowAxis columns) = (Window.Rows(p.X.Size(2)), Window.Columns(p.X.Size(3)));
        for (int s = 0; s < p.Batch; s++)
        for (int c = 0; c < p.Y.Size(1); c++)
        for (int i = 0; i < p.Y.Size(2); i++)
        for (int j = 0; j < p.Y.Size(3); j++)
        {
            T[] seen = [.. Places(rows, columns, i, j).Select(at => p.X[s, c, at.Row, at.Column])];
            T largest = seen[0];
            foreach (T value in seen.AsSpan(1))
                largest = T.Max(largest, value);
            p.Y[s, c, i, j] = largest;
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(Pass<T> p) // ∂x = Σ δ over the windows in which x was the first of the largest
    {
        (WindowAxis rows, WindowAxis columns) = (Window.Rows(p.X.Size(2)), Window.Columns(p.X.Size(3)));
        Clear(p.DX);
        for (int s = 0; s < p.Batch; s++)
        for (int c = 0; c < p.DY.Size(1); c++)
        for (int i = 0; i < p.DY.Size(2); i++)
        for (int j = 0; j < p.DY.Size(3); j++)
        {
            (int Row, int Column)[] places = [.. Places(rows, columns, i, j)];
            T[] seen = Array.ConvertAll(places, at => p.X[s, c, at.Row, at.Column]);
            int first = T.ArgMax(seen);
            T delta = p.DY[s, c, i, j];
            if (!SharesTies)
            {
                p.DX[s, c, places[first].Row, places[first].Column] += delta;
                continue;
            }
            int equals = seen.Count(value => value.Value.Equals(seen[first].Value));
            foreach (((int row, int column), T value) in places.Zip(seen))
                if (value.Value.Equals(seen[first].Value))
                    p.DX[s, c, row, column] += equals == 1 ? delta : delta / T.Of(equals);
        }
    }

    internal override PlanStep Lay(PlanSite site) => SharesTies ? new ReferenceStep(this, site) : new PoolStep<MaxRule>(Window, site);

    internal static string? ReadShorthand(string word) =>
        ReadShorthand(word, "pool", "maxpool") ?? ReadShorthand(word, "maxpool", "maxpool");
}
