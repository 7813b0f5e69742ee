using System.Text;

namespace Longhand.Experiments;

/// <summary>A data set as a CSV table: a line of names, then an example a line, its target last.</summary>
internal static class CsvText
{
    /// <summary>The whole table as a text.</summary>
    public static string Write(DataSet data)
    {
        using var stream = new MemoryStream();
        Write(stream, data);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Writes the table in UTF-8.</summary>
    public static void Write(Stream stream, DataSet data)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        string[] targets =
            data.HasClasses ? ["class"]
            : data.TargetLength == 1 ? ["target"]
            : [.. Enumerable.Range(1, data.TargetLength).Select(k => $"target{k}")];
        text.WriteLine(string.Join(',', Columns(data).Concat(targets).Select(Field)));
        for (int i = 0; i < data.Count; i++)
        {
            Example example = data[i];
            IEnumerable<string> target = example.Class is { } label ? [data.ClassNames[label]] : example.Target.Select(Words.Number);
            text.WriteLine(string.Join(',', example.Input.Select(Words.Number).Concat(target).Select(Field)));
        }
    }

    /// <summary>What the input columns are called: x1, x2, … where they have no names.</summary>
    public static string[] Columns(DataSet data) =>
        data.InputNames.Count > 0 ? [.. data.InputNames] : [.. Enumerable.Range(1, (int)data.InputShape.Length).Select(k => $"x{k}")];

    private static string Field(string text) =>
        text.AsSpan().ContainsAny(",\"\n\r") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
