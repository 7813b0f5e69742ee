using System.Globalization;
using Longhand.Numbers;

namespace Longhand.Working;

/// <summary>
/// Lays out what a line reads as it lies in the image. It is found from the line's own expression (whose symbols say which numbers they
/// are), so that every layer whose lines read this way is shown this way.
/// </summary>
internal static class PatchDrawing
{
    // Beyond this the eye does not find its way.
    private const int MostPlanes = 16,
        MostRows = 12,
        MostColumns = 12;

    /// <summary>The patch of a line; null where it does not read an image in such a way.</summary>
    public static WorkingPatch? Of(Expr e, string line, SymbolTable symbols, Network network)
    {
        if (e.Kind == ExprKind.Divide && e.Arguments[1].Kind == ExprKind.Constant)
            e = e.Arguments[0];
        if (e.Kind == ExprKind.Max)
            return Compared([.. LongSum.Compared(e)], line, symbols, network);
        var sum = new LongSum(e);
        return sum.Count < 2 ? null
            : sum.Terms.All(t => t.Value.Kind == ExprKind.Symbol && IsImage(symbols.OriginOf(t.Value), network))
                ? Compared([.. sum.Terms.Select(t => t.Value)], line, symbols, network, isSum: true)
            : Multiplied(sum, line, symbols, network);
    }

    // A window of one plane: what is compared or added up lies where it lies in the image.
    private static WorkingPatch? Compared(Expr[] all, string line, SymbolTable symbols, Network network, bool isSum = false)
    {
        var places = new Dictionary<(int Row, int Column), Expr>();
        Origin? plane = null;
        foreach (Expr e in all)
        {
            if (e.Kind != ExprKind.Symbol || symbols.OriginOf(e) is not { } origin || !IsImage(origin, network))
                return null;
            int[] at = At(origin, network);
            Origin of = origin with { Index = at[0] };
            if (plane is { } first && first != of || !places.TryAdd((at[^2], at[^1]), e))
                return null;
            plane = of;
        }
        if (plane is not { } image || Box(places.Keys) is not var (top, left, height, width))
            return null;
        MapPlane read = MapDrawing.Plane(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{ArrayName(image, network)}, channel {image.Index + 1}, rows {top + 1} to {top + height}, columns {left + 1} to {left + width}"
            ),
            height,
            width,
            (i, j) => places.GetValueOrDefault((top + i, left + j))
        );
        if (!MapDrawing.IsWhole(read))
            return null;
        if (isSum)
            return new(line, [(read, null)], null);
        Expr winner = all[Expr.ArgMax(all)];
        (int row, int column) = places.First(p => ReferenceEquals(p.Value, winner)).Key;
        return new(line, [(read, null)], (row - top, column - left));
    }

    // Σ weight · number: the numbers are laid out in the rows and columns of what they are multiplied by.
    private static WorkingPatch? Multiplied(LongSum sum, string line, SymbolTable symbols, Network network)
    {
        var groups = new Dictionary<(Origin Times, int Plane), Dictionary<(int Row, int Column), (Expr Read, Expr Times)>>();
        var labels = new Dictionary<(Origin Times, int Plane), Origin>();
        foreach ((bool minus, Expr term) in sum.Terms)
        {
            if (term.Kind != ExprKind.Multiply || minus)
                continue;
            Expr times = term.Arguments[0],
                read = term.Arguments[1];
            // δ·w on the way back, w·x on the way forward: a kernel is always what is moved over the rest.
            if (symbols.OriginOf(read) is { IsParameter: true })
                (times, read) = (read, times);
            if (symbols.OriginOf(times) is not { } t || symbols.OriginOf(read) is not { } r || !IsImage(t, network) || !IsImage(r, network))
                continue;
            int[] at = At(t, network);
            int plane = At(r, network)[0];
            Origin kernel = t with { Index = t.Index / (Sizes(t, network)[^1] * Sizes(t, network)[^2]) };
            (Origin, int) key = (kernel, plane);
            if (!groups.TryGetValue(key, out Dictionary<(int, int), (Expr, Expr)>? places))
                groups[key] = places = [];
            labels[key] = r;
            if (!places.TryAdd((at[^2], at[^1]), (read, times)))
                return null;
        }
        if (groups.Count is 0 or > MostPlanes)
            return null;
        var pairs = new List<(MapPlane, MapPlane?)>();
        foreach (((Origin kernel, int plane) key, Dictionary<(int Row, int Column), (Expr Read, Expr Times)> places) in groups)
        {
            IReadOnlyList<int> sizes = Sizes(key.kernel, network);
            (int height, int width) = (sizes[^2], sizes[^1]);
            if (height > MostRows || width > MostColumns)
                return null;
            Origin read = labels[key];
            pairs.Add(
                (
                    MapDrawing.Plane(
                        string.Create(CultureInfo.InvariantCulture, $"{Gradient(read)}{ArrayName(read, network)}, channel {key.plane + 1}"),
                        height,
                        width,
                        (i, j) => places.TryGetValue((i, j), out (Expr Read, Expr Times) pair) ? pair.Read : null
                    ),
                    MapDrawing.Plane(
                        Label(key.kernel, network),
                        height,
                        width,
                        (i, j) => places.TryGetValue((i, j), out (Expr Read, Expr Times) pair) ? pair.Times : null
                    )
                )
            );
        }
        return pairs.All(p => MapDrawing.IsWhole(p.Item1) && MapDrawing.IsWhole(p.Item2!)) ? new(line, pairs, null) : null;
    }

    // What stands before the name of an array of gradients.
    private static string Gradient(Origin origin) => origin.IsGradient ? "∂L/∂ " : "";

    private static string Label(Origin kernel, Network network)
    {
        IReadOnlyList<int> sizes = Sizes(kernel, network);
        int[] at = Chosen.Position(kernel.Index, [.. sizes.Take(sizes.Count - 2)]);
        string[] words = Place.Words(kernel.IsParameter, sizes.Count);
        return $"{Gradient(kernel)}{ArrayName(kernel, network)}, {string.Join(", ", at.Select((p, d) => $"{words[d]} {p + 1}"))}";
    }

    private static string ArrayName(Origin origin, Network network) =>
        origin.IsParameter ? network.Parameters[origin.Array].Name
        : origin.Array == 0 ? "input"
        : network.Nodes[origin.Array - 1].Name;

    private static (int Top, int Left, int Height, int Width)? Box(IEnumerable<(int Row, int Column)> places)
    {
        int top = places.Min(p => p.Row),
            left = places.Min(p => p.Column),
            height = places.Max(p => p.Row) - top + 1,
            width = places.Max(p => p.Column) - left + 1;
        return height > MostRows || width > MostColumns ? null : (top, left, height, width);
    }

    private static bool IsImage(Origin? origin, Network network) =>
        origin is { } of && Sizes(of, network) is var sizes && sizes.Count >= 3 && sizes[^1] * sizes[^2] > 1;

    private static int[] At(Origin origin, Network network) => Chosen.Position(origin.Index, Sizes(origin, network));

    private static IReadOnlyList<int> Sizes(Origin origin, Network network) =>
        origin.IsParameter ? [.. network.Parameters[origin.Array].Parameter.Sizes] : network.ShapeOf(origin.Array).MemoryOrder();
}
