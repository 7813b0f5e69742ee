using Longhand.Grading;

namespace Longhand.Experiments;

/// <summary>
/// A student's answers: a map of keys as in the JSON of a worked solution, each with a number (<c>dense1.output[0]: 0.3775</c>) or with a whole
/// array (<c>dense1.output: [0.3775, 0.3925]</c>); maps may be nested as there. A key with nothing or a ? behind it is not answered.
/// </summary>
public static class AnswerEntries
{
    /// <summary>Reads a file of answers.</summary>
    /// <exception cref="LonghandException">It cannot be read, or something in it is wrong; the message names line and column.</exception>
    public static IReadOnlyList<Answer> Load(string path, AnswerKeys keys) => Read(EntryText.ReadFile(path, "the answers"), path, keys);

    /// <summary>Reads the text of answers: YAML, or the same as JSON.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="keys">What may be answered.</param>
    /// <exception cref="LonghandException">Something in it is wrong; the message names line and column.</exception>
    public static IReadOnlyList<Answer> Read(string text, string name, AnswerKeys keys)
    {
        var source = new Source(name);
        return Read(EntryText.Parse(source, text) ?? throw source.Error("the file is empty, but answers are needed."), keys);
    }

    /// <summary>Reads answers from their entries: the whole of a file, or what belongs to one question of it.</summary>
    /// <exception cref="LonghandException">Something in them is wrong; the message names line and column.</exception>
    public static IReadOnlyList<Answer> Read(Entry root, AnswerKeys keys)
    {
        if (root is not MapEntry map)
            throw root.Error($"answers are a map that begins like \"{Example(keys)}\", found {root.Description}.");
        var answers = new List<Answer>();
        Add(map, "", map, keys, answers, []);
        return answers;
    }

    private static string Example(AnswerKeys keys)
    {
        AnswerRange first = keys.Arrays.First();
        return $"{keys.KeyOf(first, 0)}: 0.5";
    }

    private static void Add(Entry entry, string path, Entry at, AnswerKeys keys, List<Answer> answers, HashSet<string> seen)
    {
        if (entry is MapEntry map)
        {
            foreach (Field field in map.Fields)
                Add(field.Value, path.Length == 0 ? field.Key.Text : $"{path}.{field.Key.Text}", field.Key, keys, answers, seen);
            return;
        }
        if (entry is ListEntry { Items: [MapEntry, ..] } list)
        {
            foreach ((int i, Entry item) in list.Items.Index())
                Add(item, $"{path}[{i}]", item, keys, answers, seen);
            return;
        }
        AnswerRange range = at.Read(() => keys.Find(path));
        if (IsBlank(entry))
            return;
        if (range.Sizes.Count == 0 && entry is not ScalarEntry)
            throw entry.Error($"{path} is a single number, found {entry.Description}.");
        RefuseCommas(entry, range, path);
        WrittenNumber?[] numbers = NumberArrays.Read(entry, range.Sizes, path, Number);
        foreach ((int i, WrittenNumber? number) in numbers.Index())
        {
            if (number is null)
                continue;
            string key = keys.KeyOf(range, i);
            if (!seen.Add(key))
                throw at.Error($"{key} is answered twice.");
            answers.Add(new Answer(key, number));
        }
    }

    private static bool IsBlank(Entry entry) => entry is ScalarEntry { IsQuoted: false, Text: "" or "?" or "~" or "null" };

    private static WrittenNumber? Number(Entry entry, string what)
    {
        if (IsBlank(entry))
            return null;
        string text = entry.Text($"{what}: expected a number");
        return WrittenNumber.TryParse(text, out WrittenNumber? number, out string? reason)
            ? number
            : throw entry.Error($"{what}: {reason}.");
    }

    // [0,38, 0,39] is a list of four: the commas of the decimals separate, too.
    private static void RefuseCommas(Entry entry, AnswerRange range, string path)
    {
        if (
            entry is ListEntry list
            && range.Sizes.Count == 1
            && range.Sizes[0] != list.Items.Count
            && list.Items.Count > range.Sizes[0]
            && list.Items.All(item => item is ScalarEntry { IsQuoted: false } word && word.Text.Trim('-', '+').All(char.IsAsciiDigit))
        )
            throw entry.Error(
                $"{path}: expected {range.Sizes[0]} numbers, found {list.Items.Count}. In a list a comma separates: write decimals with a point, or in quotation marks, [\"0,38\", \"0,39\"]."
            );
    }
}
