using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Working;

namespace Longhand.Tests.Working;

/// <summary>Worked solutions of random networks of all layers, activations, losses and optimizers there are, and their lines altered.</summary>
internal static class RandomSolution
{
    public static Solution Of(int seed, Func<ExplainRequest, ExplainRequest>? change = null)
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
            (change ?? (request => request))(
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
            )
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

    public static string Ascii(string numeral) => numeral.Replace('−', '-');

    // The third digit from the end, one higher (or lower): two places above the last.
    public static string? Altered(string result)
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
}
