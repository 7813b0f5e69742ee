using Longhand.Numbers;

namespace Longhand.Working;

/// <summary>
/// A worked solution: every value, loss, gradient and update of a network on given examples, in double precision, and the lines by which
/// a person would find them. Readers write it as text, as JSON and in other notations.
/// </summary>
public sealed class Solution
{
    internal Solution(Model model, ExplainRequest request)
    {
        Model = model;
        Request = request;
    }

    /// <summary>What was explained.</summary>
    public Model Model { get; }

    /// <summary>What was asked.</summary>
    public ExplainRequest Request { get; }

    /// <summary>The network's outputs of the first pass, [sample, …].</summary>
    public Grid<Float64> Output { get; internal set; } = new(0);

    /// <summary>The loss of the first pass, without the penalty; null where there is no target.</summary>
    public double? Loss { get; internal set; }

    /// <summary>The penalty on the weights before the first update.</summary>
    public double Penalty { get; internal set; }

    /// <summary>The output of every layer in the first pass, and ∂L/∂output where there is a loss.</summary>
    public IReadOnlyList<(Grid<Float64> Output, Grid<Float64>? Gradient)> Layers { get; internal set; } = [];

    /// <summary>∂L/∂parameter in the first pass, in the order of the network's parameters; empty where there is no loss.</summary>
    public IReadOnlyList<Grid<Float64>> Gradients { get; internal set; } = [];

    /// <summary>∂L/∂input in the first pass; null where there is no loss.</summary>
    public Grid<Float64>? InputGradient { get; internal set; }

    /// <summary>For each update the loss before it and the parameters after it.</summary>
    public IReadOnlyList<(double Loss, IReadOnlyList<Grid<Float64>> Parameters)> Updates { get; internal set; } = [];

    /// <summary>What is written out, in the order in which it is found: lines, and arrays as a whole.</summary>
    public IReadOnlyList<WorkingBlock> Blocks { get; internal set; } = [];

    /// <summary>The lines of all blocks, in the order in which they are found.</summary>
    public IReadOnlyList<WorkingStep> Steps { get; internal set; } = [];

    /// <summary>How many of the updates are written out; those that follow after thousands of lines are only computed.</summary>
    public int WorkedUpdates { get; internal set; } = 1;

    /// <summary>What was given: inputs, targets, parameters; nothing where single places were asked for.</summary>
    public IReadOnlyList<WorkingGiven> Given { get; internal set; } = [];

    /// <summary>Works a network out on examples.</summary>
    /// <exception cref="ShapeException">Inputs or targets do not fit the network.</exception>
    /// <exception cref="LonghandException">The loss cannot read these outputs.</exception>
    public static Solution Explain(Model model, ExplainRequest request) => new SolutionBuilder(model, request).Build();

    /// <summary>As text for a terminal or a file.</summary>
    /// <param name="width">Characters in a line, at least 40; only a single number or name that is longer goes beyond.</param>
    public string ToText(int width = 80) => SolutionText.Write(this, Math.Max(40, width));

    /// <summary>The same with emphasis.</summary>
    /// <param name="width">Characters in a line.</param>
    /// <param name="emphasize">
    /// Puts around a text what makes it stand out, or recede, such as the escape sequences of a terminal; it is called line by line.
    /// </param>
    public string ToText(int width, Func<SolutionPart, string, string> emphasize) =>
        SolutionText.Write(this, Math.Max(40, width), emphasize);

    /// <summary>As Markdown, with formulas as GitHub and GitLab draw them: <c>```math</c> blocks and <c>$…$</c>.</summary>
    public string ToMarkdown() => SolutionMarkdown.Write(this);

    /// <summary>
    /// As a LaTeX document in ASCII, which pdflatex of a plain TeX Live compiles; it needs amsmath, geometry, microtype and Latin Modern.
    /// </summary>
    public string ToLatex() => SolutionLatex.Write(this);

    /// <summary>
    /// As a web page of its own: MathML, no script, nothing from elsewhere, for light and dark screens and for paper. Each line has its
    /// <see cref="WorkingStep.Id"/> as id, and the values that it uses link to the lines that made them. It is well-formed XML, too.
    /// </summary>
    public string ToHtml() => SolutionHtml.Page(this);

    /// <summary>The same as one <c>article</c> element of class "longhand", for a page that has <see cref="HtmlStyle"/>.</summary>
    /// <param name="idPrefix">What each id on the page begins with; two solutions on one page need different ones.</param>
    public string ToHtmlFragment(string idPrefix = "") => SolutionHtml.Fragment(this, idPrefix);

    /// <summary>The style sheet that <see cref="ToHtmlFragment"/> is made for; it touches nothing outside of class "longhand".</summary>
    public static string HtmlStyle => Working.HtmlStyle.Text;

    /// <summary>As the JSON of <c>longhand explain --json</c>.</summary>
    /// <param name="writer">Where one JSON object is written.</param>
    /// <param name="working">Whether the lines are written, too.</param>
    public void WriteJson(System.Text.Json.Utf8JsonWriter writer, bool working = true) => SolutionJson.Write(this, writer, working);
}
