using System.Text.RegularExpressions;
using System.Xml.Linq;
using Longhand.Experiments;
using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Tests.Commands;
using Longhand.Working;
using Xunit;

namespace Longhand.Tests.Working;

/// <summary>A worked solution as Markdown, LaTeX and HTML.</summary>
public partial class FormatTests
{
    private static string HandWorked => File.ReadAllText(Path.Combine(Golden.Root, "samples", "hand-worked.yaml"));

    [Theory]
    [InlineData("markdown")]
    [InlineData("latex")]
    [InlineData("html")]
    public void The_network_worked_by_hand(string format) =>
        Golden.Check($"explain-hand-worked-{format}", Text(HandWorked, "--format", format));

    [Theory]
    [InlineData("markdown")]
    [InlineData("latex")]
    [InlineData("html")]
    public void Two_pixels_of_the_convolution_on_the_course_sheet(string format)
    {
        string page = Text(
            AtTests.CourseSheet,
            "--at",
            "conv1[0,0,0]",
            "--at",
            "conv1[0,1,1]",
            "--at",
            "maxpool1[0,0,0]",
            "--format",
            format
        );
        // The style stands in the other golden file.
        Golden.Check($"explain-at-course-{format}", Style().Replace(page, "<style></style>"));
    }

    [Fact]
    public void The_number_of_a_line_is_where_the_links_of_others_lead()
    {
        XElement page = FormatPages.Xml(Text(HandWorked, "--format", "html"));
        FormatPages.StandsAlone(page);
        XElement hidden = page.Descendants()
            .First(e => e.Attribute("class")?.Value == "line" && e.Value.StartsWith("h1", StringComparison.Ordinal));
        string[] to = [.. hidden.Descendants().Attributes("href").Select(a => a.Value)];
        XElement sum = page.Descendants().Single(e => "#" + e.Attribute("id")?.Value == Assert.Single(to));
        Assert.StartsWith("z11", sum.Value);
    }

    [Fact]
    public void A_fragment_keeps_its_ids_apart_from_those_of_another()
    {
        Solution solution = SolutionLaws.Random(3);
        XElement both = FormatPages.Xml($"<div>{solution.ToHtmlFragment("a-")}{solution.ToHtmlFragment("b-")}</div>");
        FormatPages.StandsAlone(both);
        Assert.All(
            both.Elements(),
            article => Assert.Equal(("article", "longhand"), (article.Name.LocalName, article.Attribute("class")!.Value))
        );
        // Every rule is about the article and what is in it.
        string rules = Regex.Replace(Solution.HtmlStyle, @"@(media|container)[^{]*\{", "");
        Assert.All(
            Regex.Matches(rules, @"[^{}]+(?=\{)").Select(m => m.Value.Trim()),
            selector => Assert.All(selector.Split(','), part => Assert.StartsWith(".longhand", part.Trim()))
        );
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData(@"\input{/etc/passwd}")]
    [InlineData(@"}\end{document}")]
    [InlineData("$x_1^2%&#~|`*")]
    [InlineData("--'' ``")]
    [InlineData("权重")]
    [InlineData("🙂")]
    [InlineData("ŵ")]
    [InlineData("a\u0001\uD800b")]
    [InlineData("]]>&amp;\n\n```")]
    public void A_name_that_means_something_to_a_notation_is_only_a_name(string letter)
    {
        Solution solution = Named(letter);
        XElement page = FormatPages.Xml(solution.ToHtml());
        FormatPages.StandsAlone(page);
        string latex = solution.ToLatex(),
            markdown = solution.ToMarkdown();
        Assert.Null(FormatPages.Fault(latex));
        Assert.DoesNotContain(@"\input", latex);
        Assert.Equal(latex.Length - @"\end{document}".Length - 1, latex.IndexOf(@"\end{document}", StringComparison.Ordinal));
        Assert.DoesNotContain("<script", markdown);
        Assert.DoesNotContain("<img", markdown);
        // Blocks open and close in turn: a name has ended none.
        string[] fences = [.. markdown.Split('\n').Where(line => line.StartsWith("```", StringComparison.Ordinal))];
        Assert.All(fences.Index(), fence => Assert.Equal(fence.Index % 2 == 0 ? "```math" : "```", fence.Item));
    }

    [Fact]
    public void Names_that_mean_something_compile() =>
        FormatPages.Compile(
            Joined([Named(@"\input{x}"), Named("$x_1^2%&#~|"), Named("权重🙂"), Named("ŵ"), Named("--''``\""), Named("Größe[1]<2>")])
        );

    [Fact]
    public void Latex_of_random_networks_compiles_and_hardly_any_line_leaves_the_page()
    {
        string said = FormatPages.Compile(Joined([.. Enumerable.Range(1, 10).Select(SolutionLaws.Random)]));
        double[] over =
        [
            .. Overfull().Matches(said).Select(m => double.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)),
        ];
        // The margin is 68 points wide.
        Assert.All(over, points => Assert.True(points < 60, $"{points} points beyond the margin"));
        Assert.True(over.Length <= 3, said);
    }

    [Theory]
    [InlineData("pdf", "--format \"pdf\": text, markdown, latex or html is needed.")]
    [InlineData("htlm", "--format \"htlm\": text, markdown, latex or html is needed. Did you mean \"html\"?")]
    [InlineData("json", "--format \"json\": text, markdown, latex or html is needed. For JSON there is --json.")]
    public void A_format_that_is_none_is_refused(string format, string message)
    {
        var run = CommandLine.RunWith(HandWorked, "explain", "-", "--format", format);
        Assert.Equal((2, ""), (run.Exit, run.Output));
        Assert.Contains(message, run.Error);
    }

    [Fact]
    public void Colours_of_a_terminal_change_nothing_but_colours()
    {
        Solution solution = SolutionLaws.Random(7);
        string colored = solution.ToText(100, (part, text) => $"\e[1m{text}\e[0m");
        Assert.Contains("\e[1mForward", colored);
        Assert.Equal(solution.ToText(100), colored.Replace("\e[1m", "").Replace("\e[0m", ""));
    }

    private static Solution Named(string letter)
    {
        Network network = Network.Parse("2 -> dense 1 -> dense 1");
        return Solution.Explain(
            Model.Create(network),
            new ExplainRequest
            {
                Inputs =
                [
                    [1, 2],
                ],
                Targets =
                [
                    [1],
                ],
                Loss = Loss.HalfMeanSquaredError,
                Optimizer = Optimizer.Sgd(0.1),
                Names = new Dictionary<string, string> { ["dense1.weight"] = letter, ["dense2.bias"] = "b" },
            }
        );
    }

    // One document of many: the preamble of the first, the pages of all.
    private static string Joined(Solution[] solutions)
    {
        const string begin = @"\begin{document}",
            end = @"\end{document}";
        string[] all = [.. solutions.Select(solution => solution.ToLatex())];
        return all[0][..all[0].IndexOf(begin, StringComparison.Ordinal)]
            + begin
            + string.Concat(
                all.Select(latex =>
                    latex[(latex.IndexOf(begin, StringComparison.Ordinal) + begin.Length)..latex.LastIndexOf(end, StringComparison.Ordinal)]
                    + "\\clearpage\n"
                )
            )
            + end;
    }

    private static string Text(string experiment, params string[] options)
    {
        var run = CommandLine.RunWith(experiment, ["explain", "-", .. options]);
        Assert.Equal((0, ""), (run.Exit, run.Error));
        return run.Output;
    }

    [GeneratedRegex("<style>.*</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex(@"Overfull \\hbox \(([0-9.]+)pt")]
    private static partial Regex Overfull();
}
