using System.Xml.Linq;
using Longhand.Numbers;
using Longhand.Working;
using Xunit;

namespace Longhand.Tests.Working;

/// <summary>Lines with matrices written out, shapes under the factors, in every notation.</summary>
public class FormatMatrixTests
{
    [Fact]
    public void Matrices_stand_in_brackets_with_their_shapes_below()
    {
        Solution solution = Lines();
        XElement page = FormatPages.Xml(solution.ToHtml());
        FormatPages.StandsAlone(page);
        string latex = solution.ToLatex();
        Assert.Null(FormatPages.Fault(latex));
        string article = solution.ToHtmlFragment();
        Golden.Check(
            "explain-matrices",
            $"{solution.ToMarkdown()}\n{latex[latex.IndexOf(@"\section*{Forward}", StringComparison.Ordinal)..]}\n{article[article.IndexOf("<h2>Forward", StringComparison.Ordinal)..]}"
        );
    }

    [Fact]
    public void They_compile() => Assert.DoesNotContain("Overfull", FormatPages.Compile(Lines().ToLatex()));

    private static Solution Lines()
    {
        Solution solution = Solution.Explain(
            Model.Create(Network.Parse("3 -> dense 2")),
            new ExplainRequest
            {
                Inputs =
                [
                    [1, 2, 3],
                ],
            }
        );
        Formula w = new Identifier(new("W") { Layer = 1 }),
            x = new Identifier(new("x")),
            b = new Identifier(new("b")),
            delta = new Identifier(new("δ"));
        Formula numbers = Array([
                ["0.15", "−0.2", "1e−8"],
                ["2/7", "½", "−3"],
            ]),
            input = Array([
                ["1"],
                ["2"],
                ["3"],
            ]);
        WorkingStep any = solution.Steps[0];
        var block = new WorkingBlock(1, WorkingSection.Forward, "dense1");
        Add(
            "z",
            new Sum([(false, new Product(new Shaped(w, 2, 3), new Shaped(x, 3, 1), true)), (false, new Shaped(b, 2, 1))]),
            new Sum([
                (false, new Product(numbers, input, true)),
                (
                    false,
                    Array([
                        ["1"],
                        ["−1"],
                    ])
                ),
            ]),
            Array([
                ["0.75000003"],
                ["−7.71429"],
            ])
        );
        Add(
            "h",
            new Call("σ", [new Identifier(new("z"))]),
            new Call(
                "σ",
                [
                    Array([
                        ["0.75"],
                        ["−7.7"],
                    ]),
                ]
            ),
            Array([
                ["0.679179"],
                ["0.000452622"],
            ])
        );
        Add(
            "G",
            new Product(new Shaped(delta, 2, 1), new Shaped(new Transposed(x), 1, 3), true),
            new Product(
                Array([
                    ["0.1"],
                    ["0.2"],
                ]),
                new Transposed(input),
                true
            ),
            Array([
                ["0.1", "0.2", "0.3"],
                ["0.2", "0.4", "0.6"],
            ])
        );
        Add(
            "δ",
            new Entrywise(new Product(new Transposed(w), delta, true), new Sum([(false, new Numeral("1")), (true, new Power(x, 2))])),
            new Entrywise(
                new Product(
                    new Transposed(numbers),
                    Array([
                        ["0.1"],
                        ["0.2"],
                    ]),
                    true
                ),
                new Power(new Sum([(false, input), (true, input)]), 2)
            ),
            new Product(
                new Numeral("½"),
                Array([
                    ["0"],
                    ["0"],
                    ["0"],
                ]),
                false
            )
        );
        solution.Blocks = [block];
        solution.Steps = [.. block.Lines];
        return solution;

        void Add(string name, Formula symbols, Formula values, Formula result) =>
            block.Add(
                new WorkingStep
                {
                    Id = $"m{block.Lines.Count + 1}",
                    Section = WorkingSection.Forward,
                    Update = 1,
                    Block = "dense1",
                    Key = name,
                    Name = new SymbolName(name),
                    Rule = "dense 2",
                    Expression = any.Expression,
                    InSymbols = symbols,
                    InNumbers = values,
                    NumbersAreExact = true,
                    Outcome = result,
                    ResultIsExact = false,
                    Uses = [.. block.Lines.Select(line => line.Id)],
                }
            );
    }

    private static Matrix Array(string[][] rows) =>
        new([.. rows.Select(row => (IReadOnlyList<Formula>)[.. row.Select(number => new Numeral(number))])]);
}
