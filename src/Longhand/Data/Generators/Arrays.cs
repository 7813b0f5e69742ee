using Longhand.Formats;

namespace Longhand;

public static partial class Data
{
    // Pairs of names that people give to the arrays of an archive, inputs before targets; a pair for testing may follow.
    private static readonly string[][] arrayNames =
    [
        ["x_train", "y_train", "x_test", "y_test"],
        ["train_x", "train_y", "test_x", "test_y"],
        ["train_images", "train_labels", "test_images", "test_labels"],
        ["x", "y"],
        ["inputs", "targets"],
        ["data", "target"],
        ["images", "labels"],
    ];

    internal static readonly DataKind NpyKind = Register(
        new(
            "npy",
            "npy X Y [as=auto] [channels=auto] [divide=auto]",
            "Two arrays of NumPy: inputs and targets, an example for each first index",
            ArrayOptions.Known,
            a => new DataParts(FromNpy(a.OperandPath(0), a.OperandPath(1), ArrayOptions.Of(a)), null)
        )
        {
            Operands = ["X", "Y"],
        }
    );

    internal static readonly DataKind IdxKind = Register(
        new(
            "idx",
            "idx X Y [as=auto] [channels=auto] [divide=auto]",
            "Two arrays in MNIST's format, plain or .gz: inputs and targets",
            ArrayOptions.Known,
            a => new DataParts(FromIdx(a.OperandPath(0), a.OperandPath(1), ArrayOptions.Of(a)), null)
        )
        {
            Operands = ["X", "Y"],
        }
    );

    internal static readonly DataKind NpzKind = Register(
        new(
            "npz",
            "npz FILE [x=NAME] [y=NAME] [test-x=NAME] [test-y=NAME] [as=auto] [channels=auto] [divide=auto]",
            "An archive of NumPy: x and y, or x_train, y_train, x_test and y_test",
            [
                new("x", "", "the array of inputs, where it has another name than people usually give it"),
                new("y", "", "the array of targets"),
                new("test-x", "", "the array of inputs to test with"),
                new("test-y", "", "the array of targets to test with"),
                .. ArrayOptions.Known,
            ],
            a => FromNpz(a.OperandPath(0), ArrayOptions.Of(a), a)
        )
        {
            Operands = ["FILE"],
        }
    );

    /// <summary>
    /// Two arrays of NumPy, inputs and targets, an example for each first index. Inputs are [N], [N, features], [N, height, width] or images
    /// with channels in the second place or the last, which is then 1, 3 or 4; images of unsigned bytes are divided by 255. Targets are [N] or
    /// [N, values]: whole numbers of which at most 100 differ are classes. A plain file of more than 100 MB is mapped, not read.
    /// </summary>
    /// <exception cref="LonghandException">A file is missing or may not be read.</exception>
    /// <exception cref="DataFormatException">A file is not what it should be, or the two do not fit.</exception>
    public static DataSet FromNpy(string inputs, string targets) => FromNpy(inputs, targets, new());

    /// <summary>Two arrays in MNIST's format, plain or packed with gzip: inputs and targets, as <see cref="FromNpy(string, string)"/> takes them.</summary>
    /// <inheritdoc cref="FromNpy(string, string)"/>
    public static DataSet FromIdx(string inputs, string targets) => FromIdx(inputs, targets, new());

    /// <summary>
    /// An archive of NumPy with arrays x and y, or x_train, y_train, x_test and y_test (other usual names will do), as
    /// <see cref="FromNpy(string, string)"/> takes them.
    /// </summary>
    /// <inheritdoc cref="FromNpy(string, string)"/>
    public static DataParts FromNpz(string path) => FromNpz(path, new(), null);

    private static DataSet FromNpy(string inputs, string targets, ArrayOptions options) =>
        ArrayExamples.Make(Path.GetFileName(inputs), options, (Npy.Read(inputs), Npy.Read(targets))).All;

    private static DataSet FromIdx(string inputs, string targets, ArrayOptions options) =>
        ArrayExamples.Make(Path.GetFileName(inputs), options, (Idx.Read(inputs).Array, Idx.Read(targets).Array)).All;

    private static DataParts FromNpz(string path, ArrayOptions options, DataArguments? arguments)
    {
        using var file = new Npz(path);
        NumberArray[] arrays = [.. ChooseArrays(path, file, arguments).Select(file.Read)];
        return ArrayExamples.Make(
            Path.GetFileName(path),
            options,
            (arrays[0], arrays[1]),
            arrays.Length > 2 ? (arrays[2], arrays[3]) : null
        );
    }

    private static string[] ChooseArrays(string path, Npz file, DataArguments? arguments)
    {
        string[] options = ["x", "y", "test-x", "test-y"];
        if (arguments is not null && options.Any(arguments.Has))
        {
            bool[] given = [.. options.Select(arguments.Has)];
            if (!given[0] || !given[1] || given[2] != given[3])
                throw arguments.Error("x and y belong together, and test-x and test-y");
            return
            [
                .. options
                    .Where(arguments.Has)
                    .Select(option =>
                        Find(file, arguments.Value(option, ""))
                        ?? throw arguments.Error(
                            $"{option} is {Quoted.Of(arguments.Value(option, ""))}, but the file has no such array; {Arrays(file)}"
                        )
                    ),
            ];
        }
        foreach (string[] usual in arrayNames)
        {
            string?[] found = [.. usual.Select(name => Find(file, name))];
            if (found[0] is not null && found[1] is not null)
                return [.. (found.Any(name => name is null) ? found[..2] : found).OfType<string>()];
        }
        throw new DataFormatException($"{path}: there are no arrays x and y; {Arrays(file)}: say x=NAME y=NAME.");
    }

    private static string? Find(Npz file, string name) =>
        file.Names.FirstOrDefault(known => known == name)
        ?? file.Names.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static string Arrays(Npz file) =>
        $"it has {string.Join(", ", file.Names.Take(20).Select(name => Quoted.Of(name)))}{(file.Names.Count > 20 ? " and more" : "")}";
}
