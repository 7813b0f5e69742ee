namespace Longhand.Experiments;

/// <summary>
/// The kind of data <c>csv FILE</c>: a table in a text file, one example a line.
/// </summary>
/// <remarks>
/// <para><c>target</c>: the column that is to be learned: first, last, its name or its number from 1; several with commas between them are
/// target values. A name goes before what else the word could mean.</para>
/// <para><c>header</c>: auto takes the first line for names when no field in it is a number.</para>
/// <para><c>as</c>: auto makes classes of a target column that holds texts, or whole numbers of which at most a hundred differ; otherwise
/// the targets are values. Classes are numbered in sorted order, so that the order of lines does not matter; whole numbers from 0 on keep
/// their value.</para>
/// <para><c>separator</c>: auto takes the comma, or what the first line has instead of one: a semicolon or a tab.</para>
/// <para><c>decimal</c>: auto takes a point, and a comma as well where none separates fields; the first number with either decides.</para>
/// <para><c>missing</c>: nothing, ?, NA, N/A, NaN, null or None. It is an error unless lines with it are to be left out (drop) or filled with the
/// mean of their column over the whole table (mean; a target is never filled in).</para>
/// </remarks>
internal static class CsvKind
{
    public static readonly DataKind Kind = new(
        "csv",
        "csv FILE [target=last] [ignore=COLUMN] [missing=error] [header=auto] [as=auto] [separator=auto] [decimal=auto]",
        "A table of your own: one example a line, numbers and what they mean",
        [
            new("target", "last", "the column to be learned: first, last, its name or its number from 1; several with commas are values"),
            new("ignore", "", "columns that are not read, such as a running number; several with commas"),
            new("missing", "error", "what is done with missing values: error, drop (the line), or mean (of the column)"),
            new("header", "auto", "whether the first line holds names: yes, no, or auto"),
            new("as", "auto", "what the target is: classes, values, or auto"),
            new("separator", "auto", "what stands between fields: comma, semicolon, tab, or auto"),
            new("decimal", "auto", "the mark before decimals: point, comma, or auto"),
        ],
        Make
    )
    {
        Operands = ["FILE"],
    };

    /// <summary>Makes the kind known; a second time changes nothing.</summary>
    public static void Register() => Data.Register(Kind);

    private static DataParts Make(DataArguments arguments)
    {
        using var table = new CsvTable(
            arguments.OperandPath(0),
            arguments.Word("separator", "auto", "comma", "semicolon", "tab"),
            arguments.Word("header", "auto", "yes", "no"),
            arguments.Word("decimal", "auto", "point", "comma")
        );
        return new(Read(arguments, table), null);
    }

    /// <summary>The examples of a table, as the options <c>target</c>, <c>ignore</c>, <c>missing</c> and <c>as</c> say.</summary>
    internal static DataSet Read(DataArguments arguments, CsvTable table)
    {
        string kind = arguments.Word("as", "auto", "classes", "values"),
            missing = arguments.Word("missing", "error", "drop", "mean");
        if (table.Width == 0)
            throw table.Error("the file is empty, but a table is needed.");
        CsvTargets targets = CsvTargets.Choose(table, arguments.Value("target", "last"), kind, arguments);
        int[] ignored = arguments.Has("ignore") ? CsvTargets.Find(table, "ignore", arguments.Value("ignore", ""), arguments) : [];
        if (ignored.Intersect(targets.Columns).Any())
            throw arguments.Error("ignore names the target");
        int[] inputColumns = [.. Enumerable.Range(0, table.Width).Except(targets.Columns).Except(ignored)];
        if (inputColumns.Length == 0)
            throw table.Error("no column is left for the inputs.");
        var inputs = new CsvInputs(table, inputColumns, missing == "mean");
        int dropped = 0;
        while (table.Read())
            if (missing == "drop" && (inputColumns.Any(table.IsMissing) || targets.Columns.Any(table.IsMissing)))
                dropped++;
            else
            {
                inputs.Take();
                targets.Take(table);
            }
        if (inputs.Count == 0)
            throw table.Error(
                dropped > 0 ? "every line has a missing value, so that none is left." : "there is a line of names, but no example."
            );
        string[] names = table.Names is null ? [] : [.. inputColumns.Select(column => table.Names[column])];
        Rows rows = inputs.Finish(out string[] notes);
        if (dropped > 0)
            notes =
            [
                FormattableString.Invariant(
                    $"{dropped:N0} of {dropped + inputs.Count:N0} lines were left out, because a value is missing in them."
                ),
            ];
        return targets.Finish(rows, names, notes, Path.GetFileName(table.Path), table);
    }
}
