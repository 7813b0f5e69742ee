using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace Longhand.Tests;

/// <summary>Texts that are compared with a committed file. LONGHAND_OVERWRITE_GOLDEN=1 writes the files anew; look at what changed.</summary>
internal static class Golden
{
    /// <summary>The root of the repository, found from where the tests run: a build server leaves no true paths in the program.</summary>
    public static string Root { get; } = FindRoot();

    public static void Check(string name, string text) =>
        Check(Path.Combine(Root, "tests", "Longhand.Tests", "Golden", name + ".txt"), text, Assert.Equal);

    /// <summary>
    /// The same for a file with numbers that were trained: vectors of another width add up in another order, so that the last digits, and where
    /// lines are broken, depend on the processor.
    /// </summary>
    /// <param name="path">The file, from the root of the repository.</param>
    /// <param name="text">What it is compared with.</param>
    public static void CheckTrained(string path, string text) => Check(Path.Combine(Root, path), text, AssertAlike);

    private static void Check(string path, string text, Action<string, string> assert)
    {
        text = text.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("LONGHAND_OVERWRITE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
        Assert.True(File.Exists(path), $"There is no {path}; LONGHAND_OVERWRITE_GOLDEN=1 writes it.");
        assert(File.ReadAllText(path).ReplaceLineEndings("\n"), text);
    }

    private static void AssertAlike(string expected, string actual)
    {
        const string number = @"\d+\.\d+(e-?\d+)?";
        Assert.Equal(Words(expected), Words(actual));
        foreach ((Match wanted, Match found) in Regex.Matches(expected, number).Zip(Regex.Matches(actual, number)))
        {
            (double x, double y) = (Number(wanted), Number(found));
            Assert.True(Math.Abs(x - y) <= 1e-4 * Math.Abs(x) + 1e-6, $"{wanted.Value} was expected, but {found.Value} was found.");
        }

        static string Words(string text) => Regex.Replace(Regex.Replace(text, number, "#"), @"\s+", " ");

        static double Number(Match match) => double.Parse(match.Value, CultureInfo.InvariantCulture);
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Longhand.slnx")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
