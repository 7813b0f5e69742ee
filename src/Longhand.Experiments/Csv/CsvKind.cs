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
/// </remarks>
internal static class CsvKind
{
    public static readonly DataKind Kind = new(
        "csv",
        "csv FILE [target=last] [header=auto] [as=auto] [separator=auto]",
        "A table of your own: one example a line, numbers and what they mean",
        [
            new("target", "last", "the column to be learned: first, last, its name or its number from 1; several with commas are values"),
            new("header", "auto", "whether the first line holds names: yes, no, or auto"),
            new("as", "auto", "what the target is: classes, values, or auto"),
            new("separator", "auto", "what stands between fields: comma, semicolon, tab, or auto"),
        ],
        a => new DataParts(Read(a), null)
    )
    {
        Operands = ["FILE"],
    };

    /// <summary>Makes the kind known; a second time changes nothing.</summary>
    public static void Register() => Data.Register(Kind);

    private static DataSet Read(DataArguments arguments)
    {
        string header = Word(arguments, "header", "auto", "yes", "no"),
            kind = Word(arguments, "as", "auto", "classes", "values"),
            separator = Word(arguments, "separator", "auto", "comma", "semicolon", "tab");
        using var table = new CsvTable(arguments.OperandPath(0), separator, header);
        if (table.Width == 0)
            throw table.Error("the file is empty, but a table is needed.");
        CsvTargets targets = CsvTargets.Choose(table, arguments.Value("target", "last"), kind, arguments);
        int[] inputColumns = [.. Enumerable.Range(0, table.Width).Except(targets.Columns)];
        if (inputColumns.Length == 0)
            throw table.Error("no column is left for the inputs.");
        var inputs = new List<double>();
        while (table.Read())
        {
            foreach (int column in inputColumns)
                inputs.Add(table.Number(column));
            targets.Take(table);
            if (inputs.Count > CsvTable.MostNumbers)
                throw table.Error($"more than {CsvTable.MostNumbers:N0} numbers are too many for a text table.");
        }
        if (inputs.Count == 0)
            throw table.Error("there is a line of names, but no example.");
        string[] names = table.Names is null ? [] : [.. inputColumns.Select(column => table.Names[column])];
        return targets.Finish(Rows.Of([.. inputs], inputColumns.Length), names, Path.GetFileName(table.Path), table);
    }

    private static string Word(DataArguments arguments, string option, params string[] words)
    {
        string word = arguments.Value(option, words[0]);
        return words.Contains(word)
            ? word
            : throw arguments.Error($"{option} is {Quoted.Of(word)}, but {string.Join(", ", words[..^1])} or {words[^1]} is needed");
    }
}
