using System.Globalization;

namespace Longhand.Working;

/// <summary>What a worked solution says in words around its lines, the same in every notation.</summary>
internal static class SolutionWords
{
    /// <summary>The header: what was worked out, and under which conventions.</summary>
    public static IEnumerable<(string Name, string Value)> Facts(Solution solution)
    {
        ExplainRequest request = solution.Request;
        yield return ("Network", solution.Model.Network.ToString());
        if (solution.Loss is not null)
            yield return ("Loss", Named(request.Loss!));
        if (!request.Regularization.IsNone)
            yield return ("Penalty", $"{request.Regularization}, on weights, apart from the loss");
        if (request.Optimizer is not null && solution.Loss is not null)
            yield return (
                "Optimizer",
                request.Before is { Updates: > 0 and var made }
                    ? string.Create(CultureInfo.InvariantCulture, $"{request.Optimizer}, update {made + 1}")
                    : $"{request.Optimizer}"
            );
        yield return ("Conventions", string.Join("; ", ConventionsText.Of(solution)));
    }

    /// <summary>Where the places lie that were asked for, counted as on paper.</summary>
    public static IEnumerable<string> Asked(Solution solution) =>
        solution.Request.At.Select(place => $"{place.Text} is {place.CountedFromOne} counted from 1");

    /// <summary>The blocks by section, with a title, and a word that no other section has.</summary>
    public static IEnumerable<(string Title, string Word, IEnumerable<WorkingBlock> Blocks)> Sections(Solution solution)
    {
        foreach (
            IGrouping<(int Update, WorkingSection Section), WorkingBlock> section in solution.Blocks.GroupBy(b => (b.Update, b.Section))
        )
        {
            (int update, WorkingSection kind) = section.Key;
            string title = kind == WorkingSection.Update ? $"Update {update}: {solution.Request.Optimizer}" : $"{kind}";
            if (kind != WorkingSection.Update && solution.Updates.Count > 1)
                title += $" (step {update})";
            yield return (title, string.Create(CultureInfo.InvariantCulture, $"{$"{kind}".ToLowerInvariant()}{update}"), section);
        }
    }

    /// <summary>What a block is about, and the rule behind its lines; the rule is empty where it would only repeat something.</summary>
    public static (string Name, string Rule) Heading(WorkingBlock block) =>
        (block.Name, block.Section == WorkingSection.Update || block.Rule == block.Name ? "" : block.Rule);

    /// <summary>Which lines of many follow; null where all of them do, or none.</summary>
    public static string? Chosen(WorkingBlock block) =>
        block.Worked >= block.Total || block.Worked == 0 ? null
        : !block.Lines[^1].IsShare ? $"worked out for {block.Worked} of {block.Total}, the largest in size:"
        : block.Lines[^1].Value == 0 && block.Worked == 1 ? $"{block.Total} terms, all of them 0 like the first:"
        : $"the first {block.Worked} of {block.Total} terms:";

    /// <summary>Which updates are not written out; null where all of them are.</summary>
    public static string? Unwritten(Solution solution) =>
        solution.WorkedUpdates >= solution.Updates.Count
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Updates {solution.WorkedUpdates + 1} to {solution.Updates.Count} are computed, too, but not written out: that would be too many lines."
            );

    private static string Named(Loss loss) =>
        Loss.Kinds.All.FirstOrDefault(k => loss.Notation.Split(' ')[0] == k.Name) is { } kind ? $"{loss}: {kind.Summary}" : loss.Notation;
}
