using System.Globalization;
using System.Text;
using CsvHelper;
using Longhand.Formats;

namespace Longhand.Experiments;

/// <summary>A CSV file read line by line, its numbers written with a decimal point or, where no comma separates fields, a decimal comma.</summary>
internal sealed class CsvTable : IDisposable
{
    /// <summary>The most numbers that are kept: 1.6 GB of them.</summary>
    public const int MostNumbers = 200_000_000;

    private const int LongestLine = 64_000_000;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly string[] missing = ["", "?", "NA", "N/A", "NaN", "nan", "null", "NULL", "None"];

    private readonly CsvReader reader;
    private readonly string decimals;
    private bool firstIsWaiting;

    // The first number with either of them decides for the whole table: 1,234 must not mean one thing here and another there.
    private char? decimalMark;

    /// <exception cref="LonghandException">The file cannot be opened.</exception>
    /// <exception cref="DataFormatException">Its first line cannot be read.</exception>
    public CsvTable(string path, string separator, string header, string decimals)
        : this(SafeFile.OpenRead(path, "the table"), path, separator, header, decimals) { }

    /// <param name="stream">The bytes; closed with the table.</param>
    /// <param name="name">What messages call them.</param>
    /// <param name="separator">comma, semicolon, tab or auto.</param>
    /// <param name="header">yes, no or auto.</param>
    /// <param name="decimals">point, comma or auto.</param>
    /// <exception cref="DataFormatException">The first line cannot be read.</exception>
    public CsvTable(Stream stream, string name, string separator, string header, string decimals)
    {
        Path = name;
        this.decimals = decimals;
        reader = CsvReader.Create(
            stream,
            CsvReaderOptions.Default with
            {
                HasHeader = false,
                Separator = separator switch
                {
                    "comma" => ',',
                    "semicolon" => ';',
                    "tab" => '\t',
                    _ => null,
                },
                TrimWhitespace = true,
                TrimInsideQuotes = true,
                TrackLineNumbers = true,
                MalformedData = CsvMalformedDataHandling.Throw,
                MaxRecordSize = LongestLine,
            }
        );
        if (!Next())
            return;
        Width = reader.FieldCount;
        bool named = header == "yes" || (header == "auto" && !Enumerable.Range(0, Width).Any(c => TryNumber(Field(c), out _)));
        if (named)
            Names = [.. Enumerable.Range(0, Width).Select(Field)];
        else
            firstIsWaiting = true;
    }

    /// <summary>The file, or what else the table is called.</summary>
    public string Path { get; }

    /// <summary>How many columns the first line has; so must all others.</summary>
    public int Width { get; }

    /// <summary>The names of the columns; null where there are none.</summary>
    public IReadOnlyList<string>? Names { get; }

    /// <summary>The next example; false at the end.</summary>
    public bool Read()
    {
        if (firstIsWaiting)
        {
            firstIsWaiting = false;
            return true;
        }
        if (!Next())
            return false;
        return reader.FieldCount == Width
            ? true
            : throw LineError(reader.LineNumber, $"here are {reader.FieldCount} fields, but the first line has {Width}.");
    }

    /// <summary>A field of the present line.</summary>
    public string Field(int column)
    {
        try
        {
            return Strict.GetString(reader.GetSpan(column));
        }
        catch (DecoderFallbackException)
        {
            throw Error(column, "this is not text in UTF-8.");
        }
    }

    /// <summary>A field that may not be missing.</summary>
    public string Present(int column)
    {
        string field = Field(column);
        return missing.Contains(field)
            ? throw Error(
                column,
                $"a value is missing ({Quoted.Of(field)}); missing=drop leaves such lines out, missing=mean fills in the column's mean."
            )
            : field;
    }

    /// <summary>Whether nothing stands in a field, or a word for nothing (?, NA, null …).</summary>
    public bool IsMissing(int column) => reader.GetSpan(column).Length <= 4 && missing.Contains(Field(column));

    /// <summary>A field as a finite number.</summary>
    public double Number(int column)
    {
        // Straight from the bytes: a table of images has tens of millions of numbers.
        ReadOnlySpan<byte> bytes = reader.GetSpan(column);
        if (double.TryParse(bytes, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
        {
            if (bytes.Contains((byte)'.'))
                Decide('.', column);
            return number;
        }
        string field = Present(column);
        if (TryNumber(field, out number) && double.IsFinite(number))
        {
            Decide(',', column);
            return number;
        }
        if (!TryNumber(field, out _))
        {
            if (decimals != "comma" && TryComma(field, out _))
                throw Error(column, $"{Quoted.Of(field)} is not a number. If the comma is a decimal one, say decimal=comma.");
            // A text in the first line is most likely a name.
            string remedy = Names is null && reader.LineNumber == 1 ? " If the first line holds names, say header=yes." : "";
            throw Error(column, $"{Quoted.Of(field)} is not a number.{remedy}");
        }
        throw Error(column, $"{Quoted.Of(field)} is not a finite number.");
    }

    /// <summary>Whether a text is a number, a finite one or not.</summary>
    public bool TryNumber(string field, out double number) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
        || ((decimals == "comma" || (decimals == "auto" && reader.Separator != ',')) && TryComma(field, out number));

    private static bool TryComma(string field, out double number)
    {
        number = 0;
        return !field.Contains('.')
            && double.TryParse(field.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    private void Decide(char mark, int column)
    {
        decimalMark ??=
            decimals == "comma" ? ','
            : decimals == "point" ? '.'
            : mark;
        if (decimalMark != mark)
            throw Error(
                column,
                $"{Quoted.Of(Field(column))} has a decimal {Name(mark)}, but {(decimals == "auto" ? "numbers before it have" : "the table is said to have")} a decimal {Name(decimalMark.Value)}."
            );
    }

    private static string Name(char mark) => mark == ',' ? "comma" : "point";

    /// <summary>A message about the whole file.</summary>
    public DataFormatException Error(string problem) => new($"{Path}: {problem}");

    /// <summary>What a message calls a column: its number from 1, and its name.</summary>
    public string ColumnName(int column) => Names is null ? $"column {column + 1}" : $"column {column + 1} ({Quoted.Of(Names[column])})";

    /// <inheritdoc/>
    public void Dispose()
    {
        reader.Dispose();
    }

    private DataFormatException Error(int column, string problem) =>
        new($"{Path}, line {reader.LineNumber}, {ColumnName(column)}: {problem}");

    private DataFormatException LineError(long line, string problem) => new($"{Path}, line {line}: {problem}");

    private bool Next()
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException e)
        {
            // Of all that can be wrong with a line only its quotation marks and its length are the reader's business here.
            throw LineError(
                Math.Max(1, e.LineNumber),
                "a quotation mark stands where none may, or is not closed, or the line is too long."
            );
        }
        catch (IOException e)
        {
            throw new LonghandException($"Cannot read the table {Path}: {e.Message.TrimEnd('.')}.", e);
        }
    }
}
