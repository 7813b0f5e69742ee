using Longhand.Experiments;
using Longhand.Numbers;
using Longhand.Working;

namespace Longhand.Tests.Working;

/// <summary>Each convention changes what it says, everywhere, and nothing else.</summary>
public class ConventionTests
{
    private const string Image = """
        network: 3x3x1 -> conv 1 2x2 nobias -> maxpool 2 -> dense 1 nobias
        weights: {conv1.weight: [[[[1, 2], [3, 4]]]], dense1.weight: [[1]]}
        input: [[[1, 0, 1], [0, 1, 0], [1, 0, 1]]]
        target: [0]
        loss: sse
        """;

    [Fact]
    public void A_flipped_kernel_is_turned_over()
    {
        // At the upper left 1 and 1 stand on the diagonal: 1 + 4 either way; at the upper right they stand on the other one, 2 + 3.
        Experiment lopsided = Read(Image.Replace("[0, 1, 0]", "[0, 0, 0]", StringComparison.Ordinal));
        Experiment flipped = Read(
            Image.Replace("[0, 1, 0]", "[0, 0, 0]", StringComparison.Ordinal) + "\nconventions: {convolution: flipped}"
        );
        Assert.Equal([1, 2, 3, 4], Explain(lopsided).Layers[0].Output.ToArray().Select(v => v.Value));
        Assert.Equal([4, 3, 2, 1], Explain(flipped).Layers[0].Output.ToArray().Select(v => v.Value));
        Assert.Contains("flipped", flipped.Network.ToString());
    }

    [Fact]
    public void The_plan_flips_kernels_as_the_reference_does()
    {
        Experiment experiment = Read(Image + "\nconventions: {convolution: flipped}");
        float[] predicted = experiment.CreateModel().Predict([1, 0, 1, 0, 1, 0, 1, 0, 1]);
        Assert.Equal(Explain(experiment).Output.ToArray().Select(v => (float)v.Value), predicted);
    }

    [Fact]
    public void Equal_maxima_share_the_gradient_or_the_first_gets_it()
    {
        // All four sums are 5: 1 + 4, 2 + 3, 2 + 3, 1 + 4; the slope of the loss is 10.
        Assert.Equal([10, 0, 0, 0], Explain(Read(Image)).Layers[0].Gradient!.ToArray().Select(v => v.Value));
        Solution shared = Explain(Read(Image + "\nconventions: {pool-ties: all}"));
        Assert.Equal([2.5, 2.5, 2.5, 2.5], shared.Layers[0].Gradient!.ToArray().Select(v => v.Value));
        Assert.Contains(
            "equal maxima of a pooling share the gradient",
            string.Join(' ', shared.ToText().Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        );
    }

    [Fact]
    public void Training_shares_ties_and_flips_kernels_on_both_engines_alike()
    {
        var data = new DataSet(
            [
                [1, 0, 1, 0, 1, 0, 1, 0, 1],
                [0, 1, 0, 1, 0, 1, 0, 1, 0],
            ],
            [
                [0],
                [1],
            ]
        );
        double[] Trained(bool precise) =>
            [
                .. Network
                    .Parse("3x3x1 -> conv 2 2x2 -> maxpool 2 -> dense 1")
                    .Train(
                        data,
                        new Training
                        {
                            Loss = Loss.MeanSquaredError,
                            Optimizer = Optimizer.Sgd(0.1),
                            Epochs = 3,
                            Initializer = Initializer.Constant(0.25),
                            DoublePrecision = precise,
                            Conventions = Conventions.PyTorch with { SharesPoolTies = true, FlipsKernels = true },
                        }
                    )
                    .Values.SelectMany(v => Enumerable.Range(0, v.Length).Select(v.Double)),
            ];
        double[] single = Trained(false),
            exact = Trained(true);
        Assert.Equal(exact.Length, single.Length);
        for (int i = 0; i < exact.Length; i++)
            Assert.Equal(exact[i], single[i], 1e-5);
    }

    [Fact]
    public void Presets_differ_where_the_header_says_and_nowhere_else()
    {
        const string text = """
            network: 2 -> dense 2 relu -> dense 1
            weights: {dense1.weight: [[0.3, -0.7], [1, 0.125]], dense1.bias: [0, 0.1], dense2.weight: [[0.6, 2]], dense2.bias: [0.05]}
            input: [0.31, 0.77]
            target: [1]
            loss: half-mse
            optimizer: sgd lr=0.1
            """;
        Solution pytorch = Explain(Read(text + "\nconventions: pytorch"));
        foreach (string preset in (string[])["textbook", "keras", "playground"])
        {
            Solution other = Explain(Read($"{text}\nconventions: {preset}"));
            Assert.Equal(pytorch.Steps.Select(s => s.Value), other.Steps.Select(s => s.Value));
            Assert.Equal(pytorch.Steps.Select(s => s.Symbolic), other.Steps.Select(s => s.Symbolic));
            // Only the number of digits may change a line, and the header says it.
            bool sameDigits = Header(other).Contains("6 significant digits");
            Assert.Equal(sameDigits, pytorch.Steps.Select(s => s.Line).SequenceEqual(other.Steps.Select(s => s.Line)));
        }
        Assert.Contains("vectors are rows; ∂L/∂W is laid out like Wᵀ", Header(Explain(Read(text + "\nconventions: keras"), View.Matrix)));
        Assert.Contains("4 significant digits", Header(Explain(Read(text + "\nconventions: textbook"))));
    }

    [Theory]
    [InlineData("{vectors: rows}", "vectors")]
    [InlineData("{pool-ties: last}", "pool-ties")]
    [InlineData("{gradient: sideways}", "gradient")]
    [InlineData("{convolution: turned}", "convolution")]
    [InlineData("{rounding: 3}", "rounding")]
    [InlineData("{vector: row}", "vectors")]
    public void An_unknown_choice_names_those_there_are(string conventions, string part)
    {
        var e = Assert.Throws<LonghandException>(() => Read($"{Image}\nconventions: {conventions}"));
        Assert.Contains("test.yaml", e.Message);
        Assert.Contains(part, e.Message);
    }

    private static string Header(Solution solution) =>
        string.Join(' ', solution.ToText().Split("Given")[0].Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private static Experiment Read(string text) => Experiment.Read(text, "test.yaml", ".");

    private static Solution Explain(Experiment experiment, View view = View.Scalar) =>
        Solution.Explain(
            experiment.CreateModel(),
            new ExplainRequest
            {
                Inputs = experiment.Input!.Rows,
                Targets = experiment.Target?.Rows,
                Loss = experiment.Loss,
                Optimizer = experiment.HasOptimizer ? experiment.Optimizer : null,
                Conventions = experiment.Conventions,
                View = view,
            }
        );
}
