using Longhand.Grading.Slips;
using Longhand.Numbers;
using Longhand.Working;

namespace Longhand.Grading;

/// <summary>
/// Finds what may have happened to wrong answers: each known slip is made in a run of its own, from the student's own earlier numbers, and the
/// likeliest one that gives the number on the paper is told.
/// </summary>
internal sealed class Diagnosis(
    Model model,
    ExplainRequest request,
    AnswerKeys keys,
    IReadOnlyDictionary<AnswerArray, int[]> answered,
    IReadOnlyDictionary<(AnswerArray Array, int Index), Answer> answers,
    IReadOnlyDictionary<(AnswerArray, int), Interval> own,
    IReadOnlyDictionary<AnswerArray, Interval[]> computed
)
{
    // A slip made where the answer stands goes before one made further up whose consequences have come down to it.
    private const int FromAfar = 100;

    // In a large network only so much work goes into it: multiplications in all runs together.
    private const double MostWork = 1e8;
    private const int MostRuns = 400;

    /// <summary>For each wrong answer for which something fits: the slip's name, a sentence, and the number that it gives.</summary>
    public Dictionary<(AnswerArray, int), (string Name, string Sentence, double? Value)> Of(
        IReadOnlyList<(AnswerArray Array, int Index)> wrong
    )
    {
        var found = new Dictionary<(AnswerArray, int), (string, string, double?)>();
        if (wrong.Count == 0)
            return found;
        Dictionary<(AnswerArray, int), List<SlipCandidate>> candidates = wrong.ToDictionary(p => p, _ => new List<SlipCandidate>());
        foreach ((LayerSlip slip, Node? site, int rank) in Runs())
            Make(slip, site, rank, candidates);
        foreach ((AnswerArray Array, int Index) place in wrong)
        {
            var point = new SlipPoint(model, request, keys, place.Array, place.Index, answers[place].Number, own[place], computed);
            if (Of(point, candidates[place]) is { } diagnosis)
                found.Add(place, diagnosis);
        }
        return found;
    }

    private static (string, string, double?)? Of(SlipPoint point, List<SlipCandidate> made)
    {
        if (!double.IsFinite(point.Own.Value))
            return null;
        if (WritingSlips.Find(point, afterOthers: false) is { } clear)
            return (clear.Name, $"You may have {clear.Sentence}.", null);
        SlipCandidate? likeliest =
            made.Concat(ValueSlips.At(point)).Where(candidate => Fits(candidate, point)).MinBy(candidate => candidate.Rank)
            ?? (WritingSlips.Find(point, afterOthers: true) is null ? WritingSlips.OtherLine(point) : null);
        if (likeliest is not null)
            return (
                likeliest.Name,
                $"You may have {likeliest.Sentence}: that gives {WrittenNumber.Of(likeliest.Value.Value)}.",
                likeliest.Value.Value
            );
        return WritingSlips.Find(point, afterOthers: true) is { } late ? (late.Name, $"You may have {late.Sentence}.", null) : null;
    }

    private static bool Fits(SlipCandidate candidate, SlipPoint point)
    {
        const double noise = 1e-11,
            blurred = 0.05;
        double value = candidate.Value.Value,
            unit = point.Written.HalfUnit;
        if (!double.IsFinite(value))
            return false;
        // What is indistinguishable from the right way is no slip, and what rounding has blurred tells nothing.
        bool isApart = Math.Abs(value - point.Own.Value) > unit + noise,
            isSharp = candidate.Value.High - candidate.Value.Low <= Math.Max(8 * unit, blurred * Math.Abs(value));
        double near = isSharp ? candidate.Value.Distance(point.Written.Value) : Math.Abs(value - point.Written.Value);
        return isApart && near <= unit + noise * Math.Max(1, Math.Abs(value));
    }

    private IEnumerable<(LayerSlip Slip, Node? Site, int Rank)> Runs()
    {
        double work = model.Network.Nodes.Sum(node =>
            (double)node.Layer.Multiplications([.. node.Inputs.Select(model.Network.ShapeOf)]) + node.Output.Length
        );
        int most = (int)Math.Clamp(MostWork / (4 * work * request.Inputs.Count), 1, MostRuns);
        return LayerSlips
            .All.Index()
            .SelectMany(slip =>
            {
                Node[] sites = [.. model.Network.Nodes.Where(node => slip.Item.AppliesTo(model.Network, node))];
                Node?[] all = sites.Length > 1 ? [.. sites, null] : [.. sites];
                return all.Select(site => (Slip: slip.Item, Site: site, Rank: slip.Index));
            })
            .Take(most);
    }

    private void Make(LayerSlip slip, Node? site, int rank, Dictionary<(AnswerArray, int), List<SlipCandidate>> candidates)
    {
        var results = new List<((AnswerArray Array, int) Place, Interval Value)>();
        MarkedRun run = null!;
        run = new MarkedRun(model, request, answered)
        {
            Slip = slip,
            Site = site,
            Put = (array, i, value) =>
            {
                if (candidates.ContainsKey((array, i)))
                    results.Add(((array, i), value));
                return computed[array][i];
            },
        };
        run.Run();
        foreach (((AnswerArray Array, int Index) place, Interval value) in results)
            candidates[place].Add(new(slip.Name, Rank(place.Array), value, slip.Sentence(Where(slip, site, place.Array))));

        int Rank(AnswerArray array) => rank + (run.Touched.Contains(array) ? 0 : FromAfar);
    }

    // Made everywhere it is told of the layer of the answer, where the slip can be made there.
    private string Where(LayerSlip slip, Node? site, AnswerArray array)
    {
        if (site is not null)
            return site.Name;
        Node[] sites = [.. model.Network.Nodes.Where(node => slip.AppliesTo(model.Network, node))];
        return array.Kind == AnswerArrayKind.Value && sites.FirstOrDefault(s => s.Value == array.Number) is { } here
            ? here.Name
            : $"{string.Join(", ", sites.SkipLast(1).Select(s => s.Name))} and {sites[^1].Name}";
    }
}
