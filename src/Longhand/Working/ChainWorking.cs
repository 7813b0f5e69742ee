using System.Globalization;
using System.Numerics;
using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Reference;

namespace Longhand.Working;

/// <summary>
/// Writes one gradient by the chain rule: as the sum over all paths from a number to the loss, each path the product of local derivatives.
/// A local derivative is what a layer's own way back makes of a gradient that is 1 at one of its outputs and 0 at the others.
/// </summary>
internal sealed class ChainWorking(
    Network network,
    SymbolTable symbols,
    Ledger ledger,
    ExplainRequest request,
    ReferenceRun<Expr> run,
    IReadOnlyList<Grid<Expr>> parameters
)
{
    // So many paths are written out; all of them are counted and added up.
    private const int MostPaths = 12;

    private readonly Dictionary<string, Expr> written = [];

    /// <summary>Writes the gradient of one number.</summary>
    /// <param name="place">Which number.</param>
    /// <param name="target">The targets.</param>
    /// <exception cref="LonghandException">There is no gradient, or too many derivatives would have to be found.</exception>
    public void Write(Place place, Grid<Expr> target)
    {
        WorkingBlock block = ledger.Block(WorkingSection.Backward, $"chain rule for {place.Text}");
        var graph = new PathGraph(network, run, parameters, place);
        int samples = request.Inputs.Count;
        Expr[] shares = [.. Enumerable.Range(0, samples).Select(s => Sample(place, graph, target, s, samples, block))];
        Expr total = shares[0];
        if (samples > 1)
        {
            Expr sum = shares.Skip(1).Aggregate(shares[0], (a, b) => a + b);
            total = ledger.Line(
                request.Loss!.IsSum ? sum : Expr.Fraction(1, samples) * sum,
                Name(place) with
                {
                    IsGradient = true,
                },
                block,
                $"chain.{place.Text}",
                "the mean over the samples",
                note: "as found backwards"
            );
        }
        double backwards = Gradient(place).Value;
        if (!request.Conventions.RoundsEachLine && !(Math.Abs(total.Value - backwards) <= 1e-9 * (1 + Math.Abs(backwards))))
            throw new InvalidOperationException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A bug in Longhand: over all paths ∂L/∂{place.Text} is {total.Value:R}, backwards it is {backwards:R}."
                )
            );
    }

    // What one sample's loss has of it.
    private Expr Sample(Place place, PathGraph graph, Grid<Expr> target, int sample, int samples, WorkingBlock block)
    {
        Grid<Expr> slope = new([.. run.Output.Sizes]);
        for (int i = 0; i < slope.Length; i++)
            slope.SetFlat(i, Expr.Of(0.0));
        request.Loss!.Gradient(run.Output, target, sample, Expr.Of(1.0), slope);
        var loss = new SymbolName("L") { Sample = samples > 1 ? sample + 1 : null };
        Paths found = graph.To(slope, MostPaths);
        var products = new List<Expr>();
        foreach (IReadOnlyList<PathStep> path in found.Shown)
        {
            // From the loss back to the number.
            Expr? product = null;
            foreach (PathStep step in path.Reverse())
            {
                Expr factor = step.Node is null ? LossSlope(place, slope, step, loss, samples, block) : Local(place, step, block);
                product = product is null ? factor : product * factor;
            }
            products.Add(product!);
        }
        SymbolName name = Name(place) with { IsGradient = true, Numerator = samples > 1 ? loss : null };
        string key = samples > 1 ? $"chain.{place.Text}.L[{sample}]" : $"chain.{place.Text}",
            rule = "the sum over all paths",
            note = string.Join(
                "; ",
                ((string[])[Counted(found), samples > 1 || request.Conventions.RoundsEachLine ? "" : "as found backwards"]).Where(s =>
                    s.Length > 0
                )
            );
        if (products.Count == 0)
            return ledger.Line(Expr.Of(0.0), name, block, key, rule, note: "no path leads from it to the loss");
        Expr shown = products.Skip(1).Aggregate(products[0], (a, b) => a + b);
        return found.Count <= products.Count
            ? ledger.Line(shown, name, block, key, rule, note: note)
            : ledger.Abridged(
                shown,
                (int)BigInteger.Min(found.Count - products.Count, int.MaxValue),
                found.Total,
                name,
                block,
                key,
                rule,
                note
            );
    }

    private static string Counted(Paths found) =>
        found.Count == 1 ? "one path"
        : found.Count <= MostPaths ? string.Create(CultureInfo.InvariantCulture, $"{found.Count} paths")
        : string.Create(CultureInfo.InvariantCulture, $"{found.Count:N0} paths, {MostPaths} of them written out");

    // With a single sample the slope of the loss has its line already.
    private Expr LossSlope(Place place, Grid<Expr> slope, PathStep step, SymbolName loss, int samples, WorkingBlock block)
    {
        Expr output = run.Output.Flat(step.To);
        if (samples == 1 && !network.Nodes.Any(n => n.Inputs.Contains(network.OutputValue)))
            return run.Gradient(network.OutputValue)!.Flat(step.To);
        SymbolName name = symbols.Of(output) with { IsGradient = true, Numerator = loss };
        return Once(place, slope.Flat(step.To), name, block, request.Loss!.Notation);
    }

    private Expr Local(Place place, PathStep step, WorkingBlock block)
    {
        SymbolName of = symbols.Of(run.Value(step.Node!.Value).Flat(step.To)),
            by = step.From is { } from ? symbols.Of(run.Value(from.Value).Flat(from.Flat)) : Name(place);
        return Once(place, step.Derivative, by with { IsGradient = true, Numerator = of }, block, step.Node.Layer.Notation);
    }

    private Expr Once(Place place, Expr e, SymbolName name, WorkingBlock block, string rule)
    {
        if (!written.TryGetValue(name.ToString(), out Expr? line))
            written.Add(name.ToString(), line = ledger.Line(e, name, block, $"chain.{place.Text}.{name}", rule));
        return line;
    }

    private SymbolName Name(Place place) =>
        place.IsParameter ? symbols.Parameter(place.Array, place.Index) : symbols.Value(place.Array, place.Sample ?? 0, place.Index);

    private Expr Gradient(Place place) =>
        place.IsParameter ? run.ParameterResults[place.Array].Flat(place.Index)
        : run.Gradient(0) is { } input ? input.Flat((place.Sample ?? 0) * (input.Length / input.Size(0)) + place.Index)
        : Expr.Of(0.0);
}
