namespace Longhand.Experiments;

/// <summary>The key <c>train.class-weights</c>: balanced, a weight for each class, or weights by name.</summary>
internal static class ClassWeightsEntry
{
    private const string What = "train.class-weights";

    public static ClassWeights Read(Entry entry) =>
        entry switch
        {
            ListEntry list => ClassWeights.Of([.. list.Items.Select(Weight)]),
            MapEntry map => ClassWeights.Of(map.Fields.ToDictionary(field => field.Key.Text, field => Weight(field.Value))),
            ScalarEntry { Text: "balanced" } => ClassWeights.Balanced,
            _ => throw entry.Error(
                $"{What}: expected balanced, a list such as [1, 2.5], or a map such as {{spam: 3}}, found {entry.Description}."
            ),
        };

    private static double Weight(Entry entry)
    {
        double weight = (double)entry.Number(What);
        return weight > 0 && double.IsFinite(weight)
            ? weight
            : throw entry.Error($"{What}: expected a number above 0, found {entry.Description}.");
    }
}
