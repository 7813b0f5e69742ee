using Longhand.Formats;

namespace Longhand;

/// <summary>
/// Examples from arrays, the first index counting them: rows of numbers, images (height × width), or images with channels, which lie
/// first (PyTorch) or last (Keras).
/// </summary>
internal static class ArrayExamples
{
    private const int MostPixel = 255;

    /// <summary>The data set of a pair of arrays, and that of the pair for testing where there is one.</summary>
    /// <exception cref="DataFormatException">The arrays do not fit each other, or hold what is no number.</exception>
    public static DataParts Make(
        string name,
        ArrayOptions options,
        (NumberArray X, NumberArray Y) train,
        (NumberArray X, NumberArray Y)? test = null
    )
    {
        (NumberArray X, NumberArray Y)[] pairs = test is { } own ? [train, own] : [train];
        foreach ((NumberArray x, NumberArray y) in pairs)
            RequireSameCount(x, y);
        if (test is { } tested && !tested.X.Sizes.Skip(1).SequenceEqual(train.X.Sizes.Skip(1)))
            throw tested.X.Error($"its sizes are {tested.X.SizesText}, but the examples of {train.X.Path} are {train.X.SizesText}.");
        var targets = new ArrayTargets([.. pairs.Select(pair => pair.Y)], options.As);
        DataSet[] sets = [.. pairs.Select(pair => targets.Of(name, Inputs(pair.X, options, out Shape shape), shape, pair.Y))];
        return new(sets[0], sets.ElementAtOrDefault(1));
    }

    private static void RequireSameCount(NumberArray x, NumberArray y)
    {
        if (x.Sizes[0] > Array.MaxLength)
            throw x.Error($"{ArrayReader.Number(x.Sizes[0])} examples are too many; {ArrayReader.Number(Array.MaxLength)} is the limit.");
        if (x.Sizes[0] != y.Sizes[0])
            throw y.Error(
                $"there are {ArrayReader.Number(y.Sizes[0])} targets, but {x.Path} holds {ArrayReader.Number(x.Sizes[0])} examples."
            );
    }

    private static Rows Inputs(NumberArray x, ArrayOptions options, out Shape shape)
    {
        x.RequireFinite();
        IReadOnlyList<long> sizes = x.Sizes;
        if (sizes.Skip(1).Aggregate(1.0, (product, size) => product * size) > int.MaxValue)
            throw x.Error($"its sizes are {x.SizesText}, but an example has at most 2^31-1 numbers.");
        int[] each = [.. sizes.Skip(1).Select(size => (int)size)];
        int[]? order = null;
        switch (each.Length)
        {
            case 0:
                shape = [1];
                break;
            case 1:
                shape = [each[0]];
                break;
            case 2:
                shape = Shape.Image(each[0], each[1]);
                break;
            case 3 when ChannelsLast(x, each, options.Channels):
                shape = Shape.Image(each[0], each[1], each[2]);
                order = each[2] == 1 ? null : FromChannelsLast(shape);
                break;
            case 3:
                shape = Shape.Image(each[1], each[2], each[0]);
                break;
            default:
                throw x.Error(
                    $"its sizes are {x.SizesText}, but examples are numbers, rows, images or images with channels: 1 to 4 dimensions."
                );
        }
        return ArrayRows.Of(x, (int)shape.Length, options.Divide ?? (shape.IsImage && x.Type.IsByte ? MostPixel : 1), order);
    }

    private static bool ChannelsLast(NumberArray x, int[] each, string channels)
    {
        if (channels != "auto")
            return channels == "last";
        bool first = each[0] is 1 or 3 or 4,
            last = each[2] is 1 or 3 or 4;
        return first != last
            ? last
            : throw x.Error(
                $"its sizes are {x.SizesText}: are the channels of the images in the second place (channels=first) or in the last (channels=last)?"
            );
    }

    private static int[] FromChannelsLast(Shape shape)
    {
        var order = new int[shape.Length];
        int pixels = shape.Height * shape.Width;
        for (int channel = 0; channel < shape.Channels; channel++)
        for (int pixel = 0; pixel < pixels; pixel++)
            order[channel * pixels + pixel] = pixel * shape.Channels + channel;
        return order;
    }
}
