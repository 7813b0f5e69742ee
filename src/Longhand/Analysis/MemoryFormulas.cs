namespace Longhand.Analysis;

/// <summary>What a batch takes in memory, written out.</summary>
internal static class MemoryFormulas
{
    /// <summary>Each part with its formula, in bytes.</summary>
    public static IEnumerable<(string Part, string Formula)> All(Summary summary)
    {
        string parameters = Number(summary.Network.ParameterCount),
            bytes = Number(summary.BytesPerNumber);
        MemoryUse memory = summary.Memory;
        yield return ("parameters", $"{parameters}·{bytes} = {Number(memory.Parameters)}");
        yield return ("forward", Values(summary, Enumerable.Range(0, summary.Network.Nodes.Count + 1), memory.Forward));
        string kept = string.Join(", ", summary.KeptValues.Select(summary.NameOf));
        yield return ("stored", Values(summary, summary.KeptValues, memory.Stored) + (kept.Length > 0 ? $" ({kept})" : ""));
        yield return (
            "storedByCourse",
            Values(
                summary,
                summary.KeptValues.Where(value => value != 0).Append(summary.Network.OutputValue),
                summary.MemoryFormula.StoredByCourse.ToInt64()
            ) + " (as course sheets count: without the input, and with ∂L/∂output)"
        );
        int slots = summary.Optimizer.State.Count;
        yield return (
            "optimizer",
            slots == 0
                ? $"{summary.Optimizer.Notation} keeps nothing: 0"
                : $"{Number(slots)}·{parameters}·{bytes} = {Number(memory.Optimizer)} ({summary.Optimizer.Notation} keeps {string.Join(", ", summary.Optimizer.State)})"
        );
    }

    private static string Values(Summary summary, IEnumerable<int> values, long bytes) =>
        $"({SummaryFormulas.Sum(values.Select(value => summary.Network.ShapeOf(value).Length))})·{Number(summary.Batch)}·{Number(summary.BytesPerNumber)} = {Number(bytes)}";

    private static string Number(long value) => SummaryFormulas.Number(value);
}
