using System.Text;
using System.Xml.Linq;
using Longhand.Numbers;
using Longhand.Working;
using Xunit;

namespace Longhand.Tests.Working;

/// <summary>What holds of every formula in every notation, over random networks.</summary>
public class FormatLaws
{
    private static int Networks => Environment.GetEnvironmentVariable("LONGHAND_FULL") == "1" ? 500 : 60;

    [Fact]
    public void Every_page_is_well_formed_and_each_of_its_lines_has_the_numbers_of_the_text()
    {
        for (int seed = 1; seed <= Networks; seed++)
        {
            Solution solution = SolutionLaws.Random(seed);
            XElement page = FormatPages.Xml(solution.ToHtml());
            FormatPages.StandsAlone(page);
            Dictionary<string, XElement> lines = page.Descendants()
                .Where(e => e.Attribute("class")?.Value == "line")
                .ToDictionary(e => e.Attribute("id")!.Value);
            Assert.Equal(solution.Steps.Count, lines.Count);
            foreach (WorkingStep step in solution.Steps)
            {
                string[] parts = [.. lines[step.Id].Elements().Where(e => e.Attribute("class")!.Value != "note").Select(e => e.Value)];
                Assert.Equal(step.Chain.Count() + 1, parts.Length);
                Assert.Equal(FormatPages.DigitsOfText(step.Result), FormatPages.Digits(parts[^1]));
                Assert.True(FormatPages.DigitsOfText(step.Line) == FormatPages.Digits(string.Concat(parts)), $"seed {seed}: {step.Line}");
            }
        }
    }

    [Fact]
    public void Every_line_of_latex_is_balanced_ascii_with_the_numbers_of_the_text_however_narrow_the_page()
    {
        for (int seed = 1; seed <= Networks; seed++)
        {
            Solution solution = SolutionLaws.Random(seed);
            Assert.Null(FormatPages.Fault(solution.ToLatex()));
            foreach (WorkingStep step in solution.Steps)
            foreach (double width in (double[])[10, 40])
            {
                var text = new StringBuilder();
                LatexLines.Write(text, "aligned", [step with { Note = "" }], width);
                string[] rows = text.ToString().Split('\n')[1..^2];
                // A row is a cell of a table, in which what grows has to end, too.
                Assert.All(rows, row => Assert.True(FormatPages.Fault(row) is null, $"seed {seed}, {step.Line}: {row}"));
                Assert.True(FormatPages.DigitsOfText(step.Line) == FormatPages.Digits(string.Concat(rows)), $"seed {seed}: {step.Line}");
            }
        }
    }

    [Fact]
    public void The_pieces_of_a_formula_are_the_formula()
    {
        for (int seed = 1; seed <= Networks; seed++)
            foreach (WorkingStep step in SolutionLaws.Random(seed).Steps)
            foreach ((_, Formula formula) in step.Chain)
            {
                IReadOnlyList<string> pieces = TextPrinter.Instance.Pieces(formula);
                Assert.Equal(TextPrinter.Instance.Write(formula), string.Concat(pieces));
                Assert.Equal(pieces.Count, FormulaWidth.OfPieces(formula).Count);
                Assert.Equal(pieces.Count, MathMlPrinter.Instance.Pieces(formula).Count);
            }
    }

    [Fact]
    public void Numbers_in_the_tables_of_markdown_are_those_of_the_grids()
    {
        for (int seed = 1; seed <= Networks; seed++)
        {
            Solution solution = SolutionLaws.Random(seed);
            string markdown = solution.ToMarkdown();
            foreach (MapPlane plane in solution.Blocks.SelectMany(b => b.Map?.Planes ?? []))
            foreach (IReadOnlyList<string> row in plane.Rows.Where(row => row.Count == plane.Width && !row.Contains("")))
                Assert.Contains($"| {string.Join(" | ", row)} |\n", markdown);
        }
    }
}
