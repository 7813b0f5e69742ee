using System.Globalization;
using Longhand.Experiments.Plots;

namespace Longhand.Experiments;

/// <summary>Numbers as people read them.</summary>
internal static class Words
{
    /// <summary>1,592,527,626.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count with its noun: 1 example, 250 examples.</summary>
    public static string Count(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>405 B, 37.6 kB, 1.2 GB: a kB is 1000 bytes.</summary>
    public static string Bytes(long bytes)
    {
        string[] units = ["kB", "MB", "GB", "TB", "PB", "EB"];
        double size = bytes;
        int unit = -1;
        while (size >= 999.95)
            (size, unit) = (size / 1000, unit + 1);
        return unit < 0
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes} B")
            : string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {units[unit]}");
    }

    /// <summary>98.4 %.</summary>
    public static string Percent(double share) =>
        (100 * share).ToString(share is 0 or 1 ? "0" : "0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>Four significant digits: enough to see a loss fall.</summary>
    public static string Loss(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>Four significant digits as a page prints them, with a true minus sign and powers of ten as on paper: 0.04306, −2.5·10⁻¹⁰.</summary>
    public static string Printed(double value)
    {
        string text = Loss(value).Replace('-', '−');
        int e = text.IndexOf('E', StringComparison.Ordinal);
        return e < 0 ? text : $"{text[..e]}·10{Ticks.Raised(int.Parse(text[(e + 1)..].Replace('−', '-'), CultureInfo.InvariantCulture))}";
    }

    /// <summary>A number in full.</summary>
    public static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number to some significant digits, without zeros at the end: 0.68, −19, 4.53979e-5.</summary>
    public static string Short(double value, int digits = 6)
    {
        string text = Numbers.Decimals.Format(value + 0.0, digits).Replace("-", "−", StringComparison.Ordinal);
        return text.Contains('.') && !text.Contains('e') ? text.TrimEnd('0').TrimEnd('.') : text;
    }

    /// <summary>850 ms, 1.2 s, 3 min 20 s.</summary>
    public static string Time(double seconds) =>
        seconds < 1 ? string.Create(CultureInfo.InvariantCulture, $"{1000 * seconds:0} ms")
        : seconds < 100 ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)(seconds / 60)} min {(int)(seconds % 60)} s");
}
