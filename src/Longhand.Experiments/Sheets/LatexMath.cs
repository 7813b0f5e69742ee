using System.Buffers;
using System.Globalization;
using System.Text;
using Markdig.Extensions.Mathematics;

namespace Longhand.Experiments.Sheets;

/// <summary>
/// Reads the part of LaTeX's math mode that sheets are written in and writes it as MathML, which browsers draw without a script. What it
/// does not know is refused, so that no formula of a sheet can look right in one notation and be lost in the other.
/// </summary>
internal sealed class LatexMath
{
    // What LaTeX reads as commands.
    private static readonly SearchValues<char> special = SearchValues.Create(@"\{$%#&_^~");

    private const int DeepestNesting = 60;

    private readonly string text;
    private readonly bool display;
    private int at,
        depth;

    private LatexMath(string text, bool display) => (this.text, this.display) = (text, display);

    /// <summary>A formula as MathML.</summary>
    /// <param name="latex">The formula, without the dollar signs around it.</param>
    /// <param name="display">Whether it stands on a line of its own.</param>
    /// <exception cref="LonghandException">It is no formula of this kind; the message says where it stops being one.</exception>
    public static string ToMathMl(string latex, bool display)
    {
        var reader = new LatexMath(latex, display);
        string row = reader.Row();
        if (reader.at < latex.Length)
            throw reader.Error($"{Quoted.Of(reader.Ahead())} closes nothing");
        return $"<math{(display ? " display=\"block\"" : "")}>{row}</math>";
    }

    /// <summary>Whether a formula within a paragraph was set apart all the same: $$…$$.</summary>
    public static bool IsDisplay(MathInline math) => math.DelimiterCount > 1;

    // Atoms side by side, up to what ends a row: }, &, \\, \right, \end, or the end of the formula.
    private string Row()
    {
        if (++depth > DeepestNesting)
            throw Error("it is nested too deeply");
        var row = new StringBuilder("<mrow>");
        bool opening = true;
        while (SkipSpace() && !EndsRow())
        {
            Atom atom = Read(opening);
            row.Append(Scripts(atom));
            opening = atom.Opens;
        }
        depth--;
        return row.Append("</mrow>").ToString();
    }

    /// <summary>One thing of a row.</summary>
    /// <param name="MathMl">How it is written.</param>
    /// <param name="Opens">Whether a minus behind it is a sign rather than a difference.</param>
    /// <param name="TakesLimits">Whether scripts stand above and below it in a display.</param>
    /// <param name="Function">Whether an argument follows.</param>
    private readonly record struct Atom(string MathMl, bool Opens = false, bool TakesLimits = false, bool Function = false);

    private string Scripts(Atom atom)
    {
        string? above = null,
            below = null;
        while (SkipSpace() && text[at] is '^' or '_' or '\'')
        {
            char sign = text[at++];
            if (sign == '\'')
            {
                above += "<mo>′</mo>";
                continue;
            }
            ref string? script = ref sign == '^' ? ref above : ref below;
            if (script is not null && !(sign == '^' && script.EndsWith("<mo>′</mo>", StringComparison.Ordinal)))
                throw Error($"a second {sign} on the same letter");
            if (!SkipSpace() || EndsRow())
                throw Error($"nothing follows {sign}");
            script += Single();
        }
        bool limits = atom.TakesLimits && display;
        string written = (above, below) switch
        {
            (null, null) => atom.MathMl,
            (null, _) => limits ? $"<munder>{atom.MathMl}{below}</munder>" : $"<msub>{atom.MathMl}{below}</msub>",
            (_, null) => limits ? $"<mover>{atom.MathMl}{Group(above)}</mover>" : $"<msup>{atom.MathMl}{Group(above)}</msup>",
            _ => limits
                ? $"<munderover>{atom.MathMl}{below}{Group(above)}</munderover>"
                : $"<msubsup>{atom.MathMl}{below}{Group(above)}</msubsup>",
        };
        // U+2061 says "function application" to those who hear the formula.
        return !atom.Function ? written
            : SkipSpace() && (text[at] == '(' || Starts(@"\left")) ? written + "<mo>&#x2061;</mo>"
            : written + "<mo>&#x2061;</mo><mspace width=\"0.17em\"/>";
    }

    private static string Group(string parts) => $"<mrow>{parts}</mrow>";

    private Atom Read(bool opening)
    {
        char c = text[at];
        if (c == '\\')
            return Command(opening);
        if (c == '{')
            return new(Braced());
        if (char.IsAsciiDigit(c))
            return new($"<mn>{Number()}</mn>");
        at++;
        if (char.IsAsciiLetter(c))
            return new($"<mi>{c}</mi>");
        if (MathSymbols.Character(c) is not { } symbol)
            throw Error(
                c > 127
                    ? $"{Quoted.Of(c.ToString())} is not ASCII: letters and signs beyond it have names, such as \\sigma and \\cdot"
                    : $"{Quoted.Of(c.ToString())} has no meaning in a formula"
            );
        return Written(symbol, opening);
    }

    private Atom Command(bool opening)
    {
        int start = at++;
        if (at >= text.Length)
            throw Error("a backslash without a command");
        while (at < text.Length && char.IsAsciiLetter(text[at]))
            at++;
        if (at == start + 1)
            at++;
        string name = text[(start + 1)..at];
        switch (name)
        {
            case "frac" or "tfrac" or "dfrac":
                string numerator = Argument(name);
                return new($"<mfrac{Style(name)}>{numerator}{Argument(name)}</mfrac>");
            case "sqrt":
                return new($"<msqrt>{Argument(name)}</msqrt>");
            case "text" or "mathrm" or "operatorname":
                string word = Plain(name);
                return name == "text"
                    ? new($"<mtext>{Escape(word)}</mtext>")
                    : new($"<mi mathvariant=\"normal\">{Escape(word)}</mi>", Function: name == "operatorname");
            case "mathbb" or "mathbf":
                return new(MathSymbols.Styled(name, Plain(name)) ?? throw Error($"\\{name} is for single letters that have such a form"));
            case "left":
                return new(Fenced());
            case "begin":
                return new(Environment());
            case "," or ";" or "quad" or "qquad" or "!" or " ":
                return new($"<mspace width=\"{MathSymbols.Space(name)}\"/>", opening);
        }
        if (MathSymbols.Accent(name) is { } accent)
            return new(
                $"<mover accent=\"true\">{Argument(name)}<mo stretchy=\"{(name == "overline" ? "true" : "false")}\">{accent}</mo></mover>"
            );
        if (MathSymbols.Function(name) is { } takesLimits)
            return new($"<mi>{name}</mi>", Opens: true, TakesLimits: takesLimits, Function: true);
        if (MathSymbols.Named(name) is { } symbol)
            return Written(symbol, opening);
        at = start;
        throw Error($"unknown command {Quoted.Of("\\" + name)}.{Nearest.Suggestion(name, MathSymbols.Names)}");

        static string Style(string name) =>
            name switch
            {
                "tfrac" => " displaystyle=\"false\"",
                "dfrac" => " displaystyle=\"true\"",
                _ => "",
            };
    }

    private static Atom Written(MathSymbol symbol, bool opening) =>
        symbol.Kind switch
        {
            SymbolKind.Letter => new($"<mi>{Escape(symbol.Text)}</mi>"),
            SymbolKind.Relation => new($"<mo>{Escape(symbol.Text)}</mo>", Opens: true),
            SymbolKind.Operation => new(opening ? $"<mo form=\"prefix\">{symbol.Text}</mo>" : $"<mo>{symbol.Text}</mo>", Opens: true),
            SymbolKind.Sum => new($"<mo>{symbol.Text}</mo>", Opens: true, TakesLimits: true),
            SymbolKind.Open => new($"<mo stretchy=\"false\" form=\"prefix\">{symbol.Text}</mo>", Opens: true),
            SymbolKind.Close => new($"<mo stretchy=\"false\" form=\"postfix\">{symbol.Text}</mo>"),
            // A bar may open, close or stand between; without a form of its own it keeps close to its neighbours.
            _ => new($"<mo stretchy=\"false\" lspace=\"0.05em\" rspace=\"0.05em\">{symbol.Text}</mo>", Opens: true),
        };

    // \left( … \right): signs that grow with what stands between them; a dot is no sign.
    private string Fenced()
    {
        string open = Fence("left"),
            inner = Row();
        if (!Starts(@"\right"))
            throw Error(@"\left without its \right");
        at += @"\right".Length;
        return $"<mrow>{Sign(open, "prefix")}{inner}{Sign(Fence("right"), "postfix")}</mrow>";

        static string Sign(string fence, string form) => fence == "." ? "" : $"<mo fence=\"true\" form=\"{form}\">{fence}</mo>";
    }

    private string Fence(string of)
    {
        SkipSpace();
        foreach ((string written, string sign) in MathSymbols.Fences)
            if (Starts(written))
            {
                at += written.Length;
                return sign;
            }
        throw Error($@"\{of} needs a bracket behind it, such as \{of}(");
    }

    private string Environment()
    {
        string name = Plain("begin");
        if (MathSymbols.Environment(name) is not var (open, close, align))
            throw Error($"unknown environment {Quoted.Of(name)}.{Nearest.Suggestion(name, MathSymbols.Environments)}");
        // Equations below one another are displays, each with its own fractions; a matrix is part of a line.
        var table = new StringBuilder(name == "aligned" ? "<mtable displaystyle=\"true\">" : "<mtable>");
        for (bool more = true; more; )
        {
            table.Append("<mtr>");
            for (int column = 0; ; column++, at++)
            {
                table.Append(CultureInfo.InvariantCulture, $"<mtd{Side(align, column)}>{Row()}</mtd>");
                if (at >= text.Length || text[at] != '&')
                    break;
            }
            table.Append("</mtr>");
            if (more = Starts(@"\\"))
                at += 2;
            // A break behind the last row opens no other.
            more = more && SkipSpace() && !Starts(@"\end");
        }
        if (!Starts(@"\end"))
            throw Error($"\\begin{{{name}}} without its \\end{{{name}}}");
        at += @"\end".Length;
        if (Plain("end") != name)
            throw Error($"\\begin{{{name}}} ends with another name");
        return $"<mrow>{Sign(open, "prefix")}{table}</mtable>{Sign(close, "postfix")}</mrow>";

        // Pairs of an equation's two sides: nothing between the two, room before the next pair.
        static string Side(string align, int column) =>
            align.Length == 0 ? ""
            : align[column % align.Length] == 'r' ? $" style=\"text-align:right;padding:.3em 0 .3em {(column > 0 ? 2 : 0)}em\""
            : align.Length == 1 && column > 0 ? " style=\"text-align:left;padding-left:1em\""
            : " style=\"text-align:left;padding:.3em 0\"";

        static string Sign(string sign, string form) => sign.Length == 0 ? "" : $"<mo fence=\"true\" form=\"{form}\">{sign}</mo>";
    }

    private string Argument(string of)
    {
        if (!SkipSpace() || EndsRow())
            throw Error($"\\{of} lacks an argument");
        return Single();
    }

    // As TeX reads it, a script or an argument without braces is a single digit: x^10 is x¹0.
    private string Single() => char.IsAsciiDigit(text[at]) ? $"<mn>{text[at++]}</mn>" : Read(opening: true).MathMl;

    private string Braced()
    {
        at++;
        string row = Row();
        if (at >= text.Length || text[at] != '}')
            throw Error("a { without its }");
        at++;
        return row;
    }

    // An argument of letters alone.
    private string Plain(string of)
    {
        SkipSpace();
        int end = at < text.Length && text[at] == '{' ? text.IndexOf('}', at) : -1;
        if (end < 0)
            throw Error($"\\{of} needs {{…}} behind it");
        string word = text[(at + 1)..end];
        if (word.AsSpan().IndexOfAnyExceptInRange(' ', '~') >= 0 || word.AsSpan().IndexOfAny(special) >= 0)
            throw Error($"\\{of}{{…}} takes plain words, found {Quoted.Of(word)}");
        at = end + 1;
        return word;
    }

    private string Number()
    {
        int start = at;
        while (
            at < text.Length
            && (char.IsAsciiDigit(text[at]) || (text[at] == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
        )
            at++;
        return text[start..at];
    }

    private bool EndsRow() => text[at] is '}' or '&' || Starts(@"\\") || Starts(@"\right") && !Starts(@"\rightarrow") || Starts(@"\end");

    private bool Starts(string word) => string.CompareOrdinal(text, at, word, 0, word.Length) == 0;

    // False at the end of the formula.
    private bool SkipSpace()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        return at < text.Length;
    }

    private string Ahead() => text[at..Math.Min(text.Length, at + 12)];

    private static string Escape(string plain) => System.Security.SecurityElement.Escape(plain);

    private LonghandException Error(string what) =>
        new($"the formula {Quoted.Of(text.Trim())}, position {at + 1}: {what.TrimEnd('.')}{(what.EndsWith('?') ? "" : ".")}");
}
