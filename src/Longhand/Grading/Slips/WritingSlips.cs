using System.Globalization;
using Longhand.Numbers;

namespace Longhand.Grading.Slips;

/// <summary>What goes wrong between a right number and the paper: rounding, digits, lines.</summary>
internal static class WritingSlips
{
    // Beyond so many units of the last digit, and beyond this share of the number, it is no rounding any more.
    private const double MostUnits = 60,
        LargestShare = 0.01;

    /// <summary>What may have happened; null where none of it fits.</summary>
    /// <param name="point">The answer.</param>
    /// <param name="afterOthers">Whether the slips of computing have been tried: before them stands only what cannot be mistaken.</param>
    public static (string Name, string Sentence)? Find(SlipPoint point, bool afterOthers)
    {
        double written = point.Written.Value,
            own = point.Own.Value,
            unit = 2 * point.Written.HalfUnit,
            gap = Math.Abs(own) - Math.Abs(written);
        bool sameSign = written * own > 0;
        if (!afterOthers)
            return sameSign && unit > 0 && gap > 0 && gap < unit && Math.Abs(written) >= 10 * unit && !point.Written.IsWhole
                ? ("cut-off", "cut the digits off where they are to be rounded")
                : null;
        if (written == 0 && own != 0 && Math.Abs(own) < unit)
            return ("too-few-digits", "rounded until no digit was left: give at least the first digit that is not 0");
        if (sameSign && Math.Abs(gap) <= unit / 2)
            return ("too-few-digits", "rounded too far: give at least the first digit that is not 0");
        if (Swapped(point))
            return ("digits-swapped", "swapped two digits");
        if (sameSign && Math.Abs(gap) <= MostUnits * unit && Math.Abs(gap) <= LargestShare * Math.Abs(own))
            return ("rounded-early", "rounded too early: carry two digits more than you write down");
        return null;
    }

    /// <summary>Whether the answer is another number of the working, which only many digits can tell.</summary>
    public static SlipCandidate? OtherLine(SlipPoint point)
    {
        if (Math.Abs(point.Written.Value) < 200 * point.Written.HalfUnit || point.Written.IsWhole)
            return null;
        foreach ((AnswerArray array, Interval[] all) in point.Computed)
            for (int i = 0; i < all.Length && array != point.Array; i++)
                if (Math.Abs(all[i].Value - point.Written.Value) <= point.Written.HalfUnit)
                    return new("other-line", 0, all[i], $"written the value of another line: this is {point.Keys.KeyOf(array, i)}");
        return null;
    }

    private static bool Swapped(SlipPoint point)
    {
        string digits = point.Written.Text;
        int found = 0;
        for (int i = 0; i + 1 < digits.Length; i++)
        {
            if (!char.IsAsciiDigit(digits[i]) || !char.IsAsciiDigit(digits[i + 1]) || digits[i] == digits[i + 1])
                continue;
            string swapped = string.Create(CultureInfo.InvariantCulture, $"{digits[..i]}{digits[i + 1]}{digits[i]}{digits[(i + 2)..]}");
            if (WrittenNumber.TryParse(swapped, out WrittenNumber? number, out _) && point.Own.Distance(number.Value) <= number.HalfUnit)
                found++;
        }
        return found > 0 && digits.Count(char.IsAsciiDigit) > 2;
    }
}
