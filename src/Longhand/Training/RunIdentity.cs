using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Longhand;

/// <summary>
/// The settings on which the numbers of a run depend, by name: two runs with the same ones go the same way, and a checkpoint of one is a
/// checkpoint of the other. Threads are not among them, and the number of epochs only where the schedule looks at it.
/// </summary>
internal static class RunIdentity
{
    // So many examples, spread evenly, stand for the whole of a set: enough to tell sets apart, and read in no time.
    private const int Samples = 1000;

    public static IReadOnlyDictionary<string, string> Of(Network network, DataSet train, Training options)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["network"] = network.ToString(),
            ["data"] = Describe(train),
            ["loss"] = options.Loss.Notation,
            ["optimizer"] = options.Optimizer.Notation,
            ["schedule"] = options.Schedule.Notation,
            ["init"] = options.Initializer.Notation,
            ["regularization"] = options.Regularization.ToString(),
            // How many digits are printed changes nothing.
            ["conventions"] = (options.Conventions with { Digits = 0 }).ToString(),
            ["batch"] = options.Batch == 0 ? "all" : options.Batch.ToString(invariant),
            ["shuffle"] = options.Shuffle ? "true" : "false",
            ["seed"] = options.Seed.ToString(invariant),
            ["precision"] = options.DoublePrecision ? "f64" : "f32",
        };
        if (options.Schedule.NeedsLength)
            settings["epochs"] = options.Epochs.ToString(invariant);
        if (options.Validation is { } validation)
            settings["validation"] = Describe(validation);
        if (options.EarlyStopping is { } stopping)
            settings["early-stopping"] = stopping.ToString();
        if (options.Clip is { } clip)
            settings["clip"] = clip.ToString();
        if (options.ClassWeights is { } weights)
            settings["class-weights"] = weights.ToString();
        if (options.Start.Count > 0)
            settings["weights"] = Sum(hash =>
            {
                foreach ((string name, ParameterValues values) in options.Start.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                    Add(hash, values.ToDoubles());
            });
        return settings;
    }

    private static string Describe(DataSet data) =>
        string.Create(CultureInfo.InvariantCulture, $"{data.Name}, {data.Count} × {data.InputShape}, {Sum(hash => Add(hash, data))}");

    private static void Add(IncrementalHash hash, DataSet data)
    {
        var input = new double[data.InputShape.Length];
        var target = new double[data.TargetLength];
        int every = Math.Max(1, data.Count / Samples);
        for (int i = 0; i < data.Count; i += every)
        {
            data.CopyInput(i, input);
            if (data.HasClasses)
                target[0] = data.Class(i);
            else
                data.CopyTarget(i, target);
            Add(hash, input);
            Add(hash, target);
        }
    }

    private static void Add(IncrementalHash hash, ReadOnlySpan<double> numbers)
    {
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        foreach (double number in numbers)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes, number);
            hash.AppendData(bytes);
        }
    }

    private static string Sum(Action<IncrementalHash> add)
    {
        const int digits = 12;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        add(hash);
        return "checksum " + Convert.ToHexStringLower(hash.GetHashAndReset())[..digits];
    }
}
