namespace Longhand.Experiments;

/// <summary>Data sets made from other data sets.</summary>
internal static class DataSets
{
    /// <summary>The same targets with other inputs.</summary>
    public static DataSet WithInputs(this DataSet data, Rows inputs, Shape? shape, IReadOnlyList<string> names) =>
        data.HasClasses
            ? new DataSet(inputs, shape, data.Classes(), data.ClassNames)
            {
                Name = data.Name,
                InputNames = names,
                InRandomOrder = data.InRandomOrder,
                Continuation = data.Continuation,
            }
            : new DataSet(inputs, shape, data.Targets())
            {
                Name = data.Name,
                InputNames = names,
                InRandomOrder = data.InRandomOrder,
                Continuation = data.Continuation,
            };

    /// <summary>The same examples with their classes counted as <paramref name="names"/> counts them.</summary>
    /// <exception cref="LonghandException">A class has another name.</exception>
    public static DataSet WithClasses(this DataSet data, IReadOnlyList<string> names)
    {
        if (!data.HasClasses || names.Count == 0 || data.ClassNames.SequenceEqual(names))
            return data;
        int[] numbers =
        [
            .. data.Classes()
                .Select(old =>
                {
                    int number = names.ToList().IndexOf(data.ClassNames[old]);
                    return number >= 0
                        ? number
                        : throw new LonghandException(
                            $"{data.Name} has a class {Quoted.Of(data.ClassNames[old])}, but the model knows {string.Join(", ", names)}."
                        );
                }),
        ];
        return data.Relabelled(numbers, names);
    }

    /// <summary>The class of every example.</summary>
    public static int[] Classes(this DataSet data) => [.. Enumerable.Range(0, data.Count).Select(data.Class)];

    private static Rows Targets(this DataSet data)
    {
        var targets = new double[checked(data.Count * data.TargetLength)];
        for (int i = 0; i < data.Count; i++)
            data.CopyTarget(i, targets.AsSpan(i * data.TargetLength, data.TargetLength));
        return Rows.Of(targets, data.TargetLength);
    }
}
