using System.Text.RegularExpressions;
using Longhand.Layers;

namespace Longhand.Tests.Project;

/// <summary>What the documents say is so.</summary>
public class DocumentTests
{
    // The other way round is not asked: a new activation is one file, and its row in the document may come after it.
    [Fact]
    public void Every_layer_loss_and_optimizer_in_the_notation_document_is_written_as_it_says()
    {
        string[] usages =
        [
            .. Layer.Kinds.All.Select(k => k.Usage),
            .. Loss.Kinds.All.Select(k => k.Usage),
            .. Optimizer.Kinds.All.Select(k => k.Usage),
        ];
        string[] rows = [.. Rows("notation.md")];
        Assert.True(rows.Length >= 43, $"{rows.Length} rows");
        Assert.All(rows, row => Assert.Contains(row, usages));
    }

    [Fact]
    public void Every_data_set_and_initialiser_in_the_experiment_document_is_there()
    {
        Longhand.Experiments.ExperimentKinds.Register();
        string text = File.ReadAllText(Path.Combine(Golden.Root, "docs", "experiments.md"));
        int data = text.IndexOf("\n## Data", StringComparison.Ordinal),
            options = text.IndexOf("\n### ", data, StringComparison.Ordinal);
        string[] words = [.. Regex.Matches(text[data..options], @"(?m)^\| `(\w+)").Select(m => m.Groups[1].Value)];
        Assert.True(words.Length >= 9, string.Join(", ", words));
        Assert.All(words, word => Assert.Contains(Data.Kinds, kind => kind.Name == word));
        foreach (
            DataKind kind in Data.Kinds.Where(kind =>
                kind.Operands.Contains("FILE") || kind.Operands.Contains("X") || kind.OptionalOperands > 0
            )
        )
        {
            Assert.Contains($"`{kind.Name} ", text);
            Assert.All(kind.Options, option => Assert.Matches($"[`[]{option.Name}=", text));
        }
        Assert.All(Initializer.Kinds.All, kind => Assert.Contains($"`{kind.Name}", text));
    }

    [Fact]
    public void Every_schedule_is_in_the_experiment_document_as_it_is_written()
    {
        string text = File.ReadAllText(Path.Combine(Golden.Root, "docs", "experiments.md"));
        Assert.All(Schedule.Kinds.All, kind => Assert.Contains($"| `{kind.Usage.Replace(" [warmup=0] [per=epoch|step]", "")}` |", text));
        Assert.Contains("`warmup=5`", text);
        Assert.Contains("`per=step`", text);
    }

    private static IEnumerable<string> Rows(string document) =>
        Regex
            .Matches(File.ReadAllText(Path.Combine(Golden.Root, "docs", document)), @"(?m)^\| `([^`]+)` \|")
            .Select(m => m.Groups[1].Value.Replace("\\|", "|"));
}
