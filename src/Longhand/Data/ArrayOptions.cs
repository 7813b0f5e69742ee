namespace Longhand;

/// <summary>How arrays are taken as examples.</summary>
/// <param name="As">What the targets are: classes, values or auto.</param>
/// <param name="Channels">Where the channels of images are: first, last or auto.</param>
/// <param name="Divide">What the inputs are divided by; null leaves it to their type.</param>
internal sealed record ArrayOptions(string As = "auto", string Channels = "auto", double? Divide = null)
{
    /// <summary>The options of every kind of data that reads arrays.</summary>
    public static IReadOnlyList<DataOption> Known =>
        [
            new("as", "auto", "what the targets are: classes, values, or auto (whole numbers are classes where at most 100 differ)"),
            new("channels", "auto", "where the channels of images are: first, last, or auto (the size that is 1, 3 or 4)"),
            new("divide", "auto", "what the inputs are divided by; auto is 255 for images of unsigned bytes, otherwise 1"),
        ];

    /// <summary>The options of a line of data.</summary>
    /// <exception cref="LonghandException">One of them is not what it can be.</exception>
    public static ArrayOptions Of(DataArguments arguments)
    {
        double? divide = arguments.Value("divide", "auto") == "auto" ? null : arguments.Number("divide", 1);
        return divide == 0
            ? throw arguments.Error("divide is 0, by which nothing can be divided")
            : new(arguments.Word("as", "auto", "classes", "values"), arguments.Word("channels", "auto", "first", "last"), divide);
    }
}
