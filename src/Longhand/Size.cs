using System.Globalization;
using Longhand.Numbers;

namespace Longhand;

/// <summary>
/// One size of a shape or of a parameter: a whole number, or a formula in letters. Layers state their sizes once, with these; whoever needs a
/// number of a size that is a letter is refused, so that a letter is never taken for a number by mistake.
/// </summary>
public readonly struct Size : IEquatable<Size>
{
    private const int LongestLetter = 4;

    private readonly int number;
    private readonly Polynomial? letters;

    private Size(int number, Polynomial? letters) => (this.number, this.letters) = (number, letters);

    /// <summary>A number.</summary>
    public static implicit operator Size(int number) => new(number, null);

    /// <summary>A number.</summary>
    public static Size FromInt32(int number) => number;

    /// <summary>A letter.</summary>
    public static Size Letter(string letter) => Of(Polynomial.Letter(letter));

    /// <summary>Whether letters are in it.</summary>
    public bool HasLetters => letters is not null;

    /// <summary>The number.</summary>
    /// <exception cref="LonghandException">It has letters.</exception>
    public int Number =>
        letters is null
            ? number
            : throw new LonghandException(
                $"the size {letters} has letters in it, but a number is needed here; letters as sizes are for summary alone."
            );

    /// <summary>As a polynomial, whether it has letters or not.</summary>
    public Polynomial Formula => letters ?? Polynomial.Of(number);

    /// <summary>The sum.</summary>
    /// <exception cref="OverflowException">It is too large for a size.</exception>
    public static Size operator +(Size a, Size b) =>
        a.HasLetters || b.HasLetters ? Of(a.Formula + b.Formula) : checked(a.number + b.number);

    /// <inheritdoc/>
    public bool Equals(Size other) => number == other.number && Equals(letters, other.letters);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Size other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(number, letters);

    /// <summary>The sizes of an array: numbers, where there are no letters; with letters each is refused as it is read.</summary>
    public static IReadOnlyList<int> List(params ReadOnlySpan<Size> sizes)
    {
        Size[] all = sizes.ToArray();
        return Array.Exists(all, size => size.HasLetters) ? new LetterSizes(all) : Array.ConvertAll(all, size => size.number);
    }

    /// <summary>The same number, or the same formula.</summary>
    public static bool operator ==(Size left, Size right) => left.Equals(right);

    /// <summary>Another number, or another formula.</summary>
    public static bool operator !=(Size left, Size right) => !left.Equals(right);

    /// <summary>As it is written.</summary>
    public override string ToString() => letters?.ToString() ?? number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The number, or another in place of letters: for what is of no account as long as there are letters.</summary>
    internal int NumberOr(int otherwise) => HasLetters ? otherwise : number;

    /// <summary>What the sizes of an array multiply to.</summary>
    internal static Polynomial Product(IReadOnlyList<int> sizes) =>
        sizes is LetterSizes letters
            ? letters.Sizes.Aggregate(Polynomial.Of(1), (product, size) => product * size.Formula)
            : sizes.Aggregate(Polynomial.Of(1), (product, size) => product * Polynomial.Of(size));

    /// <summary>Whether the sizes of an array have letters among them.</summary>
    internal static bool AnyLetters(IReadOnlyList<int> sizes) => sizes is LetterSizes;

    /// <summary>
    /// Whether a word is a letter as sizes have them: a single one, with digits behind it or not (n, n1, λ). An x is none: it joins height and
    /// width.
    /// </summary>
    internal static bool IsLetter(string word) =>
        word.Length is > 0 and <= LongestLetter
        && char.IsLetter(word[0])
        && word[0] is not ('x' or 'X')
        && word.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>What a formula comes to: a number where no letter is left in it.</summary>
    /// <exception cref="OverflowException">It is a number too large for a size.</exception>
    internal static Size Of(Polynomial formula) => formula.Number is { } number ? checked((int)number) : new Size(0, formula);

    private sealed class LetterSizes(Size[] sizes) : IReadOnlyList<int>
    {
        public IReadOnlyList<Size> Sizes => sizes;

        public int Count => sizes.Length;

        public int this[int index] => sizes[index].Number;

        public IEnumerator<int> GetEnumerator() => sizes.Select(size => size.Number).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
