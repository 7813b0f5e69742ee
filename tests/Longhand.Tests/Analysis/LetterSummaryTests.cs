using System.Globalization;
using System.Numerics;
using Longhand.Analysis;
using Longhand.Numbers;
using Xunit;

namespace Longhand.Tests.Analysis;

/// <summary>Summaries of networks whose sizes are letters.</summary>
public class LetterSummaryTests
{
    private static Summary Of(string text, int bytes = 4) => Summary.Of(Network.ParseWithLetters(text), bytesPerNumber: bytes);

    [Fact]
    public void What_must_be_kept_is_a_formula_under_both_counts()
    {
        Summary summary = Of("n -> dense m -> dense r sigmoid -> dense s", 2);
        Assert.Equal("2·(m + n + r)", summary.MemoryFormula.Stored.ToFactoredString());
        Assert.Equal("2·(m + r + s)", summary.MemoryFormula.StoredByCourse.ToFactoredString());
        Assert.Equal(["x", "dense1", "sigmoid1"], summary.KeptValues.Select(summary.NameOf));
        Assert.Equal(["m·n + m", "m·r + r", "0", "r·s + s"], summary.Layers.Select(layer => layer.ParameterFormula.ToString()));
        Assert.Equal("m·n + m·r + r·s + m + r + s", summary.ParameterFormula.ToString());
        Assert.Equal("m·n + m·r + r·s", summary.MultiplicationFormula.ToString());
        var network = Network.ParseWithLetters(
            "n -> dense m -> dense r sigmoid -> dense s",
            new Dictionary<string, int>
            {
                ["n"] = 7,
                ["m"] = 5,
                ["r"] = 3,
                ["s"] = 2,
            }
        );
        Assert.Equal("7 -> dense 5 -> dense 3 sigmoid -> dense 2", network.ToString());
        Assert.Equal(2 * (7 + 5 + 3), Summary.Of(network, bytesPerNumber: 2).Memory.Stored);
        Assert.Equal(2 * (5 + 3 + 2), (long)Summary.Of(network, bytesPerNumber: 2).MemoryFormula.StoredByCourse.Number!);
    }

    [Theory]
    [InlineData("hxwxc -> conv k 3x5 pad same", "h×w×k", "15·c·k + k")]
    [InlineData("hxwxc -> conv k 3x5", "(h − 2)×(w − 4)×k", "15·c·k + k")]
    [InlineData("hxw -> conv 4 3 pad 1/0/2/1 dilation 2 nobias", "(h − 1)×(w − 3)×4", "36")]
    [InlineData("hxwxc -> avgpool 3 stride 1 pad 1 -> batchnorm -> globalavgpool", "1×1×c", "2·c")]
    [InlineData("hxwxc -> dense n1", "n1", "c·h·n1·w + n1")]
    [InlineData("n as a -> dense m as b -> concat a -> dense 2", "2", "m·n + 3·m + 2·n + 2")]
    [InlineData("n -> dense m as b -> dense m relu -> add b", "m", "m² + m·n + 2·m")]
    [InlineData("n -> dense K sigmoid -> mixture", "1", "K·n + 2·K")]
    [InlineData("8x8x3 -> conv k 3x3 stride 2 pad 1 swish learn -> maxpool 2", "2×2×k", "28·k + 1")]
    public void Shapes_and_parameters_are_formulas(string text, string output, string parameters)
    {
        Summary summary = Of(text);
        Assert.Equal(output, summary.Network.Output.ToString());
        Assert.Equal(parameters, summary.ParameterFormula.ToString());
        Assert.Equal(text.Contains("8x8"), !summary.Network.Input.HasLetters);
    }

    [Fact]
    public void A_formula_comes_to_what_the_network_with_numbers_has()
    {
        var random = new Random(5);
        for (int round = 0; round < 200; round++)
        {
            string text = random.Next(2) == 0 ? Chain(random) : Images(random);
            Summary formulas = Of(text);
            var numbers = new Dictionary<string, int> { ["h"] = random.Next(12, 30), ["w"] = random.Next(12, 30) };
            foreach (string letter in (string[])["n", "m", "r", "s"])
                numbers[letter] = random.Next(1, 40);
            // In place of each letter its number, as a person would write it; the words of the notation have more than one letter.
            string plain = string.Join(
                ' ',
                text.Split(' ')
                    .Select(word =>
                        string.Join(
                            'x',
                            word.Split('x')
                                .Select(part =>
                                    numbers.TryGetValue(part, out int number) ? number.ToString(CultureInfo.InvariantCulture) : part
                                )
                        )
                    )
            );
            Summary whole = Summary.Of(Network.Parse(plain));
            void Same(BigInteger expected, Polynomial formula) => Assert.True(expected == formula.At(numbers), $"{text}: {formula}");
            Assert.Equal(whole.KeptValues, formulas.KeptValues);
            for (int k = 0; k < whole.Layers.Count; k++)
            {
                (LayerSummary a, LayerSummary b) = (whole.Layers[k], formulas.Layers[k]);
                Assert.Equal(a.Node.Name, b.Node.Name);
                Assert.Equal(a.Stored, b.Stored);
                for (int i = 0; i < a.Node.Output.Rank; i++)
                    Same(a.Node.Output[i], b.Node.Output.Size(i).Formula);
                Same(a.Parameters, b.ParameterFormula);
                Same(a.Weights, b.WeightFormula);
                Same(a.Biases, b.BiasFormula);
                Same(a.Multiplications, b.MultiplicationFormula);
                Same(a.OutputBytes, b.OutputByteFormula);
            }
            Same(whole.Network.ParameterCount, formulas.ParameterFormula);
            Same(whole.Multiplications, formulas.MultiplicationFormula);
            Same(whole.Memory.Parameters, formulas.MemoryFormula.Parameters);
            Same(whole.Memory.Forward, formulas.MemoryFormula.Forward);
            Same(whole.Memory.Stored, formulas.MemoryFormula.Stored);
            Same(whole.MemoryFormula.StoredByCourse.Number!.Value, formulas.MemoryFormula.StoredByCourse);
        }
    }

    [Theory]
    [InlineData("n -> dense x", "a number belongs where \"x\" stands")]
    [InlineData("hidden -> dense 2", "single letter other than x")]
    [InlineData("x -> dense 2", "single letter other than x")]
    [InlineData("hxw -> conv 3 3x3 stride 2", "h/2 rounded")]
    [InlineData("16xw -> maxpool 2", "take a number for the columns")]
    [InlineData("8x8xc -> conv 4 3 groups 2", "take numbers for its channels (c) and filters (4)")]
    [InlineData("8x8x4 -> conv k 3 groups 2", "take numbers for its channels (4) and filters (k)")]
    [InlineData("8x8xc -> conv c 3 depthwise", "take numbers for its channels (c)")]
    [InlineData("hxw -> conv 2 k", "size of the window is \"k\"")]
    [InlineData("n -> dense m as a -> dense k -> add a", "but was given k and m")]
    [InlineData("n -> k * (dense 2)", "unknown layer \"k\"")]
    public void What_may_not_be_a_letter_is_refused(string text, string part) =>
        Assert.Contains(part, Assert.ThrowsAny<LonghandException>(() => Of(text)).Message);

    [Fact]
    public void Only_a_summary_reads_letters()
    {
        Assert.Contains(
            "Letters as sizes are for summary alone",
            Assert.Throws<LonghandException>(() => Network.Parse("n -> dense 2")).Message
        );
        Assert.Contains(
            "letters as sizes are for summary alone",
            Assert.Throws<LonghandException>(() => Network.Parse("2 -> dense m")).Message
        );
        Network letters = Network.ParseWithLetters("n -> dense m");
        Assert.True(letters.HasLetters);
        Assert.Throws<LonghandException>(() => letters.ParameterCount);
        Assert.Contains("summary alone", Assert.Throws<LonghandException>(() => Model.Create(letters)).Message);
        Assert.Throws<LonghandException>(() => Collapse.Run(letters, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains(
            "Its letters are m, n.",
            Assert
                .Throws<LonghandException>(() => Network.ParseWithLetters("n -> dense m", new Dictionary<string, int> { ["q"] = 1 }))
                .Message
        );
    }

    private static string Any(Random random, params string[] of) => of[random.Next(of.Length)];

    private static string Chain(Random random)
    {
        string text = Any(random, "n", "m", "5");
        string size = text;
        for (int i = random.Next(1, 6); i > 0; i--)
        {
            size = Any(random, "n", "m", "r", "s", "3");
            string name = $"v{i}";
            text += random.Next(6) switch
            {
                0 => $" -> dense {size} as {name} -> dense {size} tanh -> add {name}",
                1 => $" -> dense {size} relu as {name} -> dense m -> concat {name}",
                2 => $" -> dense {size} nobias -> batchnorm -> relu",
                3 => $" -> dense {size} sigmoid -> dropout 0.5",
                4 => $" -> dense {size} softmax",
                _ => $" -> dense {size}",
            };
        }
        return text + Any(random, "", " -> mixture", " -> dense 1");
    }

    private static string Images(Random random)
    {
        string text = $"{Any(random, "h", "16")}x{Any(random, "w", "17")}x{Any(random, "n", "3")}";
        for (int i = random.Next(1, 4); i > 0; i--)
            text += random.Next(5) switch
            {
                0 => " -> batchnorm",
                1 => $" -> {Any(random, "maxpool", "avgpool")} 3 stride 1 pad {Any(random, "1", "valid", "same", "0x1")}",
                2 => $" -> conv {Any(random, "m", "4")} 3x3 pad same as a{i} -> conv r 1x1 relu -> concat a{i}",
                _ =>
                    $" -> conv {Any(random, "m", "r", "2")} {Any(random, "3x2", "1", "2")} pad {Any(random, "1", "valid", "same", "2/0/1/3")} dilation {Any(random, "1", "2", "1x2")}{Any(random, "", " nobias")}",
            };
        return text + Any(random, "", " -> globalavgpool", " -> flatten", " -> dense s");
    }
}
