using Longhand.Layers;
using Longhand.Numbers;

namespace Longhand.Experiments;

/// <summary>The key <c>target</c>: numbers, a class, or probabilities, for as many examples as there are inputs.</summary>
internal static class TargetEntry
{
    public static NumberBatch Read(Entry entry, NumberBatch input, Network network, Loss loss)
    {
        int outputs = network.Output[0];
        if (!input.IsBatch)
        {
            (Rational[] row, int? label) = One(entry, outputs, network.Range, loss, "target");
            return new([row], IsBatch: false) { Classes = label is { } only ? [only] : null };
        }
        if (entry is not ListEntry { Items: var items } || items.Count != input.Rows.Count)
            throw entry.Error($"target: expected a list of {input.Rows.Count}, one for each example, found {entry.Description}.");
        var all = items.Select((item, i) => One(item, outputs, network.Range, loss, $"target, example {i}")).ToList();
        return new([.. all.Select(one => one.Row)], IsBatch: true)
        {
            Classes = all.TrueForAll(one => one.Label is not null) ? [.. all.Select(one => one.Label!.Value)] : null,
        };
    }

    private static (Rational[] Row, int? Label) One(Entry entry, int outputs, OutputRange range, Loss loss, string what)
    {
        if (entry is ScalarEntry && outputs > 1)
        {
            int label = entry.Whole($"{what} (a class)", 0, outputs - 1);
            double[] encoded = entry.Read(() => loss.Encode(label, outputs, range));
            return ([.. encoded.Select(Rational.FromDouble)], label);
        }
        Rational[] row = NumberArrays.Read(entry, [outputs], what);
        RequireAccepted(entry, row, loss, what);
        return (row, null);
    }

    private static void RequireAccepted(Entry entry, Rational[] row, Loss loss, string what)
    {
        if (Refusal(row, loss) is { } refusal)
            throw entry.Error($"{what}: {refusal}.");
    }

    /// <summary>Why a loss cannot read these target values, a sentence without its full stop; null where it can.</summary>
    public static string? Refusal(Rational[] row, Loss loss)
    {
        if (loss.Labels == LabelEncoding.Probabilities && Array.Find(row, t => t < 0 || t > 1) is { IsZero: false } outside)
            return $"{loss.Notation} compares probabilities, which lie between 0 and 1, but here is {Decimals(outside)}";
        if (loss.Labels == LabelEncoding.Signs && Array.Exists(row, t => Rational.Abs(t) != 1))
            return $"{loss.Notation} reads targets of -1 and 1, found {string.Join(", ", row.Select(Decimals))}";
        if (loss.Reads is not (LossReads.ClassLogits or LossReads.Distribution))
            return null;
        Rational sum = row.Aggregate(Rational.Zero, (total, t) => total + t);
        // Rounded probabilities (0.333, 0.333, 0.333) are meant well.
        return Rational.Abs(sum - 1) > Rational.Of(1, 100)
            ? $"{loss.Notation} reads probabilities that add up to 1, but these add up to {Decimals(sum)}"
            : null;
    }

    private static string Decimals(Rational value) => ((double)value).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
