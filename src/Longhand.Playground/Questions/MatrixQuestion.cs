using System.Text.Json.Nodes;
using Longhand.Analysis;

namespace Longhand.Playground.Questions;

/// <summary>
/// A convolution as a matrix over the flattened image, row by row as [column, weight], and the proof that both agree; on the way back the
/// transpose. What <c>longhand matrix</c> says, with the weights told apart even where they are equal.
/// </summary>
internal sealed class MatrixQuestion : Question
{
    private static readonly ulong[] seeds = [1];

    public override string Name => "matrix";

    public override IReadOnlyList<string> Arguments => ConvolutionAsked.Arguments;

    public override JsonObject Answer(Asked asked)
    {
        var read = new ConvolutionAsked(asked);
        ConvolutionMatrix matrix = read.Matrix();
        var proof = MatrixProof.Of(matrix, seeds);
        if (proof.InSymbols == false)
            throw new InvalidOperationException("the matrix is not what the layer computes");
        int rows = read.IsBackward ? (int)matrix.Columns : matrix.Rows;
        return new JsonObject
        {
            ["rows"] = rows,
            ["columns"] = read.IsBackward ? matrix.Rows : matrix.Columns,
            ["entries"] = new JsonArray([
                .. Enumerable.Range(0, rows).Select(row => Entries(read.IsBackward ? matrix.Column(row) : matrix.Row(row))),
            ]),
            ["weights"] = AnswerJson.Texts(Enumerable.Range(0, matrix.WeightCount).Select(matrix.Weight)),
            ["times"] = new JsonArray([.. Enumerable.Range(0, matrix.WeightCount).Select(w => JsonValue.Create(matrix.Times(w)))]),
            ["nonzeros"] = matrix.Nonzeros,
            ["inSymbols"] = proof.InSymbols,
            ["largestDifference"] = Math.Max(proof.Forward, proof.Backward),
        };
    }

    private static JsonNode Entries(IEnumerable<MatrixEntry> line) =>
        new JsonArray([.. line.Select(entry => new JsonArray(entry.Place, entry.Weight))]);
}
