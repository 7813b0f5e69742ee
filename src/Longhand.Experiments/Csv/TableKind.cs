using System.Text;

namespace Longhand.Experiments;

/// <summary>
/// The kind of data <c>table "ROWS"</c>: a small table written out in the line itself, rows between semicolons and fields between commas,
/// read as <see cref="CsvKind"/> reads a file. An experiment with it needs no other file, and a link can hold it.
/// </summary>
internal static class TableKind
{
    public static readonly DataKind Kind = new(
        "table",
        "table \"ROWS\" [target=last] [ignore=COLUMN] [missing=error] [header=auto] [as=auto]",
        "A table written out, rows between semicolons and fields between commas: \"a, b, kind; 1, 2, low; 3, 4, high\"",
        [.. CsvKind.Kind.Options.Where(option => option.Name is not ("separator" or "decimal"))],
        Make
    )
    {
        Operands = ["ROWS"],
    };

    /// <summary>Makes the kind known; a second time changes nothing.</summary>
    public static void Register() => Data.Register(Kind);

    private static DataParts Make(DataArguments arguments)
    {
        string rows = arguments.Operand(0).Replace(';', '\n');
        using var table = new CsvTable(
            new MemoryStream(Encoding.UTF8.GetBytes(rows)),
            "the table",
            "comma",
            arguments.Word("header", "auto", "yes", "no"),
            "point"
        );
        return new(CsvKind.Read(arguments, table), null);
    }
}
