namespace Longhand.Experiments.Sheets;

/// <summary>What a sign does in a formula, which decides the space around it.</summary>
internal enum SymbolKind
{
    /// <summary>A letter, or what stands for one.</summary>
    Letter,

    /// <summary>=, ≤, →, a comma.</summary>
    Relation,

    /// <summary>+, ·: between two things, or a sign before one.</summary>
    Operation,

    /// <summary>Σ, Π: with limits.</summary>
    Sum,

    /// <summary>An opening bracket.</summary>
    Open,

    /// <summary>A closing bracket.</summary>
    Close,

    /// <summary>A bar.</summary>
    Bar,
}

/// <summary>A sign of a formula.</summary>
internal readonly record struct MathSymbol(SymbolKind Kind, string Text);

/// <summary>The commands that formulas in sheets may use, all of them LaTeX's own or amsmath's and amssymb's.</summary>
internal static class MathSymbols
{
    private const string Letters =
        "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ "
        + "phi ϕ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω ell ℓ "
        + "infty ∞ partial ∂ nabla ∇ top ⊤ emptyset ∅ ldots … cdots ⋯ vdots ⋮ ddots ⋱ forall ∀ exists ∃ lnot ¬ prime ′";

    private const string Relations =
        "le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ approx ≈ equiv ≡ sim ∼ propto ∝ to → rightarrow → mapsto ↦ Rightarrow ⇒ Leftrightarrow ⇔ iff ⟺ in ∈ "
        + "subset ⊂ subseteq ⊆ mid ∣ ll ≪ gg ≫";

    private const string Operations = "cdot · times × odot ⊙ oplus ⊕ pm ± mp ∓ land ∧ lor ∨ circ ∘ ast ∗ cap ∩ cup ∪";

    private static readonly Dictionary<string, MathSymbol> named = Read(SymbolKind.Letter, Letters)
        .Concat(Read(SymbolKind.Relation, Relations))
        .Concat(Read(SymbolKind.Operation, Operations))
        .Concat(Read(SymbolKind.Sum, "sum ∑ prod ∏"))
        .Concat(Read(SymbolKind.Open, "{ { lfloor ⌊ lceil ⌈ langle ⟨ lvert | lVert ‖"))
        .Concat(Read(SymbolKind.Close, "} } rfloor ⌋ rceil ⌉ rangle ⟩ rvert | rVert ‖"))
        .Concat(Read(SymbolKind.Bar, "| ‖"))
        .Concat(Read(SymbolKind.Letter, "% %"))
        .ToDictionary();

    private static readonly Dictionary<string, bool> functions = new()
    {
        ["exp"] = false,
        ["log"] = false,
        ["ln"] = false,
        ["sin"] = false,
        ["cos"] = false,
        ["tanh"] = false,
        ["arctan"] = false,
        ["max"] = true,
        ["min"] = true,
        ["lim"] = true,
    };

    private static readonly Dictionary<string, string> accents = new()
    {
        ["hat"] = "^",
        ["bar"] = "¯",
        ["overline"] = "¯",
        ["tilde"] = "~",
        ["vec"] = "→",
    };

    private static readonly Dictionary<string, (string Open, string Close, string Align)> environments = new()
    {
        ["bmatrix"] = ("[", "]", ""),
        ["pmatrix"] = ("(", ")", ""),
        ["matrix"] = ("", "", ""),
        ["cases"] = ("{", "", "l"),
        ["aligned"] = ("", "", "rl"),
    };

    /// <summary>Brackets that <c>\left</c> and <c>\right</c> take, and how they look.</summary>
    public static IReadOnlyList<(string Written, string Sign)> Fences { get; } =
    [
        ("(", "("),
        (")", ")"),
        ("[", "["),
        ("]", "]"),
        (@"\{", "{"),
        (@"\}", "}"),
        ("|", "|"),
        (@"\|", "‖"),
        (@"\lfloor", "⌊"),
        (@"\rfloor", "⌋"),
        (@"\lceil", "⌈"),
        (@"\rceil", "⌉"),
        (".", "."),
    ];

    /// <summary>All commands, for what a misspelt one was meant to be.</summary>
    public static IEnumerable<string> Names =>
        [
            .. named.Keys,
            .. functions.Keys,
            .. accents.Keys,
            "frac",
            "tfrac",
            "dfrac",
            "sqrt",
            "text",
            "mathrm",
            "mathbf",
            "mathbb",
            "operatorname",
        ];

    /// <summary>All environments.</summary>
    public static IEnumerable<string> Environments => environments.Keys;

    /// <summary>The sign behind a backslash; null where there is none of that name.</summary>
    public static MathSymbol? Named(string name) => named.TryGetValue(name, out MathSymbol symbol) ? symbol : null;

    /// <summary>Whether a function's scripts stand above and below it in a display; null where the name is no function.</summary>
    public static bool? Function(string name) => functions.TryGetValue(name, out bool takesLimits) ? takesLimits : null;

    /// <summary>The sign above a letter; null where the name is no accent.</summary>
    public static string? Accent(string name) => accents.GetValueOrDefault(name);

    /// <summary>What stands around an environment and on which side its columns are aligned.</summary>
    public static (string Open, string Close, string Align)? Environment(string name) =>
        environments.TryGetValue(name, out var found) ? found : null;

    /// <summary>A character that stands for itself; null for one that has no place in a formula.</summary>
    public static MathSymbol? Character(char c) =>
        c switch
        {
            '+' => new(SymbolKind.Operation, "+"),
            '-' => new(SymbolKind.Operation, "−"),
            '*' => new(SymbolKind.Operation, "∗"),
            '/' => new(SymbolKind.Bar, "/"),
            '=' or '<' or '>' or ',' or ';' or ':' => new(SymbolKind.Relation, c.ToString()),
            '(' or '[' => new(SymbolKind.Open, c.ToString()),
            ')' or ']' => new(SymbolKind.Close, c.ToString()),
            '|' => new(SymbolKind.Bar, "|"),
            '!' => new(SymbolKind.Close, "!"),
            '.' => new(SymbolKind.Letter, "."),
            _ => null,
        };

    /// <summary>A letter in blackboard bold or bold type; null where there is none.</summary>
    public static string? Styled(string style, string letters) =>
        (style, letters) switch
        {
            ("mathbb", "R") => "<mi>ℝ</mi>",
            ("mathbb", "N") => "<mi>ℕ</mi>",
            ("mathbb", "E") => "<mi>𝔼</mi>",
            ("mathbf", "1") => "<mn>𝟏</mn>",
            ("mathbf", [>= 'a' and <= 'z' and var c]) => $"<mi>{char.ConvertFromUtf32(0x1D41A + c - 'a')}</mi>",
            ("mathbf", [>= 'A' and <= 'Z' and var c]) => $"<mi>{char.ConvertFromUtf32(0x1D400 + c - 'A')}</mi>",
            _ => null,
        };

    /// <summary>The width of a space.</summary>
    public static string Space(string name) =>
        name switch
        {
            "," => "0.17em",
            ";" => "0.28em",
            " " => "0.25em",
            "!" => "-0.17em",
            "quad" => "1em",
            _ => "2em",
        };

    private static IEnumerable<KeyValuePair<string, MathSymbol>> Read(SymbolKind kind, string pairs) =>
        pairs.Split(' ').Chunk(2).Select(pair => KeyValuePair.Create(pair[0], new MathSymbol(kind, pair[1])));
}
