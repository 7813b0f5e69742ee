using Longhand.Experiments;

namespace Longhand.Playground.Images;

/// <summary>
/// The sets of images that a page may ask for: the digits that are part of the library, and those that were given to the command. A page
/// names no folder, and what has been read is shared by all sessions.
/// </summary>
internal sealed class ImageSets
{
    /// <summary>The sets that a command may be given: each is read from a folder.</summary>
    public static readonly string[] Given = ["mnist", "fashion"];

    private const string EmbeddedName = "digits";

    private static readonly Lazy<DataSet> digits = new(Longhand.Data.Digits);

    private readonly Dictionary<string, (DataSet Train, DataSet Test)> given;

    /// <param name="given">What was given to the command, each with a test part of its own.</param>
    public ImageSets(IEnumerable<(DataSet Train, DataSet Test)> given) => this.given = given.ToDictionary(set => set.Train.Name);

    /// <summary>The digits alone.</summary>
    public static ImageSets Embedded { get; } = new([]);

    /// <summary>What a page may ask for here.</summary>
    public IEnumerable<string> Names => [EmbeddedName, .. given.Keys];

    /// <summary>Whether a kind of data is a set of images, given here or not.</summary>
    public static bool Knows(string name) => name == EmbeddedName || Given.Contains(name);

    /// <summary>Whether a kind of data comes with a test part of its own, so that no share is kept aside.</summary>
    public static bool HasTestPart(string name) => Given.Contains(name);

    /// <summary>Refuses a set that is not there, and a folder.</summary>
    /// <exception cref="LonghandException">The message says what may be asked for.</exception>
    public void Require(DataArguments data)
    {
        string name = data.Kind.Name;
        if (name != EmbeddedName && !given.ContainsKey(name))
            throw new LonghandException(
                $"data: {name} was not given to this server. Start it as longhand playground --{name} DIR, or take {string.Join(" or ", Names)}."
            );
        if (data.Kind.Operands.Count > 0 && data.HasOperand(0))
            throw new LonghandException($"data: a page names no folder; write {name} alone.");
    }

    /// <summary>The examples of an experiment whose data are a set of images, the test part cut off where the set has none.</summary>
    /// <exception cref="LonghandException">The share that is trained on leaves nothing for one of the parts.</exception>
    public ExperimentData Load(Experiment experiment, string name)
    {
        if (given.TryGetValue(name, out (DataSet Train, DataSet Test) parts))
            return new(parts.Train, null, parts.Test);
        TrainSettings settings = experiment.Settings;
        if (settings.Split is not { } share || share >= 1)
            return new(digits.Value, null, null);
        (DataSet train, DataSet test) = digits.Value.Split(share, settings.Seed, settings.Stratify);
        return new(train, null, test);
    }
}
