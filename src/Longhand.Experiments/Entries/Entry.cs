namespace Longhand.Experiments;

/// <summary>
/// A piece of an experiment file with its place. YAML's guessing of types has no part in it: a scalar is the text that stands there, and
/// whoever needs a number reads it from that text.
/// </summary>
public abstract class Entry
{
    private protected Entry(Source source, int line, int column)
    {
        Source = source;
        Line = line;
        Column = column;
    }

    /// <summary>Where it was read from.</summary>
    public Source Source { get; }

    /// <summary>Its line, from 1.</summary>
    public int Line { get; }

    /// <summary>Its column, from 1.</summary>
    public int Column { get; }

    /// <summary>What it is, as a message says it: "a list".</summary>
    public abstract string Description { get; }

    /// <summary>A message about this place.</summary>
    public LonghandException Error(string problem) => Source.Error(Line, Column, problem);

    /// <summary>What <paramref name="read"/> makes of it; its complaint is given this place.</summary>
    public T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (LonghandException e)
        {
            throw Error(e.Message);
        }
    }

    /// <summary>The text of a scalar.</summary>
    /// <param name="what">What is read, with what would be right: "loss: expected a text such as half-mse".</param>
    /// <exception cref="LonghandException">It is a list, a map or empty.</exception>
    public string Text(string what) =>
        this is ScalarEntry { Text.Length: > 0 } scalar ? scalar.Text : throw Error($"{what}, found {Description}.");
}

/// <summary>A text: the scalar of YAML, the string, number or truth value of JSON.</summary>
public sealed class ScalarEntry : Entry
{
    /// <param name="source">Where it was read from.</param>
    /// <param name="line">Its line, from 1.</param>
    /// <param name="column">Its column, from 1.</param>
    /// <param name="text">The text; empty where nothing stands.</param>
    /// <param name="quoted">Whether it stood in quotation marks.</param>
    public ScalarEntry(Source source, int line, int column, string text, bool quoted)
        : base(source, line, column)
    {
        Text = text;
        IsQuoted = quoted;
    }

    /// <summary>The text; empty where nothing stands.</summary>
    public new string Text { get; }

    /// <summary>Whether it stood in quotation marks.</summary>
    public bool IsQuoted { get; }

    /// <inheritdoc/>
    public override string Description => Text.Length == 0 ? "nothing" : Quoted.Of(Text);
}

/// <summary>A list.</summary>
public sealed class ListEntry : Entry
{
    /// <param name="source">Where it was read from.</param>
    /// <param name="line">Its line, from 1.</param>
    /// <param name="column">Its column, from 1.</param>
    /// <param name="items">What it holds.</param>
    public ListEntry(Source source, int line, int column, IReadOnlyList<Entry> items)
        : base(source, line, column) => Items = items;

    /// <summary>What it holds.</summary>
    public IReadOnlyList<Entry> Items { get; }

    /// <inheritdoc/>
    public override string Description => Items.Count == 1 ? "a list of 1" : $"a list of {Items.Count}";
}

/// <summary>A map; its keys are different.</summary>
public sealed class MapEntry : Entry
{
    /// <param name="source">Where it was read from.</param>
    /// <param name="line">Its line, from 1.</param>
    /// <param name="column">Its column, from 1.</param>
    /// <param name="fields">What it holds.</param>
    /// <exception cref="LonghandException">Two keys are the same.</exception>
    public MapEntry(Source source, int line, int column, IReadOnlyList<Field> fields)
        : base(source, line, column)
    {
        Fields = fields;
        var seen = new Dictionary<string, ScalarEntry>(StringComparer.Ordinal);
        foreach (Field field in fields)
            if (!seen.TryAdd(field.Key.Text, field.Key))
            {
                ScalarEntry first = seen[field.Key.Text];
                throw field.Key.Error(
                    $"the key {Quoted.Of(field.Key.Text)} is given twice"
                        + (source.HasPlaces ? $", the first time in line {first.Line}, column {first.Column}." : ".")
                );
            }
    }

    /// <summary>What it holds, in the order of the file.</summary>
    public IReadOnlyList<Field> Fields { get; }

    /// <inheritdoc/>
    public override string Description => "a map";
}

/// <summary>A key of a map with its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value.</param>
public sealed record Field(ScalarEntry Key, Entry Value);
