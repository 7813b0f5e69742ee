using Longhand.Kernels;
using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Plans;

namespace Longhand.Tests.Kernels;

/// <summary>Tests that turn a switch of the whole process: nothing else runs beside them.</summary>
[CollectionDefinition(nameof(Switches), DisableParallelization = true)]
public sealed class Switches;

/// <summary>The tiny way against the way of matrix products and against the reference, in lanes of either width.</summary>
[Collection(nameof(Switches))]
public sealed unsafe class TinyTests : IDisposable
{
    private readonly bool wide = LaneWidth.Is512;

    public static TheoryData<string, bool> Networks
    {
        get
        {
            var data = new TheoryData<string, bool>();
            string[] activations =
            [
                .. Layer.Kinds.All.SelectMany(k => k.Examples).Where(text => Layer.Kinds.Parse(text).Kernel is not null),
            ];
            foreach (bool wide in (bool[])[false, true])
            {
                data.Add("2 -> dense 2 relu -> dense 1", wide);
                data.Add("3 -> dense 5 -> dense 7 tanh nobias -> dense 2".Replace(" tanh nobias", " nobias tanh"), wide);
                data.Add("7 -> dense 8 tanh -> dense 8 tanh -> dense 8 tanh -> dense 1 tanh", wide);
                data.Add("2 -> dense 100 relu -> dense 1", wide);
                data.Add("17 -> dense 33 sigmoid -> dense 4", wide);
                foreach (string activation in activations)
                    data.Add($"3 -> dense 6 -> {activation} -> dense 3", wide);
            }
            return data;
        }
    }

    public void Dispose()
    {
        LaneWidth.Is512 = wide;
        TinyPlan.IsAllowed = true;
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_step_is_that_of_matrix_products(string notation, bool wideLanes)
    {
        LaneWidth.Is512 = wide && wideLanes;
        Network network = Network.Parse(notation);
        int outputs = network.Output[0];
        using var pool = new WorkerPool(1);
        var random = new Random(3);
        foreach (int batch in (int[])[1, 2, 3, 8, 10, 16, 17, 31, 32, 33, 50])
        {
            ParameterBlock tinyParameters = Parameters(network),
                parameters = Parameters(network);
            Assert.True(TinyPlan.Fits(network, batch));
            var tiny = new TinyPlan(network, tinyParameters, batch, training: true);
            var plan = new Plan(network, parameters, batch, training: true, pool, _ => 0);
            int lanes = LaneWidth.Count;
            tiny.Examples.Span.Fill(0.5f);
            for (int s = 0; s < batch; s++)
            for (int i = 0; i < network.Input[0]; i++)
                plan.Input.Span[s * network.Input[0] + i] = tiny.Examples.Span[((s / lanes * tiny.Columns) + i) * lanes + s % lanes] =
                    random.NextSingle() * 2 - 1;
            tiny.Forward();
            plan.Forward();
            tiny.OutputGradient!.Span.Clear();
            for (int s = 0; s < batch; s++)
            for (int j = 0; j < outputs; j++)
            {
                int at = ((s / lanes * outputs) + j) * lanes + s % lanes;
                Close(plan.Output.Span[s * outputs + j], tiny.Output.Span[at]);
                plan.OutputGradient!.Span[s * outputs + j] = tiny.OutputGradient.Span[at] = random.NextSingle() - 0.5f;
            }
            tiny.Backward();
            plan.Backward();
            for (int i = 0; i < parameters.TrainableLength; i++)
                Close(parameters.Results.Span[i], tinyParameters.Results.Span[i]);
        }

        static void Close(float expected, float found) => Assert.Equal(expected, found, 2e-5 * (1 + Math.Abs(expected)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_run_follows_the_reference(bool wideLanes)
    {
        LaneWidth.Is512 = wide && wideLanes;
        foreach (string loss in (string[])["mse", "half-mse", "sse", "huber", "bce-logits", "hinge"])
        {
            TrainingResult Run(bool inDouble) =>
                Network
                    .Parse("2 -> dense 6 tanh -> dense 1")
                    .Run(
                        Data.Moons(75),
                        new Training
                        {
                            Loss = Loss.Parse(loss),
                            Optimizer = Optimizer.Adam(0.005),
                            Epochs = 4,
                            Batch = 10,
                            DoublePrecision = inDouble,
                        }
                    );
            TrainingResult single = Run(false),
                precise = Run(true);
            for (int epoch = 0; epoch <= 4; epoch++)
                Assert.Equal(
                    precise.History[epoch].Train!.Loss,
                    single.History[epoch].Train!.Loss,
                    1e-4 * (1 + precise.History[0].Train!.Loss)
                );
        }
    }

    // In one call the same happens as one after the other: the same bits, whatever rule, loss, optimizer and penalty are put together.
    [Theory]
    [InlineData("2 -> dense 2 relu -> dense 1", "mse", "sgd", false)]
    [InlineData("2 -> dense 4 tanh -> dense 2 tanh -> dense 1 tanh", "half-mse", "sgd lr=0.1 momentum=0.9", true)]
    [InlineData("3 -> dense 5 sigmoid -> dense 4 relu -> dense 3 tanh -> dense 2", "sse", "adam", false)]
    [InlineData("4 -> dense 7 relu -> dense 3", "cross-entropy", "rmsprop", true)]
    [InlineData("9 -> dense 40 leakyrelu slope=0.1 -> dense 3 leakyrelu slope=0.2 -> dense 1", "bce-logits", "sgd", true)]
    [InlineData("5 -> dense 6 nobias -> tanh -> dense 2", "huber", "adam", false)]
    public void A_step_in_one_call_is_the_same_to_the_bit(string notation, string loss, string optimizer, bool penalized)
    {
        Network network = Network.Parse(notation);
        var options = new Training
        {
            Loss = Loss.Parse(loss),
            Optimizer = Optimizer.Parse(optimizer),
            Regularization = penalized ? new Regularization(0.01, 0.02) : Regularization.None,
        };
        var random = new Random(4);
        var data = new DataSet(Random(network.Input[0]), Random(network.Output[0]));
        using var pool = new WorkerPool(1);
        foreach (bool wideLanes in (bool[])[false, true])
        foreach (int batch in (int[])[1, 7, 16, 19])
        {
            LaneWidth.Is512 = wide && wideLanes;
            LossKernel kernel = LossKernel.For(options.Loss);
            var blocks = new float[2][];
            var sums = new double[2];
            foreach (bool apart in (bool[])[false, true])
            {
                ParameterBlock parameters = Parameters(network);
                var update = new UpdateWork(parameters, options, pool);
                var plan = new TinyPlan(network, parameters, batch, training: true);
                var stage = new TinyStage(network, options.Loss, kernel, plan, apart ? null : update);
                var targets = new Targets(network, options.Loss, data);
                int[] chosen = [.. Enumerable.Range(0, batch).Select(i => i * 7 % 20)];
                for (int step = 0; step < 3; step++)
                    sums[apart ? 1 : 0] += stage.Step(data, chosen, targets, update, 0.05);
                blocks[apart ? 1 : 0] = parameters.Values.Span.ToArray();
            }
            Assert.Equal(sums[0], sums[1]);
            Assert.Equal(blocks[0], blocks[1]);
        }

        float[][] Random(int width) =>
            [.. Enumerable.Range(0, 20).Select(_ => (float[])[.. Enumerable.Range(0, width).Select(_ => random.NextSingle())])];
    }

    [Fact]
    public void Examples_too_many_to_be_kept_as_rows_train_alike()
    {
        Network network = Network.Parse("2 -> dense 3 tanh -> dense 1");
        LossKernel kernel = LossKernel.For(Loss.HalfMeanSquaredError);
        var few = new DataSet(
            (float[][])
                [
                    [1, 2],
                    [3, -1],
                    [0, 1],
                ],
            (float[][])
                [
                    [1],
                    [0],
                    [1],
                ]
        );
        var many = new DataSet(
            Rows.Of([.. Enumerable.Range(0, 6_000_000).Select(i => new float[] { 1, 2, 3, -1, 0, 1 }[i % 6])], 2),
            null,
            Rows.Of([.. Enumerable.Range(0, 3_000_000).Select(i => i % 3 == 1 ? 0f : 1f)], 1)
        );
        double[] sums =
        [
            .. ((DataSet[])[few, many]).Select(data =>
                new TinyStage(
                    network,
                    Loss.HalfMeanSquaredError,
                    kernel,
                    new TinyPlan(network, Parameters(network), 3, training: true)
                ).Forward(data, [0, 1, 2], new Targets(network, Loss.HalfMeanSquaredError, data), 0)
            ),
        ];
        Assert.Equal(sums[0], sums[1]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Losses_over_lanes_are_their_rules(bool wideLanes)
    {
        LaneWidth.Is512 = wide && wideLanes;
        foreach (Loss loss in Loss.Kinds.All.SelectMany(kind => kind.Examples).Select(Loss.Parse))
        foreach (int width in (int[])[1, 2, 3, 10, 20])
        foreach (int samples in (int[])[1, 2, 15, 16, 17, 40])
        {
            int count = width * samples;
            var random = new Random(width * 100 + samples);
            bool distribution = loss.Reads is LossReads.Distribution or LossReads.Probabilities;
            var outputs = new Guarded(count, 1, _ => distribution ? 0.05f + 0.9f * random.NextSingle() : 6 * random.NextSingle() - 3);
            var targets = new Guarded(count, 2, i => i / width % width == i % width ? 1 : 0);
            var gradients = new Guarded(count, 3);
            var losses = new Guarded(samples);
            var factors = new Guarded(samples, 4, i => 0.25f / (1 + i % 3));
            var room = new Guarded((int)LossKernel.Room(width));
            LossKernel kernel = LossKernel.For(loss);
            kernel.Rows(outputs.Pointer, targets.Pointer, gradients.Pointer, samples, width, factors.Pointer, losses.Pointer, room.Pointer);
            var found = new Grid<Float64>([.. outputs.ToArray().Select(v => new Float64(v))], samples, width);
            var wanted = new Grid<Float64>([.. targets.ToArray().Select(v => new Float64(v))], samples, width);
            var slopes = new Grid<Float64>(samples, width);
            for (int s = 0; s < samples; s++)
            {
                double value = loss.Value(found, wanted, s).Value;
                Assert.Equal(value, losses[s], 4e-6 * (1 + Math.Abs(value)));
                loss.Gradient(found, wanted, s, new Float64(factors[s]), slopes);
                for (int j = 0; j < width; j++)
                    Assert.Equal(slopes[s, j].Value, gradients[s * width + j], 4e-6 * (1 + Math.Abs(slopes[s, j].Value)));
            }
            // without gradients: the same losses
            float[] before = losses.ToArray();
            kernel.Rows(outputs.Pointer, targets.Pointer, null, samples, width, factors.Pointer, losses.Pointer, room.Pointer);
            Assert.Equal(before, losses.ToArray());
            foreach (Guarded buffer in (Guarded[])[outputs, targets, gradients, losses, factors, room])
                buffer.Check();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rows_are_summed_and_gathered_within_their_buffers(bool wideLanes)
    {
        LaneWidth.Is512 = wide && wideLanes;
        int lanes = LaneWidth.Count;
        for (int count = 0; count < 40; count++)
        {
            var rows = new Guarded(count * lanes, 1, i => i % 13 - 6);
            int padded = FloatBuffer.Padded(count);
            var sums = new Guarded(padded, 3);
            if (LaneWidth.Is512)
                Lanes512.SumRows(rows.Pointer, count, sums.Pointer);
            else
                Lanes.SumRows(rows.Pointer, count, sums.Pointer);
            // whole vectors of sums, zeros behind
            Assert.Equal([.. rows.ToArray().Chunk(lanes).Select(row => row.Sum()), .. new float[padded - count]], sums.ToArray());
            rows.Check();
            sums.Check();
        }
        for (int columns = 1; columns < 14; columns++)
        {
            int stride = (columns + 3) / 4 * 4,
                groups = 2;
            var rows = new Guarded(20 * stride, 0, i => i);
            var gathered = new Guarded(groups * columns * lanes);
            int[] indices = [.. Enumerable.Range(0, groups * lanes).Select(s => s * 7 % 20)];
            fixed (int* chosen = indices)
                TinyKernel.Gather(rows.Pointer, stride, chosen, groups, columns, gathered.Pointer);
            for (int s = 0; s < indices.Length; s++)
            for (int c = 0; c < columns; c++)
                Assert.Equal(indices[s] * stride + c, gathered[(s / lanes * columns + c) * lanes + s % lanes]);
            gathered.Check();
        }
    }

    private static ParameterBlock Parameters(Network network) =>
        new(
            network,
            Model.InitialValues(
                network,
                Initializer.PyTorch,
                new RandomStream(1, RandomStream.Weights),
                new Dictionary<string, ParameterValues>()
            ),
            training: true
        );
}
