using System.Globalization;
using System.Text;

namespace Longhand.Experiments;

/// <summary>A CSV table that comes as a text rather than a file: looked at first, read when its columns have been chosen.</summary>
internal sealed class PastedTable
{
    private const string Name = "the table";
    private const int HeadRows = 6;

    private readonly string text,
        header;

    private PastedTable(string text, string header, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> head)
    {
        (this.text, this.header) = (text, header);
        (Columns, Head) = (columns, head);
    }

    /// <summary>The names of its columns; their numbers from 1 where the first line is an example.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The fields of its first examples.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Head { get; }

    /// <summary>Looks at a table.</summary>
    /// <param name="text">CSV with commas, semicolons or tabs.</param>
    /// <param name="header">yes, no or auto.</param>
    /// <param name="mostColumns">How many columns it may have.</param>
    /// <exception cref="LonghandException">It cannot be read; the message names the line.</exception>
    public static PastedTable Read(string text, string header, int mostColumns)
    {
        using CsvTable table = Open(text, header);
        if (table.Width == 0)
            throw table.Error("there is nothing in it.");
        if (table.Width > mostColumns)
            throw table.Error($"it has {table.Width} columns; {mostColumns} is the limit.");
        if (table.Width == 1)
            throw table.Error("it has a single column; an input and a target are needed, with a comma, a semicolon or a tab between them.");
        string[] columns = [.. table.Names ?? Enumerable.Range(1, table.Width).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        var head = new List<IReadOnlyList<string>>();
        while (head.Count < HeadRows && table.Read())
            head.Add([.. Enumerable.Range(0, table.Width).Select(table.Field)]);
        return new(text, header, columns, head);
    }

    /// <summary>The examples.</summary>
    /// <param name="targets">The columns to be learned, from 0.</param>
    /// <param name="ignored">The columns that are left out, from 0.</param>
    /// <param name="missing">What is done with missing values: error, drop or mean.</param>
    /// <param name="kind">What the target is: auto, classes or values.</param>
    /// <exception cref="LonghandException">A field is not what is needed; the message names line and column.</exception>
    public DataSet ToData(IReadOnlyList<int> targets, IReadOnlyList<int> ignored, string missing, string kind)
    {
        if (targets.Count == 0)
            throw new LonghandException($"{Name}: choose the column that is to be learned.");
        if (targets.Intersect(ignored).Any())
            throw new LonghandException($"{Name}: a column is to be learned and to be left out.");
        using CsvTable table = Open(text, header);
        var options = new StringBuilder($"csv {Quote(Name)} missing={missing} as={kind} target={Quote(Words(targets))}");
        if (ignored.Count > 0)
            options.Append($" ignore={Quote(Words(ignored))}");
        return CsvKind.Read(DataArguments.Parse(options.ToString()), table);
    }

    private static CsvTable Open(string text, string header) =>
        new(new MemoryStream(Encoding.UTF8.GetBytes(text)), Name, "auto", header, "auto");

    private static string Quote(string text) => $"\"{text}\"";

    // Columns are told by their numbers, unless a column has one for its name.
    private string Words(IReadOnlyList<int> columns) =>
        string.Join(
            ',',
            columns.Select(column =>
            {
                string number = (column + 1).ToString(CultureInfo.InvariantCulture);
                return Columns.Contains(number) ? Columns[column] : number;
            })
        );
}
