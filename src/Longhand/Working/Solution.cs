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

    /// <summary>The lines, in the order in which they are found.</summary>
    public IReadOnlyList<WorkingStep> Steps { get; internal set; } = [];

    /// <summary>The names and values of what was given: inputs, targets, parameters.</summary>
    public IReadOnlyList<(SymbolName Name, string Value, bool Exact)> Given { get; internal set; } = [];

    /// <summary>Works a network out on examples.</summary>
    /// <exception cref="ShapeException">Inputs or targets do not fit the network.</exception>
    /// <exception cref="LonghandException">The loss cannot read these outputs.</exception>
    public static Solution Explain(Model model, ExplainRequest request) => new SolutionBuilder(model, request).Build();

    /// <summary>As text for a terminal or a file.</summary>
    public string ToText() => SolutionText.Write(this);

    /// <summary>As the JSON of <c>longhand explain --json</c>.</summary>
    /// <param name="writer">Where one JSON object is written.</param>
    /// <param name="working">Whether the lines are written, too.</param>
    public void WriteJson(System.Text.Json.Utf8JsonWriter writer, bool working = true) => SolutionJson.Write(this, writer, working);
}
