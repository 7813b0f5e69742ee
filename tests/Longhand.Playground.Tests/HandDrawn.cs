using System.Globalization;

namespace Longhand.Playground.Tests;

/// <summary>
/// The ten digits as a person draws them, the seven with a bar as the writers of the digits data have it: lines in a square, given as a page
/// gives them.
/// </summary>
internal static class HandDrawn
{
    private static readonly string[] digits =
    [
        // Points as x,y in hundredths of the square.
        "50,20 38,26 32,40 31,55 35,70 45,79 56,78 65,68 68,52 66,36 59,24 50,20",
        "42,32 52,20 52,80",
        "34,34 40,24 52,20 63,26 65,38 58,50 46,62 34,78 68,78",
        "34,26 46,20 58,22 64,32 58,44 46,49 58,51 67,61 64,74 52,80 40,79 32,72",
        "54,20 46,32 36,46 30,56 70,56/57,36 57,80",
        "64,20 40,20 37,46 50,42 62,47 67,60 62,74 50,80 36,76",
        "60,20 48,30 38,44 34,60 37,73 48,80 60,77 66,66 61,55 50,52 40,57 35,66",
        "32,21 68,21 60,38 52,56 46,80/42,50 64,50",
        "50,48 38,40 37,29 44,21 56,21 63,29 62,40 50,48 36,58 34,70 42,79 57,79 66,70 64,58 50,48",
        "64,40 56,49 43,48 36,39 38,27 48,20 59,22 64,32 64,46 62,62 56,80",
    ];

    /// <summary>The lines of a digit: four hexadecimal digits a point, a dot between lines.</summary>
    /// <param name="digit">0 to 9.</param>
    /// <param name="scale">How large it is drawn.</param>
    /// <param name="x">How far to the right of the middle, as a share of the square.</param>
    public static string Lines(int digit, double scale = 1, double x = 0) =>
        string.Join(
            '.',
            digits[digit]
                .Split('/')
                .Select(line =>
                    string.Concat(
                        Points(line)
                            .Select(p =>
                                string.Create(
                                    CultureInfo.InvariantCulture,
                                    $"{Hex((p.X - 0.5) * scale + 0.5 + x)}{Hex((p.Y - 0.5) * scale + 0.5)}"
                                )
                            )
                    )
                )
        );

    /// <summary>The lines of a digit as points from 0 to 1.</summary>
    public static IEnumerable<(double X, double Y)[]> Strokes(int digit) => digits[digit].Split('/').Select(line => Points(line).ToArray());

    private static IEnumerable<(double X, double Y)> Points(string line) =>
        line.Split(' ')
            .Select(point => point.Split(','))
            .Select(p => (int.Parse(p[0], CultureInfo.InvariantCulture) / 100.0, int.Parse(p[1], CultureInfo.InvariantCulture) / 100.0));

    private static string Hex(double share) =>
        ((int)Math.Round(255 * Math.Clamp(share, 0, 1))).ToString("x2", CultureInfo.InvariantCulture);
}
