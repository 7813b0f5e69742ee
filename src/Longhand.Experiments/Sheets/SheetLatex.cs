using System.Text;
using Longhand.Working;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Longhand.Experiments.Sheets;

/// <summary>A sheet as a LaTeX document of its own, for pdflatex with the packages that every installation has.</summary>
internal sealed class SheetLatex
{
    private const string Preamble = """
        \documentclass[11pt,a4paper]{article}
        \usepackage[T1]{fontenc}
        \usepackage[utf8]{inputenc}
        \usepackage{lmodern}
        \usepackage[margin=25mm]{geometry}
        \usepackage{amsmath,amssymb}
        \usepackage{xcolor}
        \usepackage[hidelinks]{hyperref}
        \setcounter{secnumdepth}{0}
        \setlength{\parindent}{0pt}
        \setlength{\parskip}{.6em plus .2em}
        \setlength{\emergencystretch}{3em}
        % What a program prints stands in cells of equal width.
        \newlength{\cellwidth}
        \newcommand{\cell}[1]{\hbox to \cellwidth{\hss$\scriptstyle #1$\hss}}
        \newcommand{\ruled}{\rule[.6ex]{\cellwidth}{.3pt}}
        \newcommand{\printed}[1]{\noindent\mbox{#1}\par}
        \newenvironment{printout}
          {\par\medskip\footnotesize\ttfamily\settowidth{\cellwidth}{x}\setlength{\parskip}{0pt}\setlength{\leftskip}{1em}}
          {\par\medskip}

        """;

    private readonly Sheet sheet;
    private readonly Dictionary<SheetStep, SheetResult> results;
    private readonly StringBuilder text = new();

    private SheetLatex(Sheet sheet, IReadOnlyList<SheetResult> results) =>
        (this.sheet, this.results) = (sheet, results.ToDictionary(r => r.Step));

    /// <summary>The document.</summary>
    /// <param name="sheet">The sheet.</param>
    /// <param name="results">What came out of its commands, in their order.</param>
    public static string Write(Sheet sheet, IReadOnlyList<SheetResult> results)
    {
        var writer = new SheetLatex(sheet, results);
        writer.text.Append(Preamble).Append($"\\begin{{document}}\n{{\\LARGE\\bfseries {LatexText.Of(sheet.Title)}\\par}}\n");
        bool first = true;
        foreach (Block block in sheet.Document)
        {
            if (first && block is HeadingBlock { Level: 1 })
                first = false;
            else
                writer.Write(block);
        }
        return writer.text.Append("\\end{document}\n").ToString().ReplaceLineEndings("\n");
    }

    private void Write(Block block)
    {
        switch (block)
        {
            case HeadingBlock heading:
                string kind =
                    heading.Level <= 2 ? "section"
                    : heading.Level == 3 ? "subsection"
                    : "subsubsection";
                text.Append($"\n\\{kind}{{{Inline(heading.Inline)}}}\n");
                break;
            case ParagraphBlock paragraph:
                text.Append('\n').Append(Inline(paragraph.Inline)).Append('\n');
                break;
            case MathBlock math:
                text.Append("\\[\n").Append(Lines(math.Lines.ToString())).Append("\n\\]\n");
                break;
            case CodeBlock code:
                Code(code);
                break;
            case ListBlock list:
                Within(list.IsOrdered ? "enumerate" : "itemize", () => Items(list));
                break;
            case QuoteBlock quote:
                Within("quote", () => All(quote));
                break;
            case Table table:
                Write(table);
                break;
            case ThematicBreakBlock:
                text.Append("\n\\medskip\\hrule\\medskip\n");
                break;
            case LinkReferenceDefinitionGroup:
                break;
            default:
                throw sheet.Error(block.Line + 1, $"a {block.GetType().Name} has no form in LaTeX.");
        }
    }

    private void All(ContainerBlock blocks)
    {
        foreach (Block block in blocks)
            Write(block);
    }

    private void Items(ListBlock list)
    {
        foreach (ListItemBlock item in list.OfType<ListItemBlock>())
        {
            text.Append("\\item ");
            All(item);
        }
    }

    private void Within(string environment, Action write)
    {
        text.Append($"\n\\begin{{{environment}}}\n");
        write();
        text.Append($"\\end{{{environment}}}\n");
    }

    private void Code(CodeBlock code)
    {
        object? meaning = code is FencedCodeBlock fenced ? sheet.Meaning.GetValueOrDefault(fenced) : null;
        switch (meaning)
        {
            case SheetStep step:
                Printed(step.Text, @"\bfseries");
                if (step.Showing != Showing.Quiet)
                    Printed((results[step].Message + results[step].Text).TrimEnd(), "");
                foreach ((string name, string _) in results[step].Pictures)
                    text.Append($"\n\\emph{{The picture {LatexText.Of(name)} is on the sheet's page.}}\n");
                break;
            case List<Expectation> answers:
                Answers(answers);
                break;
            default:
                if (meaning is string name2)
                    text.Append($"\n\\texttt{{{LatexText.Of(name2)}}}:\n");
                Printed(code.Lines.ToString(), "");
                break;
        }
    }

    private void Printed(string printed, string style)
    {
        text.Append("\\begin{printout}").Append(style).Append('\n');
        foreach (string line in LatexCells.Fold(printed))
            text.Append("\\printed{").Append(LatexCells.Line(line)).Append("}\n");
        text.Append("\\end{printout}\n");
    }

    private void Answers(List<Expectation> answers)
    {
        text.Append("\n\\begin{quote}\n");
        foreach (Expectation answer in answers)
        {
            string label = answer.Label is null
                ? $"\\texttt{{{LatexText.Of(answer.Path)}}}"
                : string.Concat(answer.Label.OfType<ParagraphBlock>().Select(p => Inline(p.Inline)));
            text.Append($"{label}: \\textbf{{{LatexText.Of(answer.Answer)}}} $\\checkmark$\\\\\n");
        }
        text.Length -= "\\\\\n".Length;
        text.Append("\n\\end{quote}\n");
    }

    private void Write(Table table)
    {
        TableRow[] rows = [.. table.OfType<TableRow>()];
        int columns = rows.Max(row => row.Count);
        text.Append($"\n\\begin{{center}}\\small\\begin{{tabular}}{{{new string('l', columns)}}}\n\\hline\n");
        foreach (TableRow row in rows)
        {
            text.AppendJoin(
                " & ",
                row.OfType<TableCell>().Select(cell => string.Concat(cell.OfType<ParagraphBlock>().Select(p => Inline(p.Inline))))
            );
            text.Append(row.IsHeader ? " \\\\\n\\hline\n" : " \\\\\n");
        }
        text.Append("\\hline\n\\end{tabular}\\end{center}\n");
    }

    private string Inline(ContainerInline? inlines) => string.Concat((inlines ?? []).Select(Inline));

    private string Inline(Inline inline) =>
        inline switch
        {
            LiteralInline literal => LatexText.Of(literal.Content.ToString()),
            MathInline math when LatexMath.IsDisplay(math) => $"\\[ {Lines(math.Content.ToString())} \\]",
            MathInline math => $"${Lines(math.Content.ToString())}$",
            CodeInline code => $"\\texttt{{{LatexText.Of(code.Content)}}}",
            EmphasisInline emphasis => $"\\{(emphasis.DelimiterCount == 2 ? "textbf" : "emph")}{{{Inline((ContainerInline)emphasis)}}}",
            LineBreakInline line => line.IsHard ? "\\\\\n" : "\n",
            LinkInline { IsImage: false } link => Inline((ContainerInline)link),
            AutolinkInline link => $"\\texttt{{{LatexText.Of(link.Url)}}}",
            HtmlEntityInline entity => LatexText.Of(entity.Transcoded.ToString()),
            ContainerInline container => Inline((ContainerInline?)container),
            _ => throw sheet.Error(inline.Line + 1, $"a {inline.GetType().Name} has no form in LaTeX."),
        };

    // An empty line would end the formula.
    private static string Lines(string math) =>
        string.Join('\n', math.Split('\n').Where(line => !string.IsNullOrWhiteSpace(line)).Select(l => l.Trim()));
}
