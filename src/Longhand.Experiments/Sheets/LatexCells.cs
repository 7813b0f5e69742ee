using System.Text;
using Longhand.Working;

namespace Longhand.Experiments.Sheets;

/// <summary>What a program prints, character by character in cells of one width, so that columns stay columns in LaTeX.</summary>
internal static class LatexCells
{
    // What footnote-sized type of one width has room for on a page of A4.
    private const int Width = 93;

    private static readonly Dictionary<char, string> drawn = new()
    {
        ['─'] = @"\ruled{}",
        ['━'] = @"\ruled{}",
        ['│'] = @"\cell{|}",
        ['┼'] = @"\cell{+}",
        ['┌'] = @"\cell{+}",
        ['┐'] = @"\cell{+}",
        ['└'] = @"\cell{+}",
        ['┘'] = @"\cell{+}",
        ['├'] = @"\cell{+}",
        ['┤'] = @"\cell{+}",
        ['┬'] = @"\cell{+}",
        ['┴'] = @"\cell{+}",
        ['⎡'] = @"\cell{\lceil}",
        ['⎤'] = @"\cell{\rceil}",
        ['⎣'] = @"\cell{\lfloor}",
        ['⎦'] = @"\cell{\rfloor}",
        ['⎛'] = @"\cell{(}",
        ['⎜'] = @"\cell{(}",
        ['⎝'] = @"\cell{(}",
        ['⎞'] = @"\cell{)}",
        ['⎟'] = @"\cell{)}",
        ['⎠'] = @"\cell{)}",
        ['⎢'] = @"\cell{|}",
        ['⎥'] = @"\cell{|}",
        ['░'] = @"\cell{\color{black!35}\blacksquare}",
        ['▒'] = @"\cell{\color{black!50}\blacksquare}",
        ['▓'] = @"\cell{\color{black!70}\blacksquare}",
        ['█'] = @"\cell{\blacksquare}",
        ['●'] = @"\cell{\bullet}",
        ['○'] = @"\cell{\circ}",
        ['•'] = @"\cell{\bullet}",
        ['▸'] = @"\cell{\triangleright}",
        ['↦'] = @"\cell{\mapsto}",
        ['⇒'] = @"\cell{\Rightarrow}",
        ['←'] = @"\cell{\leftarrow}",
        ['↑'] = @"\cell{\uparrow}",
        ['↓'] = @"\cell{\downarrow}",
        ['✓'] = @"\cell{\checkmark}",
        ['✗'] = @"\cell{\times}",
        ['ℓ'] = @"\cell{\ell}",
        ['∈'] = @"\cell{\in}",
        ['±'] = @"\cell{\pm}",
        ['Σ'] = @"\cell{\Sigma}",
        ['⟨'] = @"\cell{\langle}",
        ['⟩'] = @"\cell{\rangle}",
        ['·'] = @"\cell{\textstyle\cdot}",
        ['ŷ'] = @"\cell{\hat y}",
        ['⁽'] = @"\cell{^(}",
        ['⁾'] = @"\cell{^)}",
        ['╳'] = @"\cell{\times}",
        ['►'] = @"\cell{\triangleright}",
        ['⁻'] = @"\cell{^-}",
        ['₊'] = @"\cell{_+}",
        ['₋'] = @"\cell{_-}",
    };

    /// <summary>Lines short enough for the page: a longer one goes on below, indented.</summary>
    public static IEnumerable<string> Fold(string text)
    {
        foreach (string line in text.Split('\n'))
        {
            string rest = line;
            string indent = new(' ', Math.Min(line.Length - line.TrimStart().Length + 4, Width / 2));
            while (rest.Length > Width)
            {
                int space = rest.LastIndexOf(' ', Width, Width - indent.Length - 1);
                int cut = space > indent.Length ? space : Width;
                yield return rest[..cut].TrimEnd();
                rest = indent + rest[cut..].TrimStart();
            }
            yield return rest;
        }
    }

    /// <summary>A line.</summary>
    public static string Line(string line)
    {
        var text = new StringBuilder();
        if (line.Length == 0)
            return @"\strut";
        foreach (Rune rune in line.EnumerateRunes())
            text.Append(
                rune.Value == ' ' ? "~"
                : rune.Value == '"' ? "\\textquotedbl{}"
                : rune.IsAscii ? LatexText.Of(rune.ToString()) + (IsLetter(rune) ? "" : "{}")
                : rune.IsBmp && drawn.TryGetValue((char)rune.Value, out string? sign) ? sign
                : Cell(LatexText.Of(rune.ToString()))
            );
        return text.ToString();
    }

    // $…$ is mathematics and goes into a cell; anything else is a letter of the font.
    private static string Cell(string written) => written is ['$', .., '$'] ? $@"\cell{{{written[1..^1]}}}" : written;

    private static bool IsLetter(Rune rune) => char.IsAsciiLetterOrDigit((char)rune.Value);
}
