using System.Globalization;

namespace Longhand.Playground;

/// <summary>The address of a TensorFlow Playground page as settings that give the same numbers, with notes on what has no counterpart.</summary>
internal static class TensorFlowLink
{
    private const int MostLayers = 6,
        MostUnits = 8;

    private static readonly (string Key, string Feature, bool IsOn)[] features =
    [
        ("x", "x", true),
        ("y", "y", true),
        ("xSquared", "x^2", false),
        ("ySquared", "y^2", false),
        ("xTimesY", "x*y", false),
        ("sinX", "sin(x)", false),
        ("sinY", "sin(y)", false),
    ];

    private static readonly string[] keys =
    [
        "activation",
        "regularization",
        "regularizationRate",
        "learningRate",
        "batchSize",
        "noise",
        "percTrainData",
        "networkShape",
        "problem",
        "dataset",
        "regDataset",
        "seed",
        "showTestData",
        "discretize",
        "initZero",
        "hideText",
        "collectStats",
        "tutorial",
        "cosX",
        "cosY",
        .. features.Select(f => f.Key),
    ];

    // What the page itself hides where the link says so.
    private static readonly string[] hideable =
    [
        "playButton",
        "stepButton",
        "resetButton",
        "problem",
        "activation",
        "learningRate",
        "regularization",
        "regularizationRate",
        "dataset",
        "regDataset",
        "percTrainData",
        "noise",
        "batchSize",
        "numHiddenLayers",
        "networkShape",
        "showTestData",
        "discretize",
    ];

    /// <summary>Whether a link is one of that page's rather than of this one.</summary>
    public static bool Is(string link)
    {
        (string Key, string Value)[] pairs = [.. Settings.Pairs(link)];
        return pairs.Any(p => keys.Contains(p.Key) && p.Key is not ("seed" or "regularization" or "discretize"))
            && !pairs.Any(p => p.Key is "network" or "data");
    }

    /// <summary>The settings that it stands for, and what of it is not taken over, in whole sentences.</summary>
    public static (Settings Settings, IReadOnlyList<string> Notes) Read(string link)
    {
        var given = new Dictionary<string, string>();
        var notes = new List<string>();
        var hidden = new List<string>();
        foreach ((string key, string value) in Settings.Pairs(link))
            if (key.EndsWith("_hide", StringComparison.Ordinal))
            {
                if (value == "true")
                    hidden.Add(key[..^5]);
            }
            else if (keys.Contains(key))
                given[key] = value;
            else
                notes.Add($"{Quoted.Of(key)} is no key of TensorFlow Playground and is left out.");
        string Word(string key, string usual, params string[] known)
        {
            if (!given.TryGetValue(key, out string? value) || value.Length == 0)
                return usual;
            if (known.Contains(value))
                return value;
            notes.Add($"{key} is {Quoted.Of(value)}, which TensorFlow Playground does not know; {usual} is taken.");
            return usual;
        }
        double Number(string key, double usual, double least, double most, double beyond)
        {
            if (!given.TryGetValue(key, out string? text) || text.Length == 0)
                return usual;
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
            {
                notes.Add($"{key} is {Quoted.Of(text)}, which is no number; {usual.ToString(CultureInfo.InvariantCulture)} is taken.");
                return usual;
            }
            double taken =
                value < least ? least
                : value > most ? beyond
                : value;
            if (!taken.Equals(value))
                notes.Add(string.Create(CultureInfo.InvariantCulture, $"{key} is {value}; {taken} is taken, as that page does."));
            return taken;
        }
        bool Truth(string key, bool usual = false) =>
            given.TryGetValue(key, out string? value) && value.Length > 0 ? value != "false" : usual;

        bool regression = Word("problem", "classification", "classification", "regression") == "regression";
        string dataset = Word("dataset", "circle", "circle", "xor", "gauss", "spiral"),
            regDataset = Word("regDataset", "reg-plane", "reg-plane", "reg-gauss");
        string activation = Word("activation", "tanh", "relu", "tanh", "sigmoid", "linear");
        if (!given.TryGetValue("seed", out string? seed) || seed.Length == 0)
        {
            seed = "0.5";
            notes.Add("The link has no seed, so that page draws a new one each time; 0.5 is taken.");
        }
        else if (seed.Any(c => char.IsControl(c) || c is '"'))
            throw new LonghandException(
                $"seed is {Quoted.Of(seed)}; quotation marks and control characters cannot be written in a data set's line."
            );
        List<string> inputs = [.. features.Where(f => Truth(f.Key, f.IsOn) && !hidden.Contains(f.Key)).Select(f => f.Feature)];
        if (inputs.Count == 0)
        {
            inputs = ["x", "y"];
            notes.Add("The link has no features at all; x and y are taken.");
        }
        if (Truth("cosX") || Truth("cosY"))
            notes.Add("cosX and cosY have no effect on that page either.");
        string hiddenActivation = activation == "linear" ? "" : " " + activation;
        IEnumerable<string> parts = Shape(given, notes)
            .Select(units => $"dense {units.ToString(CultureInfo.InvariantCulture)}{hiddenActivation}")
            .Append(regression ? "dense 1" : "dense 1 tanh");
        double noise = Number("noise", 0, 0, 80, 50),
            share = Number("percTrainData", 50, 10, 90, 90),
            batch = Math.Floor(Number("batchSize", 10, 1, 1000, 1000)),
            rate = Number("learningRate", 0.03, 0, 1e6, 1e6),
            penaltyRate = Number("regularizationRate", 0, 0, 1e6, 1e6);
        string penalty = Word("regularization", "none", "none", "L1", "L2");
        string data = regression ? (regDataset == "reg-plane" ? "plane" : "cones") : dataset;
        string quoted = seed.Any(c => char.IsWhiteSpace(c) || c is '\'' or '=') ? $"\"{seed}\"" : seed;
        FormattableString dataText = $"{data} n={(regression ? 1200 : 500)} noise={noise / 100} seed={quoted}";
        Settings settings = Settings
            .Default.With("network", $"{inputs.Count.ToString(CultureInfo.InvariantCulture)} -> {string.Join(" -> ", parts)}")
            .With("data", FormattableString.Invariant(dataText))
            .With("features", string.Join(", ", inputs))
            .With("optimizer", FormattableString.Invariant($"sgd lr={rate}"))
            .With("batch", batch.ToString(CultureInfo.InvariantCulture))
            .With("split", (share / 100).ToString(CultureInfo.InvariantCulture))
            .With("test", Truth("showTestData") ? "true" : "false")
            .With("discretize", Truth("discretize") ? "true" : "false");
        if (penalty != "none" && penaltyRate > 0)
            settings = settings.With("regularization", FormattableString.Invariant($"{(penalty == "L1" ? "l1" : "l2")} {penaltyRate}"));
        if (Truth("initZero"))
            settings = settings.With("init", "zero");
        string[] controls = [.. hidden.Where(control => !features.Any(f => f.Key == control) && !hideable.Contains(control))];
        if (controls.Length > 0)
            notes.Add($"The link hides what this page does not have: {string.Join(", ", controls)}.");
        if (given.TryGetValue("tutorial", out string? tutorial) && tutorial.Length > 0)
            notes.Add($"The tutorial {Quoted.Of(tutorial)} is that page's own and is left out.");
        return (settings, notes);
    }

    private static List<int> Shape(Dictionary<string, string> given, List<string> notes)
    {
        if (!given.TryGetValue("networkShape", out string? text))
            return [4, 2];
        var units = new List<int>();
        foreach (string word in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is > 0 and <= MostUnits)
                units.Add(count);
            else
                notes.Add(
                    $"networkShape has a layer of {Quoted.Of(word)} units, but that page has 1 to {MostUnits}; the layer is left out."
                );
        if (units.Count > MostLayers)
            notes.Add($"networkShape has {units.Count} layers, but that page has at most {MostLayers}; the others are left out.");
        return [.. units.Take(MostLayers)];
    }
}
