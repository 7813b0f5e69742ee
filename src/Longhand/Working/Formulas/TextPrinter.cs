using System.Globalization;
using System.Text;

namespace Longhand.Working;

/// <summary>Plain Unicode text, on one line: <c>½(ŷ − y)²</c>, <c>w₁x₁ + w₂x₂ + b</c>.</summary>
internal sealed class TextPrinter : FormulaPrinter
{
    public static TextPrinter Instance { get; } = new();

    protected override string Comma => ", ";

    protected override string Number(string text) => text;

    protected override string Name(SymbolName name) => name.ToString();

    protected override string Sign(string text) => text;

    protected override string Operator(string sign) => sign;

    protected override string Prefix(string sign) => sign;

    protected override string Fraction(Formula numerator, Formula denominator) =>
        $"{Part(numerator, Binding.Negative)}/{Part(denominator, Binding.Atom)}";

    protected override string Raised(string inner, int exponent)
    {
        var text = new StringBuilder(inner);
        foreach (char c in exponent.ToString(CultureInfo.InvariantCulture))
            text.Append("⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']);
        return text.ToString();
    }

    protected override string Exp(Formula exponent) => $"e^{Part(exponent, Binding.Atom)}";

    protected override string SquareRoot(Formula inner) => $"√{Part(inner, Binding.Atom)}";

    protected override string Fenced(string open, string inner, string close) => open + inner + close;

    protected override string Fence(string sign, bool opens) => sign;

    protected override string Applied(string function, string arguments) => $"{function}({arguments})";

    protected override string Applied(string function) => function;

    protected override string Left(int count, string? value) =>
        value is null ? "…" : string.Create(CultureInfo.InvariantCulture, $"[{count} more: {value}]");

    protected override string Brackets(IReadOnlyList<IReadOnlyList<string>> rows) =>
        $"[{string.Join("; ", rows.Select(row => string.Join(", ", row)))}]";

    protected override string Transpose(string inner) => inner + "ᵀ";

    protected override string Under(string inner, string remark) => inner;
}
