using System.Text;

namespace Longhand.Working;

/// <summary>
/// Plain Unicode text in which matrices are drawn in rows and columns, their shapes below them. While a formula is put together, a matrix is
/// a single character of its own, which is replaced by the drawing in the end.
/// </summary>
internal sealed class BoxPrinter : TextPrinter
{
    // Unicode keeps these for private use: no formula has them.
    private const char FirstMark = '\uE000',
        LastMark = '\uF8FF';

    private const string RaisedSigns = "⁰¹²³⁴⁵⁶⁷⁸⁹ᵀ";

    private readonly List<TextBox> drawn = [];

    private BoxPrinter() { }

    /// <summary>The formula, drawn.</summary>
    public static TextBox Draw(Formula formula)
    {
        var printer = new BoxPrinter();
        return printer.Lay(printer.Write(formula));
    }

    protected override string Brackets(IReadOnlyList<IReadOnlyList<string>> rows) => Mark(TextBox.Brackets(rows));

    protected override string Under(string inner, string remark) => Mark(Lay(inner).Under(remark));

    private string Mark(TextBox box)
    {
        if (FirstMark + drawn.Count > LastMark)
            throw new InvalidOperationException("A bug in Longhand: a formula with thousands of matrices was to be drawn.");
        drawn.Add(box);
        return ((char)(FirstMark + drawn.Count - 1)).ToString();
    }

    private TextBox Lay(string text)
    {
        int at = 0;
        return Part(text, ref at, isInside: false);
    }

    // Up to the end, or to the parenthesis that closes the one before.
    private TextBox Part(string text, ref int at, bool isInside)
    {
        var boxes = new List<TextBox>();
        var plain = new StringBuilder();
        while (at < text.Length && !(isInside && text[at] == ')'))
        {
            char c = text[at++];
            if (c is >= FirstMark and <= LastMark)
                Add(drawn[c - FirstMark], text, ref at);
            else if (c == '(')
            {
                TextBox inner = Part(text, ref at, isInside: true);
                at++;
                Add(TextBox.Parentheses(inner), text, ref at);
            }
            else
                plain.Append(c);
        }
        Flush();
        return boxes.Count == 0 ? TextBox.Of("") : TextBox.Beside(boxes);

        void Add(TextBox box, string text, ref int at)
        {
            Flush();
            int start = at;
            while (at < text.Length && RaisedSigns.Contains(text[at], StringComparison.Ordinal))
                at++;
            boxes.Add(at > start ? box.Raised(text[start..at]) : box);
        }

        void Flush()
        {
            if (plain.Length > 0)
                boxes.Add(TextBox.Of(plain.ToString()));
            plain.Clear();
        }
    }
}
