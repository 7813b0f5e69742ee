using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Longhand.Experiments;

/// <summary>What becomes of the paths of an experiment that is written down again.</summary>
public enum PathStyle
{
    /// <summary>They stay as they were.</summary>
    AsWritten,

    /// <summary>They are made full, so that the text may stand in any folder.</summary>
    Full,

    /// <summary>Of full ones only the last name is left, so that the text says nothing of the machine.</summary>
    NameOnly,
}

/// <summary>
/// An experiment written down again: the entries that it was read from, number for number and word for word, a key a line; in
/// <c>train</c> what has been changed since.
/// </summary>
internal static partial class ExperimentText
{
    public static string Write(Experiment experiment, PathStyle paths)
    {
        if (experiment.Root is not { } root)
            return "";
        var text = new StringBuilder();
        foreach (Field field in root.Fields)
        {
            string value = field.Key.Text switch
            {
                "train" => Train(experiment, field.Value as MapEntry),
                "data" when field.Value is ScalarEntry data => Scalar(Data(experiment, data.Text, paths)),
                "weights" when field.Value is ScalarEntry weights => Scalar(Path(experiment, weights.Text, paths)),
                _ => Flow(field.Value),
            };
            text.Append($"{field.Key.Text}: {value}\n");
        }
        if (!root.Fields.Any(field => field.Key.Text == "train"))
            text.Append($"train: {Train(experiment, null)}\n");
        return text.ToString();
    }

    private static string Train(Experiment experiment, MapEntry? map)
    {
        TrainSettings settings = experiment.Settings;
        var fields = new Dictionary<string, string>();
        foreach (Field field in map?.Fields ?? [])
            fields[field.Key.Text] = Flow(field.Value);
        fields["epochs"] = settings.Epochs.ToString(CultureInfo.InvariantCulture);
        fields["seed"] = settings.Seed.ToString(CultureInfo.InvariantCulture);
        if (settings.DoublePrecision || fields.ContainsKey("precision"))
            fields["precision"] = settings.DoublePrecision ? "f64" : "f32";
        return $"{{{string.Join(", ", fields.Select(pair => $"{pair.Key}: {pair.Value}"))}}}";
    }

    /// <summary>An entry on one line.</summary>
    public static string Flow(Entry entry) =>
        entry switch
        {
            ScalarEntry scalar => Scalar(scalar.Text),
            ListEntry list => $"[{string.Join(", ", list.Items.Select(Flow))}]",
            MapEntry map => $"{{{string.Join(", ", map.Fields.Select(field => $"{Scalar(field.Key.Text)}: {Flow(field.Value)}"))}}}",
            _ => throw new InvalidOperationException("A bug in Longhand: an entry of a new kind."),
        };

    // What could mean something else to a reader of YAML stands in quotation marks, escaped as both YAML and JSON have it.
    private static string Scalar(string text) =>
        Plain().IsMatch(text)
            ? text
            : $"\"{System.Text.Json.JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static string Data(Experiment experiment, string text, PathStyle paths)
    {
        var arguments = DataArguments.Parse(text, experiment.BaseDirectory);
        foreach ((int i, string name) in arguments.Kind.Operands.Index())
        {
            // A folder may be left out where one is known.
            if (!arguments.HasOperand(i))
                continue;
            string operand = arguments.Operand(i);
            if (name is "EXPRESSION" or "POINTS" or "ROWS" || Path(experiment, operand, paths) is not { } path || path == operand)
                continue;
            string word = Regex.Replace(text, $"""(?<=\s)(["']?){Regex.Escape(operand)}\1(?=\s|$)""", $"\"{path.Replace("$", "$$")}\"");
            text = path.Contains('"') ? text : word;
        }
        return text;
    }

    private static string Path(Experiment experiment, string path, PathStyle paths) =>
        paths switch
        {
            PathStyle.Full => System.IO.Path.GetFullPath(path, System.IO.Path.GetFullPath(experiment.BaseDirectory)),
            PathStyle.NameOnly when System.IO.Path.IsPathRooted(path) => System.IO.Path.GetFileName(
                System.IO.Path.TrimEndingDirectorySeparator(path)
            ),
            _ => path,
        };

    // Letters, digits and what networks and numbers are written with, neither beginning nor ending with a space.
    [GeneratedRegex(@"^-?[\p{L}\p{N}_.](?:[\p{L}\p{N}_.+\-*/=()>→× ]*[\p{L}\p{N}_.+\-*/=()>→×])?$")]
    private static partial Regex Plain();
}
