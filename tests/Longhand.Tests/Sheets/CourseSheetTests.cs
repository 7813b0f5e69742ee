using System.Text.RegularExpressions;
using Longhand.Cli.Commands;
using Longhand.Experiments.Sheets;

namespace Longhand.Tests.Sheets;

/// <summary>Every sheet in sheets/ is carried out once, and each of its answers is held against what came out.</summary>
public partial class CourseSheetTests
{
    private static readonly Dictionary<string, Lazy<Run>> runs = Directory
        .EnumerateFiles(Path.Combine(Golden.Root, "sheets"), "*.md")
        .Order(StringComparer.Ordinal)
        .ToDictionary(path => Path.GetFileName(path), path => new Lazy<Run>(() => Carry(path)));

    public static TheoryData<string> Names => [.. runs.Keys];

    [Fact]
    public void All_five_are_there() =>
        Assert.Equal(
            ["boolean-and-cnn.md", "deep-learning-1.md", "neural-networks-8.md", "playground.md", "xor-and-softmax.md"],
            runs.Keys
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_answer_of_a_sheet_is_what_its_command_gives(string name)
    {
        Run run = runs[name].Value;
        Assert.All(run.Results, result => Assert.Empty(result.Problems()));
        Assert.True(run.Sheet.Steps.Sum(step => step.Expectations.Count) > 30, name);
        // A command of which nothing is expected shows nothing but that it runs.
        Assert.All(run.Sheet.Steps, step => Assert.True(step.Expectations.Count > 0, $"{name}, line {step.Line}"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_number_that_is_changed_in_its_last_digit_is_noticed(string name)
    {
        int changed = 0;
        foreach (SheetResult result in runs[name].Value.Results)
        foreach (Expectation expectation in result.Step.Expectations)
        foreach (Match number in Number().Matches(expectation.Expected))
        foreach (int by in (int[])[-2, 2])
        {
            string other =
                expectation.Expected[..number.Index] + Moved(number.Value, by) + expectation.Expected[(number.Index + number.Length)..];
            Assert.True((expectation with { Expected = other }).Problem(result) is not null, $"{name}, line {expectation.Line}: {other}");
            changed++;
        }
        Assert.True(changed > 60, $"{name}: {changed} changes");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_sheet_is_written_as_a_page_and_for_latex_with_nothing_lost(string name)
    {
        Run run = runs[name].Value;
        string html = SheetHtml.Write(run.Sheet, run.Results),
            latex = SheetLatex.Write(run.Sheet, run.Results);
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotMatch("(?:src|href)=\"(?!data:|#)", html);
        Assert.DoesNotContain("$", html.Replace("&#36;", ""));
        Assert.DoesNotContain("[U+", latex);
        Assert.All(run.Results.SelectMany(r => r.Pictures), picture => Assert.Contains($"alt=\"{picture.Name}\"", html));
        // The page is read by an XML parser, so that no element is left open.
        int main = html.IndexOf("<main>", StringComparison.Ordinal);
        var body = System.Xml.Linq.XElement.Parse(html[main..(html.IndexOf("</main>", StringComparison.Ordinal) + "</main>".Length)]);
        Assert.True(body.Descendants("math").Count() > 20, name);
        string[] ids = [.. body.Descendants().Select(e => e.Attribute("id")?.Value).OfType<string>()];
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_latex_of_a_sheet_compiles(string name)
    {
        Run run = runs[name].Value;
        Latex.Compile(SheetLatex.Write(run.Sheet, run.Results));
    }

    private sealed record Run(Sheet Sheet, IReadOnlyList<SheetResult> Results);

    private static Run Carry(string path)
    {
        var sheet = Sheet.Load(path);
        return new(sheet, SheetRunner.Run(sheet, TestContext.Current.CancellationToken));
    }

    // 0.55 by 2: 0.57; the sign and the number of digits stay as they are.
    private static string Moved(string number, int by)
    {
        bool negative = number.StartsWith('-');
        string digits = number.TrimStart('-');
        int decimals = digits.Contains('.') ? digits.Length - digits.IndexOf('.') - 1 : 0;
        decimal moved = decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture);
        decimal unit = 1;
        for (int i = 0; i < decimals; i++)
            unit /= 10;
        moved += negative ? -by * unit : by * unit;
        return moved.ToString("F" + decimals, System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"-?\d+(\.\d+)?")]
    private static partial Regex Number();
}
