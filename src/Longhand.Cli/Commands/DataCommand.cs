using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Longhand.Experiments;
using Longhand.Formats;

namespace Longhand.Cli.Commands;

/// <summary><c>data NAME</c>: what is in a data set; with <c>--out</c> the set itself, as CSV. Without a name, which there are.</summary>
internal static class DataCommand
{
    private const int HeadRows = 5,
        MostColumns = 8;

    public static Command Create(Session session)
    {
        var line = Operands.Argument("NAME", "a kind of data with its options, as in an experiment: circle n=500 noise=0.1");
        var command = new Command("data", "Shows a data set, or writes it as CSV with --out FILE.csv; without a name lists what there is.")
        {
            line,
        };
        command.SetAction(parsed =>
        {
            string[] words = Operands.Words(parsed, line);
            if (words.Length == 0)
                return session.Run(parsed, () => List(session));
            DataParts parts = Data.Make(Line(words));
            DataSet data = parts.All;
            if (parsed.GetValue(session.OutOption) is { } path && !parsed.GetValue(session.JsonOption))
            {
                SafeFile.Write(path, stream => CsvText.Write(stream, data));
                session.Error.WriteLine($"{Words.Count(data.Count, "example")} of {data.Name} written to {path}");
                return 0;
            }
            return session.Run(parsed, () => Show(session, data, parts.Test));
        });
        return command;
    }

    // What the shell has taken apart and freed of its quotation marks is put together again.
    private static string Line(string[] words)
    {
        if (words.Length == 1)
            return words[0];
        return string.Join(
            ' ',
            words.Select(
                (word, i) =>
                {
                    int equals = word.IndexOf('=', StringComparison.Ordinal);
                    if (i == 0 || !word.Any(char.IsWhiteSpace) || word.Contains('"'))
                        return word;
                    bool option = equals > 0 && !word[..equals].Any(char.IsWhiteSpace);
                    return option ? $"{word[..(equals + 1)]}\"{word[(equals + 1)..]}\"" : $"\"{word}\"";
                }
            )
        );
    }

    private static int List(Session session)
    {
        if (session.IsJson)
            session.WriteJson(json =>
            {
                json.WriteStartArray();
                foreach (DataKind kind in Data.Kinds)
                {
                    json.WriteStartObject();
                    json.WriteString("name", kind.Name);
                    json.WriteString("usage", kind.Usage);
                    json.WriteString("summary", kind.Summary);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            });
        else
            session.NewPage().Table(["data", "what it is"], Data.Kinds.Select(kind => (string[])[kind.Usage, kind.Summary]));
        return 0;
    }

    private static int Show(Session session, DataSet data, DataSet? test)
    {
        if (session.IsJson)
            session.WriteJson(json => Write(json, data, test));
        else
            Write(session.NewPage(), data, test);
        return 0;
    }

    private static void Write(Utf8JsonWriter json, DataSet data, DataSet? test)
    {
        json.WriteStartObject();
        json.WriteString("name", data.Name);
        json.WriteNumber("rows", data.Count);
        if (test is not null)
            json.WriteNumber("testRows", test.Count);
        json.Strings("columns", CsvText.Columns(data));
        json.Shape("input", data.InputShape);
        json.Strings("classes", data.ClassNames);
        if (data.HasClasses)
        {
            json.WriteStartObject("counts");
            foreach ((string name, int count) in Counts(data))
                json.WriteNumber(name, count);
            json.WriteEndObject();
        }
        if (data.Notes.Count > 0)
            json.Strings("notes", data.Notes);
        json.WriteStartArray("head");
        for (int i = 0; i < Math.Min(HeadRows, data.Count); i++)
        {
            Example example = data[i];
            json.WriteStartObject();
            json.WriteStartArray("input");
            foreach (double number in example.Input)
                json.Double(number);
            json.WriteEndArray();
            if (example.Class is { } label)
                json.WriteString("class", data.ClassNames[label]);
            else
            {
                json.WriteStartArray("target");
                foreach (double number in example.Target)
                    json.Double(number);
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Page page, DataSet data, DataSet? test)
    {
        page.Strong(
            $"{data.Name}: {Words.Count(data.Count, "example")} of {(data.InputShape.IsImage ? $"{data.InputShape} pixels" : Words.Count(data.InputShape.Length, "number"))}"
        );
        if (test is not null)
            page.Line($"{Words.Count(test.Count, "more example")} to test with belong to it.");
        foreach (string note in data.Notes)
            page.Line(note);
        page.Line(
            data.HasClasses
                ? "Classes: " + string.Join(", ", Counts(data).Select(c => $"{c.Name} ({Words.Count(c.Count)})"))
                : $"Targets: {Words.Count(data.TargetLength, "value")} each"
        );
        if (data.InputShape.IsImage)
        {
            page.Line();
            page.Line(Pictures.Draw(data, page.Terminal.Width));
            return;
        }
        string[] columns = CsvText.Columns(data);
        bool cut = columns.Length > MostColumns;
        page.Table(
            [.. columns.Take(MostColumns).Select(name => name + ">"), .. cut ? (string[])["…"] : [], data.HasClasses ? "class" : "target>"],
            Enumerable
                .Range(0, Math.Min(HeadRows, data.Count))
                .Select(i => data[i])
                .Select(example =>
                    (string[])
                        [
                            .. example.Input.Take(MostColumns).Select(Short),
                            .. cut ? (string[])["…"] : [],
                            example.Class is { } label ? data.ClassNames[label] : string.Join(" ", example.Target.Select(Short)),
                        ]
                )
        );
        if (data.InputShape is { Rank: 1, Length: 2 } && data.Count > HeadRows)
            page.Line(Scatter.Draw(data));
    }

    private static string Short(double number) => number.ToString("G6", CultureInfo.InvariantCulture);

    private static IEnumerable<(string Name, int Count)> Counts(DataSet data)
    {
        var counts = new int[data.ClassNames.Count];
        for (int i = 0; i < data.Count; i++)
            counts[data.Class(i)]++;
        return counts.Select((count, label) => (data.ClassNames[label], count));
    }
}
