using System.Globalization;

namespace Longhand;

/// <summary>A scaling as a model file keeps it: <c>standard shift=5.84,3.05 divisor=0.82,0.43</c>; each number reads back to the same bits.</summary>
internal static class ScalingText
{
    private const string ShiftKey = "shift=",
        DivisorKey = "divisor=";

    public static string Write(InputScaling scaling) =>
        $"{scaling.Kind} {ShiftKey}{Join(scaling.Shift)} {DivisorKey}{Join(scaling.Divisor)}";

    /// <exception cref="LonghandException">The text is no scaling, or one for inputs of another shape.</exception>
    public static InputScaling Read(string text, Shape input)
    {
        if (
            text.Split(' ') is not [var kind, var shift, var divisor]
            || !shift.StartsWith(ShiftKey, StringComparison.Ordinal)
            || !divisor.StartsWith(DivisorKey, StringComparison.Ordinal)
        )
            throw new LonghandException($"{Quoted.Of(text)} is no scaling, such as \"standard shift=1.5 divisor=2\".");
        var scaling = new InputScaling(kind, Numbers(shift[ShiftKey.Length..]), Numbers(divisor[DivisorKey.Length..]));
        scaling.RequireFitting(input);
        return scaling;
    }

    private static string Join(IEnumerable<double> numbers) =>
        string.Join(',', numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)));

    private static double[] Numbers(string text) =>
        [
            .. text.Split(',')
                .Select(word =>
                    double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                        ? number
                        : throw new LonghandException($"{Quoted.Of(word)} is not a number.")
                ),
        ];
}
