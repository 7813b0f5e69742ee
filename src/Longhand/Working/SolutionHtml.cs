using System.Globalization;
using System.Text;

namespace Longhand.Working;

/// <summary>
/// A worked solution as HTML with MathML: a page of its own, or what stands in the body of another. It is also well-formed XML, needs no
/// script and asks for nothing from elsewhere.
/// </summary>
internal sealed class SolutionHtml : SolutionReader
{
    // Blocks whose lines are wider than this are never written one line each: nobody's page is.
    private const int Widest = 48,
        WidthStep = 4;

    // A formula is broken between its terms where it would fill more of a narrow page than this, in em.
    private const double Unbroken = 12;

    private readonly string prefix;
    private readonly StringBuilder html = new();
    private readonly Dictionary<string, WorkingStep> steps;
    private readonly HtmlGrid grids;

    private SolutionHtml(Solution solution, string prefix)
        : base(solution)
    {
        this.prefix = MathMlPrinter.Escape(prefix);
        steps = solution.Steps.ToDictionary(step => step.Id);
        grids = new HtmlGrid(html);
    }

    /// <summary>A page of its own.</summary>
    public static string Page(Solution solution) =>
        $"""
            <!DOCTYPE html>
            <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/>
            <title>{MathMlPrinter.Escape($"{solution.Model.Network}, worked by hand")}</title>
            <style>
            {HtmlStyle.OfPage}{HtmlStyle.Text}</style>
            </head>
            <body>
            <main>
            {Fragment(solution, "")}</main>
            </body>
            </html>

            """.ReplaceLineEndings("\n");

    /// <summary>One article, for a page that has the style.</summary>
    public static string Fragment(Solution solution, string prefix)
    {
        var page = new SolutionHtml(solution, prefix);
        page.html.Append("<article class=\"longhand\">\n");
        page.Read();
        page.html.Append("</article>\n");
        return page.html.ToString();
    }

    protected override void Facts(IReadOnlyList<(string Name, string Value)> facts)
    {
        html.Append("<header>\n<h1>Worked by hand</h1>\n<dl>\n");
        foreach ((string name, string value) in facts)
            html.Append(
                CultureInfo.InvariantCulture,
                $"<dt>{name}</dt><dd>{(name is "Network" or "Optimizer" ? Code(value) : MathMlPrinter.Escape(value))}</dd>\n"
            );
        html.Append("</dl>\n</header>\n<nav>\n");
        if (Solution.Given.Count > 0)
            Entry("given", "Given");
        foreach ((string title, string word, _) in SolutionWords.Sections(Solution))
            Entry(word, title.Split(':')[0]);
        html.Append("</nav>\n");

        void Entry(string word, string title) =>
            html.Append(CultureInfo.InvariantCulture, $"<a href=\"#{prefix}{word}\">{MathMlPrinter.Escape(title)}</a>\n");
    }

    protected override void Asked(IReadOnlyList<string> sentences)
    {
        foreach (string sentence in sentences)
            Paragraph("asked", sentence);
    }

    protected override void Given(IReadOnlyList<WorkingGiven> given)
    {
        html.Append(CultureInfo.InvariantCulture, $"<section id=\"{prefix}given\">\n<h2>Given</h2>\n");
        var numbers = new MathMlPrinter(name => OperandOf(name, []));
        foreach (WorkingGiven array in given)
        {
            Dictionary<string, string> keys = array
                .Origins.Zip(array.Numbers)
                .ToDictionary(pair => pair.Second.Name.ToString(), pair => KeyOf(pair.First, isWhole: false));
            foreach (var row in array.Rows)
            {
                html.Append("<p class=\"given\">");
                foreach ((SymbolName name, Formula value, bool isExact) in row)
                {
                    string key =
                        array.Matrix is not null && array.Origins.Count > 0
                            ? KeyOf(array.Origins[0], isWhole: true)
                            : keys.GetValueOrDefault(name.ToString(), name.ToString());
                    html.Append(
                            CultureInfo.InvariantCulture,
                            $"<span{MathMlPrinter.Attributes(new(key, name.ToString(), null))}>{MathMlPrinter.Element(MathMlPrinter.Instance.Write(new Identifier(name)) + MathMlPrinter.Relation(isExact ? "=" : "≈") + numbers.Write(value))}</span>"
                        )
                        .Append(' ');
                }
                if (array.More > 0 && row[^1].Name == array.Numbers[^1].Name)
                    html.Append(CultureInfo.InvariantCulture, $"<span class=\"note\">and {array.More} more</span>");
                html.Append("</p>\n");
            }
            if (array.Map is { } map)
                Map(map, isGiven: true);
        }
        html.Append("</section>\n");
    }

    protected override void Section(string title, string word, Action blocks)
    {
        html.Append(CultureInfo.InvariantCulture, $"<section id=\"{prefix}{word}\">\n<h2>{MathMlPrinter.Escape(title)}</h2>\n");
        blocks();
        html.Append("</section>\n");
    }

    protected override void Block(WorkingBlock block, Action content)
    {
        (string name, string rule) = SolutionWords.Heading(block);
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"block\">\n<h3>{MathMlPrinter.Escape(name)}");
        if (rule.Length > 0)
            html.Append(CultureInfo.InvariantCulture, $" <small>{MathMlPrinter.Escape(rule)}</small>");
        html.Append("</h3>\n");
        content();
        html.Append("</div>\n");
    }

    protected override void Remark(string sentence) => Paragraph("note", sentence);

    protected override void Statement(SymbolName name, Formula right) =>
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"map\">{Math(new Identifier(name), "=", right)}</p>\n");

    protected override void Map(WorkingMap map, bool isGiven)
    {
        string source = MapWords.Source(map, isGiven) is { } key ? $" = {Code(key)}" : "";
        html.Append(
            CultureInfo.InvariantCulture,
            $"<p class=\"map\">{Math(new Identifier(map.Name))}{source}: {MathMlPrinter.Escape(MapWords.Size(map))}</p>\n"
        );
        grids.Planes(map);
        if (MapWords.More(map) is { } more)
            Paragraph("note", more);
        if (MapWords.Opening(map, isGiven) is { } opening)
            Paragraph("note", opening);
    }

    protected override void Patch(WorkingPatch patch)
    {
        grids.Patch(patch);
        if (MapWords.Missing(patch) is { } missing)
            Paragraph("note", missing);
    }

    protected override void Lines(IReadOnlyList<WorkingStep> lines)
    {
        if (lines.Count == 0)
            return;
        int width = (int)System.Math.Ceiling(Width(lines) / WidthStep) * WidthStep;
        html.Append(
            width <= Widest ? string.Create(CultureInfo.InvariantCulture, $"<div class=\"lines fit{width}\">\n") : "<div class=\"lines\">\n"
        );
        foreach (WorkingStep line in lines)
            Line(line);
        html.Append("</div>\n");
    }

    protected override void Ending(string sentence) => Paragraph("note", sentence);

    private void Line(WorkingStep line)
    {
        Dictionary<string, string> made = Made(line);
        var linked = new MathMlPrinter(name => OperandOf(name, made));
        html.Append(
            CultureInfo.InvariantCulture,
            $"<div class=\"line\" id=\"{prefix}{MathMlPrinter.Escape(line.Id)}\" data-key=\"{MathMlPrinter.Escape(line.Key)}\"><span class=\"name\">{Math(new Identifier(line.Name))}</span>"
        );
        (string Sign, Formula Formula)[] chain = [.. line.Chain];
        foreach ((int i, (string sign, Formula formula)) in chain.Index())
        {
            bool isLast = i == chain.Length - 1;
            html.Append(isLast ? "<span class=\"part last\">" : "<span class=\"part\">");
            IReadOnlyList<string> pieces = FormulaWidth.Of(formula) > Unbroken ? linked.Pieces(formula) : [linked.Write(formula)];
            foreach ((int p, string piece) in pieces.Index())
                html.Append(p > 0 ? "<wbr/>" : "").Append(MathMlPrinter.Element((p == 0 ? MathMlPrinter.Relation(sign) : "") + piece));
            html.Append("</span>");
        }
        if (line.Note.Length > 0)
            html.Append(CultureInfo.InvariantCulture, $"<span class=\"note\">({MathMlPrinter.Escape(line.Note)})</span>");
        html.Append("</div>\n");
    }

    private Operand OperandOf(Identifier name, Dictionary<string, string> made)
    {
        string text = name.Name.ToString();
        string? key = name.Origin is { } origin ? KeyOf(origin, name.IsWhole) : null;
        // A number of an array that one line has found as a whole comes from that line.
        string? line =
            made.GetValueOrDefault(text) ?? (key is null ? null : made.GetValueOrDefault(key) ?? made.GetValueOrDefault(key.Split('[')[0]));
        return new(key ?? text, text, line);
    }

    private string KeyOf(Origin origin, bool isWhole = false) =>
        Operand.KeyOf(Solution.Model.Network, origin, isWhole, Solution.Request.IsBatch);

    // Of the lines that a line uses, the id of each by the name of what it found and by its key. A parameter's next value is what the
    // following step calls by its plain name.
    private Dictionary<string, string> Made(WorkingStep line)
    {
        var made = new Dictionary<string, string>();
        foreach (string id in line.Uses)
            if (steps.TryGetValue(id, out WorkingStep? used))
            {
                string address = prefix + id;
                made[used.Name.ToString()] = address;
                made.TryAdd(used.Key, address);
                if (used.Name.IsNext)
                    made.TryAdd((used.Name with { IsNext = false }).ToString(), address);
            }
        return made;
    }

    // What the lines of a block need beside one another, sign under sign, in em.
    private static double Width(IReadOnlyList<WorkingStep> lines)
    {
        double[] columns = [0, 0, 0, 0];
        double widest = 0;
        foreach (WorkingStep line in lines)
        {
            columns[0] = System.Math.Max(columns[0], FormulaWidth.Of(line.Name));
            (string, Formula Formula)[] chain = [.. line.Chain];
            for (int i = 0; i < chain.Length - 1; i++)
                columns[i + 1] = System.Math.Max(columns[i + 1], FormulaWidth.Relation + FormulaWidth.Of(chain[i].Formula));
            columns[3] = System.Math.Max(columns[3], FormulaWidth.Relation + FormulaWidth.Of(chain[^1].Formula));
        }
        foreach (double column in columns)
            widest += column;
        // Fonts differ, and this is an estimate.
        return 1.05 * widest + 0.5;
    }

    private static string Math(Formula left, string? sign = null, Formula? right = null) =>
        MathMlPrinter.Element(
            MathMlPrinter.Instance.Write(left) + (right is null ? "" : MathMlPrinter.Relation(sign!) + MathMlPrinter.Instance.Write(right))
        );

    private static string Code(string text) => $"<code>{MathMlPrinter.Escape(text)}</code>";

    private void Paragraph(string kind, string text) =>
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"{kind}\">{MathMlPrinter.Escape(text)}</p>\n");
}
