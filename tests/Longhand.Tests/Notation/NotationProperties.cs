using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using Longhand.Activations;
using Longhand.Layers;
using Xunit;

namespace Longhand.Tests;

/// <summary>What holds for every network and for every text.</summary>
public class NotationProperties
{
    private static void ForAllSeeds(int count, Action<Random> law) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => law(new Random(seed)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(count));

    [Fact]
    public void What_is_written_reads_back_to_an_equal_network() =>
        ForAllSeeds(
            500,
            random =>
            {
                Network network = RandomNetwork(random);
                AssertSame(network, Network.Parse(network.ToString()), names: true);
            }
        );

    [Fact]
    public void What_is_written_of_a_text_is_written_again_alike() =>
        ForAllSeeds(
            500,
            random =>
            {
                string block = "relu as a -> dense 3 as b -> sigmoid -> add a";
                string text =
                    "3 as x -> "
                    + string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"{random.Next(1, 4)} * ({block}) -> "));
                text += random.Next(2) == 0 ? "add x" : "from x -> dense 2 relu";
                Network network = Network.Parse(text);
                Network again = Network.Parse(network.ToString());
                AssertSame(network, again, names: false);
                Assert.Equal(network.ToString(), again.ToString());
            }
        );

    [Fact]
    public void Garbage_is_refused_in_words_and_soon()
    {
        string[] words =
        [
            "2",
            "28x28",
            "->",
            "→",
            "\n",
            "dense",
            "8",
            "relu",
            "sigmoid",
            "nobias",
            "dropout",
            "0.5",
            "as",
            "a",
            "b",
            "from",
            "add",
            "concat",
            "3",
            "*",
            "(",
            ")",
            "x",
            "=",
            "p=",
            "FC5",
            "-",
            ">",
            "1e400",
            "010",
            "99999",
            "mixture",
            "conv",
            "3x3",
            "stride",
            "pad",
            "same",
            "1/0/2/1",
            "groups",
            "depthwise",
            "maxpool",
            "Conv3-5",
            "Pool2-S",
            "batchnorm",
            "flatten",
            "\u202e",
            "\ud800",
            "∞",
            ",",
            "\"",
            "1/3",
        ];
        ForAllSeeds(
            3000,
            random =>
            {
                string text = random.Next(3) switch
                {
                    0 => string.Join(
                        random.Next(2) == 0 ? " " : "",
                        Enumerable.Range(0, random.Next(30)).Select(_ => words[random.Next(words.Length)])
                    ),
                    1 => new string([
                        .. Enumerable.Range(0, random.Next(40)).Select(_ => (char)random.Next(random.Next(2) == 0 ? 128 : 65536)),
                    ]),
                    _ => Mutated(RandomNetwork(random).ToString(), random),
                };
                var watch = Stopwatch.StartNew();
                try
                {
                    Network network = Network.Parse(text);
                    AssertSame(network, Network.Parse(network.ToString()), names: false);
                }
                catch (LonghandException error)
                {
                    Assert.InRange(error.Message.Length, 1, 1000);
                    Assert.False(error.Message.Contains('\n'), error.Message);
                    Assert.False(error.Message.Contains('\u202e'), $"{error.Message} <<< {text}");
                }
                // A guard against hanging, far above what any machine takes; quadratic time would take hours.
                Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), $"{watch.Elapsed} for {text}");
            }
        );
    }

    // Texts within the bounds that cost the most.
    [Theory]
    [InlineData("2 as a -> ", "add a", " a", 490_000)]
    [InlineData("2 as a -> 100000 * (", "add a", " a", 490_000)]
    [InlineData("2 as a", "", "\ndense 1\nfrom a", 60_000)]
    [InlineData("2 -> ", "dense 8", " nobias", 140_000)]
    [InlineData("2 -> 100000 * (relu as a) -> ", "relu", " -> 2 * (relu)", 70_000)]
    [InlineData("2", "", "\n", 999_990)]
    [InlineData("2", "", "x", 999_990)]
    [InlineData("2 -> dense 1 p=", "", "=", 900_000)]
    [InlineData("2 -> dense 1 ", "", " =", 400_000)]
    [InlineData("", "", "(", 900_000)]
    [InlineData("2 -> ", "", "3 * ", 200_000)]
    public void The_costliest_texts_end_soon(string start, string middle, string repeated, int times)
    {
        string text = start + middle + string.Concat(Enumerable.Repeat(repeated, times));
        var watch = Stopwatch.StartNew();
        try
        {
            Assert.InRange(Network.Parse(text).Warnings.Count, 0, 11);
        }
        catch (LonghandException error)
        {
            Assert.InRange(error.Message.Length, 1, 1000);
        }
        // A guard against hanging, far above what any machine takes; quadratic time would take hours.
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), $"it took {watch.Elapsed}");
    }

    private static string Mutated(string text, Random random)
    {
        int at = random.Next(text.Length);
        return random.Next(3) switch
        {
            0 => text.Remove(at, 1),
            1 => text.Insert(at, text[random.Next(text.Length)].ToString()),
            _ => text[..at] + text[random.Next(text.Length)] + text[(at + 1)..],
        };
    }

    private static void AssertSame(Network expected, Network actual, bool names)
    {
        Assert.Equal(expected.Input, actual.Input);
        Assert.Equal(expected.OutputValue, actual.OutputValue);
        Assert.Equal(Describe(expected), Describe(actual));
        Assert.Equal(expected.Parameters.Select(p => p.Name), actual.Parameters.Select(p => p.Name));
        Assert.Equal(expected.ToString(), actual.ToString());
        if (names)
            Assert.Equal(
                expected.Names.OrderBy(n => n.Key, StringComparer.Ordinal),
                actual.Names.OrderBy(n => n.Key, StringComparer.Ordinal)
            );
    }

    private static IEnumerable<string> Describe(Network network) =>
        network.Nodes.Select(n => $"{n.Name}: {n.Layer} of {string.Join(',', n.Inputs)} is {n.Output}{(n.Inserted ? ", inserted" : "")}");

    private static Network RandomNetwork(Random random)
    {
        var builder = new NetworkBuilder(
            random.Next(2) == 0 ? [random.Next(1, 5)] : [random.Next(1, 4), random.Next(1, 4), random.Next(1, 4)]
        );
        var named = new List<(string Name, Shape Shape)>();
        int layers = random.Next(1, 12);
        builder.Add(Activation.Relu);
        for (int i = 0; i < layers; i++)
        {
            (string Name, Shape Shape)[] alike = [.. named.Where(value => value.Shape == builder.CurrentShape)];
            (string Name, Shape Shape)[] beside =
            [
                .. named.Where(value =>
                    value.Shape.IsImage == builder.CurrentShape.IsImage
                    && value.Shape.Height == builder.CurrentShape.Height
                    && value.Shape.Width == builder.CurrentShape.Width
                ),
            ];
            switch (random.Next(10))
            {
                case 0 or 1:
                    builder.Add(new Dense(random.Next(1, 5), random.Next(2) == 0));
                    break;
                case 2:
                    builder.Add(new Dense(random.Next(1, 5))).Add(Activation.Sigmoid);
                    break;
                case 3:
                    builder.Add(Activation.Relu).Add(Activation.Sigmoid);
                    break;
                case 4:
                    builder.Add(new Dropout(Math.Round(random.NextDouble() * 0.9, 3)));
                    break;
                case 5:
                    builder.Add(random.Next(2) == 0 ? new Flatten() : new Mixture());
                    break;
                case 6 when named.Count > 0:
                    builder.From(named[random.Next(named.Count)].Name);
                    break;
                case 7 when alike.Length > 0:
                    builder.Add(new Add(), Enumerable.Range(0, random.Next(1, 3)).Select(_ => alike[random.Next(alike.Length)].Name));
                    break;
                case 8 when beside.Length > 0:
                    builder.Add(new Concat(), beside[random.Next(beside.Length)].Name);
                    break;
                default:
                    string name = (random.Next(3) == 0 ? "v" : "Name-") + (named.Count + 1);
                    builder.As(name);
                    named.Add((name, builder.CurrentShape));
                    break;
            }
        }
        return builder.Build();
    }
}
