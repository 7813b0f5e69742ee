using System.Globalization;
using System.Text.Json.Nodes;
using Longhand.Playground.Questions;

namespace Longhand.Playground.Tests;

/// <summary>What the bench of convolution is answered: results, sums and the matrix, against plain loops of the tests' own.</summary>
public sealed class ConvolutionQuestionTests
{
    private const string Image = "2,3,4,5;3,5,7,9;4,7,10,13;5,9,13,17|3,4,5,6;4,6,8,10;5,8,11,14;6,10,14,18";
    private const string Kernel = "0,1,0;1,-1,1;0,1,0|0,1,0;1,-2,1;0,1,0";

    private static JsonObject Ask(string about, JsonObject with)
    {
        var question = Question.Find(about);
        // As the page gets it.
        return JsonNode.Parse(question.Answer(new Asked(question, with.DeepClone().AsObject(), null)).ToJsonString())!.AsObject();
    }

    private static string Refused(string about, JsonObject with) => Assert.ThrowsAny<LonghandException>(() => Ask(about, with)).Message;

    [Fact]
    public void The_courses_image_becomes_the_courses_numbers()
    {
        var with = new JsonObject
        {
            ["input"] = Image,
            ["kernel"] = Kernel,
            ["pad"] = "same",
        };
        JsonObject answer = Ask("convolution", with);
        string[][] rows = [.. answer["result"]![0]!.AsArray().Select(row => row!.AsArray().Select(cell => (string)cell!).ToArray())];
        Assert.Equal(["6", "14"], rows[0].Take(2));
        Assert.Equal(["14", "27"], rows[1].Take(2));
        Assert.Equal("[1,1,1,1]", answer["padding"]!.ToJsonString());
        Assert.Equal(["3·3·2·1 = 18"], answer["parameters"]!.AsArray().Select(line => (string)line!));
        Assert.Equal("32·16 = 512", (string?)answer["dense"]);
        with["at"] = 5;
        JsonObject patch = Ask("patch", with);
        Assert.EndsWith("= 27", (string)patch["line"]!);
        Assert.Contains("− 1·5", (string)patch["line"]!);
        Assert.StartsWith("<math", (string)patch["html"]!);
        Assert.Equal(18, patch["terms"]!.AsArray().Count);
        Assert.Equal("[0,0,0,0]", patch["terms"]![0]!.ToJsonString());
    }

    [Fact]
    public void The_matrix_is_that_of_the_command_line_both_ways()
    {
        foreach (bool back in new[] { false, true })
        {
            JsonObject answer = Ask(
                "matrix",
                new JsonObject
                {
                    ["input"] = "1,2,3;4,5,6;7,8,9",
                    ["kernel"] = "1,-2;3,1/4",
                    ["pad"] = "1x0",
                    ["backward"] = back,
                }
            );
            using var output = new StringWriter();
            string[] command =
            [
                "matrix",
                "3x3 -> conv 1 2x2 pad 1x0 nobias",
                "--set",
                "conv1.weight=[[[[1,-2],[3,0.25]]]]",
                "--json",
                .. back ? ["--transpose"] : Array.Empty<string>(),
            ];
            using var error = new StringWriter();
            Assert.Equal(0, Cli.Cli.Run(command, TextReader.Null, output, error, cancellation: TestContext.Current.CancellationToken));
            JsonNode told = JsonNode.Parse(output.ToString())!;
            double[] weights = [1, -2, 3, 0.25];
            double[][] matrix =
            [
                .. answer["entries"]!
                    .AsArray()
                    .Select(line =>
                    {
                        double[] row = new double[(int)answer["columns"]!];
                        foreach (JsonNode? entry in line!.AsArray())
                            row[(int)entry![0]!] = weights[(int)entry[1]!];
                        return row;
                    }),
            ];
            Assert.Equal(told["matrix"]!.AsArray().Select(row => row!.AsArray().Select(cell => (double)cell!).ToArray()), matrix);
            Assert.Equal((int)told["nonzeros"]!, (int)answer["nonzeros"]!);
        }
    }

    [Fact]
    public void Fractions_stay_fractions_and_the_line_says_so()
    {
        var with = new JsonObject
        {
            ["input"] = "1,2;3,4",
            ["kernel"] = "1/3,1/3;1/3,1/3",
            ["bias"] = "1/2",
            ["at"] = 0,
        };
        Assert.Equal(
            "y = w₁₁x₁₁ + w₁₂x₁₂ + w₂₁x₂₁ + w₂₂x₂₂ + b = 1/3·1 + 1/3·2 + 1/3·3 + 1/3·4 + 1/2 = 23/6",
            (string?)Ask("patch", with)["line"]
        );
    }

    // Chosen at random, and computed by loops that share nothing with the library's.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Random_convolutions_are_what_plain_loops_find(int seed)
    {
        var random = new Random(seed);
        int channels = random.Next(1, 4),
            filters = random.Next(1, 4),
            height = random.Next(4, 8),
            width = random.Next(4, 8),
            kh = random.Next(1, 4),
            kw = random.Next(1, 4),
            sh = random.Next(1, 3),
            sw = random.Next(1, 3),
            dh = kh > 2 ? 1 : random.Next(1, 3),
            dw = random.Next(1, 2);
        int[] pad = [random.Next(3), random.Next(3), random.Next(3), random.Next(3)];
        bool flipped = random.Next(2) == 1;
        int[] x = Draw(channels * height * width),
            w = Draw(filters * channels * kh * kw),
            b = Draw(filters);
        int rows = (height + pad[0] + pad[2] - dh * (kh - 1) - 1) / sh + 1,
            columns = (width + pad[1] + pad[3] - dw * (kw - 1) - 1) / sw + 1;
        int[] dy = Draw(filters * rows * columns);
        double[] y = new double[filters * rows * columns],
            dx = new double[x.Length];
        for (int o = 0; o < filters; o++)
        for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++)
        {
            int at = (o * rows + i) * columns + j;
            y[at] = b[o];
            for (int c = 0; c < channels; c++)
            for (int m = 0; m < kh; m++)
            for (int n = 0; n < kw; n++)
            {
                int r = i * sh - pad[0] + m * dh,
                    s = j * sw - pad[1] + n * dw,
                    k = ((o * channels + c) * kh + (flipped ? kh - 1 - m : m)) * kw + (flipped ? kw - 1 - n : n);
                if (r < 0 || r >= height || s < 0 || s >= width)
                    continue;
                y[at] += w[k] * x[(c * height + r) * width + s];
                dx[(c * height + r) * width + s] += w[k] * dy[at];
            }
        }
        var with = new JsonObject
        {
            ["input"] = Text(x, 1, channels, height, width),
            ["kernel"] = Text(w, filters, channels, kh, kw),
            ["bias"] = string.Join(' ', b),
            ["stride"] = $"{sh}x{sw}",
            ["pad"] = string.Join('/', pad),
            ["dilation"] = $"{dh}x{dw}",
            ["flipped"] = flipped,
        };
        Check(y);
        with["backward"] = true;
        with["gradient"] = Text(dy, 1, filters, rows, columns);
        Check(dx);

        void Check(double[] expected)
        {
            JsonObject answer = Ask("convolution", with);
            Assert.Equal(expected, answer["values"]!.AsArray().Select(value => (double)value!));
            // The matrix, multiplied out here, finds the same.
            JsonObject matrix = Ask("matrix", with);
            bool back = with["backward"] is not null;
            int[] read = back ? dy : x;
            Assert.Equal(
                expected,
                matrix["entries"]!
                    .AsArray()
                    .Select(
                        (line, row) =>
                            (back ? 0 : b[row / (rows * columns)])
                            + line!.AsArray().Sum(entry => (double)w[(int)entry![1]!] * read[(int)entry[0]!])
                    )
            );
            Assert.Equal(true, (bool?)matrix["inSymbols"]);
            var patch = with.DeepClone().AsObject();
            foreach (int at in new[] { 0, expected.Length / 2, expected.Length - 1 })
            {
                patch["at"] = at;
                JsonObject answered = Ask("patch", patch);
                Assert.Equal(expected[at].ToString(CultureInfo.InvariantCulture).Replace('-', '−'), (string?)answered["value"]);
                double sum = back ? 0 : b[at / (rows * columns)];
                foreach (JsonNode? term in answered["terms"]!.AsArray())
                {
                    (int c, int r, int s, int k) = ((int)term![0]!, (int)term[1]!, (int)term[2]!, (int)term[3]!);
                    (int h, int v) = back ? (rows, columns) : (height, width);
                    if (r >= 0 && r < h && s >= 0 && s < v)
                        sum += (double)w[k] * read[(c * h + r) * v + s];
                }
                Assert.Equal(expected[at], sum);
            }
        }

        int[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(-9, 10))];
    }

    private static string Text(int[] numbers, int filters, int channels, int rows, int columns) =>
        string.Join(
            "||",
            Enumerable
                .Range(0, filters)
                .Select(o =>
                    string.Join(
                        '|',
                        Enumerable
                            .Range(0, channels)
                            .Select(c =>
                                string.Join(
                                    ';',
                                    Enumerable
                                        .Range(0, rows)
                                        .Select(i =>
                                            string.Join(
                                                ',',
                                                Enumerable
                                                    .Range(0, columns)
                                                    .Select(j => numbers[((o * channels + c) * rows + i) * columns + j])
                                            )
                                        )
                                )
                            )
                    )
                )
        );

    public static TheoryData<string, string> Hostile =>
        new()
        {
            { """{"kernel":"1"}""", "input: a text is needed" },
            { """{"input":"1,2;3","kernel":"1"}""", "row 2: there is 1 number, but 2 before" },
            { """{"input":"1,x;3,4","kernel":"1"}""", "row 1, column 2" },
            { """{"input":"","kernel":"1"}""", "there are no rows" },
            { """{"input":"1|2|3|4","kernel":"1"}""", "3 is the limit" },
            { """{"input":"1,2;3,4","kernel":"1|2"}""", "the image has 1, but there are 2" },
            { """{"input":"1,2;3,4||1,2;3,4","kernel":"1"}""", "no filters" },
            { """{"input":"1,2;3,4","kernel":"1,2,3;4,5,6;7,8,9"}""", "Take a smaller window" },
            { """{"input":"1,2;3,4","kernel":"1","stride":"0"}""", "at least 1" },
            { """{"input":"1,2;3,4","kernel":"1","stride":"1 -> dense 9"}""", "the stride" },
            { """{"input":"1,2;3,4","kernel":"1","pad":"sam"}""", "Did you mean \"same\"?" },
            { """{"input":"1,2;3,4","kernel":"1","pad":"2000000000"}""", "not supported" },
            { """{"input":"1,2;3,4","kernel":"1","pad":"99"}""", "limit" },
            { """{"input":"1,2;3,4","kernel":"1","dilation":"99999999999"}""", "dilation" },
            { """{"input":"1,2;3,4","kernel":"1","bias":"1,2"}""", "one number for each of the 1 filters" },
            { """{"input":"1e999,2;3,4","kernel":"1"}""", "exponent" },
            { """{"input":"1/0,2;3,4","kernel":"1"}""", "row 1, column 1" },
            { """{"input":"12345678901234567,2;3,4","kernel":"1"}""", "16 characters" },
            { """{"input":"1,2;3,4","kernel":"1","backward":true,"gradient":"1"}""", "the shape of the output" },
            { """{"input":"1,2;3,4","kernel":"1","backward":"yes"}""", "true or false" },
            { """{"input":"1,2;3,4","kernel":"1","strid":"1"}""", "Did you mean \"stride\"?" },
        };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void What_cannot_be_is_refused_with_a_reason(string with, string reason)
    {
        foreach (string about in new[] { "convolution", "matrix" })
            if (about == "convolution" || !with.Contains("gradient"))
                Assert.Contains(reason, Refused(about, JsonNode.Parse(with)!.AsObject()));
    }

    [Fact]
    public void A_place_that_is_not_there_and_too_many_products_are_refused()
    {
        Assert.Contains(
            "from 0 to 3",
            Refused(
                "patch",
                new JsonObject
                {
                    ["input"] = "1,2;3,4",
                    ["kernel"] = "1",
                    ["at"] = 4,
                }
            )
        );
        string plane = string.Join(';', Enumerable.Repeat(string.Join(',', Enumerable.Repeat("1/7", 16)), 16)),
            kernel = string.Join(';', Enumerable.Repeat(string.Join(',', Enumerable.Repeat("1", 7)), 7));
        Assert.Contains(
            "products",
            Refused(
                "convolution",
                new JsonObject
                {
                    ["input"] = $"{plane}|{plane}|{plane}",
                    ["kernel"] = $"{kernel}|{kernel}|{kernel}",
                    ["pad"] = "same",
                }
            )
        );
    }
}
