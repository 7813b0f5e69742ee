using System.Globalization;
using System.Text;

namespace Longhand.Working;

/// <summary>Lines of a solution in LaTeX, in <c>alignat*</c> or <c>alignedat</c>: sign under sign, and broken where they are too long.</summary>
internal static class LatexLines
{
    // A line that goes on is moved in by \quad.
    private const double Indent = 1;

    // A letter of small text, on the whole.
    private const double NoteLetter = 0.46;

    /// <summary>Numbers that were given, those of an array and a sample in a row as long as there is room.</summary>
    public static void Given(StringBuilder text, string environment, IReadOnlyList<WorkingGiven> arrays, double width)
    {
        const double gap = 2;
        var rows = new List<string>();
        foreach (WorkingGiven array in arrays)
        foreach (var numbers in array.Rows)
        {
            var row = new StringBuilder();
            double used = 0;
            foreach ((SymbolName name, Formula value, bool isExact) in numbers)
                Add(
                    $"{Write(new Identifier(name))} {(isExact ? "=" : @"\approx")} {Write(value)}",
                    FormulaWidth.Of(name) + FormulaWidth.Relation + FormulaWidth.Of(value)
                );
            if (array.More > 0 && numbers[^1].Name == array.Numbers[^1].Name)
                Add(string.Create(CultureInfo.InvariantCulture, $@"\text{{and {array.More} more}}"), 6);
            rows.Add(row.ToString());

            void Add(string item, double itemWidth)
            {
                if (row.Length > 0 && used + gap + itemWidth > width)
                {
                    rows.Add(row.ToString());
                    row.Clear();
                }
                used = row.Length == 0 ? itemWidth : used + gap + itemWidth;
                row.Append(row.Length == 0 ? "&" : @" \qquad ").Append(item);
            }
        }
        Environment(text, environment, 1, rows);
    }

    /// <summary>Lines under one another.</summary>
    public static void Write(StringBuilder text, string environment, IReadOnlyList<WorkingStep> lines, double width)
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
                rows.Add($"{Name(line)} {string.Join(" &", line.Chain.Select(part => $"&{Relation(part.Sign)} {Write(part.Formula)}"))}");
            else if (
                FormulaWidth.Of(line.Name) + line.Chain.Sum(Width) is var whole
                && widths[0] - FormulaWidth.Of(line.Name) + whole <= width
            )
                rows.Add($"{Name(line)} &{string.Join(" ", line.Chain.Select(part => $"{Relation(part.Sign)} {Write(part.Formula)}"))}");
            else
                rows.AddRange(Broken(line, width - widths[0]));
            if (line.Note.Length > 0)
                rows.AddRange(Note($"({line.Note})", (int)((width - widths[0]) / NoteLetter)));
        }
        Environment(text, environment, isAligned ? lines.Max(line => line.Chain.Count()) : 1, rows);
    }

    // Columns beside one another without space between them: alignat, alignedat.
    private static void Environment(StringBuilder text, string name, int columns, List<string> rows) =>
        text.Append(CultureInfo.InvariantCulture, $"\\begin{{{name}}}{{{columns}}}\n")
            .AppendJoin(" \\\\\n", rows)
            .Append(CultureInfo.InvariantCulture, $"\n\\end{{{name}}}\n");

    // Text in a formula is not broken by itself.
    private static IEnumerable<string> Note(string note, int letters)
    {
        var text = new StringBuilder();
        TextLines.Wrap(text, "", "", TextLines.Split(note, " "), Math.Max(20, letters));
        return text.ToString().TrimEnd('\n').Split('\n').Select(part => $@"&\quad\rlap{{\text{{\small {LatexText.Of(part)}}}}}");
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
