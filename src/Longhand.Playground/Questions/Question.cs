using System.Text.Json.Nodes;

namespace Longhand.Playground.Questions;

/// <summary>
/// Something that a page asks beside training: the working of an example, the summary of a network. It is answered from what the session
/// held when it was asked, on a thread of its own, so that no session's training waits for it.
/// </summary>
internal abstract class Question
{
    /// <summary>All that can be asked.</summary>
    public static readonly IReadOnlyList<Question> All =
    [
        new CodeQuestion(),
        new StaticPageQuestion(),
        new SummaryQuestion(),
        new WhyQuestion(),
        new TableQuestion(),
        new EditQuestion(),
        new CollapseQuestion(),
        new ConvolutionQuestion(),
        new PatchQuestion(),
        new MatrixQuestion(),
        new LedgerQuestion(),
        new GradeQuestion(),
        new PixelQuestion(),
        new SaliencyQuestion(),
        new ConfusionQuestion(),
        new PicturesQuestion(),
        new ClassifyQuestion(),
        new RulesQuestion(),
        new ContoursQuestion(),
        new DescendQuestion(),
        new SlopeQuestion(),
        new BooleanQuestion(),
        new CsvQuestion(),
        new DataQuestion(),
        new ModelQuestion(),
        new PredictionsQuestion(),
        new LayersQuestion(),
        new OperationQuestion(),
        new MetricsQuestion(),
        new ExperimentQuestion(),
        new CurveQuestion(),
    ];

    /// <summary>What it is asked by.</summary>
    public abstract string Name { get; }

    /// <summary>The arguments that it knows.</summary>
    public abstract IReadOnlyList<string> Arguments { get; }

    /// <summary>Answers.</summary>
    /// <exception cref="LonghandException">An argument is wrong or asks for too much; the message says which and what would be right.</exception>
    public abstract JsonObject Answer(Asked asked);

    /// <summary>The question with a name.</summary>
    /// <exception cref="LonghandException">There is none.</exception>
    public static Question Find(string name) =>
        All.FirstOrDefault(q => q.Name == name)
        ?? throw new LonghandException($"Nothing is known about {Quoted.Of(name)}.{Nearest.Suggestion(name, All.Select(q => q.Name))}");
}
