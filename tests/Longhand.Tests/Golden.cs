using Xunit;

namespace Longhand.Tests;

/// <summary>Texts that are compared with a committed file. LONGHAND_OVERWRITE_GOLDEN=1 writes the files anew; look at what changed.</summary>
internal static class Golden
{
    /// <summary>The root of the repository, found from where the tests run: a build server leaves no true paths in the program.</summary>
    public static string Root { get; } = FindRoot();

    public static void Check(string name, string text)
    {
        string path = Path.Combine(Root, "tests", "Longhand.Tests", "Golden", name + ".txt");
        text = text.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("LONGHAND_OVERWRITE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
        Assert.True(File.Exists(path), $"There is no {path}; LONGHAND_OVERWRITE_GOLDEN=1 writes it.");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), text);
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Longhand.slnx")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
