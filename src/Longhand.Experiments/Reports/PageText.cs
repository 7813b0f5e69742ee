using System.Globalization;
using Longhand.Experiments.Plots;

namespace Longhand.Experiments.Reports;

/// <summary>Numbers as a page writes them.</summary>
internal static class PageText
{
    /// <summary>1,592,527,626.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Four significant digits, a true minus sign, and powers of ten as on paper: 0.04306, −2.5·10⁻¹⁰.</summary>
    public static string Number(double value)
    {
        string text = value.ToString("G4", CultureInfo.InvariantCulture).Replace('-', '−');
        int e = text.IndexOf('E', StringComparison.Ordinal);
        return e < 0 ? text : $"{text[..e]}·10{Ticks.Raised(int.Parse(text[(e + 1)..].Replace('−', '-'), CultureInfo.InvariantCulture))}";
    }

    /// <summary>98.4 %.</summary>
    public static string Percent(double share) =>
        (100 * share).ToString(share is 0 or 1 ? "0" : "0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>850 ms, 1.2 s, 3 min 20 s.</summary>
    public static string Time(double seconds) =>
        seconds < 1 ? string.Create(CultureInfo.InvariantCulture, $"{1000 * seconds:0} ms")
        : seconds < 100 ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)(seconds / 60)} min {(int)(seconds % 60)} s");
}
