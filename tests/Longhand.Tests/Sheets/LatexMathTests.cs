using System.Xml.Linq;
using Longhand.Experiments.Sheets;

namespace Longhand.Tests.Sheets;

/// <summary>Formulas of sheets as MathML.</summary>
public class LatexMathTests
{
    [Theory]
    [InlineData("x_1", "<mrow><msub><mi>x</mi><mn>1</mn></msub></mrow>")]
    [InlineData("x^10", "<mrow><msup><mi>x</mi><mrow><mn>1</mn></mrow></msup><mn>0</mn></mrow>")]
    [InlineData("-a - -3.5", "<mrow><mo form=\"prefix\">−</mo><mi>a</mi><mo>−</mo><mo form=\"prefix\">−</mo><mn>3.5</mn></mrow>")]
    [InlineData(@"\tfrac12", "<mrow><mfrac displaystyle=\"false\"><mn>1</mn><mn>2</mn></mfrac></mrow>")]
    [InlineData(
        @"\sigma'(z)",
        "<mrow><msup><mi>σ</mi><mrow><mo>′</mo></mrow></msup><mo stretchy=\"false\" form=\"prefix\">(</mo><mi>z</mi><mo stretchy=\"false\" form=\"postfix\">)</mo></mrow>"
    )]
    [InlineData(@"\ln p", "<mrow><mi>ln</mi><mo>⁡</mo><mspace width=\"0.17em\"/><mi>p</mi></mrow>")]
    [InlineData(@"a < b", "<mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow>")]
    [InlineData(@"\hat y", "<mrow><mover accent=\"true\"><mi>y</mi><mo stretchy=\"false\">^</mo></mover></mrow>")]
    [InlineData(
        @"\begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}",
        "<mrow><mrow><mo fence=\"true\" form=\"prefix\">[</mo><mtable><mtr><mtd><mrow><mn>1</mn></mrow></mtd><mtd><mrow><mn>0</mn></mrow></mtd></mtr><mtr><mtd><mrow><mn>0</mn></mrow></mtd><mtd><mrow><mn>1</mn></mrow></mtd></mtr></mtable><mo fence=\"true\" form=\"postfix\">]</mo></mrow></mrow>"
    )]
    public void A_formula_is_written(string latex, string mathMl) =>
        Assert.Equal($"<math>{mathMl}</math>".Replace("⁡", "&#x2061;"), LatexMath.ToMathMl(latex, display: false));

    [Fact]
    public void Limits_stand_below_in_a_display_alone()
    {
        Assert.Contains("<munderover>", LatexMath.ToMathMl(@"\sum_{i=1}^n x_i", display: true));
        Assert.Contains("<msubsup>", LatexMath.ToMathMl(@"\sum_{i=1}^n x_i", display: false));
    }

    [Fact]
    public void Every_command_is_written_as_well_formed_mathml_and_has_no_twin()
    {
        string[] names = [.. MathSymbols.Names];
        Assert.Equal(names.Length, names.Distinct().Count());
        foreach (string name in names)
        {
            string latex = name switch
            {
                "frac" or "tfrac" or "dfrac" => $@"\{name}{{a}}{{b}}",
                "mathbb" => @"\mathbb{R}",
                "text" or "mathrm" or "mathbf" or "operatorname" => $@"\{name}{{x}}",
                _ => $@"\{name} x",
            };
            XElement.Parse(LatexMath.ToMathMl(latex, display: true));
        }
    }

    [Theory]
    [InlineData(@"\frca{1}{2}", "position 1: unknown command \"\\frca\". Did you mean \"frac\"?")]
    [InlineData(@"\frac{1}", @"\frac lacks an argument")]
    [InlineData("{a", "a { without its }")]
    [InlineData("a}", "closes nothing")]
    [InlineData("x_1_2", "a second _")]
    [InlineData("x^", "nothing follows ^")]
    [InlineData(@"\left( a", @"\left without its \right")]
    [InlineData(@"\left a \right", "needs a bracket")]
    [InlineData(@"\begin{bmatrx} 1 \end{bmatrx}", "Did you mean \"bmatrix\"?")]
    [InlineData(@"\begin{cases} 1 \end{bmatrix}", "ends with another name")]
    [InlineData("σ", @"is not ASCII")]
    [InlineData("a # b", "has no meaning in a formula")]
    [InlineData("\\", "a backslash without a command")]
    public void What_it_does_not_know_is_refused(string latex, string expected) =>
        Assert.Contains(expected, Assert.Throws<LonghandException>(() => LatexMath.ToMathMl(latex, display: false)).Message);

    [Fact]
    public void Nesting_has_a_bound() =>
        Assert.Contains("too deeply", Assert.Throws<LonghandException>(() => LatexMath.ToMathMl(new string('{', 100_000), false)).Message);
}
