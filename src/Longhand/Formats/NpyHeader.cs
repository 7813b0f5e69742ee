using System.Globalization;

namespace Longhand.Formats;

/// <summary>
/// The header of an npy file, the text of a Python dictionary: <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (3, 4), }</c>. Only
/// what NumPy writes for an array of numbers is understood; nothing of it is ever run.
/// </summary>
internal sealed class NpyHeader
{
    private const int MostSizes = 32;

    private readonly string text;
    private readonly Func<int, string, DataFormatException> error;
    private int at;

    /// <param name="text">The header.</param>
    /// <param name="error">Makes a message about a position in it.</param>
    public NpyHeader(string text, Func<int, string, DataFormatException> error)
    {
        this.text = text;
        this.error = error;
        var seen = new HashSet<string>();
        Expect('{');
        while (!TryTake('}'))
        {
            int keyAt = Position();
            string key = Quotation();
            if (!seen.Add(key))
                throw error(keyAt, $"{Quoted.Of(key)} stands twice in the header.");
            Expect(':');
            if (key == "descr")
                Type = TypeOf();
            else if (key == "fortran_order")
                FortranOrder = Truth();
            else if (key == "shape")
                Sizes = Shape();
            else
                throw error(keyAt, $"the header has {Quoted.Of(key)}, but descr, fortran_order and shape alone belong there.");
            if (!TryTake(','))
            {
                Expect('}');
                break;
            }
        }
        if (Position() < text.Length)
            throw error(at, "the header goes on behind its brace.");
        foreach (string key in (string[])["descr", "fortran_order", "shape"])
            if (!seen.Contains(key))
                throw error(0, $"the header has no {key}.");
    }

    public NumberType Type { get; } = null!;

    public bool FortranOrder { get; }

    public long[] Sizes { get; } = [];

    private NumberType TypeOf()
    {
        int from = Position();
        if (from < text.Length && text[from] == '[')
            throw error(from, "the elements are records of several fields; an array of plain numbers is needed.");
        string descr = Quotation();
        bool big = descr.StartsWith('>') || (descr.StartsWith('=') && !BitConverter.IsLittleEndian);
        return (descr.Length > 1 && "<>|=".Contains(descr[0]) ? descr[1..] : "") switch
        {
            "u1" => NumberType.Of<byte>("unsigned bytes", big),
            "b1" => NumberType.Of<byte>("truth values", big),
            "i1" => NumberType.Of<sbyte>("signed bytes", big),
            "u2" => NumberType.Of<ushort>("unsigned 16-bit integers", big),
            "i2" => NumberType.Of<short>("16-bit integers", big),
            "u4" => NumberType.Of<uint>("unsigned 32-bit integers", big),
            "i4" => NumberType.Of<int>("32-bit integers", big),
            "u8" => NumberType.Of<ulong>("unsigned 64-bit integers", big),
            "i8" => NumberType.Of<long>("64-bit integers", big),
            "f2" => NumberType.Of<Half>("16-bit floats", big, isInteger: false),
            "f4" => NumberType.Of<float>("32-bit floats", big, isInteger: false),
            "f8" => NumberType.Of<double>("64-bit floats", big, isInteger: false),
            ['U' or 'S' or 'a', ..] => throw error(
                from,
                $"the elements are texts ({Quoted.Of(descr)}), but numbers are needed; np.unique(y, return_inverse=True)[1] makes class numbers of them."
            ),
            ['O', ..] => throw error(
                from,
                "the elements are Python objects, which are never read: they can run code. Save an array of numbers."
            ),
            _ => throw error(from, $"the type {Quoted.Of(descr)} is not read here; integers of 1 to 8 bytes and floats of 2, 4 or 8 are."),
        };
    }

    private bool Truth()
    {
        int from = Position();
        foreach ((string word, bool value) in (ReadOnlySpan<(string, bool)>)[("True", true), ("False", false)])
            if (string.CompareOrdinal(text, from, word, 0, word.Length) == 0)
            {
                at = from + word.Length;
                return value;
            }
        throw error(from, "here belongs True or False.");
    }

    private long[] Shape()
    {
        int from = Position();
        var sizes = new List<long>();
        Expect('(');
        while (!TryTake(')'))
        {
            int start = Position();
            while (at < text.Length && char.IsAsciiDigit(text[at]))
                at++;
            if (!long.TryParse(text.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out long size))
                throw error(start, "here belongs a size of the shape, a whole number below 2^63.");
            if (size == 0)
                throw error(start, $"size {sizes.Count + 1} of the shape is 0, but at least 1 is needed.");
            sizes.Add(size);
            if (sizes.Count > MostSizes)
                throw error(start, $"the shape has more than {MostSizes} sizes.");
            // Python 2 wrote 3L.
            TryTake('L');
            if (!TryTake(','))
            {
                Expect(')');
                break;
            }
        }
        return sizes.Count > 0 ? [.. sizes] : throw error(from, "the array is a single number without sizes, but examples are needed.");
    }

    private string Quotation()
    {
        int from = Position();
        if (from == text.Length || text[from] is not ('\'' or '"'))
            throw error(from, "here belongs a text in quotation marks.");
        int end = text.IndexOf(text[from], from + 1);
        if (end < 0)
            throw error(from, "the quotation mark is never closed.");
        at = end + 1;
        return text[(from + 1)..end];
    }

    private void Expect(char c)
    {
        if (!TryTake(c))
            throw error(at, $"here belongs {c}, as in {{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }}.");
    }

    private bool TryTake(char c)
    {
        if (Position() == text.Length || text[at] != c)
            return false;
        at++;
        return true;
    }

    private int Position()
    {
        while (at < text.Length && text[at] is ' ' or '\n' or '\t' or '\r')
            at++;
        return at;
    }
}
