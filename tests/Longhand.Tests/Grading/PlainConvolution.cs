using System.Globalization;

namespace Longhand.Tests.Grading;

/// <summary>A small convolution with pooling, computed forward in plain loops, with a slip in it.</summary>
internal static class PlainConvolution
{
    private const int Size = 5,
        Kernel = 2,
        Filters = 2,
        Map = Size - Kernel + 1,
        Pooled = Map / 2;

    private static readonly string[] slips =
    [
        "kernel-flipped",
        "bias-forgotten",
        "activation-forgotten",
        "avgpool-for-maxpool",
        "maxpool-for-avgpool",
        "neighbour",
        "sign",
    ];

    public static (string Experiment, string Slip, string Key, List<(string Key, string Text)> Answers)? Slipped(int seed)
    {
        var random = new Random(seed);
        string slip = slips[random.Next(slips.Length)];
        bool isMax = slip != "maxpool-for-avgpool" && (slip == "avgpool-for-maxpool" || random.Next(2) == 0);
        double[,] image = Numbers(random, Size, Size);
        double[][,] kernels = [.. Enumerable.Range(0, Filters).Select(_ => Numbers(random, Kernel, Kernel))];
        double[] bias = [.. Enumerable.Range(0, Filters).Select(_ => random.Next(-9, 10) / 10.0)];
        int target = random.Next(Filters * Map * Map);
        List<(string Key, double Value)> clean = Work(""),
            lines = Work(slip);
        int first = Enumerable.Range(0, lines.Count).FirstOrDefault(i => Math.Abs(lines[i].Value - clean[i].Value) > 1e-2, -1);
        if (first < 0)
            return null;
        string text = $$"""
            network: {{Size}}x{{Size}} -> conv {{Filters}} {{Kernel}}x{{Kernel}} relu -> {{(isMax ? "maxpool" : "avgpool")}} 2
            weights:
              conv1.weight: {{List(kernels.Select(k => $"[{Rows(k)}]"))}}
              conv1.bias: {{List(bias.Select(Text))}}
            input: [{{Rows(image)}}]
            """;
        return (text, slip, lines[first].Key, [.. lines.Select(l => (l.Key, GraderTests.Text(Math.Round(l.Value, 6), 6, random.Next())))]);

        List<(string, double)> Work(string made)
        {
            var written = new List<(string, double)>();
            var maps = new double[Filters][,];
            for (int f = 0; f < Filters; f++)
            {
                maps[f] = new double[Map, Map];
                for (int i = 0; i < Map; i++)
                for (int j = 0; j < Map; j++)
                {
                    double sum = made == "bias-forgotten" ? 0 : bias[f];
                    for (int a = 0; a < Kernel; a++)
                    for (int b = 0; b < Kernel; b++)
                        sum +=
                            image[i + a, j + b]
                            * (made == "kernel-flipped" ? kernels[f][Kernel - 1 - a, Kernel - 1 - b] : kernels[f][a, b]);
                    maps[f][i, j] = sum;
                }
            }
            double[] all = [.. maps.SelectMany(m => m.Cast<double>())];
            for (int n = 0; n < all.Length; n++)
            {
                ref double value = ref maps[n / (Map * Map)][n / Map % Map, n % Map];
                if (n == target)
                    value = made switch
                    {
                        "sign" => -value,
                        "neighbour" => all[(n + 1) % all.Length],
                        _ => value,
                    };
                written.Add(($"conv1.output[{n / (Map * Map)}][{n / Map % Map}][{n % Map}]", value));
            }
            foreach (double[,] map in maps)
                for (int i = 0; i < Map; i++)
                for (int j = 0; j < Map; j++)
                    map[i, j] = made == "activation-forgotten" ? map[i, j] : Math.Max(0, map[i, j]);
            for (int n = 0; n < all.Length; n++)
                written.Add(
                    ($"relu1.output[{n / (Map * Map)}][{n / Map % Map}][{n % Map}]", maps[n / (Map * Map)][n / Map % Map, n % Map])
                );
            bool takesMax = made switch
            {
                "avgpool-for-maxpool" => false,
                "maxpool-for-avgpool" => true,
                _ => isMax,
            };
            for (int f = 0; f < Filters; f++)
            for (int i = 0; i < Pooled; i++)
            for (int j = 0; j < Pooled; j++)
            {
                double[] window =
                [
                    maps[f][2 * i, 2 * j],
                    maps[f][2 * i, 2 * j + 1],
                    maps[f][2 * i + 1, 2 * j],
                    maps[f][2 * i + 1, 2 * j + 1],
                ];
                written.Add(($"{(isMax ? "maxpool" : "avgpool")}1.output[{f}][{i}][{j}]", takesMax ? window.Max() : window.Average()));
            }
            return written;
        }
    }

    private static double[,] Numbers(Random random, int rows, int columns)
    {
        var numbers = new double[rows, columns];
        for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++)
            numbers[i, j] = random.Next(-20, 21) / 10.0;
        return numbers;
    }

    private static string Rows(double[,] m) =>
        List(Enumerable.Range(0, m.GetLength(0)).Select(i => List(Enumerable.Range(0, m.GetLength(1)).Select(j => Text(m[i, j])))));

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static string List(IEnumerable<string> values) => $"[{string.Join(", ", values)}]";
}
