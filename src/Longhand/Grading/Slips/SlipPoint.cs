using Longhand.Numbers;
using Longhand.Working;

namespace Longhand.Grading.Slips;

/// <summary>One wrong answer, and all that is known around it: what a slip in a single line can be found with.</summary>
/// <param name="Model">What was worked out.</param>
/// <param name="Request">And how.</param>
/// <param name="Keys">How places are called.</param>
/// <param name="Array">The array of the answer.</param>
/// <param name="Index">Which of its numbers.</param>
/// <param name="Written">What was written.</param>
/// <param name="Own">What comes out of the student's own earlier answers.</param>
/// <param name="Computed">All numbers as they come out of the student's own answers.</param>
internal sealed record SlipPoint(
    Model Model,
    ExplainRequest Request,
    AnswerKeys Keys,
    AnswerArray Array,
    int Index,
    WrittenNumber Written,
    Interval Own,
    IReadOnlyDictionary<AnswerArray, Interval[]> Computed
)
{
    /// <summary>The network.</summary>
    public Network Network => Model.Network;

    /// <summary>The layer whose output, or whose output's gradient, the number is; null for others, and for the input.</summary>
    public Node? Maker =>
        Array.Kind is AnswerArrayKind.Value or AnswerArrayKind.ValueGradient && Array.Number > 0 ? Network.Nodes[Array.Number - 1] : null;

    /// <summary>A number of a value as it was gone on with; value 0 is the input.</summary>
    public Interval Value(int value, int sample, int index) =>
        value == 0
            ? new((double)Request.Inputs[sample][index])
            : Of(new(AnswerArrayKind.Value, value), sample * (int)Network.ShapeOf(value).Length + index);

    /// <summary>A number of an array; NaN where it was not computed.</summary>
    public Interval Of(AnswerArray array, int index) => Computed.TryGetValue(array, out Interval[]? all) ? all[index] : new(double.NaN);

    /// <summary>A parameter's number before the update that the answer belongs to.</summary>
    public Interval Before(int parameter, int index) =>
        Array.Update == 1
            ? new(Model.Values[parameter].Double(index))
            : Of(new(AnswerArrayKind.Parameter, parameter, Array.Update - 1), index);

    /// <summary>The number of the weights of a dense layer; −1 where it has none.</summary>
    public int Weights(Node node) =>
        node.Inputs.Count != 1
            ? -1
            : Network
                .Parameters.Index()
                .Where(p => p.Item.Node.Index == node.Index && p.Item.Parameter is { Role: Layers.ParameterRole.Weight, Sizes.Count: 2 })
                .Select(p => p.Index)
                .DefaultIfEmpty(-1)
                .First();
}

/// <summary>A number that a slip would give, and what is said of it.</summary>
/// <param name="Name">The slip's name in JSON.</param>
/// <param name="Rank">The smaller, the likelier.</param>
/// <param name="Value">The number.</param>
/// <param name="Sentence">What may have happened, behind "You may have".</param>
internal sealed record SlipCandidate(string Name, int Rank, Interval Value, string Sentence);
