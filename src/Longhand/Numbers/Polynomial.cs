using System.Globalization;
using System.Numerics;
using System.Text;

namespace Longhand.Numbers;

/// <summary>
/// A whole number that may hold letters: a sum of products of letters with whole coefficients, exact, of any size. Equal polynomials are equal
/// whatever way they were computed.
/// </summary>
public sealed class Polynomial : IEquatable<Polynomial>
{
    /// <summary>No polynomial has more terms: a formula that nobody could read is given up.</summary>
    public const int MostTerms = 2_000;

    // Terms by their letters, in the order in which they are written; no coefficient is 0.
    private readonly SortedDictionary<Monomial, BigInteger> terms;

    private Polynomial(SortedDictionary<Monomial, BigInteger> terms)
    {
        this.terms = terms;
        Number =
            terms.Count == 0 ? BigInteger.Zero
            : terms.Count == 1 && terms.TryGetValue(Monomial.One, out BigInteger only) ? only
            : null;
        if (terms.Count > MostTerms)
            throw new LonghandException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"written in letters, a count has more than {MostTerms:N0} terms. Take fewer letters, or numbers for some of them."
                )
            );
    }

    /// <summary>A number.</summary>
    public static Polynomial Of(long number) => Of((BigInteger)number);

    /// <summary>A letter.</summary>
    public static Polynomial Letter(string letter) => new(new() { [Monomial.Of(letter)] = BigInteger.One });

    /// <summary>0.</summary>
    public static Polynomial Zero { get; } = Of(0);

    /// <summary>Whether it is the number 0.</summary>
    public bool IsZero => terms.Count == 0;

    /// <summary>The number, where there is no letter in it; else null.</summary>
    public BigInteger? Number { get; }

    /// <summary>The number in 64 bits.</summary>
    /// <exception cref="OverflowException">It is too large.</exception>
    /// <exception cref="LonghandException">There are letters in it.</exception>
    public long ToInt64() =>
        Number is { } number ? (long)number : throw new LonghandException($"{this} has letters in it, but a number is needed here.");

    /// <summary>The letters in it, in alphabetical order.</summary>
    public IEnumerable<string> Letters => terms.Keys.SelectMany(term => term.Letters).Distinct().Order(StringComparer.Ordinal);

    /// <summary>The sum.</summary>
    public static Polynomial operator +(Polynomial a, Polynomial b)
    {
        if (a.Number is { } x && b.Number is { } y)
            return Of(x + y);
        var sum = new SortedDictionary<Monomial, BigInteger>(a.terms);
        foreach ((Monomial letters, BigInteger factor) in b.terms)
            Add(sum, letters, factor);
        return new(sum);
    }

    /// <summary>The difference.</summary>
    public static Polynomial operator -(Polynomial a, Polynomial b) => a + b * Of(-1);

    /// <summary>The product.</summary>
    public static Polynomial operator *(Polynomial a, Polynomial b)
    {
        if (a.Number is { } p && b.Number is { } q)
            return Of(p * q);
        var product = new SortedDictionary<Monomial, BigInteger>();
        foreach ((Monomial left, BigInteger x) in a.terms)
        foreach ((Monomial right, BigInteger y) in b.terms)
            Add(product, left * right, x * y);
        return new(product);
    }

    /// <summary>The number that it is when numbers are put in for the letters.</summary>
    /// <exception cref="KeyNotFoundException">A letter has no number.</exception>
    public BigInteger At(IReadOnlyDictionary<string, int> letters)
    {
        ArgumentNullException.ThrowIfNull(letters);
        return terms.Aggregate(BigInteger.Zero, (sum, term) => sum + term.Value * term.Key.At(letters));
    }

    /// <summary>As it is written: <c>m·n + m</c>; terms of many letters first, then by the alphabet.</summary>
    public override string ToString() => Write(terms);

    /// <summary>With the greatest whole number that divides every term before parentheses: <c>2·(m + r + s)</c>.</summary>
    public string ToFactoredString()
    {
        BigInteger common = terms.Values.Aggregate(BigInteger.Zero, BigInteger.GreatestCommonDivisor);
        if (terms.Count < 2 || common <= 1)
            return ToString();
        string rest = Write(terms.ToDictionary(term => term.Key, term => term.Value / common).OrderBy(term => term.Key));
        return $"{Text(common)}·({rest})";
    }

    /// <summary>As a factor in a product: in parentheses where it is a sum.</summary>
    public string ToFactor() => terms.Count > 1 ? $"({this})" : ToString();

    /// <inheritdoc/>
    public bool Equals(Polynomial? other) => other is not null && terms.SequenceEqual(other.terms);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Polynomial);

    /// <inheritdoc/>
    public override int GetHashCode() => terms.Aggregate(terms.Count, (hash, term) => HashCode.Combine(hash, term.Key, term.Value));

    private static Polynomial Of(BigInteger number) => new(number.IsZero ? [] : new() { [Monomial.One] = number });

    private static void Add(SortedDictionary<Monomial, BigInteger> terms, Monomial letters, BigInteger factor)
    {
        BigInteger sum = terms.GetValueOrDefault(letters) + factor;
        if (sum.IsZero)
            terms.Remove(letters);
        else
            terms[letters] = sum;
    }

    private static string Write(IEnumerable<KeyValuePair<Monomial, BigInteger>> terms)
    {
        var text = new StringBuilder();
        foreach ((Monomial letters, BigInteger factor) in terms)
        {
            if (text.Length > 0)
                text.Append(factor.Sign < 0 ? " − " : " + ");
            else if (factor.Sign < 0)
                text.Append('−');
            BigInteger size = BigInteger.Abs(factor);
            text.Append(
                letters.IsOne ? Text(size)
                : size.IsOne ? letters.ToString()
                : $"{Text(size)}·{letters}"
            );
        }
        return text.Length == 0 ? "0" : text.ToString();
    }

    private static string Text(BigInteger number) => number.ToString(CultureInfo.InvariantCulture);
}
