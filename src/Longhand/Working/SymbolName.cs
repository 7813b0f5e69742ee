using System.Globalization;
using System.Text;

namespace Longhand.Working;

/// <summary>A name as it is written on paper: a letter, the layer above it, indices below it, and for a batch the sample in parentheses.</summary>
/// <param name="Letter">One letter, or a word.</param>
public sealed record SymbolName(string Letter)
{
    private const string Raised = "⁰¹²³⁴⁵⁶⁷⁸⁹",
        Lowered = "₀₁₂₃₄₅₆₇₈₉";

    /// <summary>The number of the layer, above; null for none.</summary>
    public int? Layer { get; init; }

    /// <summary>The number of the sample, above in parentheses; null where there is only one.</summary>
    public int? Sample { get; init; }

    /// <summary>The indices below, from 1.</summary>
    public IReadOnlyList<int> Indices { get; init; } = [];

    /// <summary>Whether the indices stand in brackets, w[3,12]: in an array with an index above 9 all of them do.</summary>
    public bool IsBracketed { get; init; }

    /// <summary>Whether this is ∂L/∂ of the name, or the derivative of <see cref="Numerator"/> by it.</summary>
    public bool IsGradient { get; init; }

    /// <summary>For a derivative: of what it is; null for L.</summary>
    public SymbolName? Numerator { get; init; }

    /// <summary>Whether this is the name's next value, behind an update.</summary>
    public bool IsNext { get; init; }

    /// <summary>For what is kept per parameter (m, v): the parameter that it belongs to.</summary>
    public SymbolName? Of { get; init; }

    /// <summary>As Unicode text: w¹₁₂, ∂L/∂z⁽²⁾₁, m(w₁), w¹[3,12].</summary>
    public override string ToString()
    {
        var text = new StringBuilder(IsGradient ? $"∂{Numerator?.ToString() ?? "L"}/∂" : "").Append(Letter);
        if (Layer is { } layer)
            Digits(text, layer, Raised);
        if (Sample is { } sample)
        {
            text.Append('⁽');
            Digits(text, sample, Raised);
            text.Append('⁾');
        }
        if (IsBracketed && Indices.Count > 0)
            text.Append('[').AppendJoin(',', Indices).Append(']');
        else
            foreach (int index in Indices)
                Digits(text, index, Lowered);
        if (IsNext)
            text.Append('′');
        return Of is null ? text.ToString() : text.Append('(').Append(Of).Append(')').ToString();
    }

    private static void Digits(StringBuilder text, int number, string digits)
    {
        foreach (char c in number.ToString(CultureInfo.InvariantCulture))
            text.Append(digits[c - '0']);
    }
}
