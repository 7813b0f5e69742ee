using System.Globalization;
using System.Text;

namespace Longhand.Working;

/// <summary>A worked solution as a LaTeX document of its own, on A4.</summary>
internal sealed class SolutionLatex : SolutionReader
{
    // The width of the text in em, less what formulas are moved in by.
    private const double Width = 40;

    // Formulas follow a line of words without a paragraph's end between, which would leave an empty line.
    private const string Preamble = """
        \documentclass[11pt,a4paper,fleqn]{article}
        \usepackage[T1]{fontenc}
        \usepackage{lmodern}
        \usepackage{amsmath,array}
        \usepackage[margin=2.4cm]{geometry}
        \usepackage{microtype}
        \setlength{\mathindent}{1em}
        \setlength{\parindent}{0pt}
        \setlength{\parskip}{0.4em plus 0.2em}
        \setlength{\jot}{4pt}
        \setlength{\arraycolsep}{0.45em}
        \setcounter{MaxMatrixCols}{64}
        \allowdisplaybreaks
        \newcommand{\heading}[2]{\par\pagebreak[1]\vspace{0.7em plus 0.3em}\textbf{#1}\quad{\small #2}}
        \newcommand{\note}[1]{\par\nopagebreak{\small #1}}
        \newcommand{\plane}[1]{\begin{tabular}{@{}l@{}}#1\end{tabular}}
        \newcommand{\planename}[1]{{\footnotesize #1}\\[2pt]}
        \begin{document}
        \raggedright
        \setlength{\abovedisplayskip}{3pt plus 2pt}
        \setlength{\belowdisplayskip}{6pt plus 4pt}
        \setlength{\abovedisplayshortskip}{3pt plus 2pt}
        \setlength{\belowdisplayshortskip}{6pt plus 4pt}

        """;

    private readonly StringBuilder text = new();

    private SolutionLatex(Solution solution)
        : base(solution) { }

    public static string Write(Solution solution)
    {
        var page = new SolutionLatex(solution);
        page.text.Append(Preamble.ReplaceLineEndings("\n"));
        page.Read();
        page.text.Append("\\end{document}\n");
        return page.text.ToString();
    }

    protected override void Facts(IReadOnlyList<(string Name, string Value)> facts)
    {
        text.Append("{\\LARGE\\bfseries Worked by hand}\\par\\medskip\n\\begin{tabular}{@{}lp{0.78\\textwidth}@{}}\n");
        foreach ((string name, string value) in facts)
            text.Append(
                CultureInfo.InvariantCulture,
                $"{name} & \\raggedright {(name is "Network" or "Optimizer" ? $@"\texttt{{{LatexText.Of(value)}}}" : LatexText.Of(value))} \\tabularnewline\n"
            );
        text.Append("\\end{tabular}\\par\n");
    }

    protected override void Asked(IReadOnlyList<string> sentences)
    {
        text.Append('\n');
        foreach (string sentence in sentences)
            Note(sentence);
    }

    protected override void Given(IReadOnlyList<WorkingGiven> given)
    {
        text.Append("\n\\section*{Given}\n");
        if (given.Any(array => array.Numbers.Count > 0))
            LatexLines.Given(text, "alignat*", given, Width);
        foreach (WorkingGiven array in given)
            if (array.Map is { } map)
                Map(map, isGiven: true);
    }

    protected override void Section(string title, string word, Action blocks)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n\\section*{{{LatexText.Of(title)}}}\n");
        blocks();
    }

    protected override void Block(WorkingBlock block, Action content)
    {
        (string name, string rule) = SolutionWords.Heading(block);
        text.Append(CultureInfo.InvariantCulture, $"\n\\heading{{{LatexText.Of(name)}}}{{{LatexText.Of(rule)}}}\n");
        content();
    }

    protected override void Remark(string sentence) => Note(sentence);

    protected override void Map(WorkingMap map, bool isGiven)
    {
        string source = MapWords.Source(map, isGiven) is { } key ? $@" = \texttt{{{LatexText.Of(key)}}}" : "";
        text.Append(
            CultureInfo.InvariantCulture,
            $"\\par\\nopagebreak ${LatexPrinter.Instance.Write(new Identifier(map.Name))}${source}: {LatexText.Of(MapWords.Size(map))}\n\\par\\nopagebreak"
        );
        foreach (MapPlane plane in map.Planes)
            Plane(plane, null);
        text.Append('\n');
        if (MapWords.More(map) is { } more)
            Note(more);
        if (MapWords.Opening(map, isGiven) is { } opening)
            Note(opening);
    }

    protected override void Patch(WorkingPatch patch)
    {
        foreach ((MapPlane read, MapPlane? times) in patch.Pairs)
        {
            text.Append("\\par\\nopagebreak");
            Plane(read, patch.Winner);
            if (times is not null)
            {
                text.Append("\n\\hspace*{1em}$\\times$");
                Plane(times, null);
            }
            text.Append('\n');
        }
        if (MapWords.Missing(patch) is { } missing)
            Note(missing);
    }

    protected override void Lines(IReadOnlyList<WorkingStep> lines)
    {
        if (lines.Count == 0)
            return;
        LatexLines.Write(text, "alignat*", lines, Width);
    }

    protected override void Ending(string sentence)
    {
        text.Append('\n');
        Note(sentence);
    }

    private void Note(string sentence) => text.Append(CultureInfo.InvariantCulture, $"\\note{{{LatexText.Of(sentence)}}}\n");

    private void Plane(MapPlane plane, (int Row, int Column)? winner)
    {
        bool isCut = plane.Rows[0].Count < plane.Width;
        string columns = new('r', plane.Rows[0].Count + (isCut ? 1 : 0));
        var rows = plane.Rows.Select(
            (row, i) =>
                string.Join(
                    " & ",
                    row.Select(
                        (number, j) =>
                            number.Length == 0 ? @"\cdot"
                            : winner == (i, j) ? $@"\boxed{{{Number(number)}}}"
                            : Number(number)
                    )
                ) + (isCut ? @" & \cdots" : "")
        );
        if (plane.Rows.Count < plane.Height)
            rows = rows.Append(@"\vdots");
        string label = MapWords.Label(plane) is { Length: > 0 } name ? $@"\planename{{{LatexText.Of(name)}}}" : "";
        text.Append(
            CultureInfo.InvariantCulture,
            $"\n\\hspace*{{1em}}\\plane{{{label}$\\begin{{array}}{{@{{}}{columns}@{{}}}} {string.Join(@" \\ ", rows)} \\end{{array}}$}}"
        );
    }

    private static string Number(string number) => LatexPrinter.Instance.Write(new Numeral(number));
}
