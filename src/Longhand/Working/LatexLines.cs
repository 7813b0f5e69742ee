using System.Globalization;
using System.Text;

namespace Longhand.Working;

/// <summary>Lines of a solution in LaTeX, inside of an <c>align</c> or <c>aligned</c>: sign under sign, and broken where they are too long.</summary>
internal static class LatexLines
{
    /// <summary>What has room on a page of Markdown, in em.</summary>
    public const double MarkdownWidth = 44;

    // A line that goes on is moved in by \quad.
    private const double Indent = 1;

    /// <summary>Numbers that were given, as many beside one another as have room.</summary>
    public static void Given(StringBuilder text, IReadOnlyList<(SymbolName Name, string Value, bool IsExact)> numbers, int more, double width)
    {
        const double gap = 2;
        var items = numbers.Select(n =>
            (
                Latex: $"{Write(new Identifier(n.Name))} {(n.IsExact ? "=" : @"\approx")} {Write(new Numeral(n.Value))}",
                Width: FormulaWidth.Of(n.Name) + FormulaWidth.Relation + FormulaWidth.Of(new Numeral(n.Value)) + gap
            )
        );
        if (more > 0)
            items = items.Append((string.Create(CultureInfo.InvariantCulture, $@"\text{{and {more} more}}"), 6));
        (string Latex, double Width)[] all = [.. items];
        // Under one another, as wide as the widest.
        int columns = Math.Clamp((int)(width / all.Max(item => item.Width)), 1, all.Length);
        text.Append(@"\begin{array}{@{}").Append(new string('l', columns)).Append("@{}}\n");
        text.AppendJoin(" \\\\\n", all.Chunk(columns).Select(row => string.Join(" & ", row.Select(item => item.Latex)))).Append('\n');
        text.Append("\\end{array}\n");
    }

    /// <summary>Lines under one another.</summary>
    public static void Write(StringBuilder text, IReadOnlyList<WorkingStep> lines, double width)
    {
        double[] widths = [0, 0, 0];
        double last = 0;
        foreach (WorkingStep line in lines)
        {
            double[] parts = [.. line.Chain.Select(Width)];
            widths[0] = Math.Max(widths[0], FormulaWidth.Of(line.Name));
            for (int i = 0; i < parts.Length - 1; i++)
                widths[i + 1] = Math.Max(widths[i + 1], parts[i]);
            last = Math.Max(last, parts[^1]);
        }
        bool isAligned = widths.Sum() + last <= width;
        var rows = new List<string>();
        foreach (WorkingStep line in lines)
        {
            if (isAligned)
                rows.Add($"{Name(line)} {string.Join(" & ", line.Chain.Select(part => $"&{Relation(part.Sign)} {Write(part.Formula)}"))}");
            else if (FormulaWidth.Of(line.Name) + line.Chain.Sum(Width) is var whole && widths[0] - FormulaWidth.Of(line.Name) + whole <= width)
                rows.Add($"{Name(line)} &{string.Join(" ", line.Chain.Select(part => $"{Relation(part.Sign)} {Write(part.Formula)}"))}");
            else
                rows.AddRange(Broken(line, width - widths[0]));
            if (line.Note.Length > 0)
                rows.Add($@"&\quad\text{{\small ({LatexText.Of(line.Note)})}}");
        }
        text.AppendJoin(" \\\\\n", rows).Append('\n');
    }

    // Each sign on a row of its own, and where that is not enough, before each plus and minus.
    private static IEnumerable<string> Broken(WorkingStep line, double width)
    {
        string name = Name(line);
        foreach ((string sign, Formula formula) in line.Chain)
        {
            if (Width((sign, formula)) <= width)
            {
                yield return $"{name} &{Relation(sign)} {Write(formula)}".TrimStart();
                name = "";
                continue;
            }
            IReadOnlyList<string> pieces = LatexPrinter.Instance.Pieces(formula);
            IReadOnlyList<double> wide = FormulaWidth.OfPieces(formula);
            var row = new StringBuilder($"{name} &{Relation(sign)} ".TrimStart());
            double used = FormulaWidth.Relation;
            for (int i = 0; i < pieces.Count; i++)
            {
                if (i > 0 && used + wide[i] > width)
                {
                    yield return row.ToString().TrimEnd();
                    // The empty group makes the sign one between two things.
                    row.Clear().Append(@"&\quad {}");
                    used = FormulaWidth.Relation + Indent;
                }
                row.Append(pieces[i]);
                used += wide[i];
            }
            yield return row.ToString().TrimEnd();
            name = "";
        }
    }

    private static double Width((string Sign, Formula Formula) part) => FormulaWidth.Relation + FormulaWidth.Of(part.Formula);

    private static string Name(WorkingStep line) => Write(new Identifier(line.Name));

    private static string Write(Formula formula) => LatexPrinter.Instance.Write(formula);

    private static string Relation(string sign) =>
        sign switch
        {
            "=" => "=",
            "≈" => @"\approx",
            _ => $@"\mathrel{{\text{{{LatexText.Of(sign)}}}}}",
        };
}
