using System.Globalization;
using Longhand.Numbers;

namespace Longhand.Working;

/// <summary>Which of several numbers is the largest, said behind the line that chooses it.</summary>
internal static class Chosen
{
    /// <summary>"h₂₂ is the largest"; empty where nothing was chosen, or a number was compared with a constant.</summary>
    /// <param name="e">What the line computes.</param>
    /// <param name="symbols">The names.</param>
    /// <param name="network">The network.</param>
    /// <param name="withPosition">Whether its place in the image is said, too, counted both ways.</param>
    public static string Note(Expr e, SymbolTable symbols, Network network, bool withPosition)
    {
        if (e.Kind != ExprKind.Max)
            return "";
        Expr[] all = [.. LongSum.Compared(e)];
        if (all.Any(part => part.Kind != ExprKind.Symbol))
            return "";
        int winner = Expr.ArgMax(all),
            equals = all.Count(part => part.Value.Equals(all[winner].Value));
        string note =
            equals > 1
                ? string.Create(CultureInfo.InvariantCulture, $"{symbols.Of(all[winner])} is the first of {equals} that are largest")
                : $"{symbols.Of(all[winner])} is the largest";
        if (!withPosition || symbols.OriginOf(all[winner]) is not { IsParameter: false } origin)
            return note;
        string layer = origin.Array == 0 ? "input" : network.Nodes[origin.Array - 1].Name;
        int[] at = Position(origin.Index, network.ShapeOf(origin.Array).MemoryOrder());
        string[] words = Place.Words(false, at.Length);
        return $"{note}: {layer}[{string.Join(',', at)}], {string.Join(", ", at.Select((p, d) => $"{words[d]} {p + 1}"))} counted from 1";
    }

    /// <summary>The indices of a number that is counted in row-major order.</summary>
    public static int[] Position(int index, IReadOnlyList<int> sizes)
    {
        int[] at = new int[sizes.Count];
        for (int d = at.Length - 1; d >= 0; index /= sizes[d], d--)
            at[d] = index % sizes[d];
        return at;
    }
}
