namespace Longhand.Working;

/// <summary>
/// Goes through a worked solution from its header to its last line. A notation says how each part is written; in which order they come is
/// said here, once.
/// </summary>
internal abstract class SolutionReader(Solution solution)
{
    /// <summary>What is read.</summary>
    protected Solution Solution => solution;

    /// <summary>Writes everything.</summary>
    protected void Read()
    {
        Facts([.. SolutionWords.Facts(solution)]);
        if (solution.Request.At.Count > 0)
            Asked([.. SolutionWords.Asked(solution)]);
        if (solution.Given.Count > 0)
            Given(solution.Given);
        foreach ((string title, string word, IEnumerable<WorkingBlock> blocks) in SolutionWords.Sections(solution))
            Section(
                title,
                word,
                () =>
                {
                    foreach (WorkingBlock block in blocks)
                        Block(block, () => Content(block));
                }
            );
        if (SolutionWords.Unwritten(solution) is { } sentence)
            Ending(sentence);
    }

    /// <summary>The header.</summary>
    protected abstract void Facts(IReadOnlyList<(string Name, string Value)> facts);

    /// <summary>Where the places lie that were asked for.</summary>
    protected abstract void Asked(IReadOnlyList<string> sentences);

    /// <summary>Inputs, targets, parameters.</summary>
    protected abstract void Given(IReadOnlyList<WorkingGiven> given);

    /// <summary>A section: its title, a word that no other section has, and its blocks.</summary>
    protected abstract void Section(string title, string word, Action blocks);

    /// <summary>A block: its heading and what stands below.</summary>
    protected abstract void Block(WorkingBlock block, Action content);

    /// <summary>A remark between the heading of a block and its lines.</summary>
    protected abstract void Remark(string sentence);

    /// <summary>An array as a whole.</summary>
    protected abstract void Map(WorkingMap map, bool isGiven);

    /// <summary>What a line reads.</summary>
    protected abstract void Patch(WorkingPatch patch);

    /// <summary>Lines that stand under one another.</summary>
    protected abstract void Lines(IReadOnlyList<WorkingStep> lines);

    /// <summary>A sentence behind the last section.</summary>
    protected abstract void Ending(string sentence);

    private void Content(WorkingBlock block)
    {
        bool isWhole = block.Worked == block.Total;
        if (block.Map is { } map && !isWhole)
            Map(map, isGiven: false);
        if (SolutionWords.Chosen(block) is { } sentence)
            Remark(sentence);
        if (block.Patches.Count == 0)
            Lines(block.Lines);
        else
            // Each line behind what it reads, those of intermediate results among them.
            foreach (WorkingStep line in block.Lines)
            {
                foreach (WorkingPatch patch in block.Patches.Where(p => p.Line == line.Id))
                    Patch(patch);
                Lines([line]);
            }
        if (block.Map is { } whole && isWhole)
            Map(whole, isGiven: false);
    }
}
