using System.Globalization;

namespace Longhand.Working;

/// <summary>LaTeX for math mode, with amsmath; ASCII alone, so that every engine reads it.</summary>
internal sealed class LatexPrinter : FormulaPrinter
{
    /// <summary>Letters and functions that have a command of their own.</summary>
    public static IReadOnlyDictionary<string, string> Commands => commands;

    private static readonly Dictionary<string, string> commands = new()
    {
        ["α"] = @"\alpha",
        ["β"] = @"\beta",
        ["γ"] = @"\gamma",
        ["δ"] = @"\delta",
        ["ε"] = @"\varepsilon",
        ["ζ"] = @"\zeta",
        ["η"] = @"\eta",
        ["θ"] = @"\theta",
        ["κ"] = @"\kappa",
        ["λ"] = @"\lambda",
        ["μ"] = @"\mu",
        ["ν"] = @"\nu",
        ["ξ"] = @"\xi",
        ["π"] = @"\pi",
        ["ρ"] = @"\rho",
        ["σ"] = @"\sigma",
        ["τ"] = @"\tau",
        ["φ"] = @"\varphi",
        ["χ"] = @"\chi",
        ["ψ"] = @"\psi",
        ["ω"] = @"\omega",
        ["Γ"] = @"\Gamma",
        ["Δ"] = @"\Delta",
        ["Θ"] = @"\Theta",
        ["Λ"] = @"\Lambda",
        ["Π"] = @"\Pi",
        ["Σ"] = @"\Sigma",
        ["Φ"] = @"\Phi",
        ["Ψ"] = @"\Psi",
        ["Ω"] = @"\Omega",
        ["φ′"] = @"\varphi'",
        ["σ′"] = @"\sigma'",
        ["∞"] = @"\infty",
        ["𝟙"] = @"\mathbf{1}",
        ["ln"] = @"\ln",
        ["max"] = @"\max",
        ["min"] = @"\min",
        ["tanh"] = @"\tanh",
        ["sin"] = @"\sin",
        ["cos"] = @"\cos",
        ["arctan"] = @"\arctan",
    };

    public static LatexPrinter Instance { get; } = new();

    protected override string Comma => ", ";

    // A command swallows the letter behind it unless something stands between.
    protected override string Beside => " ";

    protected override string Number(string text)
    {
        if (text.StartsWith('−'))
            return "-" + Number(text[1..]);
        if (text is "½" or "⅓" or "¼")
            return $@"\tfrac{{1}}{{{(text == "½" ? 2 : text == "⅓" ? 3 : 4)}}}";
        if (text == "∞")
            return @"\infty";
        if (text == "NaN")
            return @"\mathrm{NaN}";
        int slash = text.IndexOf('/', StringComparison.Ordinal),
            power = text.IndexOf('e', StringComparison.Ordinal);
        return slash > 0 ? $@"\tfrac{{{text[..slash]}}}{{{text[(slash + 1)..]}}}"
            : power > 0 ? $@"{text[..power]}\cdot 10^{{{text[(power + 1)..].Replace('−', '-')}}}"
            : text;
    }

    protected override string Name(SymbolName name)
    {
        if (name.IsGradient)
            return $@"\frac{{\partial L}}{{\partial {Name(name with { IsGradient = false })}}}";
        NameParts parts = NameParts.Of(name);
        string letter = Word(parts.Base);
        if (parts.Accent != '\0')
            letter = $@"\{(parts.Accent == '^' ? "hat" : "bar")}{{{letter}}}";
        string text = letter + Script('^', parts.Above) + Script('_', parts.Below);
        return name.Of is null ? text : $"{text}({Name(name.Of)})";
    }

    protected override string Sign(string text) => Word(text);

    protected override string Operator(string sign) =>
        sign.Trim() switch
        {
            "+" => " + ",
            "−" => " - ",
            "·" => @" \cdot ",
            ">" => " > ",
            "≥" => @" \geq ",
            "⊙" => @" \odot ",
            "/" => " / ",
            _ => throw new InvalidOperationException($"A bug in Longhand: LaTeX for {sign} is missing."),
        };

    protected override string Prefix(string sign) => "-";

    protected override string Fraction(Formula numerator, Formula denominator) => $@"\frac{{{Write(numerator)}}}{{{Write(denominator)}}}";

    protected override string Raised(string inner, int exponent) =>
        // A second exponent needs braces around the first; at a parenthesis they would only raise it.
        string.Create(CultureInfo.InvariantCulture, $"{(inner.EndsWith(')') ? inner : $"{{{inner}}}")}^{{{exponent}}}");

    protected override string Exp(Formula exponent) => $"e^{{{Write(exponent)}}}";

    protected override string SquareRoot(Formula inner) => $@"\sqrt{{{Write(inner)}}}";

    // The empty group keeps away the space that stands before something large.
    protected override string Fenced(string open, string inner, string close) =>
        IsHigh(inner) ? $@"\mathopen{{}}\left{open}{inner}\right{close}" : $"{open}{inner}{close}";

    protected override string Fence(string sign, bool opens) => sign;

    protected override string Applied(string function, string arguments) => Word(function) + Fenced("(", arguments, ")");

    protected override string Applied(string function) => Word(function);

    // Numbers stand under one another by their last digits, terms by their middle.
    protected override string Brackets(IReadOnlyList<IReadOnlyList<string>> rows)
    {
        string cells = string.Join(@" \\ ", rows.Select(row => string.Join(" & ", row)));
        return rows.All(row => row.All(cell => cell.All(c => char.IsAsciiDigit(c) || c is '-' or '.')))
            ? $@"\left[\begin{{array}}{{@{{}}{new string('r', rows.Max(row => row.Count))}@{{}}}} {cells} \end{{array}}\right]"
            : $@"\begin{{bmatrix}} {cells} \end{{bmatrix}}";
    }

    protected override string Transpose(string inner) => $@"{{{inner}}}^{{\mathsf{{T}}}}";

    protected override string Under(string inner, string remark) => $@"\underset{{\;{remark.Replace("×", @"\times ")}\;}}{{{inner}}}";

    protected override string Left(int count, string? value) =>
        value is null ? @"\cdots" : string.Create(CultureInfo.InvariantCulture, $@"\underbrace{{{value}}}_{{\text{{{count} more}}}}");

    private static bool IsHigh(string inner) =>
        inner.Contains(@"\frac", StringComparison.Ordinal)
        || inner.Contains(@"\begin", StringComparison.Ordinal)
        || inner.Contains(@"\under", StringComparison.Ordinal);

    private static string Word(string text)
    {
        if (commands.TryGetValue(text, out string? command))
            return command;
        if (text.Length == 1 && char.IsAsciiLetter(text[0]))
            return text;
        return text.All(char.IsAsciiLetterOrDigit) ? $@"\mathrm{{{text}}}" : $@"\text{{{LatexText.Of(text)}}}";
    }

    private static string Script(char mark, string text) =>
        text.Length == 0 ? "" : $"{mark}{{{text.Replace("′", @"\prime").Replace('−', '-')}}}";
}
