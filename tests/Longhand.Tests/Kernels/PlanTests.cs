using Longhand.Activations;
using Longhand.Kernels;
using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Plans;
using Xunit;

namespace Longhand.Tests.Kernels;

/// <summary>Compiled plans as training uses them: against the reference, on any number of threads, allocating nothing.</summary>
public sealed class PlanTests
{
    private static IEnumerable<Layer> Activations =>
        Layer.Kinds.All.SelectMany(kind => kind.Examples).Select(Layer.Kinds.Parse).OfType<Activation>();

    public static TheoryData<string, int> Networks =>
        new()
        {
            { "2 -> dense 4 -> sigmoid -> dense 2 -> sigmoid -> dense 1", 10 },
            { "200 -> dense 30 -> relu -> dense 10", 4 },
            { "6x6 -> conv 4 3x3 relu -> maxpool 2 -> dense 3", 2 },
            {
                "14x12x2 -> conv 8 3x3 relu -> batchnorm -> maxpool 2 -> conv 6 3x3 pad same groups 2 swish -> avgpool 2 -> conv 8 1x1 -> dense 3",
                32
            },
        };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Training_allocates_nothing_after_the_first_step(string notation, int batch)
    {
        Network network = Network.Parse(notation);
        DataSet data = Examples(network.Input, batch, network.Output[0]);
        Loss loss = network.Output[0] == 1 ? Loss.HalfMeanSquaredError : Loss.CrossEntropy;
        foreach (Optimizer optimizer in (Optimizer[])[Optimizer.Sgd(0.01, 0.9), Optimizer.Adam(0.001)])
        foreach (int threads in (int[])[1, 2])
        {
            var training = new Training
            {
                Loss = loss,
                Optimizer = optimizer,
                Regularization = new(1e-6, 1e-6),
                Threads = threads,
            };
            using var engine = new FloatEngine(network, Start(network), training);
            int[] indices = [.. Enumerable.Range(0, batch)];
            engine.Step(data, indices, 0.01);
            // The image network that has everything is slow; the others show that it does not depend on how many steps there are.
            int steps = network.Input.Length > 200 ? 50 : 10_000;
            // The first wait for a lock that another thread holds costs the runtime an object, once, whenever that is; steps that allocate
            // would do so in each measurement.
            long least = long.MaxValue;
            for (int measurement = 0; measurement < 3 && least > 0; measurement++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < steps; i++)
                    engine.Step(data, indices, 0.01);
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }
            Assert.Equal(0, least);
        }
    }

    [Fact]
    public void A_run_has_the_same_bits_on_any_number_of_threads()
    {
        // Every activation there is, each behind a dense layer wide enough that its work is shared.
        IEnumerable<Layer> layers = Activations.SelectMany(activation => new[] { new Dense(150), activation });
        Network network = Network.Chain([150], [.. layers, new Dropout(0.1), new Dense(3)]);
        DataSet data = Examples(network.Input, 150, 3);
        TrainingResult Run(int threads) =>
            network.Run(
                data,
                new Training
                {
                    Loss = Loss.CrossEntropy,
                    Optimizer = Optimizer.Adam(0.001),
                    Regularization = new(0, 1e-4),
                    Epochs = 3,
                    Batch = 64,
                    Threads = threads,
                }
            );
        TrainingResult one = Run(1);
        Assert.Equal(StopReason.Epochs, one.Stopped);
        foreach (int threads in (int[])[2, 3])
        {
            TrainingResult other = Run(threads);
            for (int i = 0; i < one.Model.Values.Count; i++)
                Assert.Equal(Bits(one.Model.Values[i]), Bits(other.Model.Values[i]));
            for (int i = 0; i < one.History.Count; i++)
                Assert.Equal((one.History[i].Loss, one.History[i].Train), (other.History[i].Loss, other.History[i].Train));
        }
    }

    [Fact]
    public void An_output_does_not_depend_on_the_batch_around_it()
    {
        Network network = Network.Chain([37], [.. Activations.SelectMany(activation => new[] { new Dense(37), activation }), new Dense(5)]);
        using var pool = new WorkerPool(2);
        var parameters = new ParameterBlock(network, Start(network), training: false);
        var random = new Random(4);
        float[] sample = [.. Enumerable.Range(0, 37).Select(_ => random.NextSingle() * 2 - 1)];
        float[]? alone = null;
        foreach (int batch in (int[])[1, 2, 5, 6, 7, 13, 200])
        {
            var plan = new Plan(network, parameters, batch, training: false, pool, _ => 0);
            foreach (int place in (int[])[0, batch / 2, batch - 1])
            {
                for (int i = 0; i < plan.Input.Length; i++)
                    plan.Input.Span[i] = random.NextSingle() * 100 - 50;
                sample.CopyTo(plan.Input.Span[(place * 37)..]);
                plan.Forward();
                Assert.Equal(alone ??= plan.Output.Span[..5].ToArray(), plan.Output.Span.Slice(place * 5, 5).ToArray());
            }
        }
    }

    [Fact]
    public void An_image_s_output_does_not_depend_on_the_batch_around_it()
    {
        Network network = Network.Parse(
            "9x7x3 -> conv 20 3x3 pad same stride 2x1 relu -> batchnorm -> conv 6 3x2 groups 2 -> maxpool 2 ceil -> avgpool 2 stride 1 -> dense 5"
        );
        using var pool = new WorkerPool(2);
        var parameters = new ParameterBlock(network, Start(network), training: false);
        var random = new Random(4);
        int length = (int)network.Input.Length;
        float[] sample = [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() * 2 - 1)];
        float[]? alone = null;
        foreach (int batch in (int[])[1, 2, 7, 60])
        {
            var plan = new Plan(network, parameters, batch, training: false, pool, _ => 0);
            foreach (int place in (int[])[0, batch / 2, batch - 1])
            {
                for (int i = 0; i < plan.Input.Length; i++)
                    plan.Input.Span[i] = random.NextSingle() * 100 - 50;
                sample.CopyTo(plan.Input.Span[(place * length)..]);
                plan.Forward();
                Assert.Equal(alone ??= plan.Output.Span[..5].ToArray(), plan.Output.Span.Slice(place * 5, 5).ToArray());
            }
        }
    }

    [Theory]
    [InlineData("32x32x3 -> conv 20 3x3 pad same relu -> maxpool 2 -> dense 20 relu -> dense 5")]
    [InlineData("32x32x3 -> conv 20 3x3 pad same relu -> globalavgpool")]
    [InlineData("128x128 -> flatten -> dense 5")]
    public void A_prediction_does_not_depend_on_how_many_are_asked_for(string notation)
    {
        var model = Model.Create(Network.Parse(notation));
        (int inputs, int outputs) = ((int)model.Network.Input.Length, (int)model.Network.Output.Length);
        const int most = 300;
        var random = new Random(5);
        float[] samples = [.. Enumerable.Range(0, most * inputs).Select(_ => random.NextSingle() * 2 - 1)];
        float[] alone = new float[most * outputs];
        for (int s = 0; s < most; s++)
            model.Predict(samples.AsSpan(s * inputs, inputs), alone.AsSpan(s * outputs, outputs), 1);
        // whole slices of images, slices and a rest, more than are taken at once
        foreach (int count in (int[])[2, 16, 17, 64, 100, 256, most])
        foreach (int threads in (int[])[1, 2])
        {
            float[] together = new float[count * outputs];
            model.Predict(samples.AsSpan(0, count * inputs), together, threads);
            Assert.Equal(alone[..(count * outputs)], together);
        }
    }

    [Fact]
    public void A_layer_without_a_kernel_trains_as_its_twin_with_one()
    {
        DataSet data = Examples([20], 60, 3);
        Network with = Network.Chain([20], new Dense(24), Activation.Sigmoid, new Dense(3)),
            without = Network.Chain([20], new Plain(new Dense(24)), Activation.Sigmoid, new Plain(new Dense(3)));
        Agree(Run(with, data), Run(without, data), 2e-6);
        Agree(Run(with, data), Run(without, data, inDouble: true), 2e-5);
    }

    [Fact]
    public void Images_of_several_channels_train_as_in_the_reference()
    {
        DataSet data = Examples(Shape.Image(3, 4, 3), 40, 2);
        foreach (
            Network network in (Network[])
                [
                    Network.Chain(data.InputShape, new Flatten(), new Dense(2)),
                    Network.Chain(data.InputShape, new ChannelScale(), Activation.Sigmoid, new Dense(6), Activation.Sigmoid, new Dense(2)),
                    Network.Chain(data.InputShape, Activation.Sigmoid, new ChannelScale(), new Flatten(), new Dense(2)),
                ]
        )
        {
            Model single = Run(network, data);
            Agree(single, Run(network, data, inDouble: true), 2e-5);
            // and what was trained predicts alike, one example at a time
            float[] input = [.. data[7].Input.Select(v => (float)v)];
            IReadOnlyList<ParameterValues> values = single.Values;
            using var pool = new WorkerPool(1);
            var reference = new Longhand.Reference.ReferenceRun<Float64>(
                network,
                [.. network.Parameters.Select((p, i) => values[i].Grid(p.Parameter, k => new Float64(values[i].Double(k))))],
                new Grid<Float64>([.. input.Select(v => new Float64(v))], [1, .. network.Input.MemoryOrder()])
            );
            reference.Forward();
            float[] output = single.Predict(input);
            for (int j = 0; j < output.Length; j++)
                Assert.Equal(reference.Output[0, j].Value, output[j], 1e-5);
        }
    }

    [Fact]
    public void Joins_softmax_and_dropout_train_as_in_the_reference()
    {
        DataSet images = Examples(Shape.Image(4, 5, 3), 40, 3),
            vectors = Examples([9], 40, 3);
        foreach (
            (string notation, DataSet data) in ((string, DataSet)[])
                [
                    (
                        "4x5x3 -> conv 6 3x3 pad same as a -> tanh -> conv 6 1x1 -> add a -> softmax -> concat a -> logsoftmax -> dense 3",
                        images
                    ),
                    ("4x5x3 -> conv 5 1x1 -> dropout 0.4 -> tanh -> dense 3", images),
                    (
                        "9 -> dense 21 as a -> tanh -> dense 21 -> add a -> softmax -> concat a -> dropout 0.3 -> dense 3 -> logsoftmax",
                        vectors
                    ),
                ]
        )
            Agree(Run(Network.Parse(notation), data), Run(Network.Parse(notation), data, inDouble: true), 4e-5);
    }

    [Fact]
    public void What_is_not_needed_at_once_shares_its_memory()
    {
        string deep = "32 -> " + string.Join(" -> ", Enumerable.Repeat("dense 32 gelu", 20));
        Network network = Network.Parse(deep);
        using var pool = new WorkerPool(1);
        var parameters = new ParameterBlock(network, Start(network), training: true);
        // Input and output stay; between them two values are alive at a time.
        Assert.InRange(new Plan(network, parameters, 8, training: false, pool, _ => 0).Length, 3 * 256, 4 * 256);
        // All values and what gelu's slope reads, but of the gradients only two at a time.
        Assert.InRange(new Plan(network, parameters, 8, training: true, pool, _ => 0).Length, 41 * 256, 44 * 256);
    }

    [Fact]
    public void A_value_that_shares_memory_may_have_several_readers()
    {
        // The flatten of a vector is the vector itself; the gradients of its two readers meet where the dense layer wrote it.
        Network network = new NetworkBuilder([6])
            .Add(new Dense(5))
            .Add(new Flatten())
            .As("flat")
            .Add(new Dense(5))
            .Add(Activation.Sigmoid)
            .Add(new Add(), "flat")
            .Add(new Dense(3))
            .Build();
        DataSet data = Examples([6], 30, 3);
        Agree(Run(network, data), Run(network, data, inDouble: true), 2e-5);
    }

    [Fact]
    public void A_penalty_is_finite_where_padding_is_not()
    {
        // 0/0 in the padding behind three weights, with ε = 0, is nobody's weight.
        Network network = Network.Chain([3], new Dense(1, bias: false));
        TrainingResult result = network.Run(
            Examples([3], 8, 1),
            new Training
            {
                Loss = Loss.HalfMeanSquaredError,
                Optimizer = Optimizer.Adam(0.01, epsilon: 0),
                Regularization = new(0, 0.01),
                Epochs = 2,
            }
        );
        Assert.True(double.IsFinite(result.History[^1].Penalty));
    }

    [Fact]
    public void Too_large_a_batch_is_refused_in_words()
    {
        Network network = Network.Parse("100000 -> dense 100000 nobias");
        using var pool = new WorkerPool(1);
        var small = new ParameterBlock(Network.Parse("1 -> dense 1"), Start(Network.Parse("1 -> dense 1")), training: false);
        Assert.Throws<LonghandException>(() => new Plan(network, small, 1 << 20, training: false, pool, _ => 0));
    }

    private static Model Run(Network network, DataSet data, bool inDouble = false) =>
        network
            .Run(
                data,
                new Training
                {
                    Loss = network.Output[0] == 1 ? Loss.HalfMeanSquaredError : Loss.CrossEntropy,
                    Optimizer = Optimizer.Sgd(0.2, 0.5),
                    Epochs = 4,
                    Batch = 16,
                    Threads = 2,
                    DoublePrecision = inDouble,
                }
            )
            .Model;

    private static void Agree(Model a, Model b, double tolerance)
    {
        for (int p = 0; p < a.Values.Count; p++)
        for (int i = 0; i < a.Values[p].Length; i++)
            Assert.Equal(a.Values[p].Double(i), b.Values[p].Double(i), tolerance * (1 + Math.Abs(b.Values[p].Double(i))));
    }

    private static int[] Bits(ParameterValues values) => [.. values.ToSingles().Select(BitConverter.SingleToInt32Bits)];

    private static IReadOnlyList<ParameterValues> Start(Network network) =>
        Model.InitialValues(
            network,
            Initializer.PyTorch,
            new RandomStream(1, RandomStream.Weights),
            new Dictionary<string, ParameterValues>()
        );

    private static DataSet Examples(Shape input, int count, int classes)
    {
        var random = new Random(count);
        int width = (int)input.Length;
        float[] x = [.. Enumerable.Range(0, count * width).Select(_ => random.NextSingle() * 2 - 1)];
        return new(Rows.Of(x, width), input, [.. Enumerable.Range(0, count).Select(_ => random.Next(Math.Max(2, classes)))]);
    }

    // A layer that has nothing but its declaration.
    private sealed class Plain(Layer twin) : Layer
    {
        public override string Kind => "plain";
        public override string Notation => "plain";

        public override Shape Output(IReadOnlyList<Shape> inputs) => twin.Output(inputs);

        public override IReadOnlyList<Parameter> Parameters(IReadOnlyList<Shape> inputs) => twin.Parameters(inputs);

        public override void Forward<T>(Pass<T> p) => twin.Forward(p);

        public override void Backward<T>(Pass<T> p) => twin.Backward(p);
    }

    // y = wx with one weight for each channel of an image.
    private sealed class ChannelScale : Layer
    {
        public override string Kind => "scale";
        public override string Notation => "scale";

        public override Shape Output(IReadOnlyList<Shape> inputs) => inputs[0];

        public override IReadOnlyList<Parameter> Parameters(IReadOnlyList<Shape> inputs) => [new("weight", [inputs[0].Channels])];

        public override void Forward<T>(Pass<T> p)
        {
            for (int s = 0; s < p.Batch; s++)
            for (int c = 0; c < p.X.Size(1); c++)
            for (int i = 0; i < p.X.Size(2); i++)
            for (int j = 0; j < p.X.Size(3); j++)
                p.Y[s, c, i, j] = p["weight"][c] * p.X[s, c, i, j];
        }

        public override void Backward<T>(Pass<T> p)
        {
            for (int c = 0; c < p.X.Size(1); c++)
            {
                T sum = T.Fraction(0, 1);
                for (int s = 0; s < p.Batch; s++)
                for (int i = 0; i < p.X.Size(2); i++)
                for (int j = 0; j < p.X.Size(3); j++)
                {
                    sum += p.DY[s, c, i, j] * p.X[s, c, i, j];
                    p.DX[s, c, i, j] = p["weight"][c] * p.DY[s, c, i, j];
                }
                p.Gradient("weight")[c] = sum;
            }
        }
    }
}
