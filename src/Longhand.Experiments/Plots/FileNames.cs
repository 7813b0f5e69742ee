using System.Text;

namespace Longhand.Experiments.Plots;

/// <summary>Names of files made of names that people gave: safe on every system, and different from each other even where case does not count.</summary>
internal sealed class FileNames
{
    private const int Longest = 60;

    private static readonly HashSet<string> reserved = new(
        ["con", "prn", "aux", "nul", .. Enumerable.Range(0, 10).SelectMany(i => new[] { $"com{i}", $"lpt{i}" })],
        StringComparer.OrdinalIgnoreCase
    );

    private readonly HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A name for a file: b₁ becomes b1, what is neither letter, digit, point nor dash becomes a dash.</summary>
    public string Of(string name)
    {
        var safe = new StringBuilder();
        foreach (char c in name)
            safe.Append(
                c is >= '₀' and <= '₉' ? (char)('0' + (c - '₀'))
                : char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c
                : '-'
            );
        string plain = safe.ToString().Trim('.', '-');
        if (plain.Length > Longest)
            plain = plain[..Longest].TrimEnd('.', '-');
        if (plain.Length == 0 || reserved.Contains(plain.Split('.')[0]))
            plain = "figure" + (plain.Length == 0 ? "" : "-" + plain);
        string free = plain;
        for (int k = 2; !taken.Add(free); k++)
            free = $"{plain}-{k}";
        return free;
    }
}
