using System.Globalization;
using System.Numerics;
using System.Text;

namespace Longhand.Numbers;

/// <summary>A product of letters, <c>m·n²</c>; of none, 1. Of two the one with more letters comes first, then the alphabet decides.</summary>
internal sealed class Monomial : IComparable<Monomial>, IEquatable<Monomial>
{
    // Letters in alphabetical order, each as often as it is a factor.
    private readonly string[] factors;

    private Monomial(string[] factors) => this.factors = factors;

    public static Monomial One { get; } = new([]);

    public bool IsOne => factors.Length == 0;

    public IEnumerable<string> Letters => factors;

    public static Monomial Of(string letter) => new([letter]);

    public static Monomial operator *(Monomial a, Monomial b) => new([.. a.factors.Concat(b.factors).Order(StringComparer.Ordinal)]);

    public BigInteger At(IReadOnlyDictionary<string, int> letters) =>
        factors.Aggregate(BigInteger.One, (product, letter) => product * letters[letter]);

    public int CompareTo(Monomial? other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (factors.Length != other.factors.Length)
            return other.factors.Length.CompareTo(factors.Length);
        for (int i = 0; i < factors.Length; i++)
            if (string.CompareOrdinal(factors[i], other.factors[i]) is var order and not 0)
                return order;
        return 0;
    }

    public bool Equals(Monomial? other) => other is not null && CompareTo(other) == 0;

    public override bool Equals(object? obj) => Equals(obj as Monomial);

    public override int GetHashCode() => factors.Aggregate(factors.Length, HashCode.Combine);

    public override string ToString() =>
        string.Join('·', factors.GroupBy(letter => letter).Select(group => group.Key + Power(group.Count())));

    private static string Power(int exponent)
    {
        if (exponent == 1)
            return "";
        var text = new StringBuilder();
        foreach (char digit in exponent.ToString(CultureInfo.InvariantCulture))
            text.Append("⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']);
        return text.ToString();
    }
}
