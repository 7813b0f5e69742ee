using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Longhand.Experiments.Sheets;

/// <summary>
/// An exercise sheet: Markdown with formulas, in which blocks of code marked <c>longhand</c> are commands that are carried out, blocks with
/// a file name are files that these commands read, and blocks marked <c>expect</c> say what must come out.
/// </summary>
internal sealed class Sheet
{
    private readonly Source source;

    private Sheet(Source source, string folder, MarkdownDocument document) => (this.source, Folder, Document) = (source, folder, document);

    /// <summary>How Markdown is read: tables and formulas, no HTML.</summary>
    public static MarkdownPipeline Pipeline { get; } = new MarkdownPipelineBuilder().UsePipeTables().UseMathematics().DisableHtml().Build();

    /// <summary>What messages call it.</summary>
    public string Name => source.Name;

    /// <summary>Where files stand that the sheet only names.</summary>
    public string Folder { get; }

    /// <summary>The text.</summary>
    public MarkdownDocument Document { get; }

    /// <summary>Its first heading.</summary>
    public string Title { get; private set; } = "";

    /// <summary>The commands, in the order of the sheet.</summary>
    public IReadOnlyList<SheetStep> Steps { get; private set; } = [];

    /// <summary>The files that stand in the sheet, by name.</summary>
    public IReadOnlyDictionary<string, string> Files { get; private set; } = new Dictionary<string, string>();

    /// <summary>What a block of code is.</summary>
    public IReadOnlyDictionary<FencedCodeBlock, object> Meaning { get; private set; } = new Dictionary<FencedCodeBlock, object>();

    /// <summary>Reads a file.</summary>
    /// <exception cref="LonghandException">It cannot be read, or is no sheet; the message names the line.</exception>
    public static Sheet Load(string path) =>
        Read(EntryText.ReadFile(path, "the sheet"), path, Path.GetDirectoryName(Path.GetFullPath(path))!);

    /// <summary>Reads a text.</summary>
    /// <param name="text">The sheet.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="folder">Where files stand that it only names.</param>
    /// <exception cref="LonghandException">It is no sheet; the message names the line.</exception>
    public static Sheet Read(string text, string name, string folder)
    {
        var sheet = new Sheet(new Source(name), folder, Markdown.Parse(text, Pipeline));
        sheet.Read();
        return sheet;
    }

    /// <summary>A message about a line, counted from 1.</summary>
    public LonghandException Error(int line, string problem) => new($"{Name}, line {line}: {problem}");

    private void Read()
    {
        var steps = new List<SheetStep>();
        var files = new Dictionary<string, string>();
        var meaning = new Dictionary<FencedCodeBlock, object>();
        foreach (MarkdownObject part in Document.Descendants())
            At(
                part.Line + 1,
                () =>
                {
                    switch (part)
                    {
                        case HeadingBlock { Level: 1 } heading when Title.Length == 0:
                            Title = PlainText(heading);
                            break;
                        case MathBlock math:
                            LatexMath.ToMathMl(math.Lines.ToString(), display: true);
                            break;
                        case MathInline math:
                            LatexMath.ToMathMl(math.Content.ToString(), LatexMath.IsDisplay(math));
                            break;
                        case LiteralInline text when text.Content.ToString().Contains("$$", StringComparison.Ordinal):
                            throw new LonghandException("a formula of several lines stands between two lines that are $$ alone.");
                        case FencedCodeBlock { Info: "longhand" } code:
                            var step = SheetStep.Read(code.Lines.ToString(), code.Arguments ?? "", code.Line + 1);
                            steps.Add(step);
                            meaning[code] = step;
                            break;
                        case FencedCodeBlock { Info: "expect" } code:
                            if (steps.Count == 0 || steps[^1].Expectations.Count > 0)
                                throw new LonghandException(
                                    "a block of expectations stands behind the command that it is about, one behind each."
                                );
                            ReadExpectations(code, steps[^1]);
                            meaning[code] = steps[^1].Expectations;
                            break;
                        case FencedCodeBlock { Arguments.Length: > 0, Info: "yaml" or "json" or "csv" or "text" } code:
                            string file = code.Arguments.Trim();
                            if (!SheetFiles.IsName(file))
                                throw new LonghandException(
                                    $"{Quoted.Of(file)} is no file name such as xor.yaml: letters, digits, - and _, then an ending."
                                );
                            if (!files.TryAdd(file, code.Lines.ToString() + "\n"))
                                throw new LonghandException($"the sheet has {file} twice.");
                            meaning[code] = file;
                            break;
                        case FencedCodeBlock { Info.Length: > 0 } code when Nearest.Word(code.Info, ["longhand", "expect"]) is { } near:
                            throw new LonghandException($"a block of {Quoted.Of(code.Info)}: did you mean {Quoted.Of(near)}?");
                    }
                }
            );
        if (Title.Length == 0)
            throw source.Error("a sheet begins with its title, such as: # Convolutions by hand");
        (Steps, Files, Meaning) = (steps, files, meaning);
    }

    private void ReadExpectations(FencedCodeBlock code, SheetStep step)
    {
        foreach ((int i, string line) in code.Lines.ToString().Split('\n').Index())
            if (line.Trim() is { Length: > 0 } written)
                At(code.Line + 2 + i, () => step.Expectations.Add(Expectation.Parse(written, code.Line + 2 + i)));
        if (step.Expectations.Count == 0)
            throw new LonghandException("a block of expectations is empty; a line of it is such as: output[0]: 0.55");
    }

    // Whatever is wrong is said with its line.
    private void At(int line, Action read)
    {
        try
        {
            read();
        }
        catch (LonghandException e) when (!e.Message.StartsWith(Name + ", line ", StringComparison.Ordinal))
        {
            throw Error(line, e.Message);
        }
    }

    private static string PlainText(LeafBlock block) =>
        string.Concat((block.Inline ?? []).Descendants().Select(inline => inline is LiteralInline text ? text.Content.ToString() : ""));
}
