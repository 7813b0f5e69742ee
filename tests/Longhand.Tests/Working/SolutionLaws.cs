using System.Text;
using System.Text.Json;
using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Reference;
using Longhand.Working;

namespace Longhand.Tests.Working;

/// <summary>What holds of every worked solution, over random networks of all layers, activations, losses and optimizers there are.</summary>
public class SolutionLaws
{
    private static int Networks => Environment.GetEnvironmentVariable("LONGHAND_FULL") == "1" ? 2000 : 200;

    [Fact]
    public void Every_line_reads_back_and_a_digit_changed_two_places_up_does_not()
    {
        int lines = 0,
            changed = 0,
            caught = 0;
        for (int seed = 1; seed <= Networks; seed++)
        {
            Solution solution = Random(seed);
            var reader = new LineReader(solution.Request.Conventions.Digits);
            foreach (WorkingStep step in solution.Steps)
            {
                lines++;
                string? disagreement = reader.Disagreement(step.Numbers, step.Result);
                Assert.True(disagreement is null, $"seed {seed}, {step.Line}: {disagreement}");
                Assert.Equal(step.Line.Contains('≈'), !step.ResultIsExact || (!step.NumbersAreExact && step.Numbers != step.Symbolic));
                if (Altered(step.Result) is { } altered)
                {
                    changed++;
                    // Where nearly equal rounded numbers are subtracted, rounding itself can move more than two places: there, and
                    // nowhere else, the changed digit may pass.
                    bool refused = reader.Disagreement(step.Numbers, altered) is not null;
                    double allowed = reader.Allowance(step.Numbers, step.Result);
                    Assert.True(
                        refused || allowed >= 99 * Decimals.HalfUnit(Ascii(step.Result)),
                        $"seed {seed}, {step.Line}: {altered} would pass as well"
                    );
                    caught += refused ? 1 : 0;
                }
            }
        }
        Assert.True(
            lines > 10 * Networks && changed > lines / 3 && caught > 0.95 * changed,
            $"{lines} lines, {changed} changed, {caught} caught"
        );
    }

    [Fact]
    public void Every_value_is_that_of_the_reference_to_the_bit()
    {
        for (int seed = 1; seed <= Networks / 2; seed++)
        {
            Solution solution = Random(seed);
            Network network = solution.Model.Network;
            int samples = solution.Request.Inputs.Count;
            Grid<Float64>[] parameters =
            [
                .. network.Parameters.Select(
                    (p, i) => solution.Model.Values[i].Grid(p.Parameter, k => new Float64(solution.Model.Values[i].Double(k)))
                ),
            ];
            var input = new Grid<Float64>(
                [.. solution.Request.Inputs.SelectMany(row => row.Select(v => new Float64((double)v)))],
                [samples, .. network.Input.MemoryOrder()]
            );
            Grid<Float64> output = new ReferenceRun<Float64>(
                network,
                parameters,
                input,
                solution.Request.Training,
                node => new MaskKey(MaskKey.Of(solution.Request.Seed, node), 0)
            ).Forward();
            Assert.Equal(output.ToArray().Select(v => v.Value), solution.Output.ToArray().Select(v => v.Value));
        }
    }

    [Fact]
    public void Each_line_uses_lines_that_stand_before_it_and_has_a_key_of_its_own()
    {
        for (int seed = 1; seed <= 50; seed++)
        {
            Solution solution = Random(seed);
            var before = new HashSet<string>();
            foreach (WorkingStep step in solution.Steps)
            {
                Assert.All(step.Uses, id => Assert.Contains(id, before));
                Assert.True(before.Add(step.Id));
            }
            Assert.Equal(solution.Steps.Count, solution.Steps.Select(s => (s.Key, s.Update, s.Name)).Distinct().Count());
        }
    }

    [Fact]
    public void The_json_has_the_promised_fields_and_a_batch_level_just_when_the_input_has_one()
    {
        foreach (bool batch in (bool[])[false, true])
        {
            Network network = Network.Parse("2 -> dense 3 sigmoid -> dense 1");
            Solution solution = Solution.Explain(
                Model.Create(network),
                new ExplainRequest
                {
                    Inputs =
                    [
                        [1, 2],
                    ],
                    Targets =
                    [
                        [1],
                    ],
                    Loss = Loss.HalfMeanSquaredError,
                    Optimizer = Optimizer.Sgd(0.1),
                    IsBatch = batch,
                }
            );
            using JsonDocument json = Json(solution);
            JsonElement root = json.RootElement;
            JsonElement output = root.GetProperty("output");
            Assert.Equal(batch ? JsonValueKind.Array : JsonValueKind.Number, output[0].ValueKind);
            Assert.Equal(solution.Output[0, 0].Value, (batch ? output[0] : output)[0].GetDouble());
            Assert.Equal(
                ["dense1", "sigmoid1", "dense2"],
                root.GetProperty("layers").EnumerateArray().Select(l => l.GetProperty("name").GetString())
            );
            JsonElement gradients = root.GetProperty("gradients");
            Assert.Equal(3, gradients.GetProperty("dense1.weight").GetArrayLength());
            Assert.Equal(2, gradients.GetProperty("dense1.weight")[0].GetArrayLength());
            Assert.Equal(batch ? 1 : 2, gradients.GetProperty("input").GetArrayLength());
            JsonElement step = root.GetProperty("steps")[0];
            Assert.Equal(1, step.GetProperty("step").GetInt32());
            Assert.Equal(root.GetProperty("loss").GetDouble(), step.GetProperty("loss").GetDouble());
            Assert.Equal(1, step.GetProperty("parameters").GetProperty("dense2.bias").GetArrayLength());
            foreach (JsonElement line in root.GetProperty("working").EnumerateArray())
            foreach (string field in (string[])["id", "section", "name", "rule", "symbolic", "numbers", "value", "uses"])
                Assert.True(line.TryGetProperty(field, out _), field);
        }
    }

    private static JsonDocument Json(Solution solution)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            solution.WriteJson(writer);
        return JsonDocument.Parse(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private static string Ascii(string numeral) => numeral.Replace('−', '-');

    // The third digit from the end, one higher (or lower): two places above the last.
    private static string? Altered(string result)
    {
        int exponent = result.IndexOf('e', StringComparison.Ordinal);
        string digits = exponent < 0 ? result : result[..exponent];
        int[] places = [.. Enumerable.Range(0, digits.Length).Where(i => char.IsAsciiDigit(digits[i]))];
        if (places.Length < 3)
            return null;
        char[] text = result.ToCharArray();
        int at = places[^3];
        text[at] = text[at] == '9' ? '8' : (char)(text[at] + 1);
        return new string(text);
    }

    internal static Solution Random(int seed)
    {
        var random = new RandomStream((ulong)seed, "working");
        string[] parts = [.. Layer.Kinds.All.Where(k => k.Name != "flatten").SelectMany(k => k.Examples)];
        Loss[] losses = [.. Loss.Kinds.All.SelectMany(k => k.Examples.Select(Loss.Parse))];
        string[] optimizers = [.. Optimizer.Kinds.All.SelectMany(k => k.Examples)];
        var builder = new NetworkBuilder(
            random.Below(2) == 0 ? [1 + random.Below(3)] : [1 + random.Below(3), 1 + random.Below(3), 1 + random.Below(2)]
        );
        for (int i = random.Below(3); i >= 0; i--)
            AddAny();
        builder.Add(new Dense(1 + random.Below(3)));
        if (random.Below(2) == 0)
            AddAny();
        Network network = builder.Build();
        int samples = 1 + random.Below(2);
        if (network.Nodes.Any(n => n.Layer.RefuseToTrainOn(samples, [network.ShapeOf(n.Inputs[0])]) is not null))
            samples = 2;
        Loss[] fitting = [.. losses.Where(loss => loss.Refuse(network.Range, network.Output) is null)];
        return Solution.Explain(
            Model.Create(
                network,
                network.Parameters.ToDictionary(
                    p => p.Name,
                    p => new ParameterValues(
                        p.Parameter,
                        // Some as typed, some as long as training leaves them.
                        [
                            .. Enumerable
                                .Range(0, (int)p.Parameter.Length)
                                .Select(_ => p.Parameter.Trainable ? Number(random) : Magnitude(Number(random))),
                        ]
                    )
                )
            ),
            new ExplainRequest
            {
                Inputs =
                [
                    .. Enumerable
                        .Range(0, samples)
                        .Select(_ => Enumerable.Range(0, (int)network.Input.Length).Select(_ => Number(random)).ToArray()),
                ],
                Classes = [.. Enumerable.Range(0, samples).Select(_ => random.Below(Math.Max(2, network.Output[0])))],
                Loss = fitting.Length == 0 ? null : fitting[random.Below(fitting.Length)],
                Optimizer = Optimizer.Parse(optimizers[random.Below(optimizers.Length)]),
                Steps = 1 + random.Below(2),
                Regularization = random.Below(3) == 0 ? new(0.01, 0.02) : Regularization.None,
                Conventions = Conventions.PyTorch with { Digits = 4 + random.Below(5), ReluDerivativeAtZero = random.Below(3) / 2.0 },
                Seed = (ulong)seed,
                IsBatch = samples > 1,
                Training = random.Below(4) > 0,
            }
        );

        // Most layers read most shapes; one that does not is passed over.
        void AddAny()
        {
            while (true)
                try
                {
                    builder.Add(Layer.Kinds.Parse(parts[random.Below(parts.Length)]));
                    if (builder.CurrentShape.Length <= 24)
                        return;
                }
                catch (ShapeException) { }
        }
    }

    // A running variance is none below 0.
    private static Rational Magnitude(Rational number) => number < 0 ? -number : number;

    private static Rational Number(RandomStream random) =>
        random.Below(3) switch
        {
            0 => Rational.FromDouble(random.Normal()),
            1 => Rational.Of(random.Below(41) - 20, 10),
            _ => Rational.Of(random.Below(11) - 5, 1),
        };
}
