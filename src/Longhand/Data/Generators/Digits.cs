using System.Globalization;
using System.IO.Compression;

namespace Longhand;

public static partial class Data
{
    internal static readonly DataKind DigitsKind = Register(
        new("digits", "digits", "1,797 handwritten digits of 8×8 pixels, built in", [], _ => new DataParts(Digits(), null))
    );

    /// <summary>
    /// 1,797 handwritten digits of 8×8 pixels, which are part of the library: the test part of Alpaydin and Kaynak's "Optical Recognition of
    /// Handwritten Digits" (UCI 1998, doi:10.24432/C50P49). The pixels, 0 … 16, are divided by 16; the classes are the digits.
    /// </summary>
    public static DataSet Digits()
    {
        const int pixels = 64;
        var inputs = new List<byte>();
        var classes = new List<int>();
        using var unpacked = new GZipStream(Embedded("digits.csv.gz"), CompressionMode.Decompress);
        foreach (string line in Lines(unpacked))
        {
            byte[] numbers = [.. line.Split(',').Select(number => byte.Parse(number, CultureInfo.InvariantCulture))];
            inputs.AddRange(numbers[..pixels]);
            classes.Add(numbers[pixels]);
        }
        return new DataSet(Rows.Of([.. inputs], pixels, 16), Shape.Image(8, 8), [.. classes]) { Name = "digits" };
    }

    private static Stream Embedded(string name) =>
        typeof(Data).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"Bug in Longhand: the embedded data \"{name}\" are missing from its assembly.");

    private static IEnumerable<string> Lines(Stream stream)
    {
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is string line)
            yield return line;
    }
}
