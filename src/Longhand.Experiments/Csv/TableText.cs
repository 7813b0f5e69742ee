using System.Globalization;
using System.Text;

namespace Longhand.Experiments;

/// <summary>A small data set as the line of data that holds it: <c>table 'a,b,class;1,2,low;3,4,high'</c>.</summary>
internal static class TableText
{
    /// <summary>Writes the line; reading it gives the same examples.</summary>
    /// <param name="data">Vectors with classes or values.</param>
    /// <param name="kind">What the target was said to be: auto, classes or values.</param>
    /// <exception cref="LonghandException">Two columns or two classes would have one name.</exception>
    public static string Write(DataSet data, string kind)
    {
        string[] targets = data.HasClasses || data.TargetLength == 1
                ? ["target"]
                : [.. Enumerable.Range(1, data.TargetLength).Select(k => $"target{k}")],
            classes = Distinct("classes", data.ClassNames),
            columns = data.InputNames.Count > 0 ? Distinct("columns", [.. data.InputNames, .. targets]) : [];
        var text = new StringBuilder("table '");
        if (columns.Length > 0)
            text.AppendJoin(',', columns).Append(';');
        for (int i = 0; i < data.Count; i++)
        {
            Example example = data[i];
            if (i > 0)
                text.Append(';');
            text.AppendJoin(',', example.Input.Select(Number)).Append(',');
            if (example.Class is { } label)
                text.Append(classes[label]);
            else
                text.AppendJoin(',', example.Target.Select(Number));
        }
        text.Append('\'');
        if (targets.Length > 1)
            text.Append($" target={string.Join(',', Enumerable.Range(0, targets.Length).Select(k => TargetName(data, k)))}");
        if (Array.Exists(columns, name => double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out _)))
            text.Append(" header=yes");
        if (kind != "auto")
            text.Append($" as={kind}");
        return text.ToString();
    }

    private static string TargetName(DataSet data, int k) =>
        data.InputNames.Count > 0 ? $"target{k + 1}" : (data.InputShape.Length + k + 1).ToString(CultureInfo.InvariantCulture);

    private static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    // What separates fields or ends a quotation cannot stand in a name.
    private static string[] Distinct(string what, IReadOnlyList<string> names)
    {
        string[] plain =
        [
            .. names.Select(name => string.Concat(name.Select(c => char.IsControl(c) || ",;'\"".Contains(c) ? ' ' : c)).Trim()),
        ];
        if (Array.IndexOf(plain, "") is >= 0 and var empty)
            throw new LonghandException(
                $"The {what} have a name, {Quoted.Of(names[empty])}, of which nothing is left without commas, semicolons and quotation marks."
            );
        return plain.Distinct().Count() == plain.Length
            ? plain
            : throw new LonghandException(
                $"Two of the {what} would have one name without commas, semicolons and quotation marks; rename one."
            );
    }
}
