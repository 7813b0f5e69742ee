using System.Globalization;
using System.Text.RegularExpressions;
using Longhand.Experiments;
using Longhand.Layers;
using Longhand.Playground.Images;

namespace Longhand.Playground;

/// <summary>Settings made to fit other data: inputs for the columns, outputs for the classes, and a loss that compares them.</summary>
internal static partial class Fitting
{
    private const string UsualLoss = "half-mse";

    /// <summary>Settings whose features, network and loss fit their data. What fits already stays as it is.</summary>
    /// <param name="settings">Settings with other data than before.</param>
    /// <param name="before">What was shown before; null where nothing was.</param>
    /// <param name="images">The sets of images that are there; by default the library's own. They are left as they are.</param>
    /// <exception cref="LonghandException">The data cannot be made, or have more columns or classes than a page takes.</exception>
    public static Settings ToData(Settings settings, Setup? before, ImageSets? images = null)
    {
        if (ImageSets.Knows(SetupBounds.Require(settings, images ?? ImageSets.Embedded)))
            return settings;
        DataSet data = Data.Make(settings["data"], AppContext.BaseDirectory).All;
        long columns = data.InputShape.Length;
        if (data.InputShape.IsImage || columns > Limits.Columns)
            throw new LonghandException($"data: an example has {columns} columns; {Limits.Columns} is the limit.");
        settings = WithFeatures(settings, data, before);
        int inputs = settings.FeatureList()?.Count ?? (int)columns,
            classes = data.ClassNames.Count,
            outputs = classes > 2 ? classes : data.TargetLength;
        if (before is not null && Task(before.Data.Train) != Task(data))
            settings = WithLoss(settings, data.HasClasses, outputs);
        string[] parts = Parts(settings["network"]);
        parts[0] = inputs.ToString(CultureInfo.InvariantCulture);
        for (int last = parts.Length - 1; last > 0; last--)
            if (Units().IsMatch(parts[last]))
            {
                parts[last] = Units().Replace(parts[last], outputs.ToString(CultureInfo.InvariantCulture), 1);
                break;
            }
        settings = settings.With("network", string.Join(" -> ", parts));
        int trained = (int)(data.Count * Share(settings["split"]));
        return int.TryParse(settings["batch"], out int batch) && batch > trained && trained > 0 ? settings.With("batch", "all") : settings;
    }

    // What a network is to say: values, one of two classes, one of so many.
    private static (bool, int) Task(DataSet data) =>
        (data.HasClasses, data.HasClasses ? Math.Max(2, data.ClassNames.Count) : data.TargetLength);

    private static Settings WithFeatures(Settings settings, DataSet data, Setup? before)
    {
        bool isPlane = data.InputShape.Length == 2;
        if (before is not null && before.Examples?.Columns.SequenceEqual(NamesOf(data)) == true)
            return settings;
        bool wasPlane = before?.Plane is not null;
        if (isPlane)
            return wasPlane || before is null ? settings : settings.With("features", "x, y");
        // Columns of a table are as different in size as what was measured.
        return settings.With("features", "all").With("scale", wasPlane ? "standard" : settings["scale"]);
    }

    private static IReadOnlyList<string> NamesOf(DataSet data) =>
        data.InputNames.Count > 0 ? data.InputNames
        : data.InputShape.Length == 2 ? ["x", "y"]
        : [.. Enumerable.Range(1, (int)data.InputShape.Length).Select(i => $"x{i}")];

    private static Settings WithLoss(Settings settings, bool hasClasses, int outputs)
    {
        bool isSeveral = hasClasses && outputs > 1;
        string loss =
            isSeveral ? "cross-entropy"
            : Loss.Kinds.Find(settings["loss"].Split(' ')[0]) is { Example.Reads: LossReads.Anything } ? settings["loss"]
            : UsualLoss;
        string activation = hasClasses && !isSeveral ? "tanh" : "";
        string[] parts = Parts(settings["network"]);
        int last = Array.FindLastIndex(parts, part => Units().IsMatch(part));
        if (last < 0)
            return settings;
        parts[last] = $"dense {outputs}{(activation.Length > 0 ? " " : "")}{activation}";
        return settings.With("loss", loss).With("network", string.Join(" -> ", parts[..(last + 1)]));
    }

    private static string[] Parts(string network) =>
        network.Split(["->", "→"], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static double Share(string split) =>
        double.TryParse(split, NumberStyles.Float, CultureInfo.InvariantCulture, out double share) ? share : 1;

    // The number behind "dense".
    [GeneratedRegex(@"(?<=^(?:dense|fc|linear)\s+)\d+", RegexOptions.IgnoreCase)]
    private static partial Regex Units();
}
