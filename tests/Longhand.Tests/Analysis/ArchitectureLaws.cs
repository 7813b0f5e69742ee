using Longhand.Analysis;
using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Reference;
using Longhand.Tests.Laws;
using Xunit;

namespace Longhand.Tests.Analysis;

/// <summary>What every layer declares about itself, measured on its loops.</summary>
public class ArchitectureLaws
{
    public static TheoryData<string> Layers => Lab.Examples(Layer.Kinds);

    [Theory]
    [MemberData(nameof(Layers))]
    public void Declared_multiplications_are_those_of_the_loops(string text)
    {
        foreach (Network network in Lab.Alone(Layer.Kinds.Parse(text)))
        {
            Grid<Counting>[] parameters =
            [
                .. network.Parameters.Select(p => Filled(new Counting(p.Parameter.Role == ParameterRole.Weight), [.. p.Parameter.Sizes])),
            ];
            Counting.Products = 0;
            new ReferenceRun<Counting>(network, parameters, Filled(default(Counting), Lab.BatchOf(network, 2)), training: true).Forward();
            Node node = network.Nodes[^1];
            Assert.Equal(Counting.Products, 2 * node.Layer.Multiplications([.. node.Inputs.Select(network.ShapeOf)]));
        }

        static Grid<T> Filled<T>(T value, params ReadOnlySpan<int> sizes)
        {
            var grid = new Grid<T>(sizes);
            for (int i = 0; i < grid.Length; i++)
                grid.SetFlat(i, value);
            return grid;
        }
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_layer_and_the_same_one_made_small_read_the_same_on_their_way_back(string text)
    {
        foreach (Network network in Lab.Alone(Layer.Kinds.Parse(text)))
        {
            Node node = network.Nodes[^1];
            (bool[] inputs, bool output) = KeptValues.Reads(node.Layer, [.. node.Inputs.Select(network.ShapeOf)]);
            IEnumerable<int> read = node.Inputs.Where((_, k) => inputs[k]);
            Assert.Equal(output ? read.Append(node.Value) : read, KeptValues.Of(network, node));
        }
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_layer_that_says_so_is_linear(string text)
    {
        Layer layer = Layer.Kinds.Parse(text);
        foreach (Network network in Lab.Alone(layer))
        {
            Model model = Lab.Model(network, 1);
            Grid<Float64> a = Lab.Random(2, Lab.BatchOf(network, 2)),
                b = Lab.Random(3, Lab.BatchOf(network, 2)),
                both = new([.. a.Sizes]);
            for (int i = 0; i < a.Length; i++)
                both.SetFlat(i, a.Flat(i) + b.Flat(i));
            double[] Output(Grid<Float64> x) => Lab.Reference(model, x, null, true).Output;
            double[] at0 = Output(new([.. a.Sizes])),
                atA = Output(a),
                atB = Output(b),
                atBoth = Output(both);
            if (layer.IsLinear)
                Lab.Near([.. at0.Select((_, i) => atA[i] + atB[i] - at0[i])], atBoth, 1e-12, text);
        }
    }

    /// <summary>Networks without a pixel of the input that their windows step over.</summary>
    [Theory]
    [InlineData("9x8x1 -> conv 1 3x3")]
    [InlineData("12x11x2 -> conv 2 3x2 stride 2x1 -> maxpool 2 stride 1 -> conv 1 2x3")]
    [InlineData("11x11x1 -> conv 2 3x3 pad same -> avgpool 3 stride 2 pad 1 -> conv 1 3x3 pad 1/0/0/1")]
    [InlineData("10x10x1 -> conv 2 2x2 as a -> conv 2 3x3 pad 1 as b -> from a -> conv 2 3x1 pad 1x0 -> add b -> conv 1 2x2")]
    [InlineData("6x5x2 -> conv 2 3x3 pad 1 -> globalavgpool")]
    [InlineData("8x8x1 as a -> conv 2 5x5 pad 4/4/0/0 relu -> conv 2 3x3 -> batchnorm -> softmax")]
    public void The_declared_receptive_field_is_what_reaches_an_output(string text)
    {
        Network network = Network.Parse(text);
        ReceptiveField field = ReceptiveField.Of(network)[network.OutputValue]!;
        Model model = Lab.Model(network, 5);
        for (int i = 0; i < network.Output.Height; i++)
        for (int j = 0; j < network.Output.Width; j++)
        {
            (int[] rows, int[] columns) = Reached(model, i, j);
            Assert.Equal(Declared(field.Rows, i, network.Input.Height), (rows.Min(), rows.Max()));
            Assert.Equal(Declared(field.Columns, j, network.Input.Width), (columns.Min(), columns.Max()));
        }

        static (int, int) Declared(FieldAxis axis, int output, int inputs) =>
            ((int)Math.Max(0, axis.Start + output * axis.Jump), (int)Math.Min(inputs - 1, axis.End - 1 + output * axis.Jump));
    }

    // The pixels whose change changes an output pixel; in inference, where batchnorm sees each pixel by itself.
    private static (int[] Rows, int[] Columns) Reached(Model model, int row, int column)
    {
        Network network = model.Network;
        Shape input = network.Input;
        var rows = new HashSet<int>();
        var columns = new HashSet<int>();
        for (int round = 0; round < 8; round++)
        {
            Grid<Float64> x = Lab.Random((ulong)round, Lab.BatchOf(network, 1));
            double[] before = Pixel(x);
            for (int i = 0; i < input.Height; i++)
            for (int j = 0; j < input.Width; j++)
            {
                Float64 value = x[0, 0, i, j];
                x[0, 0, i, j] = value + new Float64(4);
                if (!Pixel(x).SequenceEqual(before))
                {
                    rows.Add(i);
                    columns.Add(j);
                }
                x[0, 0, i, j] = value;
            }
        }
        return ([.. rows], [.. columns]);

        double[] Pixel(Grid<Float64> x)
        {
            Grid<Float64> y = new ReferenceRun<Float64>(network, Lab.Parameters(model), x).Forward();
            return [.. Enumerable.Range(0, y.Size(1)).Select(c => y[0, c, row, column].Value)];
        }
    }
}
