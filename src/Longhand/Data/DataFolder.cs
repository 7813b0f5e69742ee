namespace Longhand;

/// <summary>Kinds of data that come as a folder of files, with a test part of their own.</summary>
internal static class DataFolder
{
    /// <summary>A kind whose folder may be left out: then it is the one that a variable of the environment names, or where Debian puts it.</summary>
    /// <param name="name">The kind's name: mnist; the variable is LONGHAND_MNIST.</param>
    /// <param name="summary">One sentence for lists.</param>
    /// <param name="usual">Where it may lie.</param>
    /// <param name="source">Where it is to be had, for the message that it is not there.</param>
    /// <param name="read">Reads the folder.</param>
    public static DataKind Kind(
        string name,
        string summary,
        IReadOnlyList<string> usual,
        string source,
        Func<string, (DataSet Train, DataSet Test)> read
    ) =>
        new(
            name,
            $"{name} [DIR]",
            summary,
            [],
            arguments =>
            {
                (DataSet train, DataSet test) = read(Find(arguments, name, usual, source));
                return new DataParts(train, test);
            }
        )
        {
            Operands = ["DIR"],
            OptionalOperands = 1,
        };

    /// <summary>Refuses what is no folder.</summary>
    public static void Require(string name, string folder, string files)
    {
        if (!Directory.Exists(folder))
            throw new LonghandException(
                File.Exists(folder)
                    ? $"{folder}: this is a file, but {name} is read from the folder that holds its {files}."
                    : $"{folder}: there is no such folder; {name} is read from the folder that holds its {files}."
            );
    }

    private static string Find(DataArguments arguments, string name, IReadOnlyList<string> usual, string source)
    {
        if (arguments.HasOperand(0))
            return arguments.OperandPath(0);
        string variable = $"LONGHAND_{name.ToUpperInvariant()}";
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } folder)
            return folder;
        return usual.FirstOrDefault(Directory.Exists)
            ?? throw arguments.Error($"where are its files? Say \"{name} DIR\", or set {variable} to the folder; {source}");
    }
}
