using Longhand.Layers;
using Longhand.Numbers;
using Xunit;

namespace Longhand.Tests.Laws;

/// <summary>The matrices in which a layer states itself a second time are held against its loops.</summary>
public class MatrixFormLaws
{
    public static TheoryData<string> Layers =>
        [.. Layer.Kinds.All.SelectMany(kind => kind.Examples).Where(text => Layer.Kinds.Parse(text).Matrix is not null)];

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_matrix_form_is_what_the_loops_compute(string text)
    {
        Layer layer = Layer.Kinds.Parse(text);
        MatrixForm form = layer.Matrix!;
        foreach (Network network in Lab.Alone(layer).Where(n => n.Nodes.Count == 1 && n.Input.Rank == 1))
        foreach (int batch in (ReadOnlySpan<int>)[1, 4])
        {
            Model model = Lab.Model(network, 3);
            Node node = network.Nodes[0];
            Grid<Float64> x = Lab.Random(4, batch, network.Input[0]),
                y = new(batch, node.Output[0]),
                dy = Lab.Random(5, batch, node.Output[0]),
                dx = new([.. x.Sizes]);
            Grid<Float64>[] values = Lab.Parameters(model),
                results = [.. node.Parameters.Select(p => new Grid<Float64>([.. p.Sizes]))];
            var pass = new Pass<Float64>([x], y, node.Parameters, values, [dx], dy, results) { Training = true };
            layer.Forward(pass);
            layer.Backward(pass);
            if (form.Output is null)
            {
                // Entry by entry: one number in, one out, the same one whatever stands beside it.
                for (int i = 0; i < y.Length; i++)
                {
                    Grid<Float64> one = new(1, 1),
                        out1 = new(1, 1),
                        back = new(1, 1),
                        slope = new(1, 1);
                    one.SetFlat(0, x.Flat(i));
                    back.SetFlat(0, dy.Flat(i));
                    var alone = new Pass<Float64>([one], out1, [], [], [slope], back, []);
                    layer.Forward(alone);
                    layer.Backward(alone);
                    Assert.Equal(y.Flat(i).Value, out1.Flat(0).Value);
                    Assert.Equal(dx.Flat(i).Value, slope.Flat(0).Value);
                }
                continue;
            }
            AssertSame(Columns(y), Evaluate(form.Output));
            AssertSame(Columns(dx), Evaluate(form.InputGradient!));
            Assert.Equal(node.Parameters.Count, form.ParameterGradients.Count);
            for (int p = 0; p < results.Length; p++)
                AssertSame(Stored(results[p]), Evaluate(form.ParameterGradients[p]));

            double[,] Evaluate(MatrixTerm term)
            {
                double[][,] parts = [.. term.Arguments.Select(Evaluate)];
                return term.Kind switch
                {
                    MatrixTermKind.Input => Columns(x),
                    MatrixTermKind.OutputGradient => Columns(dy),
                    MatrixTermKind.Parameter => Stored(values[node.Parameters.ToList().FindIndex(p => p.Name == term.Name)]),
                    MatrixTermKind.Product => Make(
                        parts[0].GetLength(0),
                        parts[1].GetLength(1),
                        (i, j) => Enumerable.Range(0, parts[0].GetLength(1)).Sum(k => parts[0][i, k] * parts[1][k, j])
                    ),
                    MatrixTermKind.Sum => Make(
                        parts[0].GetLength(0),
                        parts[0].GetLength(1),
                        (i, j) => parts[0][i, j] + parts[1][i, parts[1].GetLength(1) == 1 ? 0 : j]
                    ),
                    MatrixTermKind.Transpose => Make(parts[0].GetLength(1), parts[0].GetLength(0), (i, j) => parts[0][j, i]),
                    _ => Make(parts[0].GetLength(0), 1, (i, _) => Enumerable.Range(0, parts[0].GetLength(1)).Sum(j => parts[0][i, j])),
                };
            }
        }
    }

    private static double[,] Columns(Grid<Float64> batch) => Make(batch.Size(1), batch.Size(0), (i, s) => batch[s, i].Value);

    private static double[,] Stored(Grid<Float64> parameter) =>
        Make(
            parameter.Size(0),
            parameter.Length / parameter.Size(0),
            (i, j) => parameter.Flat(i * (parameter.Length / parameter.Size(0)) + j).Value
        );

    private static double[,] Make(int rows, int columns, Func<int, int, double> at)
    {
        var matrix = new double[rows, columns];
        for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++)
            matrix[i, j] = at(i, j);
        return matrix;
    }

    private static void AssertSame(double[,] expected, double[,] found)
    {
        Assert.Equal((expected.GetLength(0), expected.GetLength(1)), (found.GetLength(0), found.GetLength(1)));
        foreach (((double e, double f), int _) in expected.Cast<double>().Zip(found.Cast<double>()).Select((pair, i) => (pair, i)))
            Assert.Equal(e, f, 1e-12 * Math.Max(1, Math.Abs(e)));
    }
}
