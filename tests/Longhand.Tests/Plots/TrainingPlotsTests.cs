using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using Longhand.Experiments.Reports;
using Longhand.Tests.Commands;
using Longhand.Tests.Formats;

namespace Longhand.Tests.Plots;

/// <summary>train --plots and --report, as they are typed.</summary>
public partial class TrainingPlotsTests
{
    internal static string Sample(string name) => Path.Combine(Golden.Root, "samples", name + ".yaml");

    [GeneratedRegex(@"<(script|link|img|iframe|object|embed|form|a|base|audio|video|source)\b[^>]*>")]
    private static partial Regex Active();

    [Fact]
    public void The_history_of_xor_is_five_plots_in_both_formats()
    {
        using var folder = new TemporaryFolder();
        string plots = folder.File("plots");
        CommandLine run = CommandLine.Run("train", Sample("xor-history"), "--plots", plots);
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.Exit);
        foreach (string name in (string[])["loss", "U", "b1", "w", "b2"])
        {
            var svg = new XmlDocument { XmlResolver = null };
            svg.Load(Path.Combine(plots, name + ".svg"));
            string title = svg.DocumentElement!["title"]!.InnerText;
            Assert.Equal(name.Replace("1", "₁").Replace("2", "₂"), title.Replace("Loss", "loss"));
            Assert.Contains(title == "Loss" ? "loss (mse, logarithmic)" : "value", svg.InnerText);
            Assert.Contains("epoch", svg.InnerText);
            var png = new PngImage(File.ReadAllBytes(Path.Combine(plots, name + ".png")));
            Assert.Equal(1440, png.Width);
        }
        Assert.Contains("U₁₂", File.ReadAllText(Path.Combine(plots, "U.svg")));
        Assert.Contains("loss", run.Output[run.Output.IndexOf("Plots in", StringComparison.Ordinal)..]);
        Assert.Empty(Directory.EnumerateFiles(plots, "*.tmp"));
        // It has learned: the sample's seed is one that does.
        Assert.True(
            CommandLine.Run("train", Sample("xor-history"), "--json").Events()[^1].GetProperty("train").GetProperty("loss").GetDouble()
                < 1e-6
        );
    }

    [Fact]
    public void The_same_run_gives_the_same_files()
    {
        using var folder = new TemporaryFolder();
        foreach (string to in (string[])["one", "two"])
            Assert.Equal(0, CommandLine.Run("train", Sample("circle"), "--epochs", "2", "--plots", folder.File(to)).Exit);
        string[] files = [.. Directory.EnumerateFiles(folder.File("one")).Select(f => Path.GetFileName(f)!)];
        Assert.Contains("regions.png", files);
        Assert.Contains("confusion.svg", files);
        Assert.Contains("accuracy.svg", files);
        Assert.All(
            files,
            f =>
                Assert.Equal(File.ReadAllBytes(Path.Combine(folder.File("one"), f)), File.ReadAllBytes(Path.Combine(folder.File("two"), f)))
        );
    }

    [Theory]
    [InlineData("circles", "regions")]
    [InlineData("digits-cnn", "filters,feature-maps,confusion")]
    [InlineData("iris", "confusion")]
    [InlineData("hand-worked", "output")]
    public void Every_kind_of_run_has_its_figures_and_a_report(string sample, string figures)
    {
        using var folder = new TemporaryFolder();
        CommandLine run = CommandLine.Run(
            "train",
            Sample(sample),
            "--epochs",
            "2",
            "--plots",
            folder.Path,
            "--report",
            folder.File("report.html"),
            "--json"
        );
        Assert.Equal("", run.Error);
        Assert.Equal("result", run.Events()[^1].GetProperty("event").GetString());
        Assert.True(File.Exists(folder.File("loss.svg")));
        if (sample != "hand-worked")
            Assert.All(figures.Split(','), f => Assert.True(File.Exists(folder.File(f + ".png")), f));
        CheckPage(File.ReadAllText(folder.File("report.html")));
    }

    [Fact]
    public void A_regression_shows_its_curve()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(
            folder.File("d.csv"),
            "x,y\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i / 10.0},{i * i / 100.0}\n"))
        );
        File.WriteAllText(
            folder.File("e.yaml"),
            "network: 1 -> dense 4 tanh -> dense 1\ndata: csv d.csv target=last\nloss: mse\ntrain: {epochs: 3, validation: 0.2}\n"
        );
        Assert.Equal(
            "",
            CommandLine.Run("train", folder.File("e.yaml"), "--plots", folder.File("p"), "--report", folder.File("r.html")).Error
        );
        Assert.True(File.Exists(Path.Combine(folder.File("p"), "curve.svg")));
        Assert.True(File.Exists(Path.Combine(folder.File("p"), "predictions.png")));
        Assert.Contains("Farthest off", File.ReadAllText(folder.File("r.html")));
    }

    [Fact]
    public void Hostile_names_do_nothing_on_the_page_and_leave_the_folder_alone()
    {
        using var folder = new TemporaryFolder();
        const string attack = "</script><script>alert(1)</script>";
        File.WriteAllText(
            folder.File("d.csv"),
            "\"<img src=x onerror=alert(1)>\",b,c\n"
                + string.Concat(
                    Enumerable
                        .Range(0, 40)
                        .Select(i => $"{i},{-i % 7},{(i % 3 == 0 ? attack : i % 3 == 1 ? "\"'\"\"><b>\"" : "plain")}\n")
                )
        );
        File.WriteAllText(
            folder.File("e.yaml"),
            "# </pre><script>alert(2)</script>\nnetwork: 2 -> dense 3 tanh -> dense 3\nnames: {dense1.weight: \"../../<b>\", dense1.bias: \"<!--\"}\n"
                + "data: csv d.csv target=last\nloss: cross-entropy\ntrain: {epochs: 2}\n"
        );
        string plots = folder.File("p");
        CommandLine run = CommandLine.Run("train", folder.File("e.yaml"), "--plots", plots, "--report", folder.File("r.html"));
        Assert.Equal("", run.Error);
        Assert.Equal(4, Directory.EnumerateFileSystemEntries(folder.Path).Count());
        string page = File.ReadAllText(folder.File("r.html"));
        CheckPage(page);
        Assert.DoesNotContain("<script>alert", page);
        Assert.DoesNotContain("<img src=x", page);
        Assert.Contains("&lt;/script&gt;&lt;script&gt;alert(1)", page);
        Assert.All(Directory.EnumerateFiles(plots, "*.svg"), file => new XmlDocument { XmlResolver = null }.Load(file));
    }

    [Fact]
    public void A_run_that_leaves_the_finite_numbers_still_has_its_plots()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(
            folder.File("e.yaml"),
            "network: 2 -> dense 8 relu -> dense 1\ninput: [[1, 2], [3, 4]]\ntarget: [[5], [6]]\nloss: mse\noptimizer: sgd lr=1e9\ntrain: {epochs: 50}\n"
        );
        CommandLine run = CommandLine.Run("train", folder.File("e.yaml"), "--plots", folder.File("p"), "--report", folder.File("r.html"));
        Assert.Equal(1, run.Exit);
        _ = new PngImage(File.ReadAllBytes(Path.Combine(folder.File("p"), "loss.png")));
        Assert.Contains("Try a smaller learning rate", File.ReadAllText(folder.File("r.html")));
    }

    [Fact]
    public void What_cannot_be_written_is_refused_before_the_run()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("file"), "kept");
        string Refused(string option, string path) => CommandLine.Run("train", Sample("xor"), option, path).Refusal();
        Assert.Contains("this is a file, but plots are written into a folder", Refused("--plots", folder.File("file")));
        Assert.Contains("the folder cannot be made", Refused("--plots", Path.Combine(folder.File("file"), "plots")));
        Assert.Contains("not the name of a folder", Refused("--plots", " "));
        Assert.Contains("this is a folder, not a file", Refused("--report", folder.Path));
        Assert.Contains("does not exist", Refused("--report", Path.Combine(folder.File("nowhere"), "r.html")));
        Assert.Equal("kept", File.ReadAllText(folder.File("file")));
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.Path));
        if (OperatingSystem.IsLinux())
            Assert.Contains("/proc", Refused("--plots", "/proc/longhand-plots"));
    }

    [Fact]
    public void A_history_takes_the_same_memory_however_long_the_run_is()
    {
        Network network = Network.Parse("2 -> dense 2 -> dense 40");
        var history = new ParameterHistory(network);
        Model model = Model.Create(network);
        for (int epoch = 0; epoch <= 20_000; epoch++)
            history.Add(new EpochReport(epoch, 1, 0, null, null, null, 0.1, epoch) { Parameters = () => model.Values });
        Assert.InRange(history.Epochs.Count, 500, 1024);
        Assert.Equal(0, history.Epochs[0]);
        Assert.Single(history.Epochs.Zip(history.Epochs.Skip(1), (a, b) => b - a).Distinct());
        Assert.Equal(4, history.Of(0)[0].Length);
        // 80 weights: their spread, smallest and largest among it.
        float[] spread = history.Of(2)[0];
        Assert.Equal(7, spread.Length);
        Assert.Equal(spread.Order(), spread);
        Assert.Equal(model.Values[2].ToSingles().Min(), spread[0]);
        Assert.Equal(model.Values[2].ToSingles().Max(), spread[^1]);
    }

    [Theory]
    [InlineData("U", "2,2", 1, "U₁₂")]
    [InlineData("w", "1,2", 1, "w₂")]
    [InlineData("b₂", "1", 0, "b₂")]
    [InlineData("b₁", "2", 1, "b₁[2]")]
    [InlineData("b1", "2", 1, "b1[2]")]
    [InlineData("U", "12,3", 35, "U[12,3]")]
    [InlineData("dense1.weight", "3,2", 3, "[2,2]")]
    [InlineData("dense1.bias", "1", 0, "dense1.bias")]
    public void Values_are_called_as_on_paper(string name, string sizes, int flat, string expected) =>
        Assert.Equal(expected, ParameterFigures.NameOf(name, [.. sizes.Split(',').Select(int.Parse)], flat));

    // Nothing is fetched, and the only script that may run is the one whose hash the policy names.
    internal static void CheckPage(string page)
    {
        Assert.Contains("Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'sha256-", page);
        Assert.DoesNotMatch(@"(src|href|action|url)\s*[=(]\s*[""']?\s*(https?:)?//", page);
        foreach (Match tag in Active().Matches(page))
            Assert.True(
                tag.Value is "<script>" or "<script type=\"application/json\">"
                    || tag.Value.StartsWith("<img src=\"data:image/png;base64,", StringComparison.Ordinal),
                tag.Value
            );
        string script = Regex.Match(page, "<script>(.*?)</script>", RegexOptions.Singleline).Groups[1].Value;
        string hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(script)));
        Assert.Contains($"script-src 'sha256-{hash}'", page);
        Assert.Single(Regex.Matches(page, "<script>"));
        Assert.Single(Regex.Matches(page, "<h1>"));
        foreach (Match data in Regex.Matches(page, "<script type=\"application/json\">(.*?)</script>", RegexOptions.Singleline))
            JsonDocument.Parse(data.Groups[1].Value).Dispose();
        Assert.All(Regex.Matches(page, "<th[ >][^>]*>|<th>"), th => Assert.Contains("scope=", th.Value));
    }
}
