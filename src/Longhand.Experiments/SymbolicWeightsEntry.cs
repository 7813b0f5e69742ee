using Longhand.Layers;
using Longhand.Numbers;

namespace Longhand.Experiments;

/// <summary>Parameters of the key <c>weights</c> with words among their numbers: <c>dense1.weight: [[a, c], [b, d]]</c>.</summary>
internal static class SymbolicWeightsEntry
{
    private const int LongestWord = 64;

    public static Dictionary<string, IReadOnlyList<Expr>> Read(Entry? entry, Network network)
    {
        var symbolic = new Dictionary<string, IReadOnlyList<Expr>>();
        if (entry is MapEntry map)
            foreach (Field field in map.Fields.Where(field => FirstWord(field.Value) is not null))
            {
                WeightsEntry.RequireParameter(field.Key, field.Key.Text, network);
                Parameter parameter = network.Parameter(field.Key.Text).Parameter;
                symbolic[field.Key.Text] = NumberArrays.Read(field.Value, parameter.Sizes, $"weights.{field.Key.Text}", Value);
            }
        return symbolic;
    }

    /// <summary>The first word in nested lists; null where there are only numbers, or what is neither.</summary>
    public static ScalarEntry? FirstWord(Entry entry) =>
        entry switch
        {
            ScalarEntry scalar => IsWord(scalar.Text) ? scalar : null,
            ListEntry list => list.Items.Select(FirstWord).FirstOrDefault(word => word is not null),
            _ => null,
        };

    private static Expr Value(Entry entry, string what) =>
        entry is ScalarEntry scalar && IsWord(scalar.Text) ? Expr.Symbol(scalar.Text) : Expr.Of(entry.Number(what));

    // Whoever writes nan or inf means no symbol.
    private static bool IsWord(string text) =>
        text.Length is > 0 and <= LongestWord
        && char.IsLetter(text[0])
        && text.All(c => char.IsLetter(c) || char.IsNumber(c) || c == '_')
        && text.ToUpperInvariant() is not ("NAN" or "INF" or "INFINITY" or "NULL" or "TRUE" or "FALSE");
}
