using System.Text;
using System.Text.Json;
using Longhand.Playground.Images;

namespace Longhand.Playground;

/// <summary>
/// What a page's link says: the experiment and what of it is shown, a text for each key. Immutable; a link, an experiment file and the
/// page's controls are three ways to write the same.
/// </summary>
internal sealed class Settings
{
    /// <summary>The keys in the order in which a link has them, with what holds where nothing is said: TensorFlow Playground's own.</summary>
    public static readonly IReadOnlyList<(string Key, string Default)> Keys =
    [
        ("network", "2 -> dense 4 tanh -> dense 2 tanh -> dense 1 tanh"),
        ("data", "circle n=500 noise=0 seed=0.5"),
        ("features", "x, y"),
        ("scale", "none"),
        ("loss", "half-mse"),
        ("optimizer", "sgd lr=0.03"),
        ("schedule", "constant"),
        ("epochs", "100"),
        ("regularization", "none"),
        ("batch", "10"),
        ("split", "0.5"),
        ("validation", "0"),
        ("seed", "1"),
        ("init", "playground"),
        ("weights", ""),
        ("conventions", "playground"),
        ("epoch", "0"),
        ("test", "false"),
        ("discretize", "false"),
    ];

    private readonly Dictionary<string, string> values;

    private Settings(Dictionary<string, string> values) => this.values = values;

    /// <summary>What a page shows first.</summary>
    public static Settings Default { get; } = new([]);

    /// <summary>The text of a key.</summary>
    public string this[string key] => values.GetValueOrDefault(key) ?? Keys.First(k => k.Key == key).Default;

    /// <summary>The same with another text for a key.</summary>
    /// <exception cref="LonghandException">There is no such key, or the text is too long.</exception>
    public Settings With(string key, string value)
    {
        if (!Keys.Any(k => k.Key == key))
            throw new LonghandException($"There is no setting {Quoted.Of(key)}.{Nearest.Suggestion(key, Keys.Select(k => k.Key))}");
        int most = key == "data" ? Limits.DataLength : Limits.SettingLength;
        if (value.Length > most)
            throw new LonghandException(
                $"{key}: {value.Length} characters are too many; {most} is the limit{(key == "data" ? ", since the address holds all of it" : "")}."
            );
        return new(new(values) { [key] = value });
    }

    /// <summary>Reads what stands behind the # of a page's address.</summary>
    /// <exception cref="LonghandException">A key is unknown.</exception>
    public static Settings FromLink(string link)
    {
        Settings settings = Default;
        foreach ((string key, string value) in Pairs(link))
            settings = settings.With(key, key == "network" ? value.Replace("/", " -> ", StringComparison.Ordinal) : value);
        return settings;
    }

    /// <summary>What stands behind the # of this page's address: what differs from the default, and always network and data.</summary>
    public string ToLink() =>
        string.Join(
            '&',
            Keys.Where(k => k.Key is "network" or "data" || this[k.Key] != k.Default).Select(k => $"{k.Key}={Written(k.Key, this[k.Key])}")
        );

    /// <summary>The keys and values of a link, decoded.</summary>
    public static IEnumerable<(string Key, string Value)> Pairs(string link)
    {
        foreach (string pair in link.TrimStart('#').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=');
            yield return equals < 0 ? (Decoded(pair), "") : (Decoded(pair[..equals]), Decoded(pair[(equals + 1)..]));
        }
    }

    /// <summary>The experiment file that these settings stand for.</summary>
    public string ToExperiment()
    {
        var text = new StringBuilder();
        void Line(string key) => text.Append($"{key}: {Json(this[key])}\n");
        Line("network");
        Line("data");
        if (FeatureList() is { } features)
            text.Append($"features: [{string.Join(", ", features.Select(Json))}]\n");
        if (this["scale"] != "none")
            Line("scale");
        Line("loss");
        Line("optimizer");
        Line("init");
        if (this["regularization"] != "none")
            Line("regularization");
        // What comes with a test part of its own is not cut.
        text.Append($"train: {{batch: {Plain("batch")}");
        if (!ImageSets.HasTestPart(this["data"].Trim()))
            text.Append($", split: {Plain("split")}");
        if (this["validation"] != "0")
            text.Append($", validation: {Plain("validation")}");
        if (this["schedule"] != "constant")
            text.Append($", schedule: {Json(this["schedule"])}, epochs: {Plain("epochs")}");
        text.Append($", seed: {Plain("seed")}}}\n");
        Line("conventions");
        return text.ToString();
    }

    /// <summary>The expressions that inputs are computed from; null where they are the data's own columns: "x, y" of a plane, "all" of a table.</summary>
    public IReadOnlyList<string>? FeatureList()
    {
        if (this["features"] == "all")
            return null;
        var list = new List<string>();
        int depth = 0,
            start = 0;
        string text = this["features"];
        for (int i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] != ',')
                depth += text[i] switch
                {
                    '(' => 1,
                    ')' => -1,
                    _ => 0,
                };
            else if (i == text.Length || depth == 0)
            {
                list.Add(text[start..i].Trim());
                start = i + 1;
            }
        }
        if (list.Count > Limits.Features)
            throw new LonghandException($"features: there are {list.Count}; {Limits.Features} is the limit.");
        return list is ["x", "y"] ? null : list;
    }

    /// <summary>
    /// How far the page has trained: epochs, behind a comma the batches of the next one, and behind another the operations of the next batch.
    /// </summary>
    /// <exception cref="LonghandException">It is something else, or more than a link may ask for.</exception>
    public (int Epochs, int Batches, int Operations) Progress()
    {
        string[] parts = this["epoch"].Split(',');
        var numbers = new int[3];
        for (int i = 0; i < parts.Length; i++)
            if (
                i > 2
                || !int.TryParse(
                    parts[i],
                    System.Globalization.NumberStyles.None,
                    System.Globalization.CultureInfo.InvariantCulture,
                    out numbers[i]
                )
            )
                throw new LonghandException(
                    $"epoch is {Quoted.Of(this["epoch"])}, but a whole number from 0 on is needed, or more for an epoch, a batch and an operation: 3,12,5."
                );
        if (numbers[0] > Limits.LinkedEpochs)
            throw new LonghandException(
                $"epoch is {numbers[0]}; a link trains at most {Limits.LinkedEpochs} epochs before its page is shown."
            );
        return (numbers[0], numbers[1], numbers[2]);
    }

    /// <summary>A setting that is true or false.</summary>
    public bool Truth(string key) =>
        this[key] switch
        {
            "true" => true,
            "false" => false,
            var other => throw new LonghandException($"{key} is {Quoted.Of(other)}, but true or false is needed."),
        };

    // Numbers stand in the file as numbers; whatever else is written there could end the map.
    private string Plain(string key) => this[key].All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '/') ? this[key] : Json(this[key]);

    private static string Json(string text) =>
        $"\"{JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    // An address is to be read: a space is +, the arrow of a network a slash, and most other characters stay as they are.
    private static string Written(string key, string value)
    {
        if (key == "network")
            value = value.Replace(" -> ", "/", StringComparison.Ordinal);
        var text = new StringBuilder();
        foreach (Rune rune in value.EnumerateRunes())
            if (rune.Value == ' ')
                text.Append('+');
            else if (rune.IsAscii && (Rune.IsLetterOrDigit(rune) || "-._~!$'()*,;:@/=^".Contains((char)rune.Value)))
                text.Append(rune);
            else
                text.Append(Uri.EscapeDataString(rune.ToString()));
        return text.ToString();
    }

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
