namespace Longhand;

/// <summary>Reads the first part: <c>2</c>, <c>28x28</c>, <c>32x32x3</c>.</summary>
internal sealed class InputReader(NotationSource source, PartReader layers, NotationLetters? letters)
{
    private static readonly string[] dimensions = ["height", "width", "number of channels"];

    public (Shape Input, string? Warning) Read(Part part, List<NotationWord> words)
    {
        if (words.Count == 0)
            throw source.Error(part, part.Start, "a network begins with the input's size, as in \"2 -> dense 1\".");
        if (layers.Find(words[0].Text) is not null)
            throw source.Error(
                part,
                words[0].At,
                $"a network begins with the input's size, as in {Quoted.Of($"2 -> {NotationWord.Join(words)}")}."
            );
        int layer = words.FindIndex(1, word => layers.Find(word.Text) is not null);
        if (layer > 0)
            throw layers.ArrowMissing(part, words, layer, $"{Quoted.Of(words[layer].Text)} begins a part of its own.");
        string text = NotationWord.Join(words);
        if (text.Any(char.IsWhiteSpace) && words.All(word => NotationWord.IsNumber(word.Text)))
            throw source.Error(part, words[1].At, $"the sizes of an image are joined by \"x\": {Quoted.Of(text.Replace(' ', 'x'))}.");
        string[] sizes = text.Split(['x', 'X', '×'], StringSplitOptions.TrimEntries);
        bool isLetters = Array.TrueForAll(sizes, size => Size.IsLetter(size) || (size.Length > 0 && char.IsAsciiDigit(size[0])));
        if (char.IsLetter(text[0]) && !(isLetters && letters is not null))
            throw source.Error(
                part,
                words[0].At,
                $"a network begins with the input's size, but {Quoted.Of(text)} is not a number. Write one, as in \"2 -> dense 1\"."
                    + (
                        letters is not null ? " A size may also be a single letter other than x, such as n or n1."
                        : isLetters ? " Letters as sizes are for summary alone."
                        : ""
                    )
            );
        if (sizes.Length > dimensions.Length)
            throw source.Error(
                part,
                words[0].At,
                $"an input has one size (features), two (height x width) or three (height x width x channels), not {sizes.Length}."
            );
        Size[] counts = [.. sizes.Select((size, i) => Count(part, words[0].At, size, sizes.Length == 1 ? "input's size" : dimensions[i]))];
        return Make(part, words[0].At, counts);
    }

    private Size Count(Part part, int at, string text, string what)
    {
        if (letters is not null && Size.IsLetter(text))
            return letters.Read(text);
        int size = 0;
        string? problem = text.Length == 0 ? "is missing" : Arguments.CountProblem(text, out size);
        return problem is null ? size : throw source.Error(part, at, $"the {what} {problem}.");
    }

    private (Shape Input, string? Warning) Make(Part part, int at, Size[] sizes)
    {
        Shape shape = sizes.Length == 1 ? Shape.Of(sizes) : Shape.Of(sizes[0], sizes[1], sizes.Length == 3 ? sizes[2] : 1);
        if (shape.HasLetters)
            return (shape, null);
        try
        {
            _ = shape.Length;
        }
        catch (OverflowException)
        {
            throw new ShapeException(source.Message(part, at, "the input has more numbers than can be counted in 64 bits."));
        }
        return (shape, ChannelsFirst(shape) ? Warning(part, at, shape) : null);
    }

    // As other programs write a picture: one or three channels before two sizes that are alike.
    private static bool ChannelsFirst(Shape shape) =>
        shape is { IsImage: true, Height: 1 or 3, Width: >= 8, Channels: >= 8 }
        && (long)shape.Channels <= 2L * shape.Width
        && shape.Width <= 2L * shape.Channels;

    private string Warning(Part part, int at, Shape shape) =>
        source.Message(
            part,
            at,
            $"the height comes first, so this is an image of {shape.Height}×{shape.Width} pixels with {shape.Channels} channels each. "
                + $"Did you mean \"{shape.Width}x{shape.Channels}x{shape.Height}\"?"
        );
}
