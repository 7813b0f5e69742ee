using System.Globalization;
using Longhand.Numbers;

namespace Longhand.Working;

/// <summary>What is said behind a line.</summary>
/// <param name="notation">How expressions are written.</param>
/// <param name="fractions">Whether numbers are written as fractions where they can be.</param>
internal sealed class LineNotes(TextNotation notation, bool fractions)
{
    /// <summary>With fractions asked for: the first line that has none, and why; null while all have.</summary>
    public string? FirstRounded { get; private set; }

    /// <summary>Why choices fell as they did, and where the fractions end; empty where there is nothing to say.</summary>
    /// <param name="used">What the line is made of.</param>
    /// <param name="outcome">What comes out.</param>
    /// <param name="name">What it is called.</param>
    public string Of(IEnumerable<Expr> used, ExprMatrix outcome, SymbolName name)
    {
        const int most = 6;
        string[] reasons =
        [
            .. used.SelectMany(Ledger.Parts)
                .Where(part => part.Kind == ExprKind.Select)
                .Select(part => Reasons.Of(part, notation))
                .Where(reason => reason.Length > 0)
                .Distinct(),
        ];
        List<string> notes = [.. reasons.Take(most)];
        if (reasons.Length > most)
            notes.Add("…");
        if (!fractions)
            return string.Join("; ", notes);
        if (outcome.Items.Max(e => TextNotation.TooLong(e.Exact)) is > 0 and var length)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"a fraction of {length} characters: written in decimals"));
        if (FirstRounded is null && outcome.Items.FirstOrDefault(e => e.Exact is null) is { } first)
        {
            string sign = Reasons.Irrational(first) ?? used.Select(Reasons.Irrational).FirstOrDefault(s => s is not null) ?? "";
            FirstRounded = $"{name}{(sign.Length > 0 ? $", since {sign} is no fraction" : "")}";
            notes.Add($"no fraction{(sign.Length > 0 ? $" because of {sign}" : "")}: from here on in decimals");
        }
        return string.Join("; ", notes);
    }
}
