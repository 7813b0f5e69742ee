namespace Longhand.Experiments;

/// <summary>A map whose keys are known: others are refused, with the nearest known one.</summary>
internal sealed class Keys
{
    private readonly Dictionary<string, Field> fields;

    /// <param name="map">The map.</param>
    /// <param name="of">What it belongs to, as messages say it: "an experiment".</param>
    /// <param name="known">The keys there are.</param>
    /// <exception cref="LonghandException">It has another key.</exception>
    public Keys(MapEntry map, string of, params string[] known)
    {
        Map = map;
        fields = map.Fields.ToDictionary(field => field.Key.Text, StringComparer.Ordinal);
        foreach (Field field in map.Fields)
            if (!known.Contains(field.Key.Text))
                throw field.Key.Error(
                    $"{of} has no key {Quoted.Of(field.Key.Text)}."
                        + (
                            Nearest.Suggestion(field.Key.Text, known) is { Length: > 0 } near
                                ? near
                                : $" It knows {string.Join(", ", known)}."
                        )
                );
    }

    /// <summary>The map itself.</summary>
    public MapEntry Map { get; }

    /// <summary>The value behind a key; null where it is absent.</summary>
    public Entry? this[string key] => fields.GetValueOrDefault(key)?.Value;

    /// <summary>The key itself, where a message points to it.</summary>
    public ScalarEntry? Key(string key) => fields.GetValueOrDefault(key)?.Key;
}
