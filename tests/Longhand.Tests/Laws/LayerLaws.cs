using Longhand.Activations;
using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Reference;
using Xunit;

namespace Longhand.Tests.Laws;

/// <summary>What holds for every layer there is. A new layer is tested by existing: its kind gives examples of itself.</summary>
public class LayerLaws
{
    public static TheoryData<string> Layers => Lab.Examples(Layer.Kinds);

    public static TheoryData<string> Activations =>
        [.. Layer.Kinds.All.SelectMany(kind => kind.Examples).Where(text => Layer.Kinds.Parse(text) is Activation)];

    [Fact]
    public void Every_kind_that_can_be_made_without_names_gives_an_example() =>
        Assert.All(Layer.Kinds.All, kind => Assert.True(kind.Examples.Count > 0 || kind.ReadsNames, kind.Name));

    [Theory]
    [MemberData(nameof(Layers))]
    public void Notation_reads_back(string text)
    {
        Layer layer = Layer.Kinds.Parse(text),
            again = Layer.Kinds.Parse(layer.Notation);
        Assert.Equal(layer.Notation, again.Notation);
        Assert.Equal(layer.Kind, again.Kind);
        foreach (Network network in Lab.Alone(layer))
        {
            Model model = Lab.Model(network, 1),
                other = Lab.Model(Network.Chain(network.Input, again), 1);
            Grid<Float64> x = Lab.Hard(2, Lab.BatchOf(network, 2));
            Assert.Equal(Lab.Reference(model, x, null, true).Output, Lab.Reference(other, x, null, true).Output);
        }
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void Forward_and_backward_set_every_number_of_the_declared_shapes(string text)
    {
        foreach (Network network in Lab.Alone(Layer.Kinds.Parse(text)))
        {
            Model model = Lab.Model(network, 3);
            Node node = network.Nodes[^1];
            Grid<Float64> x = Lab.Random(4, [2, .. network.ShapeOf(node.Inputs[0]).MemoryOrder()]),
                y = Unset([2, .. node.Output.MemoryOrder()]),
                dx = Unset([.. x.Sizes]),
                dy = Lab.Random(5, [.. y.Sizes]);
            Grid<Float64>[] results = [.. node.Parameters.Select(p => Unset([.. p.Sizes]))];
            var pass = new Pass<Float64>([x], y, node.Parameters, Lab.Parameters(model), [dx], dy, results) { Training = true };
            node.Layer.Forward(pass);
            node.Layer.Backward(pass);
            Assert.DoesNotContain(double.NaN, Lab.Doubles(y));
            Assert.DoesNotContain(double.NaN, Lab.Doubles(dx));
            Assert.All(results, result => Assert.DoesNotContain(double.NaN, Lab.Doubles(result)));
        }

        static Grid<Float64> Unset(params ReadOnlySpan<int> sizes)
        {
            var grid = new Grid<Float64>(sizes);
            for (int i = 0; i < grid.Length; i++)
                grid.SetFlat(i, new(double.NaN));
            return grid;
        }
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void Kernels_compute_what_the_reference_computes(string text)
    {
        foreach (Network network in Lab.Alone(Layer.Kinds.Parse(text)))
        foreach (int batch in (ReadOnlySpan<int>)[1, 3, 17])
        foreach (bool hard in (ReadOnlySpan<bool>)[false, true])
        {
            if (network.Nodes[^1].Layer.RefuseToTrainOn(batch, [network.Input]) is not null)
                continue;
            Model model = Lab.Model(network, 6);
            int[] sizes = Lab.BatchOf(network, batch);
            Grid<Float64> x = hard ? Lab.Hard(7, sizes) : Lab.Random(7, sizes),
                dy = Lab.Random(8, [batch, .. network.Output.MemoryOrder()]);
            var expected = Lab.Reference(model, x, dy, training: true);
            var found = Lab.Steps(model, x, dy, training: true);
            // A rule for single numbers answers for each of them; a sum answers for the largest of its terms.
            bool single = network.Nodes[^1].Layer is Activation;
            double terms = single ? 1 : Math.Max(1, Lab.Largest(Lab.Doubles(x)));
            string what = $"{text} on {network.Input}, batch {batch}{(hard ? ", hard" : "")}";
            Lab.Near(expected.Output, found.Output, 1e-5, what, single ? 1 : Math.Max(terms, Lab.Largest(expected.Output)));
            Lab.Near(
                expected.InputGradient,
                found.InputGradient,
                1e-5,
                what + ", dx",
                single ? 1 : Math.Max(1, Lab.Largest(expected.InputGradient))
            );
            for (int i = 0; i < expected.Parameters.Length; i++)
                Lab.Near(
                    expected.Parameters[i],
                    found.Parameters[i],
                    1e-5,
                    $"{what}, {network.Parameters[i].Name}",
                    Math.Max(terms, Lab.Largest(expected.Parameters[i]))
                );
            Lab.Near(
                Lab.Reference(model, x, null, training: false).Output,
                Lab.Steps(model, x, null, training: false).Output,
                1e-5,
                what + ", inference",
                single ? 1 : Math.Max(terms, Lab.Largest(expected.Output))
            );
        }
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void What_is_not_a_number_stays_none(string text)
    {
        foreach (Network network in Lab.Alone(Layer.Kinds.Parse(text)))
        {
            Model model = Lab.Model(network, 9);
            Grid<Float64> x = Lab.Random(10, Lab.BatchOf(network, 2));
            x.SetFlat(0, new(double.NaN));
            double[] expected = Lab.Reference(model, x, null, training: false).Output,
                found = Lab.Steps(model, x, null, training: false).Output;
            Assert.Contains(double.NaN, expected);
            Assert.Equal(expected.Select(double.IsNaN), found.Select(double.IsNaN));
        }
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void Gradients_are_derivatives(string text)
    {
        foreach (Network network in Lab.Alone(Layer.Kinds.Parse(text)))
        foreach (bool hard in (ReadOnlySpan<bool>)[false, true])
        foreach (bool training in network.Nodes[^1].Layer.DependsOnMode ? (ReadOnlySpan<bool>)[true, false] : [true])
        {
            Model model = Lab.Model(network, 11);
            int[] sizes = Lab.BatchOf(network, 2);
            Grid<Float64> x = hard ? Lab.Hard(12, sizes) : Lab.Random(12, sizes),
                dy = Lab.Random(13, [2, .. network.Output.MemoryOrder()]);
            var (_, dx, results) = Lab.Reference(model, x, dy, training);
            Grid<Dual>[] parameters = [.. Lab.Parameters(model).Select(p => Lab.Read(p, Dual.Of))];
            Grid<Dual> input = Lab.Read(x, Dual.Of);
            var places = network
                .Parameters.Index()
                .Where(p => p.Item.Parameter.Trainable)
                .Select(p => (p.Item.Name, Grid: parameters[p.Index], Gradient: results[p.Index]))
                .Append((Name: "input", Grid: input, Gradient: dx));
            foreach ((string name, Grid<Dual> grid, double[] gradient) in places)
            {
                double scale = Math.Max(1, Lab.Largest(gradient));
                // Enough of a large grid to meet each place that differs: corners, edges, channels, samples.
                foreach (int i in Enumerable.Range(0, grid.Length).Where(i => i % (grid.Length / 20 + 1) == 0))
                {
                    Dual value = grid.Flat(i);
                    string what = $"{text} on {network.Input}{(hard ? ", hard" : "")}: {name}[{i}]";
                    double derivative = Along(new(value.Value, 1)).Derivative;
                    Lab.Near([derivative], [gradient[i]], 1e-12, what, scale);
                    if (!hard)
                    {
                        // Over four points: where batchnorm meets two nearly equal numbers its slope changes quickly.
                        const double h = 1e-5;
                        double difference = (8 * (At(h) - At(-h)) - (At(2 * h) - At(-2 * h))) / (12 * h);
                        Lab.Near([difference], [gradient[i]], 1e-7, what + " by difference", scale);
                    }

                    double At(double away) => Along(new(value.Value + away, 0)).Value;

                    Dual Along(Dual at)
                    {
                        grid.SetFlat(i, at);
                        Dual sum = Lab.Weighed(network, parameters, input, dy, training);
                        grid.SetFlat(i, value);
                        return sum;
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void Outputs_lie_where_the_range_says(string text)
    {
        foreach (Network network in Lab.Alone(Layer.Kinds.Parse(text)))
        foreach (bool training in (ReadOnlySpan<bool>)[true, false])
        {
            Model model = Lab.Model(network, 14);
            Grid<Float64> x = Lab.Hard(15, Lab.BatchOf(network, 9));
            foreach (double[] y in (double[][])[Lab.Reference(model, x, null, training).Output, Lab.Steps(model, x, null, training).Output])
            {
                Assert.All(y, v => Assert.InRange(v, network.Range.Low, network.Range.High));
                if (network.Range.IsDistribution || network.Range.IsLogDistribution)
                    AddUpToOne(network, y, network.Range.IsLogDistribution);
            }
        }
    }

    private static void AddUpToOne(Network network, double[] y, bool logarithms)
    {
        int pixels = network.Output.Height * network.Output.Width,
            channels = network.Output.Channels;
        for (int first = 0; first < y.Length; first += pixels * channels)
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            double sum = 0;
            for (int c = 0; c < channels; c++)
                sum += logarithms ? Math.Exp(y[first + c * pixels + pixel]) : y[first + c * pixels + pixel];
            // Logarithms near −1000 are kept to 1e-4 in single precision; those that matter here are near 0.
            Assert.Equal(1, sum, 1e-4);
        }
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void A_slope_reads_what_it_says_and_nothing_else(string text)
    {
        var activation = (Activation)Layer.Kinds.Parse(text);
        (bool input, bool output) = activation.SlopeReads;
        Grid<Float64> x = Lab.Hard(16, 3, 7),
            y = new(3, 7),
            dx = new(3, 7),
            dy = Lab.Random(17, 3, 7);
        activation.Forward(new Pass<Float64>([x], y, [], [], [], null, []));
        Grid<Float64> freshX = Lab.Read(x, v => new Float64(v)),
            freshY = Lab.Read(y, v => new Float64(v));
        activation.Backward(new Pass<Float64>([freshX], freshY, [], [], [dx], dy, []));
        Assert.Equal(input, freshX.WasRead);
        Assert.Equal(output, freshY.WasRead);
        var none = new Float64(double.NaN);
        for (int i = 0; i < x.Length; i++)
            Assert.Equal(
                activation.Slope(x.Flat(i), y.Flat(i)).Value,
                activation.Slope(input ? x.Flat(i) : none, output ? y.Flat(i) : none).Value
            );
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void Written_down_an_activation_has_the_same_value(string text)
    {
        var activation = (Activation)Layer.Kinds.Parse(text);
        foreach (double x in (double[])[.. Lab.HardValues, 0, 0.1, -2.75])
        {
            Expr symbol = Expr.Symbol("x", x, Rational.FromDouble(x)),
                y = activation.Value(symbol);
            var plain = activation.Value(new Float64(x));
            Assert.Equal(plain.Value, y.Value);
            Assert.Equal(activation.Slope(new Float64(x), plain).Value, activation.Slope(symbol, Expr.Symbol("y", y.Value, null)).Value);
        }
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void Curvature_read_from_the_slope_is_the_derivative_of_the_slope(string text)
    {
        var activation = (Activation)Layer.Kinds.Parse(text);
        foreach (double x in (double[])[-20, -3, -1, -0.1, 0.1, 1, 3, 20])
        {
            const double h = 1e-5;
            var moving = new Dual(x, 1);
            double curvature = activation.Slope(moving, activation.Value(moving)).Derivative;
            Lab.Near([(Slope(x + h) - Slope(x - h)) / (2 * h)], [curvature], 1e-7, $"{text} at {x}");
            if (activation.Kind is "relu" or "leakyrelu" or "step" or "identity")
                Assert.Equal(0, curvature);
        }

        double Slope(double x) => activation.Slope(new Float64(x), activation.Value(new Float64(x))).Value;
    }
}
