using Longhand.Layers;
using Xunit;

namespace Longhand.Tests;

/// <summary>One-line texts of losses, optimizers and layers, read by what their kinds declare.</summary>
public class RegistryTests
{
    private static string Problem(Action action) => Assert.ThrowsAny<LonghandException>(action).Message;

    [Theory]
    [InlineData("sdg", "unknown optimizer \"sdg\". Did you mean \"sgd\"?")]
    [InlineData(
        "sgd momentun=0.9",
        "optimizer \"sgd momentun=0.9\": sgd does not take \"momentun=0.9\". Did you mean \"momentum\"? Usage: sgd "
    )]
    [InlineData("sgd lr", "optimizer \"sgd lr\": \"lr\" needs a value behind it. Usage: sgd ")]
    [InlineData("sgd lr=1 lr=2", "optimizer \"sgd lr=1 lr=2\": \"lr\" is given twice. Usage: sgd ")]
    [InlineData("sgd nesterov nesterov", "optimizer \"sgd nesterov nesterov\": \"nesterov\" is given twice. Usage: sgd ")]
    [InlineData("sgd 0.1 lr=2", "optimizer \"sgd 0.1 lr=2\": \"lr\" is given twice, once by position. Usage: sgd ")]
    [InlineData("sgd quickly", "optimizer \"sgd quickly\": a number belongs where \"quickly\" stands. Usage: sgd ")]
    [InlineData("sgd 0.1 0.2", "optimizer \"sgd 0.1 0.2\": sgd does not take \"0.2\". Usage: sgd ")]
    [InlineData("sgd lr=-1", "optimizer \"sgd lr=-1\": lr is -1, but at least 0 is needed. Usage: sgd ")]
    [InlineData("sgd lr=0,1", "optimizer \"sgd lr=0,1\": lr cannot be read: \"0,1\" has a comma; the decimal sign is a point")]
    [InlineData("sgd \u001b[2J", "optimizer \"sgd \\u001b[2J\": a number belongs where \"\\u001b[2J\" stands. Usage: sgd ")]
    public void An_optimizer_that_cannot_be_read(string text, string message) =>
        Assert.StartsWith(message, Problem(() => Optimizer.Parse(text)));

    [Fact]
    public void A_loss_that_is_not_there() =>
        Assert.Equal("unknown loss \"half-mes\". Did you mean \"half-mse\"?", Problem(() => Loss.Parse("half-mes")));

    [Fact]
    public void Nothing_is_answered_with_all_there_is() =>
        Assert.StartsWith("There is no optimizer in an empty text. Known: ada", Problem(() => Optimizer.Parse(" ")));

    [Fact]
    public void Words_are_taken_once()
    {
        var registry = new Registry<Layer>("layer");
        registry.Add(Layer.DenseKind);
        Assert.Equal(
            "There is already a layer called \"fc\".",
            Assert.Throws<ArgumentException>(() => registry.Add(new("fc", "fc", "", _ => new Flatten()))).Message
        );
        Assert.Same(Layer.DenseKind, registry.Find("Linear"));
    }

    [Fact]
    public void Every_kind_of_layer_says_what_it_is()
    {
        foreach (Kind<Layer> kind in Layer.Kinds.All)
        {
            Assert.StartsWith(kind.Name, kind.Usage);
            Assert.NotEmpty(kind.Summary);
            Assert.All(kind.Flags, flag => Assert.Contains(flag, kind.Usage));
            Assert.All(kind.Examples, example => Assert.Equal(kind.Name, Layer.Kinds.Parse(example).Kind));
            Assert.True(kind.ReadsNames || kind.Examples.Count > 0, kind.Name);
        }
    }
}
