using Longhand.Experiments;
using Longhand.Numbers;
using Longhand.Tests.Formats;
using Xunit;

namespace Longhand.Tests.Experiments;

/// <summary>The experiment file: defaults, every key, exact numbers.</summary>
public class ExperimentTests
{
    private static Experiment Read(string text) => Experiment.Read(text, "test.yaml", Directory.GetCurrentDirectory());

    private static Rational Number(string text) => Rational.Parse(text);

    [Fact]
    public void Everything_but_the_network_has_a_default()
    {
        Experiment experiment = Read("network: 2 -> dense 1\n");
        Assert.Equal("pytorch", experiment.Initializer.Notation);
        Assert.Equal("sgd lr=0.1", experiment.Optimizer.Notation);
        Assert.False(experiment.HasOptimizer);
        Assert.Equal(10, experiment.Settings.Epochs);
        Assert.Equal(32, experiment.Settings.Batch);
        Assert.True(experiment.Settings.Shuffle);
        Assert.Null(experiment.Settings.Split);
        Assert.Equal(0, experiment.Settings.Validation);
        Assert.Equal(1UL, experiment.Settings.Seed);
        Assert.False(experiment.Settings.DoublePrecision);
        Assert.True(experiment.Settings.MeasureEachEpoch);
        Assert.Equal(Environment.ProcessorCount, experiment.Settings.Threads);
        Assert.Equal(6, experiment.Digits);
        Assert.False(experiment.Inference);
        Assert.Equal("pytorch", experiment.Conventions.Name);
        Assert.True(experiment.Regularization.IsNone);
        Assert.Null(experiment.Loss);
        Assert.Null(experiment.DataText);
    }

    [Fact]
    public void Every_key_is_read()
    {
        Experiment experiment = Read(
            """
            network: [2, dense 2 sigmoid, dense 2 sigmoid]
            weights:
              dense1.weight: [[0.15, 1/3], [2e-3, -.5]]
            names: {dense1.weight: U}
            input: [0.05, 0.1]
            target: [0.01, 0.99]
            loss: half-mse
            optimizer: adam lr=0.01
            data: circle n=20
            init: constant=0.5
            regularization: l2 0.001
            train: {epochs: 500, batch: all, shuffle: false, split: 0.5, validation: 1/10, seed: 18446744073709551615, threads: 2, precision: f64, measure: end}
            conventions: {preset: textbook, relu-derivative-at-zero: 1/2, digits: 4}
            mode: inference
            digits: 9
            """
        );
        ParameterValues weight = experiment.Weights["dense1.weight"];
        Assert.Equal(
            [Number("3/20"), Number("1/3"), Number("1/500"), Number("-1/2")],
            Enumerable.Range(0, 4).Select(i => weight.Exact(i)!.Value)
        );
        Assert.Equal("U", experiment.Names["dense1.weight"]);
        Assert.Equal([Number("1/20"), Number("1/10")], Assert.Single(experiment.Input!.Rows));
        Assert.False(experiment.Input.IsBatch);
        Assert.Equal([Number("1/100"), Number("99/100")], Assert.Single(experiment.Target!.Rows));
        Assert.Equal("half-mse", experiment.Loss!.Notation);
        Assert.Equal("adam lr=0.01", experiment.Optimizer.Notation);
        Assert.True(experiment.HasOptimizer);
        Assert.Equal("circle n=20", experiment.DataText);
        Assert.Equal("constant=0.5", experiment.Initializer.Notation);
        Assert.Equal(0.001, experiment.Regularization.L2);
        TrainSettings expected = new()
        {
            Epochs = 500,
            Batch = 0,
            Shuffle = false,
            Split = 0.5,
            Validation = 0.1,
            Seed = ulong.MaxValue,
            Threads = 2,
            DoublePrecision = true,
            MeasureEachEpoch = false,
        };
        Assert.Equal(expected, experiment.Settings);
        Assert.Equal("textbook", experiment.Conventions.Name);
        Assert.Equal(0.5, experiment.Conventions.ReluDerivativeAtZero);
        Assert.Equal(9, experiment.Digits);
        Assert.True(experiment.Inference);
        Assert.Equal(0.5, experiment.CreateModel()["dense2.bias"][0]);
    }

    [Fact]
    public void Json_is_the_same()
    {
        Experiment experiment = Read(
            "{\"network\": \"2 -> dense 1\",\n \"weights\": {\"dense1.weight\": [[0.1, \"1/3\"]]}, \"input\": [[1, 2], [3, 4]], \"train\": {\"shuffle\": false}}"
        );
        Assert.Equal(Number("1/3"), experiment.Weights["dense1.weight"].Exact(1));
        Assert.Equal(Number("1/10"), experiment.Weights["dense1.weight"].Exact(0));
        Assert.True(experiment.Input!.IsBatch);
        Assert.Equal(2, experiment.Input.Rows.Count);
        Assert.False(experiment.Settings.Shuffle);
    }

    [Theory]
    [InlineData("network: 1 -> dense 1\ninput: 3\nloss: half-mse\ntarget: 5\n", "3", "5", false)]
    [InlineData("network: 1 -> dense 1\ninput: [3]\nloss: half-mse\ntarget: [5]\n", "3", "5", false)]
    [InlineData("network: 1 -> dense 1\ninput: [[3]]\nloss: half-mse\ntarget: [5]\n", "3", "5", true)]
    [InlineData("network: 1 -> dense 3\ninput: 3\nloss: cross-entropy\ntarget: 1\n", "3", "0 1 0", false)]
    [InlineData("network: 1 -> dense 2 tanh\ninput: 3\nloss: half-mse\ntarget: 1\n", "3", "-1 1", false)]
    [InlineData("network: 2x2 -> dense 1\ninput: [[1, 2], [3, 4]]\nloss: mse\ntarget: 0\n", "1 2 3 4", "0", false)]
    [InlineData("network: 2x2 -> dense 1\ninput: [[[1, 2], [3, 4]]]\nloss: mse\ntarget: 0\n", "1 2 3 4", "0", false)]
    [InlineData("network: 2x2 -> dense 1\ninput: [[[[1, 2], [3, 4]]]]\nloss: mse\ntarget: [0]\n", "1 2 3 4", "0", true)]
    public void Input_and_target_take_every_form(string text, string input, string target, bool batch)
    {
        Experiment experiment = Read(text);
        Assert.Equal(input.Split(' ').Select(t => Number(t)), experiment.Input!.Rows[0]);
        Assert.Equal(target.Split(' ').Select(t => Number(t)), experiment.Target!.Rows[0]);
        Assert.Equal(batch, experiment.Input.IsBatch);
        Assert.Equal(batch, experiment.Target.IsBatch);
    }

    [Fact]
    public void Features_of_an_input_are_exact()
    {
        Experiment experiment = Read("network: 4 -> dense 1\ninput: [0.1, 0.2]\nfeatures: [x, x2, x*y, x1^2 - y/3]\n");
        Assert.Equal([Number("1/10"), Number("1/5"), Number("1/50"), Number("-17/300")], experiment.Input!.Rows[0]);
    }

    [Fact]
    public void Features_of_data_replace_their_columns()
    {
        Experiment experiment = Read("network: 2 -> dense 1\nloss: bce-logits\ndata: circle n=20\nfeatures: [\"x*x + y*y\", sin(x1)]\n");
        ExperimentData data = experiment.LoadData();
        DataSet plain = Data.Circle(20).Slice(0, 16);
        Assert.Equal(["x*x + y*y", "sin(x1)"], data.Train.InputNames);
        Assert.Equal(["x", "y"], data.Columns);
        for (int i = 0; i < plain.Count; i++)
        {
            double[] from = plain[i].Input;
            Assert.Equal([from[0] * from[0] + from[1] * from[1], Math.Sin(from[0])], data.Train[i].Input);
            Assert.Equal(plain[i].Class, data.Train[i].Class);
        }
    }

    [Theory]
    [InlineData("circle n=100", "", 80, 0, 20)]
    [InlineData("circle n=100", "split: 0.5, validation: 0.2", 40, 10, 50)]
    [InlineData("circle n=100", "split: 1", 100, 0, 0)]
    [InlineData("boolean \"A xor B\"", "", 4, 0, 0)]
    [InlineData("boolean \"A xor B\"", "split: 0.5", 2, 0, 2)]
    public void Shares_are_cut_off(string data, string train, int learned, int held, int tested)
    {
        ExperimentData parts = Read($"network: 2 -> dense 1\nloss: bce-logits\ndata: {data}\ntrain: {{{train}}}\n").LoadData();
        Assert.Equal(learned, parts.Train.Count);
        Assert.Equal(held, parts.Validation?.Count ?? 0);
        Assert.Equal(tested, parts.Test?.Count ?? 0);
    }

    [Fact]
    public void The_playgrounds_data_are_cut_as_they_come()
    {
        ExperimentData parts = Read("network: 2 -> dense 1\nloss: bce-logits\ndata: spiral n=50\ntrain: {split: 0.5}\n").LoadData();
        DataSet all = Data.Spiral(50);
        Assert.Equal(all[0].Input, parts.Train[0].Input);
        Assert.Equal(all[25].Input, parts.Test![0].Input);
    }

    [Fact]
    public void The_playgrounds_convention_sets_what_is_left_open()
    {
        Experiment experiment = Read("network: 2 -> dense 4 tanh -> dense 1 tanh\ndata: circle\nconventions: playground\n");
        Training training = experiment.ToTraining(experiment.LoadData());
        Assert.Equal("half-mse", training.Loss.Notation);
        Assert.Equal("playground", training.Initializer.Notation);
        Assert.Equal("sgd lr=0.03", training.Optimizer.Notation);
        Assert.Equal(10, training.Batch);
        Assert.True(training.Conventions.PlaygroundTraining);
    }

    [Fact]
    public void Examples_in_the_file_can_be_trained_on()
    {
        Experiment experiment = Read("network: 1 -> dense 2\ninput: [[1], [2], [3]]\ntarget: [0, 1, 1]\nloss: cross-entropy\n");
        ExperimentData data = experiment.LoadData();
        Assert.Equal([0, 1, 1], data.Train.Classes());
        Assert.Null(data.Test);
    }

    [Fact]
    public void Weights_come_from_a_model_file_beside_the_experiment()
    {
        using var folder = new TemporaryFolder();
        Model model = Model.Create(Network.Parse("2 -> dense 3"), seed: 5);
        model.Save(folder.File("m.safetensors"));
        File.WriteAllText(folder.File("e.yaml"), "network: 2 -> dense 3\nweights: m.safetensors\n");
        Assert.Equal(model["dense1.weight"].Data, Experiment.Load(folder.File("e.yaml")).CreateModel()["dense1.weight"].Data);
        File.WriteAllText(folder.File("f.yaml"), "network: 3 -> dense 3\nweights: m.safetensors\n");
        Assert.Contains(
            "f.yaml, line 2, column 10: ",
            Assert.Throws<LonghandException>(() => Experiment.Load(folder.File("f.yaml"))).Message
        );
    }

    [Fact]
    public void A_million_numbers_are_read()
    {
        string rows = string.Join(", ", Enumerable.Repeat($"[{string.Join(", ", Enumerable.Repeat("0.5", 1000))}]", 1000));
        Experiment experiment = Read($"network: 1000 -> dense 1000\nweights: {{dense1.weight: [{rows}]}}\n");
        Assert.Equal(1_000_000, experiment.Weights["dense1.weight"].Length);
    }

    [Fact]
    public void Whatever_is_cut_off_or_changed_is_refused_in_words()
    {
        string text = File.ReadAllText(Path.Combine(Golden.Root, "samples", "hand-worked.yaml"));
        var random = new Random(1);
        for (int i = 0; i < 400; i++)
        {
            int at = random.Next(text.Length);
            string changed =
                i % 2 == 0 ? text[..at] : text.Remove(at, 1).Insert(at, "[]{}:,\"'&*!|>%@`\t#-?\u00e9\n"[random.Next(22)].ToString());
            try
            {
                Read(changed);
            }
            catch (LonghandException e)
            {
                Assert.StartsWith("test.yaml", e.Message);
            }
        }
    }

    [Theory]
    [InlineData("mnist")]
    [InlineData("cifar10")]
    [InlineData("fashion folder")]
    public void Data_whose_folder_may_be_left_out_are_written_down_again(string data) =>
        Assert.Contains(
            $"data: {data}\n",
            Experiment.Read($"network: 28x28 -> dense 10\ndata: {data}\nloss: cross-entropy\n", "e.yaml", "/tmp").ToText()
        );
}
