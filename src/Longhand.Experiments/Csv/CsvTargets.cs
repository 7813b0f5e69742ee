using System.Globalization;

namespace Longhand.Experiments;

/// <summary>The target columns of a table: values, or the names of classes.</summary>
internal sealed class CsvTargets
{
    private readonly string kind;
    private readonly List<double> values = [];
    private readonly List<int> labels = [];
    private readonly Dictionary<string, int> names = new(StringComparer.Ordinal);

    private CsvTargets(IReadOnlyList<int> columns, string kind)
    {
        Columns = columns;
        this.kind = kind;
    }

    /// <summary>The columns, from 0.</summary>
    public IReadOnlyList<int> Columns { get; }

    private bool MayBeClasses => Columns.Count == 1 && kind != "values";

    /// <summary>The columns that the option <c>target</c> names.</summary>
    /// <exception cref="LonghandException">There is no such column, or several cannot be classes.</exception>
    public static CsvTargets Choose(CsvTable table, string target, string kind, DataArguments arguments)
    {
        int[] columns = Find(table, "target", target, arguments);
        if (columns.Length > 1 && kind == "classes")
            throw arguments.Error("several target columns are values; classes stand in one");
        return new(columns, kind);
    }

    /// <summary>The columns that an option names, with commas between them.</summary>
    /// <exception cref="LonghandException">There is no such column, or it is named twice.</exception>
    public static int[] Find(CsvTable table, string option, string names, DataArguments arguments)
    {
        // A name with a comma in it is a column before it is two.
        string[] words = Find(table, names) is not null ? [names] : names.Split(',', StringSplitOptions.TrimEntries);
        int[] columns =
        [
            .. words.Select(word =>
                Find(table, word)
                ?? throw arguments.Error(
                    $"{option} is {Quoted.Of(word)}, but {table.Path} has no such column; "
                        + (
                            table.Names is null
                                ? $"it has {table.Width} columns without names: say first, last or a number from 1 to {table.Width}"
                            : Nearest.Word(word, table.Names) is { } near ? $"did you mean {Quoted.Of(near)}?"
                            : $"it has {string.Join(", ", table.Names.Take(20))}"
                        )
                )
            ),
        ];
        return columns.Distinct().Count() == columns.Length ? columns : throw arguments.Error($"{option} names a column twice");
    }

    /// <summary>Takes the targets of the table's present line.</summary>
    public void Take(CsvTable table)
    {
        if (!MayBeClasses)
        {
            foreach (int column in Columns)
                values.Add(table.Number(column));
            return;
        }
        string name = table.Present(Columns[0]);
        if (!names.TryGetValue(name, out int label))
        {
            // Numbers that are no class are values: 3.5, or too many different ones. Until the end both are possible.
            names[name] = label = names.Count;
            if (kind == "classes" && names.Count > ClassNumbers.Most)
                throw table.Error($"{table.ColumnName(Columns[0])} has more than {ClassNumbers.Most:N0} classes.");
            // What is a number is held to the table's notation, infinities refused.
            if (kind == "auto" && table.TryNumber(name, out double number) && !(double.IsInteger(number) && name.All(char.IsAsciiDigit)))
                _ = table.Number(Columns[0]);
        }
        labels.Add(label);
    }

    /// <summary>The data set.</summary>
    public DataSet Finish(Rows inputs, IReadOnlyList<string> inputNames, IReadOnlyList<string> notes, string name, CsvTable table)
    {
        if (!MayBeClasses)
            return new DataSet(inputs, null, Rows.Of([.. values], Columns.Count))
            {
                Name = name,
                InputNames = inputNames,
                Notes = notes,
            };
        string[] texts = [.. names.Keys];
        double[] read = [.. texts.Select(text => table.TryNumber(text, out double number) ? number : double.NaN)];
        double[]? numbers = Array.TrueForAll(read, double.IsFinite) ? read : null;
        bool whole = numbers is not null && numbers.All(double.IsInteger);
        if (kind == "auto" && numbers is not null && (!whole || numbers.Distinct().Count() > ClassNumbers.MostInferred))
            return new DataSet(inputs, null, Rows.Of([.. labels.Select(label => numbers[label])], 1))
            {
                Name = name,
                InputNames = inputNames,
                Notes = notes,
            };
        (int[] order, string[] classNames) = whole ? Whole(numbers!) : Sorted(texts);
        if (classNames.Length < 2)
            throw table.Error($"{table.ColumnName(Columns[0])} holds {Quoted.Of(texts[0])} throughout; there is nothing to tell apart.");
        return new DataSet(inputs, null, [.. labels.Select(label => order[label])], classNames)
        {
            Name = name,
            InputNames = inputNames,
            Notes = notes,
        };
    }

    private static (int[] Order, string[] Names) Whole(double[] numbers)
    {
        double[] sorted = ClassNumbers.InOrder(numbers);
        return ([.. numbers.Select(number => Array.BinarySearch(sorted, number))], ClassNumbers.Names(sorted));
    }

    private static (int[] Order, string[] Names) Sorted(string[] texts)
    {
        string[] sorted = [.. texts.Order(StringComparer.Ordinal)];
        return ([.. texts.Select(text => Array.BinarySearch(sorted, text, StringComparer.Ordinal))], sorted);
    }

    private static int? Find(CsvTable table, string word)
    {
        if (table.Names is { } names)
            foreach (StringComparison comparison in new[] { StringComparison.Ordinal, StringComparison.OrdinalIgnoreCase })
                for (int i = 0; i < names.Count; i++)
                    if (names[i].Equals(word, comparison))
                        return i;
        return word switch
        {
            "first" => 0,
            "last" => table.Width - 1,
            _ => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= table.Width
                ? number - 1
                : null,
        };
    }
}
