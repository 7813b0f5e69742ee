using Longhand.Formats;

namespace Longhand;

/// <summary>The targets of examples that come as arrays: class numbers, or values.</summary>
internal sealed class ArrayTargets
{
    private readonly double[]? classes;
    private readonly bool oneHot;

    /// <param name="parts">The targets of the training part, and of a test part.</param>
    /// <param name="kind">What they are: classes, values or auto.</param>
    /// <exception cref="DataFormatException">They cannot be what they are said to be.</exception>
    public ArrayTargets(IReadOnlyList<NumberArray> parts, string kind)
    {
        int width = Width(parts[0]);
        if (parts.FirstOrDefault(part => Width(part) != width) is { } other)
            throw other.Error($"here are {Width(other)} target values an example, but {parts[0].Path} has {width}.");
        foreach (NumberArray part in parts)
            part.RequireFinite();
        // Floats are values unless they are said to be classes: 0.0 and 1.0 may well be probabilities.
        if (kind == "values" || (kind == "auto" && (width > 1 || !parts.All(part => part.Type.IsInteger))))
            return;
        oneHot = width > 1;
        var found = new HashSet<double>();
        foreach (NumberArray part in parts)
            if (!Collect(part, width, found, kind == "auto" ? ClassNumbers.MostInferred : ClassNumbers.Most))
                return;
        if (found.Count < 2 && !oneHot)
            throw parts[0].Error($"every class is {found.First()}; there is nothing to tell apart.");
        classes = oneHot ? [.. Enumerable.Range(0, width).Select(c => (double)c)] : ClassNumbers.InOrder(found);
    }

    /// <summary>The examples of a part.</summary>
    public DataSet Of(string name, Rows inputs, Shape shape, NumberArray part)
    {
        int width = Width(part);
        if (classes is null)
            return new DataSet(inputs, shape, ArrayRows.Of(part, width, 1, null)) { Name = name };
        var labels = new int[part.Sizes[0]];
        Each(part, width, (example, row) => labels[example] = oneHot ? row.IndexOf(1.0) : Array.BinarySearch(classes, row[0]));
        return new DataSet(inputs, shape, labels, ClassNumbers.Names(classes)) { Name = name };
    }

    private bool Collect(NumberArray part, int width, HashSet<double> found, int most)
    {
        bool few = true;
        Each(
            part,
            width,
            (example, row) =>
            {
                if (oneHot)
                {
                    if (row.Count(1.0) != 1 || row.Count(0.0) != width - 1)
                        throw part.Error(
                            $"as=classes: example {example} has {width} numbers, but they are not a 1 among zeros; they may be values."
                        );
                }
                else if (!double.IsInteger(row[0]))
                    throw part.Error($"as=classes: example {example} is {row[0]}, but a class is a whole number.");
                else
                    found.Add(row[0]);
                few &= found.Count <= most;
            }
        );
        return few || most == ClassNumbers.MostInferred ? few : throw part.Error($"there are more than {most:N0} classes.");
    }

    private delegate void Take(int example, ReadOnlySpan<double> row);

    private static void Each(NumberArray part, int width, Take take)
    {
        int count = (int)part.Sizes[0],
            rows = Math.Max(1, 4096 / width);
        var room = new double[rows * width];
        for (int first = 0; first < count; first += rows)
        {
            int some = Math.Min(rows, count - first);
            part.Copy((long)first * width, room.AsSpan(0, some * width));
            for (int i = 0; i < some; i++)
                take(first + i, room.AsSpan(i * width, width));
        }
    }

    private static int Width(NumberArray part) =>
        part.Sizes.Count > 2
            ? throw part.Error($"targets have 1 or 2 dimensions (examples × values), but this array has {part.Sizes.Count}.")
        : part.Sizes.Count == 2 ? (int)Math.Min(int.MaxValue, part.Sizes[1])
        : 1;
}
