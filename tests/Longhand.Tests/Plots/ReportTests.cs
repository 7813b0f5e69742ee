using System.Text.Json;
using System.Text.RegularExpressions;
using Longhand.Tests.Commands;
using Longhand.Tests.Formats;
using static Longhand.Tests.Plots.TrainingPlotsTests;

namespace Longhand.Tests.Plots;

/// <summary>What the page of a run tells its reader.</summary>
public class ReportTests
{
    [Fact]
    public void A_report_tells_how_the_run_is_repeated()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, CommandLine.Run("train", Sample("circle"), "--epochs", "3", "--seed", "9", "--report", folder.File("r.html")).Exit);
        string page = File.ReadAllText(folder.File("r.html"));
        Assert.Contains("<code>longhand train circle.yaml</code> with Longhand 0.", page);
        // The text is the experiment as it was run, with what the command line said; it gives the same page but for the time.
        string text = page[(page.IndexOf("<pre", StringComparison.Ordinal))..page.IndexOf("</pre>", StringComparison.Ordinal)];
        File.WriteAllText(folder.File("circle.yaml"), System.Net.WebUtility.HtmlDecode(text[(text.IndexOf('>') + 1)..]));
        Assert.Equal(0, CommandLine.Run("train", folder.File("circle.yaml"), "--report", folder.File("s.html")).Exit);
        Assert.Equal(WithoutTime(page), WithoutTime(File.ReadAllText(folder.File("s.html"))));
        Assert.Contains("epochs: 3", page);

        static string WithoutTime(string page) => Regex.Replace(page, "<dt>time</dt><dd>.*?</dd>|<dt>time</dt>\\s*<dd>.*?</dd>", "");
    }

    [Fact]
    public void Values_of_a_scaled_table_are_judged_and_shown_as_they_were_measured()
    {
        using var folder = new TemporaryFolder();
        CommandLine run = CommandLine.Run("train", Sample("fuel"), "--epochs", "30", "--report", folder.File("r.html"));
        Assert.Equal("", run.Error);
        Assert.Contains("4 missing values were filled", run.Output);
        string page = File.ReadAllText(folder.File("r.html"));
        CheckPage(page);
        Assert.Contains("4 missing values were filled", page);
        // The tile comes from the evaluation, the row of the table from single predictions.
        string tile = Regex.Match(page, "<dt>mean error</dt>\\s*<dd>(.*?)</dd>").Groups[1].Value,
            row = Regex.Match(page, "on average</th><td[^>]*>(.*?)</td>").Groups[1].Value;
        Assert.Equal(tile, row);
        Assert.InRange(double.Parse(tile, System.Globalization.CultureInfo.InvariantCulture), 0.05, 1);
        Assert.InRange(
            double.Parse(
                Regex.Match(page, "<dt>R²</dt>\\s*<dd>(.*?)</dd>").Groups[1].Value,
                System.Globalization.CultureInfo.InvariantCulture
            ),
            0.7,
            1
        );
        // Years, not deviations from their mean.
        Assert.Matches(@"<td class=""n extra"">(19|20)\d\d</td>", page);
        Assert.Contains($"On average an output is {tile} away from its target", run.Output);
    }

    [Fact]
    public void Images_that_were_scaled_give_the_feature_maps_of_what_the_network_reads()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(
            folder.File("e.yaml"),
            File.ReadAllText(Sample("digits-cnn")).Replace("data: digits", "data: digits\nscale: standard", StringComparison.Ordinal)
        );
        CommandLine run = CommandLine.Run("train", folder.File("e.yaml"), "--epochs", "1", "--report", folder.File("r.html"));
        Assert.Equal("", run.Error);
        CheckPage(File.ReadAllText(folder.File("r.html")));
    }

    [Fact]
    public void A_report_names_the_epoch_whose_weights_are_kept()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(
            folder.File("e.yaml"),
            "network: 2 -> dense 64 tanh -> dense 1\ndata: circle n=200 noise=0.5 seed=7\nloss: bce-logits\noptimizer: adam lr=0.02\n"
                + "train: {epochs: 300, batch: 10, split: 0.5, validation: 0.3, schedule: exponential, early-stopping: patience=15}\n"
        );
        CommandLine run = CommandLine.Run("train", folder.File("e.yaml"), "--json", "--report", folder.File("r.html"));
        JsonElement result = run.Events()[^1];
        int kept = result.GetProperty("restoredEpoch").GetInt32(),
            epochs = result.GetProperty("epochs").GetInt32();
        string page = File.ReadAllText(folder.File("r.html"));
        Assert.True(kept < epochs);
        Assert.Contains($"The model has the weights of epoch {kept}", page);
        Assert.Contains($"epochs ({kept} kept)", page);
        Assert.Contains($"epoch {kept} is kept", page);
        Assert.Contains("schedule exponential factor=0.95", page);
    }

    [Fact]
    public void Plots_of_a_resumed_run_say_where_the_parameters_begin()
    {
        using var folder = new TemporaryFolder();
        string[] train =
        [
            "train",
            Sample("xor"),
            "--checkpoint",
            folder.File("c"),
            "--plots",
            folder.File("p"),
            "--report",
            folder.File("r.html"),
        ];
        Assert.Equal(0, CommandLine.Run([.. train, "--epochs", "20"]).Exit);
        Assert.DoesNotContain("resumed", File.ReadAllText(Path.Combine(folder.File("p"), "dense1.weight.svg")));
        Assert.Equal(0, CommandLine.Run([.. train, "--epochs", "40", "--resume"]).Exit);
        Assert.Contains("from epoch 21 on", File.ReadAllText(Path.Combine(folder.File("p"), "dense1.weight.svg")));
        Assert.Contains("from epoch 21 on", File.ReadAllText(folder.File("r.html")));
    }
}
