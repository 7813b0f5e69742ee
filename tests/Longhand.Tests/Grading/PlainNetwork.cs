using System.Globalization;
using System.Text;

namespace Longhand.Tests.Grading;

/// <summary>
/// A small network of dense layers, computed in plain loops over doubles that share nothing with the library, right or with a slip in it: what
/// a student would write, line by line.
/// </summary>
internal sealed class PlainNetwork
{
    private readonly Random random;
    private readonly int[] sizes;
    private readonly double[][,] weights;
    private readonly double[][] biases;
    private readonly string hidden,
        last,
        loss;
    private readonly double[][] inputs,
        targets;
    private readonly double rate;

    // The line in which a slip of one line is made, and what else it needs to know.
    private readonly int place;
    private int target = -1;
    private List<(string Key, double Value)> lines = [];
    private string slip = "";
    private int site;

    public PlainNetwork(int seed)
    {
        random = new Random(seed);
        int layers = random.Next(2, 4);
        sizes = [.. Enumerable.Range(0, layers + 1).Select(_ => random.Next(2, 4))];
        hidden = new[] { "sigmoid", "tanh", "relu" }[random.Next(3)];
        (last, loss) = random.Next(4) switch
        {
            0 => ("sigmoid", "bce"),
            1 => ("softmax", "cross-entropy-probs"),
            2 => ("sigmoid", "half-mse"),
            _ => ("identity", new[] { "mse", "sse", "half-mse" }[random.Next(3)]),
        };
        Samples = random.Next(2) == 0 ? 1 : 3;
        weights = [.. Enumerable.Range(0, layers).Select(l => Matrix(sizes[l + 1], sizes[l]))];
        biases = [.. Enumerable.Range(0, layers).Select(l => Vector(sizes[l + 1]))];
        inputs = [.. Enumerable.Range(0, Samples).Select(_ => Vector(sizes[0]))];
        targets = [.. Enumerable.Range(0, Samples).Select(_ => Target(sizes[^1]))];
        rate = new[] { 0.1, 0.5, 0.05 }[random.Next(3)];
        place = random.Next(1000);
    }

    public int Samples { get; }

    /// <summary>What is gone on with of a value that has been written down: all of it, or what rounding leaves.</summary>
    public Func<double, double> Carry { get; set; } = value => value;

    public int Layers => weights.Length;

    /// <summary>The slips that can be made in this network.</summary>
    public IEnumerable<string> Slips
    {
        get
        {
            string[] all =
            [
                "bias-forgotten",
                "activation-forgotten",
                "derivative-forgotten",
                "derivative-at-output",
                "updated-weights",
                "weights-transposed",
                "input-before-activation",
                "sign",
                "factor-two",
                "factor-half",
                "ascent",
                "rate-forgotten",
                "term-left-out",
                "path-left-out",
                "neighbour",
                "decimal-point",
                "rounded-early",
            ];
            IEnumerable<(string Slip, bool Can)> more =
            [
                ("derivative-at-input", hidden is "sigmoid" or "tanh"),
                ("not-averaged", Samples > 1 && loss != "sse"),
                ("example-left-out", Samples > 1),
                ("log-base-ten", loss is "bce" or "cross-entropy-probs"),
                ("softmax-not-normalised", last == "softmax"),
            ];
            return all.Concat(more.Where(m => m.Can).Select(m => m.Slip));
        }
    }

    /// <summary>The experiment file.</summary>
    public string Experiment
    {
        get
        {
            var text = new StringBuilder($"network: {sizes[0]}");
            for (int l = 0; l < Layers; l++)
                text.Append(CultureInfo.InvariantCulture, $" -> dense {sizes[l + 1]} {(l < Layers - 1 ? hidden : last)}");
            text.Append("\nweights:\n");
            for (int l = 0; l < Layers; l++)
                text.Append(CultureInfo.InvariantCulture, $"  dense{l + 1}.weight: {List(Rows(weights[l]).Select(List))}\n")
                    .Append(CultureInfo.InvariantCulture, $"  dense{l + 1}.bias: {List(biases[l])}\n");
            text.Append($"input: {(Samples == 1 ? List(inputs[0]) : List(inputs.Select(List)))}\n");
            text.Append($"target: {(Samples == 1 ? List(targets[0]) : List(targets.Select(List)))}\n");
            return text.Append(CultureInfo.InvariantCulture, $"loss: {loss}\noptimizer: sgd lr={rate}\n").ToString();
        }
    }

    /// <summary>All lines in the order of the working, with a slip in them; "" for none.</summary>
    /// <param name="made">The slip.</param>
    /// <param name="at">The layer in which it is made; for a slip in one line the number of the line.</param>
    public List<(string Key, double Value)> Work(string made, int at)
    {
        (slip, site, lines) = (made, at, []);
        target = at;
        var z = new double[Layers][][];
        var h = new double[Layers + 1][][];
        h[0] = inputs;
        for (int l = 0; l < Layers; l++)
        {
            z[l] = Array(Samples, s => Array(sizes[l + 1], j => Sum(l, h[l][s], j)));
            Write($"dense{l + 1}.output", z[l]);
            h[l + 1] = Array(Samples, s => Activate(l, z[l][s]));
            Write($"{Name(l)}.output", h[l + 1]);
        }
        double value = Loss(h[Layers]);
        if (slip == "log-base-ten")
            value /= Math.Log(10);
        if (slip == "not-averaged" && site == 0)
            value *= Samples;
        Write("loss", value);
        Back(z, h);
        return lines;
    }

    private void Back(double[][][] z, double[][][] h)
    {
        double[][] d = Array(Samples, s => Array(sizes[^1], j => LossSlope(h[Layers], s, j)));
        var steps = new List<(string Key, double Weight, double Gradient)>();
        for (int l = Layers - 1; l >= 0; l--)
        {
            Write($"{Name(l)}.outputGradient", d);
            double[][] dz = Array(Samples, s => Deactivate(l, z[l][s], h[l + 1][s], d[s]));
            Write($"dense{l + 1}.outputGradient", dz);
            double[][] read = slip == "input-before-activation" && site == l && l > 0 ? z[l - 1] : h[l];
            int forgotten = slip == "example-left-out" && site == l ? place % Samples : -1;
            var dw = new double[sizes[l + 1], sizes[l]];
            var db = new double[sizes[l + 1]];
            for (int j = 0; j < sizes[l + 1]; j++)
            for (int s = 0; s < Samples; s++)
            {
                if (s == forgotten)
                    continue;
                db[j] += dz[s][j];
                for (int i = 0; i < sizes[l]; i++)
                    dw[j, i] += dz[s][j] * read[s][i];
            }
            for (int j = 0; j < sizes[l + 1]; j++)
            for (int i = 0; i < sizes[l]; i++)
                dw[j, i] = Write($"gradients.dense{l + 1}.weight[{j}][{i}]", dw[j, i]);
            for (int j = 0; j < sizes[l + 1]; j++)
                db[j] = Write($"gradients.dense{l + 1}.bias[{j}]", db[j]);
            d = Array(Samples, s => Array(sizes[l], i => BackSum(l, dz[s], dw, i)));
        }
        Write("gradients.input", d);
    }

    private double Sum(int l, double[] x, int j)
    {
        double sum = slip == "bias-forgotten" && site == l ? 0 : biases[l][j];
        for (int i = 0; i < x.Length; i++)
            if (!(slip == "term-left-out" && site == l && place % x.Length == i))
                sum += Weight(l, j, i) * x[i];
        return sum;
    }

    private double BackSum(int l, double[] dz, double[,] dw, int i)
    {
        double sum = 0;
        for (int j = 0; j < dz.Length; j++)
            if (!(slip == "path-left-out" && site == l && place % dz.Length == j))
                sum += dz[j] * (slip == "updated-weights" && site == l ? weights[l][j, i] - rate * dw[j, i] : Weight(l, j, i));
        return sum;
    }

    private double Weight(int l, int j, int i) =>
        slip == "weights-transposed" && site == l
            ? weights[l][(i * sizes[l + 1] + j) / sizes[l], (i * sizes[l + 1] + j) % sizes[l]]
            : weights[l][j, i];

    private double[] Activate(int l, double[] z)
    {
        string kind = l < Layers - 1 ? hidden : last;
        if (slip == "activation-forgotten" && site == l && kind != "softmax")
            return [.. z];
        if (kind != "softmax")
            return Array(z.Length, j => Phi(kind, z[j]));
        double sum = slip == "softmax-not-normalised" ? 1 : z.Sum(Math.Exp);
        return Array(z.Length, j => Math.Exp(z[j]) / sum);
    }

    private double[] Deactivate(int l, double[] z, double[] h, double[] d)
    {
        string kind = l < Layers - 1 ? hidden : last;
        if (kind == "softmax")
            return Array(z.Length, j => h[j] * (d[j] - Enumerable.Range(0, z.Length).Sum(k => d[k] * h[k])));
        if (slip == "derivative-forgotten" && site == l)
            return [.. d];
        if (slip == "derivative-at-output" && site == l)
            return Array(z.Length, j => d[j] * Slope(kind, Phi(kind, h[j]), h[j]));
        if (slip == "derivative-at-input" && site == l)
            return Array(z.Length, j => d[j] * Slope(kind, z[j], z[j]));
        return Array(z.Length, j => d[j] * Slope(kind, h[j], z[j]));
    }

    private static double Phi(string kind, double z) =>
        kind switch
        {
            "sigmoid" => 1 / (1 + Math.Exp(-z)),
            "tanh" => Math.Tanh(z),
            "relu" => z > 0 ? z : 0,
            _ => z,
        };

    private static double Slope(string kind, double h, double z) =>
        kind switch
        {
            "sigmoid" => h * (1 - h),
            "tanh" => 1 - h * h,
            "relu" => z > 0 ? 1 : 0,
            _ => 1,
        };

    private double Loss(double[][] o)
    {
        double sum = 0;
        for (int s = 0; s < Samples; s++)
        for (int j = 0; j < sizes[^1]; j++)
            sum += loss switch
            {
                "bce" => -(targets[s][j] * Math.Log(o[s][j]) + (1 - targets[s][j]) * Math.Log(1 - o[s][j])) / sizes[^1],
                "cross-entropy-probs" => -targets[s][j] * Math.Log(o[s][j]),
                "half-mse" => 0.5 * (o[s][j] - targets[s][j]) * (o[s][j] - targets[s][j]),
                "mse" => (o[s][j] - targets[s][j]) * (o[s][j] - targets[s][j]) / sizes[^1],
                _ => (o[s][j] - targets[s][j]) * (o[s][j] - targets[s][j]),
            };
        return loss == "sse" ? sum : sum / Samples;
    }

    private double LossSlope(double[][] o, int s, int j)
    {
        double e = o[s][j] - targets[s][j],
            slope = loss switch
            {
                "bce" => e / (o[s][j] * (1 - o[s][j])) / sizes[^1],
                "cross-entropy-probs" => -targets[s][j] / o[s][j],
                "half-mse" => e,
                "mse" => 2 * e / sizes[^1],
                _ => 2 * e,
            };
        if (loss != "sse" && !(slip == "not-averaged" && site > 0))
            slope /= Samples;
        return slope;
    }

    /// <summary>The updates of all parameters, from their gradients as they were written.</summary>
    public IEnumerable<(string Key, double Value)> Updates(IReadOnlyDictionary<string, double> gradients, string made)
    {
        for (int l = 0; l < Layers; l++)
        {
            for (int j = 0; j < sizes[l + 1]; j++)
            for (int i = 0; i < sizes[l]; i++)
                yield return Update($"dense{l + 1}.weight[{j}][{i}]", weights[l][j, i]);
            for (int j = 0; j < sizes[l + 1]; j++)
                yield return Update($"dense{l + 1}.bias[{j}]", biases[l][j]);
        }

        (string, double) Update(string name, double weight)
        {
            double step = gradients[$"gradients.{name}"] * (made == "rate-forgotten" ? 1 : rate);
            return ($"steps[0].parameters.{name}", made == "ascent" ? weight + step : weight - step);
        }
    }

    private void Write(string key, double[][] values)
    {
        double[] all = [.. values.SelectMany(row => row)];
        for (int s = 0; s < values.Length; s++)
        for (int j = 0; j < values[s].Length; j++)
        {
            if (slip == "neighbour" && lines.Count == target)
                values[s][j] = all[(s * values[s].Length + j + 1 + place % (all.Length - 1)) % all.Length];
            values[s][j] = Write($"{key}{(Samples > 1 ? $"[{s}]" : "")}[{j}]", values[s][j]);
        }
    }

    // What is written is gone on with.
    private double Write(string key, double value)
    {
        if (lines.Count == target)
            value *= slip switch
            {
                "sign" => -1,
                "factor-two" => 2,
                "factor-half" => 0.5,
                "decimal-point" => place % 2 == 0 ? 10 : 0.1,
                "rounded-early" => 1 + (2 + place % 5) * 1e-3,
                _ => 1,
            };
        value = Carry(value);
        lines.Add((key, value));
        return value;
    }

    private string Name(int l) =>
        l == Layers - 1
            ? last == hidden
                ? $"{last}{Layers}"
                : $"{last}1"
            : $"{hidden}{l + 1}";

    private double[] Target(int outputs)
    {
        if (last != "softmax")
            return Array(outputs, _ => random.Next(1, 100) / 100.0);
        int first = random.Next(10, 40);
        return outputs == 2 ? [first / 100.0, (100 - first) / 100.0] : [first / 100.0, 0.25, (75 - first) / 100.0];
    }

    private double[] Vector(int n) => Array(n, _ => Number());

    private double[,] Matrix(int rows, int columns)
    {
        var matrix = new double[rows, columns];
        for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++)
            matrix[i, j] = Number();
        return matrix;
    }

    private double Number() => random.Next(5, 120) / 100.0 * (random.Next(3) == 0 ? -1 : 1);

    private static IEnumerable<double[]> Rows(double[,] m) =>
        Enumerable.Range(0, m.GetLength(0)).Select(i => Array(m.GetLength(1), j => m[i, j]));

    private static T[] Array<T>(int n, Func<int, T> at) => [.. Enumerable.Range(0, n).Select(at)];

    private static string List(IEnumerable<double> values) => List(values.Select(v => v.ToString(CultureInfo.InvariantCulture)));

    private static string List(IEnumerable<string> values) => $"[{string.Join(", ", values)}]";
}
