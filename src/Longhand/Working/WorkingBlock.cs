namespace Longhand.Working;

/// <summary>
/// What a worked solution says of one thing in one section (a layer's output, a gradient, a parameter's update): the lines that are worked,
/// and where the numbers are many, or form an image, what they look like as a whole. Readers write blocks one after another.
/// </summary>
public sealed class WorkingBlock
{
    private readonly List<WorkingStep> lines = [];
    private readonly List<WorkingPatch> patches = [];

    internal WorkingBlock(int update, WorkingSection section, string name) => (Update, Section, Name) = (update, section, name);

    /// <summary>The update that it belongs to, from 1.</summary>
    public int Update { get; }

    /// <summary>Where it stands.</summary>
    public WorkingSection Section { get; }

    /// <summary>What it is about: a layer, the loss, a parameter.</summary>
    public string Name { get; }

    /// <summary>The layer, loss or rule that made its numbers, in its own notation; empty where no line is worked.</summary>
    public string Rule { get; internal set; } = "";

    /// <summary>The lines, in the order in which they are found.</summary>
    public IReadOnlyList<WorkingStep> Lines => lines;

    /// <summary>How many numbers there are that could have a line like these.</summary>
    public int Total { get; internal set; }

    /// <summary>How many of them have one.</summary>
    public int Worked { get; internal set; }

    /// <summary>All of the numbers at a glance; null where the lines say it all.</summary>
    public WorkingMap? Map { get; internal set; }

    /// <summary>
    /// In the matrix view, where the arrays are too large to be written out: the line in symbols with the shapes of its factors; else null.
    /// </summary>
    internal (SymbolName Name, Formula Right)? Statement { get; set; }

    /// <summary>What the lines read, as it lies in the image; for numbers that were asked for one by one.</summary>
    public IReadOnlyList<WorkingPatch> Patches => patches;

    internal void Add(WorkingStep line)
    {
        lines.Add(line);
        Rule = line.Rule;
    }

    internal void Add(WorkingPatch patch) => patches.Add(patch);
}
