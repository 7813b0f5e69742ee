using Longhand.Activations;
using Longhand.Layers;
using Xunit;

namespace Longhand.Tests;

/// <summary>A kind says in its own file how it is written; the parser knows none of them.</summary>
public class NotationKindTests
{
    private static readonly Registry<Layer> kinds = Kinds();

    // The kinds there are, and some that stand for those to come. They are not registered, so that other tests do not meet them.
    private static Registry<Layer> Kinds()
    {
        var registry = new Registry<Layer>("layer");
        foreach (Kind<Layer> kind in Layer.Kinds.All.Where(kind => !kind.Name.StartsWith("test-", StringComparison.Ordinal)))
            registry.Add(kind);
        registry.Add(
            new(
                "test-bend",
                "test-bend [slope] [hard]",
                "an activation with a number",
                a => new Bend(a.NextNumber("slope", 0.01, 0, 1), a.Flag("hard"))
            )
            {
                Aliases = ["test_bend"],
                Positional = 1,
                Options = ["slope"],
                Flags = ["hard"],
                Examples = ["test-bend 0.1"],
            }
        );
        registry.Add(new("test-keep", "test-keep", "the identity", _ => new Bend(1, false)) { Examples = ["test-keep"] });
        registry.Add(
            new("test-window", "test-window N K [stride S] [pad valid|same]", "two numbers, and options", MakeWindow)
            {
                Aliases = ["test-straight"],
                Positional = 2,
                Options = ["stride", "pad"],
                Shorthand = Window,
                BehindALayer = new Dictionary<string, string> { ["test-straight"] = "test-keep" },
                Examples = ["test-window 2 3"],
            }
        );
        return registry;
    }

    private static Dropout MakeWindow(Arguments a)
    {
        int n = a.NextCount("the number of windows"),
            k = a.NextCount("the window's size");
        if (a.Text("pad") is { } pad and not ("valid" or "same"))
            throw a.Error($"pad is \"{pad}\", but valid or same is needed");
        return new((n * 100 + k * 10 + a.Number("stride", 1, 1)) / 1000);
    }

    // Win3-5-Pvalid-S2
    private static string? Window(string word)
    {
        string[] pieces = word.Split('-');
        if (pieces.Length < 2 || !pieces[0].StartsWith("Win", StringComparison.OrdinalIgnoreCase))
            return null;
        string text = $"test-window {pieces[1]} {pieces[0][3..]}";
        foreach (string piece in pieces.Skip(2))
            text += piece[0] switch
            {
                'P' => $" pad {piece[1..]}",
                'S' => $" stride {piece[1..]}",
                _ => throw new LonghandException($"\"{piece}\" is neither P… nor S…."),
            };
        return text;
    }

    private static Network Parse(string text) => Notation.Parse(new NotationSource(text), kinds);

    private static string Problem(string text) => Assert.ThrowsAny<LonghandException>(() => Parse(text)).Message;

    [Theory]
    [InlineData("4 -> dense 2 test-bend", "dense 2, test-bend 0.01")]
    [InlineData("4 -> dense 2 test_bend 0.2 hard", "dense 2, test-bend 0.2 hard")]
    [InlineData("4 -> dense 2 nobias test-bend hard slope=1/5", "dense 2 nobias, test-bend 0.2 hard")]
    [InlineData("4 -> dense 2 TEST-BEND slope 0.2", "dense 2, test-bend 0.2")]
    [InlineData("4 -> test-bend 0.2 -> test-bend", "test-bend 0.2, test-bend 0.01")]
    [InlineData("4 -> test-window 2 3 stride 2 pad same test-bend 0.5", "dropout 0.232, test-bend 0.5")]
    [InlineData("4 -> test-window stride=2 2 pad=same 3 test-bend 0.5", "dropout 0.232, test-bend 0.5")]
    [InlineData("4 -> Win3-2 -> win3-2-S2-Pvalid relu", "dropout 0.231, dropout 0.232, relu")]
    [InlineData("4 -> test-straight 2 3 test-straight", "dropout 0.231, test-bend 1")]
    [InlineData("4 -> dense 3 Test-Straight", "dense 3, test-bend 1")]
    public void Words_belong_to_the_layer_until_an_activation_begins(string text, string layers) =>
        Assert.Equal(layers, string.Join(", ", Parse(text).Nodes.Select(node => node.Layer.Notation)));

    [Theory]
    [InlineData(
        "4 -> dense 2 test-bend slpoe=1",
        "part 2 \"dense 2 test-bend slpoe=1\": test-bend does not take \"slpoe=1\". Did you mean \"slope\"? Usage: test-bend [slope] [hard] (character 24)"
    )]
    [InlineData(
        "4 -> dense 2 test-bend 2",
        "part 2 \"dense 2 test-bend 2\": slope is 2, but a number from 0 to 1 is needed. Usage: test-bend [slope] [hard] (character 14)"
    )]
    [InlineData(
        "4 -> dense 2 test-bend 0.1 slope=0.2",
        "part 2 \"dense 2 test-bend 0.1 slope=0.2\": \"slope\" is given twice, once by position. Usage: test-bend [slope] [hard] (character 14)"
    )]
    [InlineData(
        "4 -> dense 2 test-bend 0.1 nobias",
        "part 2 \"dense 2 test-bend 0.1 nobias\": \"nobias\" belongs to dense. Write it before \"test-bend\". (character 28)"
    )]
    [InlineData(
        "4 -> dense 2 test-bend slope",
        "part 2 \"dense 2 test-bend slope\": \"slope\" needs a value behind it. Usage: test-bend [slope] [hard] (character 14)"
    )]
    [InlineData(
        "4 -> test-bend 0.1 relu",
        "part 2 \"test-bend 0.1 relu\": \"relu\" is a second activation. Write \"test-bend 0.1 -> relu\". (character 20)"
    )]
    [InlineData(
        "4 -> relu Win3-2",
        "part 2 \"relu Win3-2\": \"Win3-2\" begins a part of its own. Write \"relu -> Win3-2\". (character 11)"
    )]
    [InlineData("4 -> relu -> Win3-2-Q1 relu", "part 3 \"Win3-2-Q1 relu\": \"Q1\" is neither P… nor S…. (character 14)")]
    [InlineData(
        "4 -> Win3-2-Psme",
        "part 2 \"Win3-2-Psme\": pad is \"sme\", but valid or same is needed. Usage: test-window N K [stride S] [pad valid|same] (character 6)"
    )]
    [InlineData(
        "4 -> test-window 2 x",
        "part 2 \"test-window 2 x\": a number belongs where \"x\" stands. Usage: test-window N K [stride S] [pad valid|same] (character 20)"
    )]
    [InlineData(
        "4 -> test-window 2 strdie 2",
        "part 2 \"test-window 2 strdie 2\": test-window does not take \"strdie\". Did you mean \"stride\"? Usage: test-window N K [stride S] [pad valid|same] (character 20)"
    )]
    [InlineData(
        "4 -> relu Win3-2-Q1",
        "part 2 \"relu Win3-2-Q1\": \"Win3-2-Q1\" begins a part of its own. Write \"relu -> Win3-2-Q1\". (character 11)"
    )]
    public void Errors_belong_to_the_one_whose_words_they_are(string text, string message) => Assert.Equal(message, Problem(text));

    [Fact]
    public void What_is_written_of_such_kinds_reads_back()
    {
        const string Text = "4 -> dense 2 test-bend 0.2 hard -> test-bend 0.01 -> dense 1";
        Assert.Equal(Text, Parse(Text).ToString());
    }

    [Fact]
    public void Every_activation_may_stand_behind_a_layer()
    {
        foreach (Kind<Layer> kind in Layer.Kinds.All.Where(kind => kind.Example is { IsActivation: true }))
        foreach (string example in kind.Examples)
        {
            Network network = Network.Parse($"3 -> dense 2 {example} -> dense 1");
            Assert.Equal([kind.Name], network.Nodes.Skip(1).Take(1).Select(node => node.Layer.Kind));
            Assert.Equal(network.ToString(), Network.Parse(network.ToString()).ToString());
        }
        Assert.True(Layer.Kinds.Find("relu")!.Example!.IsActivation);
        Assert.False(Layer.Kinds.Find("dense")!.Example!.IsActivation);
        Assert.Null(Layer.Kinds.Find("add")!.Example);
    }

    private sealed class Bend(double slope, bool hard) : Layer
    {
        public override string Kind => "test-bend";

        public override string Notation => FormattableString.Invariant($"test-bend {slope}{(hard ? " hard" : "")}");

        public override bool IsActivation => true;

        public override Shape Output(IReadOnlyList<Shape> inputs) => inputs[0];

        public override void Forward<T>(Pass<T> p) => throw new NotSupportedException();

        public override void Backward<T>(Pass<T> p) => throw new NotSupportedException();
    }
}
