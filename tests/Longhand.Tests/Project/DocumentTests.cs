using Longhand.Layers;

namespace Longhand.Tests.Project;

/// <summary>What the documents say of what there is.</summary>
public class DocumentTests
{
    [Fact]
    public void The_notation_lists_every_layer_loss_and_optimizer_as_it_is_written()
    {
        string text = File.ReadAllText(Path.Combine(Golden.Root, "docs", "notation.md"));
        Assert.All(
            Layer
                .Kinds.All.Select(k => k.Usage)
                .Concat(Loss.Kinds.All.Select(k => k.Usage))
                .Concat(Optimizer.Kinds.All.Select(k => k.Usage)),
            usage => Assert.Contains($"`{usage}`", text)
        );
    }

    [Fact]
    public void The_experiment_page_lists_every_data_set_and_initialiser()
    {
        string text = File.ReadAllText(Path.Combine(Golden.Root, "docs", "experiments.md"));
        Assert.All(
            Data.Kinds.Select(k => k.Name)
                .Where(name => !name.EndsWith("by-a-test", StringComparison.Ordinal))
                .Concat(Initializer.Kinds.All.Select(k => k.Name)),
            name => Assert.Matches($"`{name}\\b", text)
        );
    }
}
